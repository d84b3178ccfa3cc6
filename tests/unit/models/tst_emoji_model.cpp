// SPDX-License-Identifier: Apache-2.0
#include "emoji_model.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace dunlin::client;

namespace {

const QString thumbsUp = QStringLiteral("\U0001F44D");
const QString darkThumbsUp = QStringLiteral("\U0001F44D\U0001F3FF");
const QString heart = QStringLiteral("\u2764\uFE0F");
const QString couple = QStringLiteral("\U0001F9D1\u200D\U0001F91D\u200D\U0001F9D1");

QStringList namesFound(const QString &query, const QString &language = QStringLiteral("en"))
{
    QStringList names;
    const EmojiTable &table = EmojiTable::in(language);
    for (const int place : table.search(query))
        names.append(table.emoji()[place].name);
    return names;
}

QStringList shown(const EmojiModel &model)
{
    QStringList emoji;
    for (int row = 0; row < model.count(); ++row)
        emoji.append(model.emojiAt(row));
    return emoji;
}

} // namespace

class EmojiModelTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    std::unique_ptr<QSettings> settings_;

    void restart()
    {
        settings_ = std::make_unique<QSettings>(
                directory_.filePath(QLatin1String(QTest::currentTestFunction())
                                    + QLatin1String(".ini")),
                QSettings::IniFormat);
    }

