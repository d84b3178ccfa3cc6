// SPDX-License-Identifier: Apache-2.0
// RFC 6455, case by case: what the server answers to bytes on a WebSocket.
#include "raw_client.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QTest>

using namespace dunlin::test;

namespace {

enum Opcode : unsigned {
    continuation = 0,
    text = 1,
    binary = 2,
    closeFrame = 8,
    ping = 9,
    pong = 10
};

constexpr std::size_t frameBytes = 64 * 1024;

/// Requests that this server does not know: each is answered, in the kind it was asked in.
const std::string textMessage = "{\"requestId\":\"7\"}";
const std::string binaryMessage = "\x08\x07";

std::string frame(unsigned opcode, const std::string &payload, bool isFinal = true)
{
    return toBytes({.opcode = opcode, .isFinal = isFinal, .payload = payload});
}

std::string closing(int code, const std::string &reason = {})
{
    const char bytes[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    return frame(closeFrame, std::string(bytes, 2) + reason);
}

/// With these two bits, or not, in the first byte.
std::string withFirstByte(std::string bytes, unsigned char first)
{
    bytes[0] = static_cast<char>(first);
    return bytes;
}

std::string unmasked(unsigned opcode, const std::string &payload)
{
    std::string bytes(1, static_cast<char>(0x80U | opcode));
    bytes += static_cast<char>(payload.size());
    return bytes + payload;
}

/// The length of a short payload in more bytes than it needs.
std::string withLongLength(unsigned opcode, const std::string &payload, int lengthBytes)
{
    std::string bytes(1, static_cast<char>(0x80U | opcode));
    bytes += static_cast<char>(0x80U | (lengthBytes == 2 ? 126U : 127U));
    for (int i = lengthBytes - 1; i >= 0; --i)
        bytes += static_cast<char>((payload.size() >> (8U * static_cast<unsigned>(i))) & 0xFFU);
    return bytes + std::string(4, '\0') + payload;
}

/// A head alone, with a mask of zeros.
std::string headOf(unsigned opcode, std::uint64_t length)
{
    std::string bytes(1, static_cast<char>(0x80U | opcode));
    bytes += static_cast<char>(0xFFU);
    for (int i = 7; i >= 0; --i)
        bytes += static_cast<char>((length >> (8U * static_cast<unsigned>(i))) & 0xFFU);
    return bytes + std::string(4, '\0');
}

std::string padded(std::size_t size)
{
    return textMessage + std::string(size - textMessage.size(), ' ');
}

/// A field that nobody knows, to fill a binary message up.
std::string paddedBinary(std::size_t size)
{
    const std::size_t rest = size - binaryMessage.size() - 5;
    std::string bytes = binaryMessage + "\xc2\x3e"; // field 1000, length-delimited
    for (int i = 0; i < 2; ++i)
        bytes += static_cast<char>(((rest >> (7U * static_cast<unsigned>(i))) & 0x7FU) | 0x80U);
    bytes += static_cast<char>(rest >> 14U);
    return bytes + std::string(rest, 'x');
}

std::string inPieces(const std::string &message, std::size_t pieceSize, unsigned opcode)
{
    std::string bytes;
    for (std::size_t at = 0; at < message.size(); at += pieceSize) {
        bytes += frame(at == 0 ? opcode : continuation, message.substr(at, pieceSize),
                       at + pieceSize >= message.size());
    }
    return bytes;
}

} // namespace

class ServerWebSocketTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;

    /// What comes back, one word a frame, until the answer to a ping "?", or the end.
    static QString conversation(RawClient &client)
    {
        QStringList words;
        while (const auto answer = client.readFrame()) {
            const QString payload =
                    QString::fromLatin1(answer->payload.data(), qsizetype(answer->payload.size()));
            if (!answer->isFinal)
                words += QStringLiteral("fragment");
            if (answer->opcode == pong && payload == QLatin1String("?")) {
                words += QStringLiteral("open");
                return words.join(u' ');
            }
            switch (answer->opcode) {
            case text:
                words += QStringLiteral("text");
                break;
            case binary:
                words += QStringLiteral("binary");
                break;
            case pong:
                words += QLatin1String("pong:") + payload.left(8);
                break;
            case closeFrame:
                words +=
                        QStringLiteral("close:%1")
                                .arg(answer->payload.empty() ? QString()
                                                             : QString::number(client.closeCode()));
                break;
            default:
                words += QStringLiteral("opcode:%1").arg(answer->opcode);
            }
        }
        words += QStringLiteral("end");
        return words.join(u' ');
    }

