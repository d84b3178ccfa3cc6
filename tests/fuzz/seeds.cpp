// SPDX-License-Identifier: Apache-2.0
//
// Writes what fuzzing begins with, a folder for each target: fuzz_seeds FOLDER
#include "accounts/refresh_token.h"
#include "accounts/token.h"
#include "dunlin/codec.h"
#include "dunlin/limits.h"
#include "sample_pictures.h"

#include <QDir>
#include <QFile>

#include <google/protobuf/reflection.h>

#include <cstdio>
#include <cstdlib>

using namespace dunlin;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

QString folder;

void write(const char *target, const QString &name, const QByteArray &bytes)
{
    const QString path = folder + u'/' + QLatin1String(target);
    QFile file(path + QLatin1String("/seed-") + name);
    if (!QDir().mkpath(path) || !file.open(QIODevice::WriteOnly)
        || file.write(bytes) != bytes.size()) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file.fileName()));
        std::exit(1);
    }
}

void writeAll(const char *target, const QByteArrayList &all)
{
    for (qsizetype i = 0; i < all.size(); ++i)
        write(target, QString::number(i + 1), all[i]);
}

void fill(Message &message);

void fill(Message &message, const FieldDescriptor &field)
{
    const auto &reflection = *message.GetReflection();
    const bool isRepeated = field.is_repeated();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
        fill(isRepeated ? *reflection.AddMessage(&message, &field)
                        : *reflection.MutableMessage(&message, &field));
        break;
    case FieldDescriptor::CPPTYPE_STRING: {
        const std::string value = field.type() == FieldDescriptor::TYPE_BYTES
                ? std::string("0123456789abcdef")
                : std::string("gr\xC3\xBC\xC3\x9F");
        isRepeated ? reflection.AddString(&message, &field, value)
                   : reflection.SetString(&message, &field, value);
        break;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&message, &field, true);
        break;
    case FieldDescriptor::CPPTYPE_UINT32:
        reflection.SetUInt32(&message, &field, 300);
        break;
    case FieldDescriptor::CPPTYPE_INT64:
        isRepeated ? reflection.AddInt64(&message, &field, 70'000)
                   : reflection.SetInt64(&message, &field, 70'000);
        break;
    case FieldDescriptor::CPPTYPE_UINT64:
        reflection.SetUInt64(&message, &field, 7);
        break;
    default:
        std::fprintf(stderr, "no sample for %s\n", field.full_name().c_str());
        std::exit(1);
    }
}

/// Every field that can be there at once, with something in it.
void fill(Message &message)
{
    const auto *type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
        const FieldDescriptor &field = *type->field(i);
        const auto *choice = field.containing_oneof();
        if (choice == nullptr || choice->field(0) == &field)
            fill(message, field);
    }
}

/// One for each request, or each body.
template <typename Frame> QList<std::pair<QString, Frame>> frames()
{
    QList<std::pair<QString, Frame>> all;
    const auto *choice = Frame::descriptor()->oneof_decl(0);
    for (int i = 0; i < choice->field_count(); ++i) {
        Frame frame;
        frame.set_request_id(7);
        fill(frame, *choice->field(i));
        all.emplaceBack(QString::fromStdString(choice->field(i)->name()), frame);
    }
    return all;
}

