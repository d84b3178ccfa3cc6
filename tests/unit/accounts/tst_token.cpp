// SPDX-License-Identifier: Apache-2.0
#include "accounts/token.h"

#include <QTest>

using namespace dunlin;
using accounts::Token;

class TestToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTokenComesBackFromItsText();
    void noTwoTokensAreAlike();
    void theStoredHashDoesNotHoldTheSecret();
    void onlyTheTokenItselfMatchesItsHash();
    void whatIsNotATokenIsRefused_data();
    void whatIsNotATokenIsRefused();
    void noByteBeyondAsciiIsADigit();
};

void TestToken::aTokenComesBackFromItsText()
{
    const Token token = Token::make(UserId{7}, DeviceId{9'007'199'254'740'993});
    const std::string text = token.text();
    QCOMPARE(text.size(), std::size_t(64));
    const auto parsed = Token::parse(text);
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->user, token.user);
    QCOMPARE(parsed->device, token.device);
    QVERIFY(parsed->secret == token.secret);
}

void TestToken::noTwoTokensAreAlike()
{
    const Token first = Token::make(UserId{1}, DeviceId{2});
    const Token second = Token::make(UserId{1}, DeviceId{2});
    QVERIFY(first.secret != second.secret);
    QVERIFY(first.text() != second.text());
}

void TestToken::theStoredHashDoesNotHoldTheSecret()
{
    const Token token = Token::make(UserId{1}, DeviceId{2});
    const std::string secret(token.secret.begin(), token.secret.end());
    QCOMPARE(token.hash().size(), std::size_t(32));
    QVERIFY(token.hash() != secret);
}

void TestToken::onlyTheTokenItselfMatchesItsHash()
{
    const Token token = Token::make(UserId{1}, DeviceId{2});
    QVERIFY(token.matches(token.hash()));

    Token altered = token;
    altered.secret.back() ^= 1;
    QVERIFY(!altered.matches(token.hash()));
    QVERIFY(!token.matches(""));
    QVERIFY(!token.matches(token.hash().substr(0, 31)));
}

void TestToken::whatIsNotATokenIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = QByteArray::fromStdString(Token::make(UserId{1}, DeviceId{2}).text());
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one character short") << good.chopped(1);
    QTest::newRow("one too many") << good + 'A';
    QTest::newRow("a foreign character") << good.chopped(1) + '!';
    QTest::newRow("a space") << good.chopped(1) + ' ';
    QTest::newRow("the other base64 alphabet") << good.chopped(1) + '+';
    QTest::newRow("padding") << good.chopped(1) + '=';
    QTest::newRow("no user and no device") << QByteArray(64, 'A');
    QTest::newRow("negative ids") << QByteArray(64, '_');
    QTest::newRow("a megabyte") << QByteArray(1 << 20, 'A');
}

void TestToken::whatIsNotATokenIsRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Token::parse({text.constData(), std::size_t(text.size())}).has_value());
}

void TestToken::noByteBeyondAsciiIsADigit()
{
    std::string text = Token::make(UserId{1}, DeviceId{2}).text();
    for (int byte = 0x80; byte <= 0xFF; ++byte) {
        text[40] = static_cast<char>(byte);
        QVERIFY2(!Token::parse(text), qPrintable(QString::number(byte, 16)));
    }
}

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
