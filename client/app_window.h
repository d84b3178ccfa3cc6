// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace dunlin::client {

/// The app's window: the QML of qml/ on an AppController. GUI thread.
class AppWindow {
public:
    /// app outlives the window.
    explicit AppWindow(AppController &app);

    /// nullptr when the interface could not be loaded; Qt has logged why.
    [[nodiscard]] QQuickWindow *window() const;

    /// Fonts and style; once, after the QGuiApplication and before the first window.
    static void prepareApplication();

private:
    QQmlApplicationEngine m_engine;
};

} // namespace dunlin::client