private Q_SLOTS:
    void init() { restart(); }

    void everyEmojiOfUnicodesListIsThereOnce()
    {
        const EmojiTable &table = EmojiTable::in(QStringLiteral("en"));
        QCOMPARE(table.groups().size(), 9);
        QVERIFY2(table.emoji().size() > 1800, qPrintable(QString::number(table.emoji().size())));
        QSet<QString> texts;
        for (const Emoji &emoji : table.emoji()) {
            QVERIFY(!emoji.text.isEmpty() && !emoji.name.isEmpty());
            QVERIFY2(!emoji.name.contains(QLatin1String("skin tone")), qPrintable(emoji.name));
            QVERIFY2(emoji.tones.isEmpty() || emoji.tones.size() == EmojiTable::toneCount,
                     qPrintable(emoji.name));
            texts.insert(emoji.text);
        }
        QCOMPARE(texts.size(), table.emoji().size());
        QCOMPARE(table.emoji()[table.placeOf(heart)].name, QStringLiteral("red heart"));
        QCOMPARE(table.emoji()[table.placeOf(QStringLiteral("\U0001F18E"))].name,
                 QStringLiteral("AB button (blood type)"));
    }

    void searchFindsWordsByTheirBeginnings()
    {
        QVERIFY(namesFound(QStringLiteral("thumb")).contains(QStringLiteral("thumbs up")));
        QVERIFY(namesFound(QStringLiteral("joy tear"))
                        .contains(QStringLiteral("face with tears of joy")));
        QVERIFY(!namesFound(QStringLiteral("humbs")).contains(QStringLiteral("thumbs up")));
        QCOMPARE(namesFound(QStringLiteral("  Red HEART ")).value(0), QStringLiteral("red heart"));
        QVERIFY(namesFound(QStringLiteral("cote d'ivoire"))
                        .contains(QString::fromUtf8("flag: C\u00F4te d\u2019Ivoire")));
        // By what it is, after those with that name.
        const QStringList cats = namesFound(QStringLiteral("cat"));
        QVERIFY(cats.value(0).startsWith(QLatin1String("cat")));
        QVERIFY(namesFound(QStringLiteral("mammal")).contains(QStringLiteral("dog face")));
        QVERIFY(namesFound(QStringLiteral("xyzzy")).isEmpty());
        QVERIFY(namesFound(QStringLiteral(" - ")).isEmpty());
    }

    void oneSearchesInOnesOwnLanguage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *language, const char *query, const char *name) {
            QTest::addRow("%s %s", language, query)
                    << QString::fromUtf8(language) << QString::fromUtf8(query)
                    << QString::fromUtf8(name);
        };
        row("en", "laugh", "face with tears of joy");
        row("de", "daumen", "Daumen hoch");
        row("de", "grinsendes gesicht", "grinsendes Gesicht");
        row("de", "uberschwemm", ""); // nothing has it
        row("de", "osterreich", "Flagge: \u00D6sterreich"); // as everywhere, without accents
        row("de", "thumbs up", "Daumen hoch"); // and in English
        row("ar", "\u0642\u0644\u0628 \u0623\u062D\u0645\u0631",
            "\u0642\u0644\u0628 \u0623\u062D\u0645\u0631");
        row("eo", "thumbs up", "thumbs up"); // one that the app does not speak
    }
    void oneSearchesInOnesOwnLanguage()
    {
        QFETCH(const QString, language);
        QFETCH(const QString, query);
        QFETCH(const QString, name);
        const QStringList found = namesFound(query, language);
        if (name.isEmpty())
            QCOMPARE(found, QStringList());
        else
            QVERIFY2(found.mid(0, 20).contains(name), qPrintable(found.join(QLatin1Char(','))));
    }

    void nearlyAllHaveNamesInEachLanguage()
    {
        const auto &english = EmojiTable::in(QStringLiteral("en")).emoji();
        for (const auto &language : {QStringLiteral("de"), QStringLiteral("ar")}) {
            const auto &emoji = EmojiTable::in(language).emoji();
            QCOMPARE(emoji.size(), english.size());
            int translated = 0;
            for (qsizetype place = 0; place < emoji.size(); ++place) {
                QCOMPARE(emoji[place].text, english[place].text);
                translated += emoji[place].name != english[place].name ? 1 : 0;
            }
            // Some are the same in both, such as "Taxi", and those of the year are not there yet.
            QVERIFY2(translated > english.size() * 95 / 100,
                     qPrintable(QString::number(translated)));
        }
    }

    void theNamesFollowTheLanguage()
    {
        EmojiModel model(*settings_);
        model.load();
        QCOMPARE(model.nameAt(0), QStringLiteral("grinning face"));
        model.setQuery(QStringLiteral("daumen hoch"));
        QCOMPARE(model.count(), 0);
        model.setLanguage(QStringLiteral("de"));
        QCOMPARE(model.nameAt(0), QStringLiteral("Daumen hoch"));
        model.setQuery({});
        QCOMPARE(model.nameAt(0), QStringLiteral("grinsendes Gesicht"));
    }

    void nothingIsReadBeforeItIsShown()
    {
        EmojiModel model(*settings_);
        QCOMPARE(model.count(), 0);
        QVERIFY(model.groupNames().isEmpty());
        QElapsedTimer timer;
        timer.start();
        const EmojiTable &parsed = EmojiTable::in(QStringLiteral("none so far"));
        qInfo("%lld emoji in %lld ms", static_cast<long long>(parsed.emoji().size()),
              static_cast<long long>(timer.elapsed()));
        model.load();
        QVERIFY(model.count() > 100);
        QCOMPARE(model.groupNames().size(), 10);
        QCOMPARE(model.groupSigns().size(), 10);
        QCOMPARE(model.emojiAt(0), QStringLiteral("\U0001F600"));
    }

    void aGroupOrWhatIsSearchedForIsShown()
    {
        EmojiModel model(*settings_);
        model.load();
        model.setGroup(9);
        QVERIFY(model.nameAt(0).contains(QLatin1String("flag")));
        model.setQuery(QStringLiteral("thumbs"));
        QCOMPARE(model.count(), 2);
        QCOMPARE(model.emojiAt(0), thumbsUp);
        model.setQuery({});
        QVERIFY(model.nameAt(0).contains(QLatin1String("flag")));
    }

    void theToneOnePrefersIsKept()
    {
        {
            EmojiModel model(*settings_);
            model.load();
            model.setQuery(QStringLiteral("thumbs up"));
            QCOMPARE(model.tonesAt(0).size(), 6);
            QCOMPARE(model.tonesAt(0).value(0), thumbsUp);
            QCOMPARE(model.tonesAt(0).value(5), darkThumbsUp);
            model.setDefaultTone(5);
            QCOMPARE(model.emojiAt(0), darkThumbsUp);
            model.setQuery(QStringLiteral("people holding hands"));
            QVERIFY(model.emojiAt(0).count(QStringLiteral("\U0001F3FF")) == 2);
            QCOMPARE(model.tonesAt(0).value(0), couple);
            model.setQuery(QStringLiteral("red heart"));
            QCOMPARE(model.emojiAt(0), heart);
            QVERIFY(model.tonesAt(0).isEmpty());
        }
        restart();
        EmojiModel model(*settings_);
        model.load();
        model.setQuery(QStringLiteral("thumbs up"));
        QCOMPARE(model.emojiAt(0), darkThumbsUp);
    }

    void whatIsUsedOftenAndLatelyComesFirst()
    {
        {
            EmojiModel model(*settings_);
            model.load();
            model.use(heart);
            model.use(thumbsUp);
            model.use(darkThumbsUp);
            model.use(QStringLiteral("no emoji"));
            model.load();
            QCOMPARE(model.group(), EmojiModel::recentGroup);
            QCOMPARE(shown(model), (QStringList{darkThumbsUp, thumbsUp, heart}));
            model.use(heart);
            model.use(QStringLiteral("\U0001F600"));
            model.load();
            QCOMPARE(shown(model).value(0), heart); // twice, though not the last
        }
        restart();
        EmojiModel model(*settings_);
        model.load();
        QCOMPARE(shown(model).value(0), heart);
        QCOMPARE(model.count(), 4);
        // A new habit wins over an old one.
        for (int i = 0; i < 4; ++i)
            model.use(thumbsUp);
        model.load();
        QCOMPARE(shown(model).value(0), thumbsUp);
    }

    void onlySoManyAreRemembered()
    {
        EmojiModel model(*settings_);
        model.load();
        const EmojiTable &table = EmojiTable::in(QStringLiteral("en"));
        for (int place = 0; place < 2 * EmojiModel::recentMax; ++place)
            model.use(table.emoji()[place].text);
        model.load();
        QCOMPARE(model.count(), EmojiModel::recentMax);
        QCOMPARE(model.emojiAt(0), table.emoji()[2 * EmojiModel::recentMax - 1].text);
    }
};

QTEST_GUILESS_MAIN(EmojiModelTest)
#include "tst_emoji_model.moc"
