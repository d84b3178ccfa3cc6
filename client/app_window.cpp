// SPDX-License-Identifier: Apache-2.0
#include "app_window.h"

#include "icon_provider.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPalette>
#include <QQuickStyle>
#include <QScreen>
#include <QtPlugin>

#include <algorithm>

// The modules are part of the program; each executable with a window has them through this file.
Q_IMPORT_PLUGIN(DunlinPlugin)
Q_IMPORT_PLUGIN(Dunlin_DesktopPlugin)
Q_IMPORT_PLUGIN(Dunlin_ModelsPlugin)
Q_IMPORT_PLUGIN(Dunlin_PicturesPlugin)

namespace dunlin::client {
namespace {

constexpr int darkLightness = 128;

/// Qt 6.4 does not say; the palette the platform gives us does.
bool isSystemDark()
{
    return QGuiApplication::palette().color(QPalette::Window).lightness() < darkLightness;
}

/// Puts the window where it was closed, unless the screen it was on is gone.
void restorePosition(QQuickWindow &window, const AppController &app)
{
    const QVariant x = app.remembered(QStringLiteral("x"), {});
    const QVariant y = app.remembered(QStringLiteral("y"), {});
    if (!x.isValid() || !y.isValid())
        return;
    const QRect place(QPoint(x.toInt(), y.toInt()), window.size());
    const auto screens = QGuiApplication::screens();
    const bool isOnScreen = std::any_of(screens.begin(), screens.end(), [&](const QScreen *screen) {
        return screen->availableGeometry().contains(place.center());
    });
    if (isOnScreen)
        window.setPosition(place.topLeft());
}

/// What Theme.qml paints behind initials.
QList<QColor> avatarColors(QQmlEngine &engine)
{
    const int theme = qmlTypeId("Dunlin", 1, 0, "Theme");
    const auto *object = engine.singletonInstance<QObject *>(theme);
    QList<QColor> colors;
    const QVariantList values =
            object == nullptr ? QVariantList() : object->property("avatars").toList();
    for (const QVariant &value : values)
        colors.append(value.value<QColor>());
    return colors;
}

} // namespace

void AppWindow::prepareApplication()
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    // Qt waits 5 ms for more to happen before it draws a frame, so that a key's letter would be
    // seen later than it need be. Without the wait a frame still comes after all that is there
    // already.
    if (!qEnvironmentVariableIsSet("QT_QPA_UPDATE_IDLE_TIME"))
        qputenv("QT_QPA_UPDATE_IDLE_TIME", "0");
    // The text font first: the emoji font has digits of its own. The Arabic one that is made for
    // interfaces has lines as high as the text font's; Qt draws what a field has of higher ones too
    // high.
    QFont font = QGuiApplication::font();
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans Arabic UI"),
                      QStringLiteral("Noto Sans Arabic"), QStringLiteral("Noto Color Emoji")});
    QGuiApplication::setFont(font);
}

AppWindow::AppWindow(AppController &app, bool isHidden) : m_settings(app.client().directory())
{
    m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider); // the engine owns it
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)},
                                   {QStringLiteral("desktop"), QVariant::fromValue(&m_settings)},
                                   {QStringLiteral("startsHidden"), isHidden},
                                   {QStringLiteral("systemIsDark"), isSystemDark()}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Dunlin/Main.qml")));
    if (window() == nullptr)
        return;
    QObject::connect(app.language(), &LanguageController::changed, &m_engine,
                     &QQmlEngine::retranslate);
    restorePosition(*window(), app);
    m_desktop = std::make_unique<DesktopIntegration>(app, m_settings, *window(),
                                                     avatarColors(m_engine), isHidden);
}

QQuickWindow *AppWindow::window() const
{
    return m_engine.rootObjects().isEmpty()
            ? nullptr
            : qobject_cast<QQuickWindow *>(m_engine.rootObjects().first());
}

} // namespace dunlin::client
