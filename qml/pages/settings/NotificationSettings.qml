// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Desktop

// What the desktop is told of new messages.
ColumnLayout {
    id: section

    required property DesktopSettings desktop

    spacing: Theme.xs

    AppSwitch {
        objectName: "notificationsSwitch"
        Layout.fillWidth: true
        text: qsTr("Notify about new messages")
        hint: qsTr("Muted conversations, and the one you are looking at, stay silent.")
        checked: section.desktop.notificationsEnabled
        onToggled: section.desktop.notificationsEnabled = checked
    }
    AppSwitch {
        objectName: "hideContentSwitch"
        Layout.fillWidth: true
        enabled: section.desktop.notificationsEnabled
        text: qsTr("Hide what messages say")
        hint: qsTr("Notifications tell who wrote, and not what.")
        checked: section.desktop.hideContent
        onToggled: section.desktop.hideContent = checked
    }
    AppSwitch {
        objectName: "doNotDisturbSwitch"
        Layout.fillWidth: true
        enabled: section.desktop.notificationsEnabled
        text: qsTr("Do not disturb")
        hint: qsTr("No notifications until you switch this off, here or in the tray.")
        checked: section.desktop.doNotDisturb
        onToggled: section.desktop.doNotDisturb = checked
    }
}
