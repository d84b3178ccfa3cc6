// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"
#include "net/http_parser.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::net;

namespace {

const std::string head = "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

/// A request whose body comes byte by byte, behind a head that comes at once.
struct Drip {
    HttpParser parser;
    std::string waiting;
    std::optional<Error> error;

    explicit Drip(std::string_view body)
    {
        feed(head);
        if (!error && parser.isHeadDone()) {
            if (const auto limited = parser.setBodyLimit(limits::httpBodyBytes); !limited)
                error = limited.error();
        }
        for (const char byte : body)
            feed({&byte, 1});
    }
    void feed(std::string_view bytes)
    {
        waiting += bytes;
        while (!error && !parser.isDone()) {
            const auto used = parser.feed(waiting);
            if (!used)
                error = used.error();
            else if (*used == 0)
                break;
            else
                waiting.erase(0, *used);
        }
    }
};

} // namespace

class HttpParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChunkedBodyMayComeByteByByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        // Found by fuzzing: an assertion of Beast ended the server.
        QTest::newRow("empty") << QByteArray("0\r\n\r\n") << QByteArray();
        QTest::newRow("one chunk") << QByteArray("3\r\nabc\r\n0\r\n\r\n") << QByteArray("abc");
        QTest::newRow("two, extensions and a trailer")
                << QByteArray("1;a=b\r\nx\r\n2\r\nyz\r\n0;c\r\nT: t\r\n\r\n") << QByteArray("xyz");
    }
    void aChunkedBodyMayComeByteByByte()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, body);
        Drip drip(std::string_view(bytes.constData(), std::size_t(bytes.size())));
        QVERIFY2(!drip.error, drip.error ? drip.error->message.c_str() : "");
        QVERIFY(drip.parser.isDone());
        QCOMPARE(QByteArray::fromStdString(drip.parser.takeBody()), body);
        QVERIFY(drip.waiting.empty());
    }

    void aChunkThatIsNoneIsRefused()
    {
        for (const char *bytes : {"xyz\r\nabc", "1\r\nabcdef", "ffffffffffffffffff\r\n"})
            QVERIFY2(Drip(bytes).error, bytes);
    }
    void chunksTogetherAreNotLargerThanAllowed()
    {
        std::string body;
        const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
        for (int i = 0; i < 5; ++i)
            body += chunk;
        const Drip drip(body);
        QVERIFY(drip.error);
        QCOMPARE(drip.error->code, ErrorCode::BodyTooLarge);
    }
};

QTEST_GUILESS_MAIN(HttpParserTest)
#include "tst_http_parser.moc"
