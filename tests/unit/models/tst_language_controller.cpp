// SPDX-License-Identifier: Apache-2.0
#include "language_controller.h"
#include "pictures_value.h"
#include "texts.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

enum Choice { OfTheSystem, English, German, Arabic };

} // namespace

class LanguageControllerTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<LanguageController> language_;

    void start()
    {
        language_.reset();
        language_ = std::make_unique<LanguageController>(*settings_);
    }

private Q_SLOTS:
    void init()
    {
        settings_ = std::make_unique<QSettings>(directory_.filePath(QStringLiteral("settings.ini")),
                                                QSettings::IniFormat);
        settings_->clear();
        start();
    }

    void theFirstLanguageThatIsSpokenIsTaken_data()
    {
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QString>("code");
        QTest::addRow("with a country")
                << QStringList{QStringLiteral("de-AT")} << QStringLiteral("de");
        QTest::addRow("the second") << QStringList{QStringLiteral("fr-FR"), QStringLiteral("ar")}
                                    << QStringLiteral("ar");
        QTest::addRow("English before others")
                << QStringList{QStringLiteral("en-GB"), QStringLiteral("de")}
                << QStringLiteral("en");
        QTest::addRow("with a script")
                << QStringList{QStringLiteral("ar-Arab-EG")} << QStringLiteral("ar");
        QTest::addRow("none") << QStringList{QStringLiteral("fr")} << QStringLiteral("en");
        QTest::addRow("of no system") << QStringList() << QStringLiteral("en");
    }

    void theFirstLanguageThatIsSpokenIsTaken()
    {
        QFETCH(QStringList, wanted);
        QFETCH(QString, code);
        QCOMPARE(LanguageController::firstSpoken(wanted), code);
    }

    void theChoiceLastsAndUnknownOnesAreTheSystems()
    {
        QCOMPARE(language_->choice(), int(OfTheSystem));
        language_->setChoice(German);
        start();
        QCOMPARE(language_->choice(), int(German));
        QCOMPARE(language_->code(), QStringLiteral("de"));
        language_->setChoice(99);
        QCOMPARE(language_->choice(), int(German));
        language_->setChoice(OfTheSystem);
        start();
        QCOMPARE(language_->choice(), int(OfTheSystem));
        settings_->setValue(QStringLiteral("appearance/language"), QStringLiteral("tlh"));
        start();
        QCOMPARE(language_->choice(), int(OfTheSystem));
    }

    void wordsDatesAndDirectionFollowAtOnce()
    {
        const qint64 march = QDateTime(QDate(2026, 3, 3), QTime(14, 5)).toMSecsSinceEpoch();
        const QDateTime now(QDate(2026, 11, 24), QTime(14, 30));
        language_->setChoice(German);
        QCOMPARE(dayText(now.toMSecsSinceEpoch(), now), QStringLiteral("Heute"));
        QCOMPARE(dayText(march, now), QStringLiteral("3. M\u00E4rz"));
        QCOMPARE(clockText(march), QStringLiteral("14:05"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        language_->setChoice(Arabic);
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        QCOMPARE(dayText(now.toMSecsSinceEpoch(), now),
                 QStringLiteral("\u0627\u0644\u064A\u0648\u0645"));
        language_->setChoice(English);
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        QCOMPARE(dayText(march, now), QStringLiteral("3 March"));
    }

    void countedThingsHaveTheFormOfTheirNumber_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("text");
        QTest::addRow("en 1") << int(English) << 1 << QStringLiteral("last seen 1 minute ago");
        QTest::addRow("en 2") << int(English) << 2 << QStringLiteral("last seen 2 minutes ago");
        QTest::addRow("de 1") << int(German) << 1 << QStringLiteral("vor 1 Minute online");
        QTest::addRow("de 5") << int(German) << 5 << QStringLiteral("vor 5 Minuten online");
        const QString ago =
                QStringLiteral("\u0622\u062E\u0631 \u0638\u0647\u0648\u0631 \u0642\u0628\u0644 ");
        const QString minute = QStringLiteral("\u062F\u0642\u064A\u0642\u0629");
        QTest::addRow("ar 1") << int(Arabic) << 1 << ago + minute;
        QTest::addRow("ar 2") << int(Arabic) << 2
                              << ago + QStringLiteral("\u062F\u0642\u064A\u0642\u062A\u064A\u0646");
        QTest::addRow("ar 3") << int(Arabic) << 3
                              << ago + QStringLiteral("\u0663 \u062F\u0642\u0627\u0626\u0642");
        QTest::addRow("ar 10") << int(Arabic) << 10
                               << ago
                        + QStringLiteral("\u0661\u0660 \u062F\u0642\u0627\u0626\u0642");
        QTest::addRow("ar 11") << int(Arabic) << 11
                               << ago + QStringLiteral("\u0661\u0661 ") + minute;
        QTest::addRow("ar 59") << int(Arabic) << 59
                               << ago + QStringLiteral("\u0665\u0669 ") + minute;
    }

    void countedThingsHaveTheFormOfTheirNumber()
    {
        QFETCH(int, choice);
        QFETCH(int, minutes);
        QFETCH(QString, text);
        language_->setChoice(choice);
        const QDateTime now(QDate(2026, 11, 24), QTime(14, 30));
        const Presence presence{.user = {},
                                .isOnline = false,
                                .lastSeenMs = now.toMSecsSinceEpoch() - minutes * 60'000LL};
        QCOMPARE(presenceText(presence, now), text);
    }

    void onePhotoIsNotCounted()
    {
        language_->setChoice(English);
        QCOMPARE(picturesText(1), QStringLiteral("Photo"));
        QCOMPARE(picturesText(3), QStringLiteral("3 photos"));
        language_->setChoice(German);
        QCOMPARE(picturesText(3), QStringLiteral("3 Fotos"));
    }

    void keysAreNamedAsOnKeyboards()
    {
        language_->setChoice(English);
        QCOMPARE(LanguageController::keyText(QStringLiteral("Ctrl+N")), QStringLiteral("Ctrl+N"));
        // Of Qt's own translations, where they are installed.
        language_->setChoice(German);
        QCOMPARE(LanguageController::keyText(QStringLiteral("Ctrl+N")), QStringLiteral("Strg+N"));
    }
};

int main(int argc, char *argv[])
{
    // The system's language is none, wherever this runs.
    qunsetenv("LANGUAGE");
    qputenv("LC_ALL", "C.UTF-8");
    QGuiApplication application(argc, argv);
    LanguageControllerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_language_controller.moc"
