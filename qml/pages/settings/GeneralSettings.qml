// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// How the app starts and ends on this computer, and where it keeps its session.
ColumnLayout {
    id: section

    required property DesktopSettings desktop
    required property KeychainController keychain

    spacing: Theme.xs

    AppSwitch {
        objectName: "closeToTraySwitch"
        Layout.fillWidth: true
        enabled: section.desktop.isTrayAvailable
        text: qsTr("Keep running when the window is closed")
        hint: section.desktop.isTrayAvailable
            ? qsTr("You find Dunlin in the tray, and go on hearing of new messages.")
            : qsTr("There is no tray on this desktop, so closing the window quits Dunlin.")
        checked: section.desktop.hidesOnClose
        onToggled: section.desktop.closeToTray = checked
    }
    AppSwitch {
        objectName: "autostartSwitch"
        Layout.fillWidth: true
        text: qsTr("Start when you log in")
        hint: section.desktop.hasAutostartFailed ? qsTr("The file for it cannot be written.") : ""
        checked: section.desktop.autostart
        onToggled: section.desktop.autostart = checked
    }
    AppSwitch {
        objectName: "startMinimisedSwitch"
        Layout.fillWidth: true
        enabled: section.desktop.autostart
        text: qsTr("Start without the window")
        hint: qsTr("Minimised, or in the tray where there is one.")
        checked: section.desktop.startMinimised
        onToggled: section.desktop.startMinimised = checked
    }
    Text {
        objectName: "sessionPlace"
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
        text: section.keychain.isInFile
            ? qsTr("Your session is kept in a file that only your account on this computer can read.")
            : qsTr("Your session is kept in the keychain of this computer.")
        color: Theme.textMuted
        font.pixelSize: Theme.textNormal
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Text {
        objectName: "moveToKeychainError"
        Layout.fillWidth: true
        visible: text !== ""
        text: section.keychain.moveError
        color: Theme.danger
        font.pixelSize: Theme.textNormal
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    AppButton {
        objectName: "moveToKeychainButton"
        visible: section.keychain.isInFile
        enabled: !section.keychain.isMoving
        text: qsTr("Move it to the keychain")
        onClicked: section.keychain.moveToKeychain()
    }
}
