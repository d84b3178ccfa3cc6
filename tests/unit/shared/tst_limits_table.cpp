// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"

#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace dunlin;

namespace {

template <typename Duration> qint64 secondsOf(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

} // namespace

/// What SECURITY.md says of the limits is what they are.
class LimitsTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsTrue()
    {
        const QMap<QString, qint64> limitsByName{
                {QStringLiteral("frameBytes"), limits::frameBytes},
                {QStringLiteral("messageTextBytes"), limits::messageTextBytes},
                {QStringLiteral("httpHeadBytes"), limits::httpHeadBytes},
                {QStringLiteral("httpBodyBytes"), limits::httpBodyBytes},
                {QStringLiteral("blobBytes"), limits::blobBytes},
                {QStringLiteral("blobQuotaBytes"), limits::blobQuotaBytes},
                {QStringLiteral("unauthenticatedPerAddress"), limits::unauthenticatedPerAddress},
                {QStringLiteral("signInDeadline"), secondsOf(limits::signInDeadline)},
                {QStringLiteral("httpHeadDeadline"), secondsOf(limits::httpHeadDeadline)},
                {QStringLiteral("httpStallDeadline"), secondsOf(limits::httpStallDeadline)},
                {QStringLiteral("messageDeadline"), secondsOf(limits::messageDeadline)},
                {QStringLiteral("requestsPerSecond"), limits::requestsPerSecond},
                {QStringLiteral("requestsBurst"), limits::requestsBurst},
                {QStringLiteral("requestsUnderWay"), limits::requestsUnderWay},
                {QStringLiteral("controlFramesPerSecond"), limits::controlFramesPerSecond},
                {QStringLiteral("controlFramesBurst"), limits::controlFramesBurst},
                {QStringLiteral("signInFailuresPerAccount"), limits::signInFailuresPerAccount},
                {QStringLiteral("signInFailuresPerAddress"), limits::signInFailuresPerAddress},
                {QStringLiteral("signInFailureWindow"), secondsOf(limits::signInFailureWindow)},
                {QStringLiteral("registrationsPerHour"), limits::registrationsPerHour},
                {QStringLiteral("passwordQueue"), limits::passwordQueue},
                {QStringLiteral("devicesPerUser"), limits::devicesPerUser},
                {QStringLiteral("tokenLifetime"), secondsOf(limits::tokenLifetime)},
        };
        QFile file(QStringLiteral(DUNLIN_SECURITY_FILE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression row(QStringLiteral("^\\| `(\\w+)` \\| (\\d+)"),
                                            QRegularExpression::MultilineOption);
        QMap<QString, qint64> told;
        auto rows = row.globalMatch(QString::fromUtf8(file.readAll()));
        while (rows.hasNext()) {
            const auto match = rows.next();
            told.insert(match.captured(1), match.captured(2).toLongLong());
        }
        QCOMPARE(told, limitsByName);
    }
};

QTEST_GUILESS_MAIN(LimitsTableTest)
#include "tst_limits_table.moc"