void writeFrames()
{
    for (const auto &[name, frame] : frames<v1::ClientFrame>()) {
        write("client_frame_binary", name, codec::encode(frame, codec::FrameKind::Binary));
        write("client_frame_json", name, codec::encode(frame, codec::FrameKind::Text));
    }
    write("client_frame_json", QStringLiteral("by-hand"),
          R"({"request_id":1,"getHistory":{"conversationId":"9007199254740993","limit":5e1},)"
          R"("unknown":[null,true,{"a":-1.5e3}],"x":"\ud83d\ude00\u0000"})");
    const auto writeBoth = [](const QString &name, const v1::ServerFrame &frame) {
        write("server_frame", name, '\0' + codec::encode(frame, codec::FrameKind::Binary));
        write("server_frame", name + QLatin1String("-json"),
              '\1' + codec::encode(frame, codec::FrameKind::Text));
    };
    for (const auto &[name, frame] : frames<v1::ServerFrame>())
        writeBoth(name, frame);
    // Every kind of update.
    const auto *events = v1::Update::descriptor()->oneof_decl(0);
    for (int i = 0; i < events->field_count(); ++i) {
        v1::ServerFrame frame;
        fill(*frame.mutable_live_updates()->add_updates(), *events->field(i));
        writeBoth(QString::fromStdString(events->field(i)->name()), frame);
    }
}

QByteArray webSocketFrame(unsigned first, const QByteArray &payload)
{
    const QByteArray mask("\x12\x34\x56\x78");
    QByteArray bytes(1, static_cast<char>(first));
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80U | unsigned(payload.size()));
    } else {
        const bool isLong = payload.size() > 0xFFFF;
        QByteArray length(isLong ? 8 : 2, '\0');
        isLong ? qToBigEndian(quint64(payload.size()), length.data())
               : qToBigEndian(quint16(payload.size()), length.data());
        bytes += static_cast<char>(isLong ? 0xFF : 0xFE) + length;
    }
    bytes += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    return bytes;
}

void writeWebSockets()
{
    const QByteArray hello("Gr\xC3\xBC\xC3\x9F");
    const QByteArray small(1, '\2'); // what comes at once
    writeAll("web_socket_frames",
             {small + webSocketFrame(0x81, hello),
              small + webSocketFrame(0x82, QByteArray(200, 'x')),
              small + webSocketFrame(0x01, hello.left(3)) + webSocketFrame(0x89, "ping")
                      + webSocketFrame(0x00, {}) + webSocketFrame(0x80, hello.mid(3)),
              small + webSocketFrame(0x8A, {})
                      + webSocketFrame(0x88,
                                       "\x03\xE8"
                                       "bye"),
              small + webSocketFrame(0x88, {}), small + webSocketFrame(0xC1, hello),
              // The longest message, and one that is longer.
              QByteArray(1, '\xFF')
                      + webSocketFrame(0x82, QByteArray(limits::frameBytes, 'x')).left(300),
              QByteArray(1, '\xFF')
                      + webSocketFrame(0x82, QByteArray(limits::frameBytes + 1, 'x')).left(30)});
    const QByteArray fields =
            "Host: chat.example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const QByteArray line = "GET / HTTP/1.1\r\n";
    writeAll("web_socket_handshake",
             {line + fields + "\r\n",
              line + fields + "Sec-WebSocket-Protocol: dunlin.v1, other\r\n\r\n",
              line + fields + "Origin: https://chat.example.org\r\n\r\n",
              line + fields + "Origin: https://elsewhere.example.org\r\n\r\n",
              line + fields + "Content-Length: 0\r\n\r\n", "GET / HTTP/1.0\r\n" + fields + "\r\n"});
}

