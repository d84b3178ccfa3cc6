// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

B.ApplicationWindow {
    id: window

    required property AppController app
    required property DesktopSettings desktop
    required property bool systemIsDark
    required property bool startsHidden
    // What is hidden keeps the focus until the display says otherwise.
    readonly property bool isSeen: active && visibility !== Window.Hidden && visibility !== Window.Minimized

    width: app.remembered("width", 1040)
    height: app.remembered("height", 720)
    minimumWidth: 360
    minimumHeight: 420
    visible: !startsHidden
    color: Theme.window
    title: (app.conversations.unread > 0 ? "(" + Words.number(app.conversations.unread) + ") " : "") + qsTr("Dunlin")

    LayoutMirroring.enabled: Words.areFromRight
    LayoutMirroring.childrenInherit: true

    onClosing: (close) => {
        rememberPlace()
        if (!desktop.hidesOnClose)
            return
        close.accepted = false
        hide()
    }
    Component.onCompleted: if (!startsHidden && app.remembered("isMaximised", "false") === "true") showMaximized()
    // Not only when it closes: a session that ends closes nothing.
    onXChanged: placeTimer.restart()
    onYChanged: placeTimer.restart()
    onWidthChanged: placeTimer.restart()
    onHeightChanged: placeTimer.restart()
    onVisibilityChanged: placeTimer.restart()
    Timer { id: placeTimer; interval: 500; onTriggered: window.rememberPlace() }
    function rememberPlace() {
        if (visibility === Window.Windowed) {
            app.remember("x", x)
            app.remember("y", y)
            app.remember("width", width)
            app.remember("height", height)
        }
        if (visibility === Window.Windowed || visibility === Window.Maximized)
            app.remember("isMaximised", visibility === Window.Maximized ? "true" : "false")
    }

    SystemMotion { id: systemMotion }
    Binding { target: Theme; property: "accentChoice"; value: window.app.appearance.accent }
    Binding { target: Theme; property: "textScale"; value: window.app.appearance.textPercent / 100 }
    Binding { target: Theme; property: "isMotionReduced"; value: window.app.appearance.isMotionReduced || systemMotion.isReduced }
    Binding {
        target: Theme
        property: "isDark"
        value: window.app.theme === AppController.DarkTheme
            || (window.app.theme === AppController.SystemTheme && window.systemIsDark)
    }

    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: window.app.state === AppController.SignedIn ? chat
                       : window.app.state === AppController.SignedOut ? welcome
                       : window.app.state === AppController.Broken ? broken : loading
    }
    Component {
        id: welcome
        WelcomePage { app: window.app }
    }
    Component {
        id: chat
        ChatPage { app: window.app; desktop: window.desktop; isWindowSeen: window.isSeen }
    }
    Component {
        id: loading
        Item {
            // What takes longer than opening a file is a keychain that asks for its password.
            Timer { running: true; interval: 1500; onTriggered: waiting.visible = true }
            EmptyState {
                id: waiting
                objectName: "waitingForKeychain"
                visible: false
                anchors.centerIn: parent
                width: Theme.card
                iconName: "key"
                title: qsTr("Waiting for your keychain")
                hint: qsTr("It may ask you for its password.")
            }
        }
    }
    Component {
        id: broken
        Item {
            EmptyState {
                anchors.centerIn: parent
                width: Theme.card
                iconName: "failed"
                title: qsTr("Your messages cannot be opened")
                hint: qsTr("The disk may be full, or another copy of Dunlin has this profile open. Nothing was deleted.")
            }
        }
    }

    Rectangle {
        id: notice
        objectName: "notice"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.xxl + Theme.header
        visible: opacity > 0
        opacity: window.app.notice !== "" ? 1 : 0
        Behavior on opacity { NumberAnimation { duration: Theme.motion } }
        width: Math.min(parent.width - Theme.xxl, noticeText.implicitWidth + 2 * Theme.l)
        height: noticeText.implicitHeight + 2 * Theme.m
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.border
        Text {
            id: noticeText
            anchors.fill: parent
            anchors.margins: Theme.m
            text: window.app.notice
            textFormat: Text.PlainText
            color: Theme.text
            font.pixelSize: Theme.textNormal
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }

    Shortcut { sequences: Keymap.quit.keys; onActivated: { window.rememberPlace(); Qt.quit() } }
    Shortcut {
        sequences: Keymap.fullScreen.keys
        onActivated: window.visibility = window.visibility === Window.FullScreen
                     ? Window.Windowed : Window.FullScreen
    }
}
