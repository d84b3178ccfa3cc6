// SPDX-License-Identifier: Apache-2.0
#include "dunlin/error_code.h"

#include <QSet>
#include <QTest>

using namespace dunlin;

class TestErrorCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnNameAndComesBackFromIt();
    void anUnknownNameIsNoCode();
    void whatMaySucceedLaterIsTransient();
};

void TestErrorCode::everyCodeHasItsOwnNameAndComesBackFromIt()
{
    QSet<QByteArray> names;
    for (int index = 0; index <= static_cast<int>(ErrorCode::ServerNotTrusted); ++index) {
        const auto code = static_cast<ErrorCode>(index);
        const std::string_view name = toWireName(code);
        names.insert(QByteArray(name.data(), qsizetype(name.size())));
        QCOMPARE(errorCodeFromWireName(name), code);
        QVERIFY(httpStatus(code) >= 400);
    }
    QCOMPARE(names.size(), static_cast<int>(ErrorCode::ServerNotTrusted) + 1);
}

void TestErrorCode::anUnknownNameIsNoCode()
{
    QCOMPARE(errorCodeFromWireName("FROM_THE_FUTURE"), std::nullopt);
    QCOMPARE(errorCodeFromWireName(""), std::nullopt);
}

void TestErrorCode::whatMaySucceedLaterIsTransient()
{
    QVERIFY(isTransient(ErrorCode::Unavailable));
    QVERIFY(isTransient(ErrorCode::Overloaded));
    QVERIFY(isTransient(ErrorCode::ShuttingDown));
    QVERIFY(!isTransient(ErrorCode::MessageTooLong));
    QVERIFY(!isTransient(ErrorCode::WrongPassword));
}

QTEST_GUILESS_MAIN(TestErrorCode)
#include "tst_error_code.moc"
