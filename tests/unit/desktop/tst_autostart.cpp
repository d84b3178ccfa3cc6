// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin::client;

class AutostartTest : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

    QString defaultDirectory(const char *profile) const
    {
        return home_.filePath(QStringLiteral("data/dunlin/") + QLatin1String(profile));
    }
    static QByteArray contentOf(const Autostart &autostart)
    {
        QFile file(autostart.filePath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void replace(const Autostart &autostart, const QByteArray &content)
    {
        QFile file(autostart.filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    static QByteArray execOf(const Autostart &autostart)
    {
        for (const QByteArray &line : contentOf(autostart).split('\n')) {
            if (line.startsWith("Exec="))
                return line.mid(5);
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CONFIG_HOME", home_.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_DATA_HOME", home_.filePath(QStringLiteral("data")).toUtf8());
    }

    void theFileIsOneThatDesktopsRead()
    {
        const Autostart autostart(defaultDirectory("default"));
        QVERIFY(!autostart.isEnabled());
        QVERIFY(autostart.enable(true));
        QVERIFY(autostart.isEnabled());
        QVERIFY(autostart.isMinimised());
        QCOMPARE(autostart.filePath(),
                 home_.filePath(QStringLiteral("config/autostart/im.dunlin.dunlin.desktop")));
        QVERIFY2(execOf(autostart).endsWith("tst_autostart --minimised"), execOf(autostart));
        const QString validator =
                QStandardPaths::findExecutable(QStringLiteral("desktop-file-validate"));
        QVERIFY(!validator.isEmpty());
        QProcess validate;
        validate.setProcessChannelMode(QProcess::MergedChannels);
        validate.start(validator, {autostart.filePath()});
        QVERIFY(validate.waitForFinished());
        const QByteArray said = validate.readAll();
        QVERIFY2(validate.exitCode() == 0 && said.isEmpty(), said);
        QVERIFY(autostart.enable(false));
        QVERIFY(!autostart.isMinimised());
        autostart.disable();
        QVERIFY(!autostart.isEnabled());
    }

    void profilesHaveFilesOfTheirOwnAndNameThemselves()
    {
        const Autostart first(defaultDirectory("default"));
        const Autostart work(defaultDirectory("work"));
        const Autostart elsewhere(home_.filePath(QStringLiteral("a disk/work")));
        QVERIFY(work.enable(false) && elsewhere.enable(false));
        QVERIFY(!first.isEnabled());
        QVERIFY2(execOf(work).endsWith("tst_autostart --profile work"), execOf(work));
        const QByteArray end = "--profile work --data-dir \""
                + home_.filePath(QStringLiteral("a disk")).toUtf8() + '"';
        QVERIFY2(execOf(elsewhere).endsWith(end), execOf(elsewhere));
        work.disable();
        QVERIFY(elsewhere.isEnabled());
    }

    void whatAnotherProgramHasSwitchedOffIsOff()
    {
        const Autostart autostart(defaultDirectory("default"));
        QVERIFY(autostart.enable(false));
        const QByteArray content = contentOf(autostart);
        for (const char *line : {"Hidden=true\n", "X-GNOME-Autostart-enabled=false\n"}) {
            replace(autostart, content + line);
            QVERIFY(!autostart.isEnabled());
        }
        QVERIFY(autostart.enable(false));
        QVERIFY(autostart.isEnabled());
    }

    void argumentsAreQuotedAsTheSpecificationWantsIt_data()
    {
        QTest::addColumn<QString>("argument");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *argument, const char *written) {
            QTest::addRow("%s", argument)
                    << QString::fromLatin1(argument) << QString::fromLatin1(written);
        };
        row("/usr/bin/dunlin", "/usr/bin/dunlin");
        row("two words", "\"two words\"");
        row("100%", "100%%");
        row("a\"b", "\"a\\\\\"b\"");
        row("a$b", "\"a\\\\$b\"");
        row("a\\b", "\"a\\\\\\\\b\"");
    }
    void argumentsAreQuotedAsTheSpecificationWantsIt()
    {
        QFETCH(const QString, argument);
        QFETCH(const QString, written);
        QCOMPARE(execArgument(argument), written);
    }
};

QTEST_GUILESS_MAIN(AutostartTest)
#include "tst_autostart.moc"
