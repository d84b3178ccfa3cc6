// SPDX-License-Identifier: Apache-2.0
// The program behind tests/bench/client: one round, one JSON object on standard output.
#include "app_window.h"
#include "picture_scroll.h"
#include "profile.h"

#include <QApplication>
#include <QJsonDocument>
#include <QTest>

#include <cstdio>

int main(int argc, char *argv[])
{
    using namespace dunlin;
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 3
        || (arguments[1] != QLatin1String("fill") && arguments[1] != QLatin1String("pictures"))) {
        std::fputs("usage: dunlin-client-bench fill|pictures DIRECTORY\n", stderr);
        return 2;
    }
    constexpr int pictures = 1000;
    // Filled by a process of its own, whose memory is not the app's.
    if (arguments[1] == QLatin1String("fill")) {
        bench::fillWithPictures(arguments[2], pictures);
        return 0;
    }
    client::AppWindow::prepareApplication();
    client::AppController app(arguments[2], QStringLiteral("ws://127.0.0.1:1/"));
    const client::AppWindow window(app);
    if (window.window() == nullptr)
        return 1;
    app.start();
    if (!QTest::qWaitForWindowExposed(window.window())
        || !QTest::qWaitFor([&] { return app.conversations()->count() > 0; }, 10'000))
        qFatal("the app does not open");
    const QJsonObject row = bench::scrollThroughPictures(app, *window.window());
    std::puts(QJsonDocument(row).toJson(QJsonDocument::Compact).constData());
    return 0;
}
