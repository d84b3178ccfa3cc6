// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"
#include "dunlin/validation.h"

#include <QTest>

using namespace dunlin;

namespace {

template <typename T> ErrorCode codeOf(const Result<T> &result)
{
    return result.has_value() ? ErrorCode::Internal : result.error().code;
}

} // namespace

class TestValidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void utf8IsCheckedToTheLetterOfTheStandard_data();
    void utf8IsCheckedToTheLetterOfTheStandard();
    void userNamesAreFoldedAndChecked_data();
    void userNamesAreFoldedAndChecked();
    void displayNamesAreTrimmedAndBounded();
    void passwordsHaveALengthAndNoOtherRule();
    void messagesAreBoundedAndNotEmpty();
    void deviceNamesAreCutAtACharacter();
};

void TestValidation::utf8IsCheckedToTheLetterOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ascii") << QByteArray("plain") << true;
    QTest::newRow("two, three, four bytes") << QByteArray("ñ € 😀") << true;
    QTest::newRow("last code point") << QByteArray("\xf4\x8f\xbf\xbf") << true;
    QTest::newRow("beyond the last") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << false;
    QTest::newRow("overlong three") << QByteArray("\xe0\x80\xaf") << false;
    QTest::newRow("overlong four") << QByteArray("\xf0\x80\x80\xaf") << false;
    QTest::newRow("tail alone") << QByteArray("\x80") << false;
    QTest::newRow("cut") << QByteArray("\xe2\x82") << false;
    QTest::newRow("lead then ascii") << QByteArray("\xc3(") << false;
    QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80") << false;
}

void TestValidation::utf8IsCheckedToTheLetterOfTheStandard()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isValid);
    QCOMPARE(validation::isValidUtf8({text.constData(), size_t(text.size())}), isValid);
}

void TestValidation::userNamesAreFoldedAndChecked_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("stored");
    QTest::newRow("plain") << QByteArray("ana") << QByteArray("ana");
    QTest::newRow("folded") << QByteArray(" Ana.B-2_x ") << QByteArray("ana.b-2_x");
    QTest::newRow("longest") << QByteArray(32, 'a') << QByteArray(32, 'a');
    QTest::newRow("too long") << QByteArray(33, 'a') << QByteArray();
    QTest::newRow("too short") << QByteArray("ab") << QByteArray();
    QTest::newRow("begins with a digit") << QByteArray("1abc") << QByteArray();
    QTest::newRow("space inside") << QByteArray("ana b") << QByteArray();
    QTest::newRow("not ASCII") << QByteArray("zoë") << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void TestValidation::userNamesAreFoldedAndChecked()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, stored);
    const auto name = validation::normalizedUserName({typed.constData(), size_t(typed.size())});
    if (stored.isEmpty())
        QCOMPARE(codeOf(name), ErrorCode::InvalidUserName);
    else
        QCOMPARE(name.value(), stored.toStdString());
}

void TestValidation::displayNamesAreTrimmedAndBounded()
{
    QCOMPARE(validation::normalizedDisplayName("  Zoë K \t").value(), std::string("Zoë K"));
    QCOMPARE(codeOf(validation::normalizedDisplayName(" \u2003 ")), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(validation::normalizedDisplayName("two\nlines")), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(validation::normalizedDisplayName("\xff")), ErrorCode::InvalidUtf8);
    QVERIFY(validation::normalizedDisplayName(std::string(128, 'x')).has_value());
    QCOMPARE(codeOf(validation::normalizedDisplayName(std::string(129, 'x'))),
             ErrorCode::DisplayNameTooLong);
}

void TestValidation::passwordsHaveALengthAndNoOtherRule()
{
    QCOMPARE(codeOf(validation::checkPassword("1234567")), ErrorCode::PasswordTooShort);
    QVERIFY(validation::checkPassword("12345678").has_value());
    QVERIFY(validation::checkPassword(std::string(256, 'x')).has_value());
    QCOMPARE(codeOf(validation::checkPassword(std::string(257, 'x'))), ErrorCode::PasswordTooLong);
    QCOMPARE(codeOf(validation::checkPassword("\xc3(345678")), ErrorCode::InvalidUtf8);
}

void TestValidation::messagesAreBoundedAndNotEmpty()
{
    QVERIFY(validation::checkMessageText("x").has_value());
    QVERIFY(validation::checkMessageText("  keeps its spaces  ").has_value());
    QVERIFY(validation::checkMessageText("👋").has_value());
    QVERIFY(validation::checkMessageText(std::string(limits::messageTextBytes, 'x')).has_value());
    QCOMPARE(codeOf(validation::checkMessageText(std::string(limits::messageTextBytes + 1, 'x'))),
             ErrorCode::MessageTooLong);
    QCOMPARE(codeOf(validation::checkMessageText("")), ErrorCode::MessageEmpty);
    QCOMPARE(codeOf(validation::checkMessageText(" \n\t\u00a0")), ErrorCode::MessageEmpty);
    QCOMPARE(codeOf(validation::checkMessageText("a\xff")), ErrorCode::InvalidUtf8);
    QCOMPARE(codeOf(validation::checkMessageText(std::string_view("a\0b", 3))),
             ErrorCode::InvalidArgument);
}

void TestValidation::deviceNamesAreCutAtACharacter()
{
    QCOMPARE(validation::normalizedDeviceName(" Laptop ").value(), std::string("Laptop"));
    QCOMPARE(validation::normalizedDeviceName("\n").value(), std::string("Unnamed device"));
    const std::string cut = validation::normalizedDeviceName(std::string(127, 'x') + "é").value();
    QCOMPARE(cut, std::string(127, 'x'));
    QCOMPARE(codeOf(validation::normalizedDeviceName("\xff")), ErrorCode::InvalidUtf8);
    // No white space is left at the ends by what is taken away.
    QCOMPARE(validation::normalizedDeviceName("\x17 Laptop \x17").value(), std::string("Laptop"));
    QCOMPARE(validation::normalizedDeviceName(std::string(127, 'x') + " y").value(),
             std::string(127, 'x'));
}

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
