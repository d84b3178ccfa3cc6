// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"
#include "desktop_integration.h"
#include "desktop_settings.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include <memory>

namespace dunlin::client {

/// The app's window: the QML of qml/ on an AppController, and its place on the desktop. GUI thread.
class AppWindow {
public:
    /// app outlives the window. isHidden: it is shown once it is wanted, see DesktopIntegration.
    explicit AppWindow(AppController &app, bool isHidden = false);

    /// nullptr when the interface could not be loaded; Qt has logged why.
    [[nodiscard]] QQuickWindow *window() const;
    /// nullptr when there is no window.
    [[nodiscard]] DesktopIntegration *desktop() const { return m_desktop.get(); }
    DesktopSettings &settings() { return m_settings; }

    /// Fonts and style; once, after the QGuiApplication and before the first window.
    static void prepareApplication();

private:
    DesktopSettings m_settings;
    QQmlApplicationEngine m_engine;
    std::unique_ptr<DesktopIntegration> m_desktop;
};

} // namespace dunlin::client
