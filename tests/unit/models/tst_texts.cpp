// SPDX-License-Identifier: Apache-2.0
#include "texts.h"

#include <QTest>
#include <QTranslator>

using namespace dunlin;
using namespace dunlin::client;

namespace {

const QLocale english(QLocale::English, QLocale::UnitedKingdom);
const QDateTime now(QDate(2026, 11, 24), QTime(14, 30));

qint64 at(int year, int month, int day, int hour = 9, int minute = 5)
{
    return QDateTime(QDate(year, month, day), QTime(hour, minute)).toMSecsSinceEpoch();
}

} // namespace

class TextsTest : public QObject {
    Q_OBJECT

    QTranslator plurals_;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(plurals_.load(QStringLiteral(":/dunlin/translations/dunlin_en.qm")));
        QVERIFY(QCoreApplication::installTranslator(&plurals_));
    }

    void timesInTheListGetShorterTheOlderTheyAre()
    {
        QCOMPARE(listTimeText(at(2026, 11, 24), now, english), QStringLiteral("09:05"));
        QCOMPARE(listTimeText(at(2026, 11, 23, 23, 59), now, english), QStringLiteral("Yesterday"));
        QCOMPARE(listTimeText(at(2026, 11, 19), now, english), QStringLiteral("Thu"));
        QCOMPARE(listTimeText(at(2026, 3, 3), now, english), QStringLiteral("3 Mar"));
        QCOMPARE(listTimeText(at(2024, 3, 3), now, english), QStringLiteral("3 Mar 2024"));
        QCOMPARE(listTimeText(0, now, english), QString());
        // A clock that is a little behind.
        QCOMPARE(listTimeText(at(2026, 11, 25), now, english), QStringLiteral("09:05"));
    }

    void daysAreNamedAsPeopleDo()
    {
        QCOMPARE(dayText(at(2026, 11, 24), now, english), QStringLiteral("Today"));
        QCOMPARE(dayText(at(2026, 11, 23), now, english), QStringLiteral("Yesterday"));
        QCOMPARE(dayText(at(2026, 11, 20), now, english), QStringLiteral("Friday"));
        QCOMPARE(dayText(at(2026, 11, 1), now, english), QStringLiteral("1 November"));
        QCOMPARE(dayText(at(2025, 11, 1), now, english), QStringLiteral("1 November 2025"));
    }

    void presenceIsInWords()
    {
        const auto seen = [](qint64 ms, bool isOnline = false) {
            return presenceText({.user = {}, .isOnline = isOnline, .lastSeenMs = ms}, now, english);
        };
        QCOMPARE(seen(0, true), QStringLiteral("online"));
        QCOMPARE(seen(0), QString());
        QCOMPARE(seen(at(2026, 11, 24, 14, 30)), QStringLiteral("last seen just now"));
        QCOMPARE(seen(at(2026, 11, 24, 14, 29)), QStringLiteral("last seen 1 minute ago"));
        QCOMPARE(seen(at(2026, 11, 24, 14, 25)), QStringLiteral("last seen 5 minutes ago"));
        QCOMPARE(seen(at(2026, 11, 24, 9, 5)), QStringLiteral("last seen today at 09:05"));
        QCOMPARE(seen(at(2026, 11, 23, 9, 5)), QStringLiteral("last seen yesterday at 09:05"));
        QCOMPARE(seen(at(2026, 3, 3)), QStringLiteral("last seen 3 Mar"));
    }

    void initialsAreTheFirstLettersOfTwoWords()
    {
        QCOMPARE(initialsOf(QStringLiteral("Ana Souza")), QStringLiteral("AS"));
        QCOMPARE(initialsOf(QStringLiteral("ben")), QStringLiteral("B"));
        QCOMPARE(initialsOf(QStringLiteral("Mia van der Berg")), QStringLiteral("MV"));
        QCOMPARE(initialsOf(QString()), QString());
    }

    void onlyAFewEmojiAreLarge()
    {
        QVERIFY(isOnlyEmoji(QStringLiteral("\U0001F44D")));
        QVERIFY(isOnlyEmoji(QStringLiteral("\U0001F44D\U0001F3FD \u2764\uFE0F")));
        QVERIFY(!isOnlyEmoji(QStringLiteral("ok \U0001F44D")));
        QVERIFY(!isOnlyEmoji(QStringLiteral("12")));
        QVERIFY(!isOnlyEmoji(QString()));
        QVERIFY(!isOnlyEmoji(QStringLiteral("\U0001F44D").repeated(7)));
    }

    void colorsFollowTheChoiceElseTheId()
    {
        Person person;
        person.id = UserId{12345};
        const int derived = colorIndexOf(person);
        QVERIFY(derived >= 1 && derived <= 8);
        QCOMPARE(colorIndexOf(person), derived);
        person.avatarColor = 3;
        QCOMPARE(colorIndexOf(person), 3);
    }
};

QTEST_GUILESS_MAIN(TextsTest)
#include "tst_texts.moc"
