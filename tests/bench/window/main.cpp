// SPDX-License-Identifier: Apache-2.0
// The program behind tests/bench/client: one measurement, one JSON object on standard output.
#include "app_window.h"
#include "frames.h"
#include "picture_scroll.h"
#include "profile.h"
#include "text_modes.h"

#include <QApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <utility>

namespace {

using namespace dunlin;

constexpr int pictures = 1000;
constexpr int conversations = 200;
constexpr int messagesEach = 500;
constexpr int longConversation = 1'000'000;

/// From before the process is made until its list of conversations is on the screen.
QJsonObject startAnother(const QString &directory)
{
    QProcess app;
    app.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer clock;
    clock.start();
    app.start(QApplication::applicationFilePath(), {QStringLiteral("started"), directory});
    if (!app.waitForReadyRead(30'000))
        qFatal("the app does not start");
    const double elapsed = double(clock.nsecsElapsed()) / 1e6;
    QJsonObject row = QJsonDocument::fromJson(app.readLine()).object();
    app.waitForFinished();
    row[QStringLiteral("list_shown_ms")] = elapsed;
    return row;
}

QJsonObject measure(const QString &mode, client::AppController &app, QQuickWindow &window)
{
    if (mode == QLatin1String("pictures"))
        return bench::scrollThroughPictures(app, window);
    if (mode == QLatin1String("open"))
        return bench::openConversations(app, window, conversations);
    if (mode == QLatin1String("typing"))
        return bench::typeWhileMessagesArrive(app, window);
    if (mode == QLatin1String("emoji"))
        return bench::openEmoji(app, window);
    if (mode == QLatin1String("long"))
        return bench::readLongConversation(app, window);
    return {}; // started: that the list is there
}

void print(const QString &mode, QJsonObject row)
{
    row[QStringLiteral("mode")] = mode;
    std::puts(QJsonDocument(row).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    static const QStringList modes{QStringLiteral("fill-pictures"), QStringLiteral("fill-text"),
                                   QStringLiteral("fill-long"),     QStringLiteral("start"),
                                   QStringLiteral("started"),       QStringLiteral("open"),
                                   QStringLiteral("typing"),        QStringLiteral("emoji"),
                                   QStringLiteral("long"),          QStringLiteral("pictures")};
    if (arguments.size() != 3 || !modes.contains(arguments[1])) {
        std::fprintf(stderr, "usage: dunlin-client-bench %s DIRECTORY\n",
                     qPrintable(modes.join(QLatin1Char('|'))));
        return 2;
    }
    const QString &mode = arguments[1];
    const QString &directory = arguments[2];
    // Filled by a process of its own, whose memory is not the app's.
    if (mode == QLatin1String("fill-pictures")) {
        bench::fillWithPictures(directory, pictures);
        return 0;
    }
    if (mode == QLatin1String("fill-text")) {
        bench::fillWithText(directory, conversations, messagesEach);
        return 0;
    }
    if (mode == QLatin1String("fill-long")) {
        bench::fillWithText(directory, 1, longConversation);
        return 0;
    }
    if (mode == QLatin1String("start")) {
        print(mode, startAnother(directory));
        return 0;
    }
    client::AppWindow::prepareApplication();
    client::AppController app(directory, QStringLiteral("ws://127.0.0.1:1/"));
    const client::AppWindow window(app);
    if (window.window() == nullptr)
        return 1;
    app.start();
    QElapsedTimer clock;
    clock.start();
    bool isThere = false; // and drawn with the frame after
    bench::frameWith(*window.window(), clock,
                     [&] { return std::exchange(isThere, app.conversations()->count() > 0); });
    QJsonObject row = measure(mode, app, *window.window());
    row[QStringLiteral("rss_mb")] = bench::megabytesOf("VmRSS:");
    print(mode, row);
    return 0;
}