    static void row(const char *name, const std::string &bytes, const char *answer)
    {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(answer);
    }
    static void row(const std::string &name, const std::string &bytes, const char *answer)
    {
        row(name.c_str(), bytes, answer);
    }

    static void addMessages()
    {
        row("text", frame(text, textMessage), "text open");
        row("binary", frame(binary, binaryMessage), "binary open");
        row("empty binary", frame(binary, {}), "binary open");
        row("empty text is not JSON", frame(text, {}), "text close:1007 end");
        row("text, then binary", frame(text, textMessage) + frame(binary, binaryMessage),
            "text binary open");
        row(
                "ten at once",
                [] {
                    std::string bytes;
                    for (int i = 0; i < 10; ++i)
                        bytes += frame(binary, binaryMessage);
                    return bytes;
                }(),
                "binary binary binary binary binary binary binary binary binary binary open");
        row("125 bytes", frame(text, padded(125)), "text open");
        row("126 bytes", frame(text, padded(126)), "text open");
        row("127 bytes", frame(text, padded(127)), "text open");
        row("128 bytes", frame(text, padded(128)), "text open");
        row("65,535 bytes", frame(text, padded(65'535)), "text open");
        row("64 KiB of text", frame(text, padded(frameBytes)), "text open");
        row("64 KiB of binary", frame(binary, paddedBinary(frameBytes)), "binary open");
        row("one byte more of text", frame(text, padded(frameBytes + 1)), "close:1009 end");
        row("one byte more of binary", frame(binary, paddedBinary(frameBytes + 1)),
            "close:1009 end");
        row("a head of 1 MiB is enough", headOf(binary, 1024 * 1024), "close:1009 end");
        row("a head of 4 GiB", headOf(text, std::uint64_t{1} << 32U), "close:1009 end");
        row("a head of the most there is", headOf(binary, INT64_MAX), "close:1009 end");
        row("a length with the 64th bit", headOf(binary, UINT64_MAX), "close:1002 end");
        row("1 in 16 bits", withLongLength(binary, "x", 2), "close:1002 end");
        row("0 in 16 bits", withLongLength(binary, {}, 2), "close:1002 end");
        row("125 in 16 bits", withLongLength(text, padded(125), 2), "close:1002 end");
        row("126 in 16 bits", withLongLength(text, padded(126), 2), "text open");
        row("1 in 64 bits", withLongLength(binary, "x", 8), "close:1002 end");
        row("126 in 64 bits", withLongLength(text, padded(126), 8), "close:1002 end");
        row("65,535 in 64 bits", withLongLength(text, padded(65'535), 8), "close:1002 end");
        row("65,536 in 64 bits", withLongLength(text, padded(65'536), 8), "text open");
        row("ping with 2 in 16 bits", withLongLength(ping, "ab", 2), "close:1002 end");
        row("ping with 2 in 64 bits", withLongLength(ping, "ab", 8), "close:1002 end");
    }

    static void addMasks()
    {
        row("text without a mask", unmasked(text, textMessage), "close:1002 end");
        row("binary without a mask", unmasked(binary, binaryMessage), "close:1002 end");
        row("ping without a mask", unmasked(ping, "a"), "close:1002 end");
        row("pong without a mask", unmasked(pong, {}), "close:1002 end");
        row("close without a mask", unmasked(closeFrame, "\x03\xe8"), "close:1002 end");
        row("empty without a mask", unmasked(binary, {}), "close:1002 end");
        row("a mask of zeros", withLongLength(text, padded(200), 2), "text open");
        row("masked, then not", frame(binary, binaryMessage) + unmasked(binary, binaryMessage),
            "binary close:1002 end");
    }

    static void addReserved()
    {
        for (const unsigned bit : {0x40U, 0x20U, 0x10U, 0x60U, 0x70U}) {
            const std::string name = "reserved bits " + std::to_string(bit >> 4U);
            row(name + " of text", withFirstByte(frame(text, textMessage), 0x81U | bit),
                "close:1002 end");
            row(name + " of binary", withFirstByte(frame(binary, binaryMessage), 0x82U | bit),
                "close:1002 end");
            row(name + " of a ping", withFirstByte(frame(ping, "a"), 0x89U | bit),
                "close:1002 end");
        }
        row("reserved bit of a close", withFirstByte(closing(1000), 0xC8), "close:1002 end");
        row("reserved bit of a continuation",
            frame(text, "{", false) + withFirstByte(frame(continuation, "}"), 0xC0),
            "close:1002 end");
        for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U}) {
            row("opcode " + std::to_string(opcode), frame(opcode, "x"), "close:1002 end");
            row("opcode " + std::to_string(opcode) + " after a message",
                frame(binary, binaryMessage) + frame(opcode, {}), "binary close:1002 end");
        }
    }

    static void addFragments()
    {
        row("text in two", inPieces(textMessage, 9, text), "text open");
        row("text in pieces of a byte", inPieces(textMessage, 1, text), "text open");
        row("binary in two", inPieces(binaryMessage, 1, binary), "binary open");
        row("an empty first fragment", frame(text, {}, false) + frame(continuation, textMessage),
            "text open");
        row("an empty last fragment", frame(text, textMessage, false) + frame(continuation, {}),
            "text open");
        row("empty fragments all along",
            frame(text, {}, false) + frame(continuation, {}, false)
                    + frame(continuation, textMessage, false) + frame(continuation, {}, false)
                    + frame(continuation, {}),
            "text open");
        row("64 KiB in pieces", inPieces(padded(frameBytes), 1000, text), "text open");
        row("more than 64 KiB in pieces", inPieces(padded(frameBytes + 1), 1000, text),
            "close:1009 end");
        row("64 KiB, then one byte more",
            frame(text, padded(frameBytes), false) + frame(continuation, " "), "close:1009 end");
        row("64 KiB, then nothing more",
            frame(text, padded(frameBytes), false) + frame(continuation, {}), "text open");
        row("two messages in pieces",
            inPieces(textMessage, 5, text) + inPieces(binaryMessage, 1, binary),
            "text binary open");
        row("a ping between fragments",
            frame(text, textMessage.substr(0, 4), false) + frame(ping, "between")
                    + frame(continuation, textMessage.substr(4)),
            "pong:between text open");
        row("a pong between fragments",
            frame(text, textMessage.substr(0, 4), false) + frame(pong, "between")
                    + frame(continuation, textMessage.substr(4)),
            "text open");
        row("pings between all fragments",
            frame(text, textMessage.substr(0, 2), false) + frame(ping, "1")
                    + frame(continuation, textMessage.substr(2, 2), false) + frame(ping, "2")
                    + frame(continuation, textMessage.substr(4)),
            "pong:1 pong:2 text open");
        row("a close between fragments", frame(text, "{", false) + closing(1000), "close:1000 end");
        row("a continuation of nothing", frame(continuation, textMessage), "close:1002 end");
        row("a continuation of nothing that goes on", frame(continuation, textMessage, false),
            "close:1002 end");
        row("a continuation after a whole message",
            frame(text, textMessage) + frame(continuation, "x"), "text close:1002 end");
        row("text inside a text", frame(text, "{", false) + frame(text, textMessage),
            "close:1002 end");
        row("binary inside a text", frame(text, "{", false) + frame(binary, binaryMessage),
            "close:1002 end");
        row("text inside a binary", frame(binary, "x", false) + frame(text, textMessage, false),
            "close:1002 end");
        row("a ping in fragments", frame(ping, "a", false) + frame(continuation, "b"),
            "close:1002 end");
        row("a pong in fragments", frame(pong, "a", false), "close:1002 end");
        row("a close in fragments", frame(closeFrame, "\x03\xe8", false), "close:1002 end");
    }

    static void addPings()
    {
        row("ping", frame(ping, "hello"), "pong:hello open");
        row("empty ping", frame(ping, {}), "pong: open");
        row("ping of 125 bytes", frame(ping, std::string(125, 'p')), "pong:pppppppp open");
        row("ping of 126 bytes", frame(ping, std::string(126, 'p')), "close:1002 end");
        row("pong of 126 bytes", frame(pong, std::string(126, 'p')), "close:1002 end");
        row("ping of 64 KiB", frame(ping, std::string(frameBytes, 'p')), "close:1002 end");
        row("pings are answered in order", frame(ping, "a") + frame(ping, "b") + frame(ping, "c"),
            "pong:a pong:b pong:c open");
        row("a pong nobody asked for", frame(pong, "unasked"), "open");
        row("an empty pong", frame(pong, {}), "open");
        row("a ping, then a message", frame(ping, "a") + frame(text, textMessage),
            "pong:a text open");
        row("a ping that is not UTF-8", frame(ping, "\xff\xfe"), "pong:\xff\xfe open");
    }

    static void addCloses()
    {
        row("close", frame(closeFrame, {}), "close: end");
        row("close with half a code", frame(closeFrame, "\x03"), "close:1002 end");
        row("close with a reason", closing(1000, "bye"), "close:1000 end");
        row("close with the longest reason", closing(1000, std::string(123, 'r')),
            "close:1000 end");
        row("close with a reason too long", closing(1000, std::string(124, 'r')), "close:1002 end");
        row("close with a reason in UTF-8", closing(1001, "tsch\xc3\xbcss"), "close:1001 end");
        row("close with a reason that is not UTF-8", closing(1000, "\xc3\x28"), "close:1007 end");
        row("close with a surrogate", closing(1000, "\xed\xa0\x80"), "close:1007 end");
        row("close with half a character", closing(1000, "\xe2\x82"), "close:1007 end");
        row("close twice", closing(1000) + closing(1001), "close:1000 end");
        row("a message behind a close", closing(1000) + frame(text, textMessage), "close:1000 end");
        row("a ping behind a close", closing(1000) + frame(ping, "late"), "close:1000 end");
        row("a mistake behind a close", closing(1000) + frame(3, "x"), "close:1000 end");
        row("a message, then a close", frame(binary, binaryMessage) + closing(1000),
            "binary close:1000 end");
        for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
                               1014, 3000, 3999, 4000, 4999}) {
            row("code " + std::to_string(code), closing(code),
                QByteArray("close:" + QByteArray::number(code) + " end").constData());
        }
        for (const int code :
             {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65'535}) {
            row("code " + std::to_string(code) + " is not sent", closing(code), "close:1002 end");
        }
    }

    static void addUtf8()
    {
        // In a field that nobody knows: what is in it is not what is looked at.
        const auto said = [](const std::string &value) {
            return "{\"requestId\":\"7\",\"unknown\":\"" + value + "\"}";
        };
        const std::string euro = said("\xe2\x82\xac");
        const std::string smile = said("\xf0\x9f\x99\x82");
        const std::size_t character = said({}).size() - 2;
        row("a euro", frame(text, euro), "text open");
        for (std::size_t split = 1; split < 3; ++split) {
            row("a euro split after " + std::to_string(split),
                frame(text, euro.substr(0, character + split), false)
                        + frame(continuation, euro.substr(character + split)),
                "text open");
        }
        for (std::size_t split = 1; split < 4; ++split) {
            row("a smile split after " + std::to_string(split),
                frame(text, smile.substr(0, character + split), false)
                        + frame(continuation, smile.substr(character + split)),
                "text open");
        }
        row("a smile in four", inPieces(smile, 1, text), "text open");
        row("a ping inside a character",
            frame(text, euro.substr(0, character + 1), false) + frame(ping, "in")
                    + frame(continuation, euro.substr(character + 1)),
            "pong:in text open");
        row("the last character there is", frame(text, said("\xf4\x8f\xbf\xbf")), "text open");
        const std::vector<std::pair<const char *, std::string>> wrong{
                {"a lone continuation byte", "\x80"},
                {"0xff", "\xff"},
                {"half a character", "\xe2\x82"},
                {"a slash in two bytes", "\xc0\xaf"},
                {"a slash in three bytes", "\xe0\x80\xaf"},
                {"a surrogate", "\xed\xa0\x80"},
                {"beyond the last", "\xf4\x90\x80\x80"},
                {"five bytes", "\xf8\x88\x80\x80\x80"},
                {"a character and a half", "\xe2\x82\xac\xe2\x82"},
        };
        for (const auto &[name, bytes] : wrong) {
            row(name, frame(text, said(bytes)), "text close:1007 end");
            row(std::string(name) + " in fragments", inPieces(said(bytes), 3, text),
                "text close:1007 end");
        }
        row("a message that ends inside a character", frame(text, euro.substr(0, character + 1)),
            "text close:1007 end");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void framesAreAnsweredByTheRules_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("answer");
        addMessages();
        addMasks();
        addReserved();
        addFragments();
        addPings();
        addCloses();
        addUtf8();
    }
    void framesAreAnsweredByTheRules()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, answer);
        const std::string sent = bytes.toStdString() + frame(ping, "?");
        RawClient client(server_->port());
        client.socket().send(sent);
        QCOMPARE(conversation(client), answer);
        if (bytes.size() > 2000)
            return;
        // The same, however the bytes come in.
        RawClient slow(server_->port());
        slow.socket().sendByteByByte(sent);
        QCOMPARE(conversation(slow), answer);
    }

    void handshakesAreAnsweredByTheRules_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("status");
        const auto change = [](const char *name, const char *from, const char *to,
                               const char *status) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(status);
        };
        const char *key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        change("as it should be", "", "", "101");
        change("names in small letters", "Upgrade: websocket\r\nConnection: Upgrade",
               "upgrade: WebSocket\r\nconnection: keep-alive, upgrade", "101");
        change("without a subprotocol", "Sec-WebSocket-Protocol: dunlin.v1\r\n", "", "101");
        change("with others as well", "dunlin.v1", "chat, dunlin.v1", "101");
        change("a query", "GET / ", "GET /?x=1 ", "101");
        change("another path", "GET / ", "GET /anything ", "101");
        change("extensions are left", "\r\n\r\n",
               "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "101");
        change("HTTP/1.0", "HTTP/1.1", "HTTP/1.0", "400");
        change("no Host", "Host: localhost\r\n", "", "400");
        change("no Connection", "Connection: Upgrade\r\n", "", "400");
        change("another Connection", "Connection: Upgrade", "Connection: close", "400");
        change("no version", "Sec-WebSocket-Version: 13\r\n", "", "426");
        change("version 8", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "426");
        change("version 14", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 14", "426");
        change("no key", key, "", "400");
        change("a short key", key, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j\r\n", "400");
        change("a long key", key, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWFuZG1vcmU=\r\n", "400");
        change("a key that is not base64", key, "Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==\r\n",
               "400");
        change("a key without padding", key, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n",
               "400");
        change("two keys", key,
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
               "400");
        change("an origin", "\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n", "403");
        change("the origin null", "\r\n\r\n", "\r\nOrigin: null\r\n\r\n", "403");
        change("a body", "\r\n\r\n", "\r\nContent-Length: 3\r\n\r\nabc", "400");
        change("a chunked body", "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
               "400");
        change("a POST", "GET / ", "POST / ", "404");
        change("another upgrade", "Upgrade: websocket", "Upgrade: h2c", "404");
        change("no upgrade", "Upgrade: websocket\r\n", "", "404");
        change("not HTTP", "HTTP/1.1", "SPDY/1.1", "400");
        change("a head too large", "\r\n\r\n", nullptr, "431");
    }
    void handshakesAreAnsweredByTheRules()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, status);
        if (status == "431")
            to = "\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n";
        QByteArray request = QByteArray::fromStdString(upgradeRequest());
        if (!from.isEmpty()) {
            QVERIFY(request.contains(from));
            request.replace(from, to);
        }
        RawSocket socket(server_->port());
        socket.send(request.toStdString());
        const std::string head = socket.readUntil("\r\n\r\n");
        QVERIFY2(head.starts_with("HTTP/1.1 " + status.toStdString() + ' '), head.c_str());
        if (status == "101") {
            // RFC 6455, section 1.3 has this very key and its answer.
            QVERIFY(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    != std::string::npos);
            QCOMPARE(head.find("Sec-WebSocket-Protocol: dunlin.v1\r\n") != std::string::npos,
                     request.contains("dunlin.v1"));
            QVERIFY(head.find("Sec-WebSocket-Extensions") == std::string::npos);
        }
        if (status == "426")
            QVERIFY(head.find("Sec-WebSocket-Version: 13\r\n") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ServerWebSocketTest)
#include "tst_server_websocket.moc"
