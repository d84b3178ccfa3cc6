// SPDX-License-Identifier: Apache-2.0
#include "dunlin/emoji.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"

#include <QTest>

using namespace dunlin;

class TestEmoji : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsShownAsOneEmojiIsOne_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a face") << QStringLiteral("\U0001F600");
        QTest::newRow("a heart") << QStringLiteral("\u2764\uFE0F");
        QTest::newRow("a heart without its style") << QStringLiteral("\u2764");
        QTest::newRow("a skin tone") << QStringLiteral("\U0001F44D\U0001F3FD");
        QTest::newRow("a skin tone and a style") << QStringLiteral("\u261D\U0001F3FD");
        QTest::newRow("a family") << QStringLiteral(
                "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466");
        QTest::newRow("a kiss with skin tones")
                << QStringLiteral("\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D"
                                  "\U0001F468\U0001F3FF");
        QTest::newRow("a profession") << QStringLiteral("\U0001F575\U0001F3FE\u200D\u2642\uFE0F");
        QTest::newRow("a rainbow flag") << QStringLiteral("\U0001F3F3\uFE0F\u200D\U0001F308");
        QTest::newRow("a flag") << QStringLiteral("\U0001F1E9\U0001F1EA");
        QTest::newRow("a flag of a region")
                << QStringLiteral("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074"
                                  "\U000E007F");
        QTest::newRow("a keycap") << QStringLiteral("1\uFE0F\u20E3");
        QTest::newRow("a keycap without its style") << QStringLiteral("#\u20E3");
        QTest::newRow("a sign") << QStringLiteral("\u00A9\uFE0F");
        QTest::newRow("of Unicode 14") << QStringLiteral("\U0001FAE0");
    }
    void whatIsShownAsOneEmojiIsOne()
    {
        QFETCH(QString, text);
        QVERIFY(isEmoji(text.toStdString()));
        QVERIFY(validation::checkReaction(text.toStdString()).has_value());
    }

    void anythingElseIsNone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a letter") << QStringLiteral("a");
        QTest::newRow("a digit") << QStringLiteral("1");
        QTest::newRow("a digit with a style") << QStringLiteral("1\uFE0F");
        QTest::newRow("a word") << QStringLiteral("gr\u00FC\u00DFe");
        QTest::newRow("two faces") << QStringLiteral("\U0001F600\U0001F600");
        QTest::newRow("a face and a space") << QStringLiteral("\U0001F600 ");
        QTest::newRow("a face and a line") << QStringLiteral("\U0001F600\n");
        QTest::newRow("a face and a letter") << QStringLiteral("\U0001F600a");
        QTest::newRow("half a flag") << QStringLiteral("\U0001F1E9");
        QTest::newRow("a flag and a half") << QStringLiteral("\U0001F1E9\U0001F1EA\U0001F1E9");
        QTest::newRow("joined to nothing") << QStringLiteral("\U0001F468\u200D");
        QTest::newRow("joined by nothing") << QStringLiteral("\u200D\U0001F468");
        QTest::newRow("a style alone") << QStringLiteral("\uFE0F");
        QTest::newRow("a flag of a region without an end")
                << QStringLiteral("\U0001F3F4\U000E0067\U000E0062");
        QTest::newRow("a keycap and a digit") << QStringLiteral("1\uFE0F\u20E31");
        QTest::newRow("right to left") << QStringLiteral("\u202E\U0001F600");
        QTest::newRow("a NUL") << QString(QChar(0));
        QTest::newRow("a NUL behind") << QStringLiteral("\U0001F600") + QChar(0);
    }
    void anythingElseIsNone()
    {
        QFETCH(QString, text);
        QVERIFY(!isEmoji(text.toStdString()));
        QCOMPARE(validation::checkReaction(text.toStdString()).error().code,
                 ErrorCode::InvalidArgument);
    }

    void aReactionHasSixtyFourBytesAtMost()
    {
        // A man and ZERO WIDTH JOINERs, 7 bytes each.
        std::string longest = "\U0001F468";
        while (longest.size() + 7 <= limits::reactionBytes)
            longest += "\u200D\U0001F468";
        QVERIFY(validation::checkReaction(longest).has_value());
        QCOMPARE(validation::checkReaction(longest + "\u200D\U0001F468").error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(validation::checkReaction("\xf0\x9f\x98").error().code, ErrorCode::InvalidUtf8);
    }
};

QTEST_GUILESS_MAIN(TestEmoji)
#include "tst_emoji.moc"
