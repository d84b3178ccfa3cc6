// SPDX-License-Identifier: Apache-2.0
#include "app_window.h"
#include "keychain_token_store.h"
#include "quit_signals.h"
#include "single_instance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QScreen>

namespace {

void placeOnHalf(QQuickWindow &window, bool isRight)
{
    const QRect screen = window.screen()->availableGeometry();
    const QMargins frame = window.frameMargins();
    const int width = screen.width() / 2;
    const QRect half(isRight ? screen.x() + width : screen.x(), screen.y(), width, screen.height());
    window.setGeometry(half.marginsRemoved(frame));
}

/// Every size by itself: the small ones are drawn differently. What is larger than 128 pixels does
/// not fit into one request to the X server.
QIcon windowIcon()
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128})
        icon.addFile(QStringLiteral(":/dunlin/app-icon/%1.png").arg(size));
    return icon;
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace dunlin::client;
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("dunlin"));
    QApplication::setApplicationDisplayName(QStringLiteral("Dunlin"));
    QApplication::setApplicationVersion(QStringLiteral(DUNLIN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("im.dunlin.dunlin"));
    QApplication::setWindowIcon(windowIcon());

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The Dunlin messenger."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption server(QStringLiteral("server"),
                                    QStringLiteral("The server offered at first run."),
                                    QStringLiteral("address"));
    const QCommandLineOption profile(QStringLiteral("profile"),
                                     QStringLiteral("Which of several profiles to open."),
                                     QStringLiteral("name"), QStringLiteral("default"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"),
                                     QStringLiteral("Where the profiles are kept."),
                                     QStringLiteral("directory"));
    const QCommandLineOption side(QStringLiteral("side"),
                                  QStringLiteral("Open on this half of the screen: left or right."),
                                  QStringLiteral("side"));
    const QCommandLineOption minimised(
            QStringLiteral("minimised"),
            QStringLiteral("Start without the window: minimised, or in the tray."));
    parser.addOptions({server, profile, dataDir, side, minimised});
    parser.addPositionalArgument(QStringLiteral("link"),
                                 QStringLiteral("What to open: dunlin://user/NAME or "
                                                "dunlin://conversation/ID."),
                                 QStringLiteral("[link]"));
    parser.process(application);
    static const QRegularExpression plainName(QStringLiteral("^[A-Za-z0-9._-]{1,64}$"));
    if (!plainName.match(parser.value(profile)).hasMatch()) {
        qCritical("A profile's name is letters, digits, dots, dashes and underscores.");
        return 2;
    }
    if (parser.isSet(dataDir))
        qputenv("DUNLIN_PROFILE_ROOT", parser.value(dataDir).toLocal8Bit());

    const QString directory = profileDirectory(parser.value(profile));
    const QString link = parser.positionalArguments().value(0);
    SingleInstance instance(directory);
    switch (instance.claim(link)) {
    case SingleInstance::Outcome::First:
        break;
    case SingleInstance::Outcome::HandedOver:
        return 0;
    case SingleInstance::Outcome::NoAnswer:
        qCritical("Dunlin is running with this profile, and does not answer.");
        return 1;
    }

    AppWindow::prepareApplication();
    AppController app(directory, parser.value(server), {},
                      std::make_unique<KeychainTokenStore>(directory));
    const AppWindow window(app, parser.isSet(minimised));
    if (window.window() == nullptr)
        return 1;
    if (parser.isSet(side))
        placeOnHalf(*window.window(), parser.value(side) == QLatin1String("right"));
    const QuitSignals quitSignals;
    QObject::connect(&quitSignals, &QuitSignals::quitWanted, &application, &QApplication::quit);
    QObject::connect(window.desktop(), &DesktopIntegration::quitWanted, &application,
                     &QApplication::quit);
    QObject::connect(&instance, &SingleInstance::raiseWanted, window.desktop(),
                     [&app, &window](const QString &wanted) {
                         window.desktop()->raise();
                         if (!wanted.isEmpty())
                             app.openLink(wanted);
                     });
    if (!link.isEmpty())
        app.openLink(link);
    app.start();
    return QApplication::exec();
}
