// SPDX-License-Identifier: Apache-2.0
#include "dunlin/codec.h"
#include "dunlin/limits.h"

#include <QProcess>
#include <QTest>

using namespace dunlin;
using codec::FrameKind;

class TestCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFrameSurvivesBothEncodings_data();
    void aFrameSurvivesBothEncodings();
    void jsonUsesTheNamesAndTypesOfProto3Json();
    void jsonOfAScriptIsUnderstood();
    void unknownFieldsAreIgnored();
    void whatIsNotAFrameIsRefused_data();
    void whatIsNotAFrameIsRefused();
    void anOversizedFrameIsRefusedUnread();
    void theLibrarySaysNothingOfStrangersFrames();
};

void TestCodec::aFrameSurvivesBothEncodings_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("binary") << static_cast<int>(FrameKind::Binary);
    QTest::newRow("text") << static_cast<int>(FrameKind::Text);
}

void TestCodec::aFrameSurvivesBothEncodings()
{
    QFETCH(int, kind);
    const auto frameKind = static_cast<FrameKind>(kind);

    v1::ClientFrame frame;
    frame.set_request_id(42);
    frame.mutable_post_message()->set_conversation_id(9'007'199'254'740'993);
    frame.mutable_post_message()->set_client_id(
            std::string("\0\1\2\3\4\5\6\7\x80\xff\n\13\14\15\16\17", 16));
    frame.mutable_post_message()->set_text("Grüße 👋🏽 \"quoted\"\nand a line");

    const QByteArray bytes = codec::encode(frame, frameKind);
    const auto decoded =
            codec::decodeClientFrame({bytes.constData(), size_t(bytes.size())}, frameKind);
    QVERIFY(decoded.has_value());
    QCOMPARE(decoded->SerializeAsString(), frame.SerializeAsString());
}

void TestCodec::jsonUsesTheNamesAndTypesOfProto3Json()
{
    v1::ServerFrame frame;
    frame.set_request_id(7);
    frame.mutable_message_posted()->set_seq(3);
    frame.mutable_message_posted()->set_message_id(9'007'199'254'740'993);
    QCOMPARE(codec::encode(frame, FrameKind::Text),
             R"({"requestId":"7","messagePosted":{"seq":"3","messageId":"9007199254740993"}})");
}

void TestCodec::jsonOfAScriptIsUnderstood()
{
    const auto frame = codec::decodeClientFrame(
            R"({"requestId": 1, "signIn": {"userName": "ana", "password": "correct horse"}})",
            FrameKind::Text);
    QVERIFY(frame.has_value());
    QCOMPARE(frame->request_id(), 1U);
    QCOMPARE(frame->sign_in().user_name(), std::string("ana"));
}

void TestCodec::unknownFieldsAreIgnored()
{
    const auto text = codec::decodeClientFrame(R"({"requestId":"1","heartbeat":{"mood":"fine"}})",
                                               FrameKind::Text);
    QVERIFY(text.has_value());
    QVERIFY(text->has_heartbeat());

    // Field 500, a length-delimited one, before request_id = 1.
    const auto binary = codec::decodeClientFrame(std::string_view("\xa2\x1f\x01x\x08\x01", 6),
                                                 FrameKind::Binary);
    QVERIFY(binary.has_value());
    QCOMPARE(binary->request_id(), 1U);
    QCOMPARE(binary->request_case(), v1::ClientFrame::REQUEST_NOT_SET);
}

void TestCodec::whatIsNotAFrameIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    const QString malformed = QStringLiteral("MALFORMED_FRAME");
    const int binary = static_cast<int>(FrameKind::Binary);
    const int text = static_cast<int>(FrameKind::Text);
    QTest::newRow("binary noise") << QByteArray("\xff\xff\xff\xff", 4) << binary << malformed;
    QTest::newRow("a length beyond the end")
            << QByteArray("\x12\x7f\x0a", 3) << binary << malformed;
    QTest::newRow("a binary string that is not UTF-8")
            << QByteArray("\x1a\x04\x0a\x02\xc3\x28", 6) << binary << "INVALID_UTF8";
    QTest::newRow("empty text") << QByteArray("") << text << malformed;
    QTest::newRow("not JSON") << QByteArray("hello") << text << malformed;
    QTest::newRow("JSON of another type") << QByteArray("[1,2]") << text << malformed;
    QTest::newRow("a wrong type") << QByteArray(R"({"requestId":"many"})") << text << malformed;
    QTest::newRow("nested too deep") << QByteArray("{\"a\":").repeated(2000) << text << malformed;
}

void TestCodec::whatIsNotAFrameIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const auto frame = codec::decodeClientFrame({bytes.constData(), size_t(bytes.size())},
                                                static_cast<FrameKind>(kind));
    QVERIFY(!frame.has_value());
    QFETCH(QString, code);
    QCOMPARE(QString::fromUtf8(toWireName(frame.error().code).data()), code);
}

void TestCodec::anOversizedFrameIsRefusedUnread()
{
    const std::string bytes(limits::frameBytes + 1, '\0');
    const auto frame = codec::decodeClientFrame(bytes, FrameKind::Binary);
    QVERIFY(!frame.has_value());
    QCOMPARE(frame.error().code, ErrorCode::FrameTooLarge);
}

void TestCodec::theLibrarySaysNothingOfStrangersFrames()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("whatIsNotAFrameIsRefused")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
