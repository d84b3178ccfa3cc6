// SPDX-License-Identifier: Apache-2.0
// A server with a bug planted in it is caught from outside, by its name among the promises.
#include "invariants.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin::chaos;

class PlantedBugsTest : public QObject {
    Q_OBJECT

    static QJsonObject judge(const QString &bug)
    {
        const QTemporaryDir directory;
        const QString json = directory.filePath(QStringLiteral("result.json"));
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(DUNLIN_CHAOS_PROGRAM),
                      {QStringLiteral("--server"), QStringLiteral(DUNLIN_PLANTED_PROGRAM),
                       QStringLiteral("--planted-bug"), bug, QStringLiteral("--messages"),
                       QStringLiteral("1500"), QStringLiteral("--seed"), QStringLiteral("2"),
                       QStringLiteral("--settle"), QStringLiteral("3"), QStringLiteral("--json"),
                       json});
        if (!process.waitForFinished(110'000))
            qWarning("no end");
        QFile file(json);
        if (!file.open(QIODevice::ReadOnly))
            qWarning("no result: %s", process.readAll().constData());
        return QJsonDocument::fromJson(file.readAll()).object();
    }

private Q_SLOTS:
    void withoutABugNothingIsFound()
    {
        const QJsonObject result = judge(QStringLiteral("none"));
        QVERIFY(result[QLatin1String("acknowledged")].toInt() >= 1500);
        for (const Breach breach : allBreaches)
            QCOMPARE(result[QString::fromStdString(nameOf(breach))].toInt(-1), 0);
    }

    void aBugOfTheServerIsCaught_data()
    {
        QTest::addColumn<QString>("breach");
        const auto row = [](const char *bug, const char *breach) {
            QTest::newRow(bug) << QString::fromLatin1(breach);
        };
        row("acknowledge_before_commit", "lost");
        row("message_is_not_inserted", "lost");
        row("refuse_half", "refused_half");
        row("resend_differs", "resend_differed");
        row("watermark_falls", "watermark_fell");
        row("live_swaps_two", "reordered");
        row("text_is_altered", "invented");
        row("sync_skips_an_update", "cursor_skipped");
        row("sync_drops_at_a_page_edge", "cursor_skipped");
        row("log_points_elsewhere", "doubled");
    }
    void aBugOfTheServerIsCaught()
    {
        QFETCH(QString, breach);
        const QJsonObject result = judge(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY2(result[breach].toInt() > 0, QJsonDocument(result).toJson().constData());
    }
};

QTEST_GUILESS_MAIN(PlantedBugsTest)
#include "tst_planted_bugs.moc"
