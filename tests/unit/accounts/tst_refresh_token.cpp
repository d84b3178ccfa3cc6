// SPDX-License-Identifier: Apache-2.0
#include "accounts/refresh_token.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::accounts;

class RefreshTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromItsText()
    {
        const auto token = RefreshToken::make(UserId{7}, DeviceId{9'007'199'254'740'993});
        const auto parsed = RefreshToken::parse(token.text());
        QVERIFY(parsed);
        QCOMPARE(parsed->user.value, 7);
        QCOMPARE(parsed->device.value, 9'007'199'254'740'993);
        QVERIFY(parsed->matches(token.hash()));
        QVERIFY(parsed->isOfFamily(token.familyHash()));
    }

    void theNextIsOfTheSameFamilyAndAnother()
    {
        const auto token = RefreshToken::make(UserId{7}, DeviceId{8});
        const auto next = token.next();
        QVERIFY(next.isOfFamily(token.familyHash()));
        QVERIFY(!next.matches(token.hash()));
        const auto stranger = RefreshToken::make(UserId{7}, DeviceId{8});
        QVERIFY(!stranger.isOfFamily(token.familyHash()));
    }

    void nothingMatchesWhatIsNotThere()
    {
        const auto token = RefreshToken::make(UserId{7}, DeviceId{8});
        QVERIFY(!token.matches({}));
        QVERIFY(!token.isOfFamily({}));
    }

    void whatIsNotATokenIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const std::string good = RefreshToken::make(UserId{7}, DeviceId{8}).text();
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray::fromStdString(good.substr(1));
        QTest::newRow("long") << QByteArray::fromStdString(good + "A");
        QTest::newRow("not base64") << QByteArray::fromStdString(good).replace(0, 1, "!");
        QTest::newRow("no user") << QByteArray(96, 'A');
        QTest::newRow("a negative user") << QByteArray(96, '_');
    }
    void whatIsNotATokenIsRefused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!RefreshToken::parse(text.toStdString()));
    }
};

QTEST_GUILESS_MAIN(RefreshTokenTest)
#include "tst_refresh_token.moc"
