// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "client_profile.h"
#include "desktop_main.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"

#include <QApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QTest>
#include <QWidget>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QString password = QStringLiteral("correct horse");
/// The app waits some seconds for a watcher before it asks for a tray of X11.
constexpr int decisionMs = 30'000;

} // namespace

/// A desktop whose panel has a tray of X11 (XEmbed) and knows nothing of StatusNotifierItem: trayer
/// under openbox.
class X11TrayTest : public QObject {
    Q_OBJECT

    DesktopSession &session_;
    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<WindowDriver> ben_;
    ConversationId talk_;
    QProcess *tray_ = nullptr; ///< The session's.

    /// What X says of the icon's window; empty while there is none.
    QString icon() const
    {
        const auto widgets = QApplication::topLevelWidgets();
        for (const QWidget *widget : widgets)
            if (widget->inherits("QSystemTrayIconSys") && widget->isVisible())
                return session_.run(QStringLiteral("xwininfo"),
                                    {QStringLiteral("-stats"), QStringLiteral("-tree"),
                                     QStringLiteral("-id"), QString::number(widget->winId())});
        return {};
    }
    static QString value(const QString &text, const char *label)
    {
        const QRegularExpression line(QRegularExpression::escape(QLatin1String(label))
                                      + QLatin1String(":\\s*(\\S+)"));
        return line.match(text).captured(1);
    }
    /// Where it is on the screen; empty until it is in a window of the tray.
    QRect place() const
    {
        const QString said = icon();
        const bool isInTray = value(said, "Parent window id") != value(said, "Root window id");
        return !isInTray ? QRect()
                         : QRect(value(said, "Absolute upper-left X").toInt(),
                                 value(said, "Absolute upper-left Y").toInt(),
                                 value(said, "Width").toInt(), value(said, "Height").toInt());
    }
    /// Pixels of this colour, or nearly, that people see at the icon's place.
    int count(QColor color) const
    {
        const QRect at = place();
        if (at.isEmpty())
            return 0;
        const QImage seen = QGuiApplication::primaryScreen()
                                    ->grabWindow(0, at.x(), at.y(), at.width(), at.height())
                                    .toImage();
        int found = 0;
        for (int y = 0; y < seen.height(); ++y)
            for (int x = 0; x < seen.width(); ++x) {
                const QColor pixel = seen.pixelColor(x, y);
                found += std::abs(pixel.red() - color.red()) < 24
                        && std::abs(pixel.green() - color.green()) < 24
                        && std::abs(pixel.blue() - color.blue()) < 24;
            }
        return found;
    }
    int iconPixels() const { return count(Qt::blue); }
    int markPixels() const { return count(QColor(0xe5, 0x48, 0x4d)); }

public:
    explicit X11TrayTest(DesktopSession &session) : session_(session) { }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        tray_ = session_.start(QStringLiteral("trayer"),
                               {QStringLiteral("--edge"), QStringLiteral("top"),
                                QStringLiteral("--align"), QStringLiteral("left"),
                                QStringLiteral("--widthtype"), QStringLiteral("request"),
                                QStringLiteral("--height"), QStringLiteral("32")});
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        ben_ = std::make_unique<WindowDriver>(session_.home() + QLatin1String("/ben"),
                                              server_->webSocketUrl().toString());
        ben_->createAccount(QStringLiteral("ben"), QStringLiteral("Ben Okafor"));
        ana_ = openProfile(session_.home(), QStringLiteral("ana"));
        registerAs(*ana_, server_->webSocketUrl(), QStringLiteral("ana"), password);
        const auto opened =
                await(ana_->openDirectConversation(ben_->app().client().session().self().id));
        QVERIFY(opened);
        talk_ = opened->id;
    }
    void cleanupTestCase()
    {
        ben_.reset();
        ana_.reset();
        server_.reset();
    }

    void theIconIsInTheTrayAndMarkedWhileSomethingIsUnread()
    {
        QTRY_VERIFY_WITH_TIMEOUT(ben_->settings().isTrayAvailable(), decisionMs);
        QTRY_VERIFY2(!place().isEmpty(), qPrintable(icon()));
        QTRY_VERIFY(iconPixels() > 100);
        QCOMPARE(markPixels(), 0);
        QVERIFY(await(ana_->outbox().queue(talk_, QStringLiteral("hello"))));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 1);
        QTRY_VERIFY(markPixels() > 10);
        QVERIFY(iconPixels() > 100);
        QVERIFY(ben_->activate());
        ben_->app().conversation()->open(QString::number(talk_.value));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
        QTRY_COMPARE(markPixels(), 0);
    }

    void aClickOnItBringsTheWindowBack()
    {
        QVERIFY(ben_->settings().hidesOnClose());
        ben_->window()->close();
        QVERIFY(!ben_->window()->isVisible());
        QTRY_VERIFY(!place().isEmpty());
        const QPoint middle = place().center();
        session_.run(QStringLiteral("xdotool"),
                     {QStringLiteral("mousemove"), QString::number(middle.x()),
                      QString::number(middle.y()), QStringLiteral("click"), QStringLiteral("1")});
        QTRY_VERIFY(ben_->window()->isActive());
    }

    void aTrayThatVanishesGivesTheWindowBack()
    {
        ben_->window()->close();
        QVERIFY(!ben_->window()->isVisible());
        tray_->terminate(); // and somebody has to find the window
        QTRY_VERIFY_WITH_TIMEOUT(ben_->window()->isVisible(), decisionMs);
        QVERIFY(!ben_->settings().isTrayAvailable());
        QVERIFY(!ben_->settings().hidesOnClose());
    }
};

int main(int argc, char *argv[])
{
    return runOnDesktop<X11TrayTest>(argc, argv);
}
#include "tst_x11_tray.moc"
