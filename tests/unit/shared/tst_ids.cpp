// SPDX-License-Identifier: Apache-2.0
#include "dunlin/ids.h"

#include <QSet>
#include <QTest>

using namespace dunlin;

// A message's place can never be passed where a user is meant.
static_assert(!std::is_convertible_v<UserId, ConversationId>);
static_assert(!std::is_convertible_v<std::int64_t, UserId>);

class TestIds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clientIdsAreSixteenBytesAndNotAllZero();
    void randomClientIdsDiffer();
    void idsInUrlsAreParsedStrictly_data();
    void idsInUrlsAreParsedStrictly();
};

void TestIds::clientIdsAreSixteenBytesAndNotAllZero()
{
    QVERIFY(!ClientId::fromBytes("short").has_value());
    QVERIFY(!ClientId::fromBytes(std::string(16, '\0')).has_value());
    QVERIFY(!ClientId::fromBytes(std::string(17, 'x')).has_value());
    const std::string raw(16, 'x');
    QCOMPARE(ClientId::fromBytes(raw)->toBytes(), raw);
}

void TestIds::randomClientIdsDiffer()
{
    QSet<ClientId> ids;
    for (int round = 0; round < 1000; ++round)
        ids.insert(ClientId::random());
    QCOMPARE(ids.size(), 1000);
}

void TestIds::idsInUrlsAreParsedStrictly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("value");
    QTest::newRow("one") << QByteArray("1") << qint64(1);
    QTest::newRow("largest") << QByteArray("9223372036854775807")
                             << std::numeric_limits<qint64>::max();
    QTest::newRow("too large") << QByteArray("9223372036854775808") << qint64(0);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("leading zero") << QByteArray("01") << qint64(0);
    QTest::newRow("negative") << QByteArray("-1") << qint64(0);
    QTest::newRow("plus") << QByteArray("+1") << qint64(0);
    QTest::newRow("trailing") << QByteArray("1a") << qint64(0);
    QTest::newRow("space") << QByteArray(" 1") << qint64(0);
    QTest::newRow("empty") << QByteArray() << qint64(0);
}

void TestIds::idsInUrlsAreParsedStrictly()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, value);
    const auto parsed = parsePositiveId({text.constData(), size_t(text.size())});
    QCOMPARE(qint64(parsed.value_or(0)), value);
}

QTEST_GUILESS_MAIN(TestIds)
#include "tst_ids.moc"