void writeHttp()
{
    const QByteArray pieces(1, '\6');
    writeAll("http_request",
             {pieces + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
              pieces
                      + "POST /init/7?apiKey=a&authToken=%41 HTTP/1.1\r\nHost: x\r\nX-Request-Id: "
                        "r-1\r\n"
                        "Content-Length: 7\r\n\r\n{\"a\":1}",
              pieces
                      + "POST /conversation/5/message/9/delivery HTTP/1.1\r\nHost: x\r\n"
                        "Transfer-Encoding: "
                        "chunked\r\n\r\n4;x=y\r\nabcd\r\n3\r\nefg\r\n0\r\nTrailer: t\r\n\r\n",
              pieces
                      + "PATCH /blobs/7-9 HTTP/1.1\r\nHost: x\r\nTus-Resumable: "
                        "1.0.0\r\nUpload-Offset: 0\r\n"
                        "Content-Type: application/offset+octet-stream\r\nExpect: 100-continue\r\n"
                        "Content-Length: 3\r\n\r\nabc",
              pieces + "HEAD /blobs/7-9 HTTP/1.0\r\nConnection: keep-alive\r\nA: 1\r\na:2\r\n\r\n",
              pieces + "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close, x\r\n\r\n"});
    writeAll("upload_headers",
             {"26214400\nsha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=\nbytes=0-499\n1000",
              "0\nsha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nbytes=-5\n10",
              "9223372036854775807\n\nbytes=9-\n10", "-1\nmd5 x\nbytes=1-2,4-5\n0",
              "\n\nbytes=-0\n"});
    writeAll("forwarded_for",
             {"203.0.113.5", "203.0.113.5:1234, 10.0.0.1", "2001:db8::1, [fd00::1]:443",
              "::ffff:10.1.2.3", "unknown, 127.0.0.1", "[2001:db8::1", ",", "fe80::1%eth0"});
}

void writeTexts()
{
    writeAll("texts",
             {"ben.okafor", " Zo\xC3\xAB O'Neill ", "Laptop (Linux)",
              "\xF0\x9F\x91\x8B\xF0\x9F\x8F\xBD", "1\xEF\xB8\x8F\xE2\x83\xA3",
              "\xF0\x9F\x8F\xB3\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x8C\x88",
              "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", "\xEF\xAC\x81\xE2\x91\xA0\xC3\x9F"});
    accounts::Token token{.user = UserId{7}, .device = DeviceId{9}};
    token.secret.fill(0xA5);
    accounts::RefreshToken refresh{.user = UserId{7}, .device = DeviceId{9}};
    refresh.secret.fill(0x5A);
    writeAll("tokens",
             {QByteArray::fromStdString(token.text()), QByteArray::fromStdString(refresh.text()),
              "7-9"});
    writeAll("message_format",
             {"**bold** *italic* _also_ `code`", "***both** of* them",
              "see https://example.org/a_(b)?c=d&e, or", "> quoted\n> and more\nnot",
              "```\nint *a = b;\n```\nafter ```one line```", "@ana.b @ben-",
              "snake_case_name 2*3*4", "<b>&amp;\"  x\"</b>",
              "1\xEF\xB8\x8F\xE2\x83\xA3 ``double``", "*a _b* c_ `*d` e*"});
    writeAll("app_link",
             {"dunlin://user/Ben.Okafor", "dunlin://user/ben/", "dunlin://conversation/42",
              "dunlin://conversation/99999999999999999999", "dunlin://ana@user:80/ben?x#y",
              "dunlin://user/%62en"});
}

void writeBodies()
{
    writeAll("rest_body",
             {R"({"userId":"7","encryptionKey":"k"})",
              R"({"clientId":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","text":"gr\u00fc\u00df"})",
              R"({"images":{"images":[{"blobId":"7-9","width":"8","height":6}]},"status":"read"})",
              R"({"images":[],"userId":7,"refreshToken":null})", "[1e400,{\"a\":[]}]"});
}

void writePictures()
{
    const QImage image = test::halves(QSize(8, 6));
    const QByteArray jpeg = test::encoded(image, "jpeg");
    const QByteArray webp = test::webpWithExif();
    const QByteArray gif = test::animatedGif("here", "behind");
    writeAll("picture",
             {jpeg, test::withExif(jpeg), test::encoded(image, "png"), webp, gif,
              test::encoded(image, "bmp"), test::pngDeclaring(QSize(20'000, 20'000)),
              R"(<svg width="8" height="8"/>)"});
    writeAll("animation", {gif, webp});
}

} // namespace

int main(int count, char **words)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", words[0]);
        return 2;
    }
    folder = QString::fromLocal8Bit(words[1]);
    writeFrames();
    writeWebSockets();
    writeHttp();
    writeTexts();
    writeBodies();
    writePictures();
    return 0;
}
