// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// Signing out, and the question before it.
ColumnLayout {
    id: section

    required property SignOutController signingOut

    spacing: Theme.s

    AppButton {
        objectName: "signOutButton"
        visible: !section.signingOut.isAsking
        isDangerous: true
        text: qsTr("Sign out of this device")
        onClicked: section.signingOut.ask()
    }
    Rectangle {
        objectName: "signOutQuestion"
        Layout.fillWidth: true
        visible: section.signingOut.isAsking
        implicitHeight: question.implicitHeight + 2 * Theme.m
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border

        ColumnLayout {
            id: question
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.m
            spacing: Theme.s

            Text {
                Layout.fillWidth: true
                text: qsTr("Sign out and delete what is here?")
                color: Theme.text
                font.pixelSize: Theme.textLarge
                font.weight: Font.Medium
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            Text {
                Layout.fillWidth: true
                text: qsTr("Messages, pictures and drafts are deleted from this computer. The server keeps your conversations, and you find them again when you sign in.")
                color: Theme.textMuted
                font.pixelSize: Theme.textNormal
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Text {
                objectName: "unsentWarning"
                Layout.fillWidth: true
                visible: section.signingOut.unsent > 0
                text: qsTr("%Ln messages are not sent yet and would be lost.", "", section.signingOut.unsent)
                color: Theme.danger
                font.pixelSize: Theme.textNormal
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.s
                AppButton {
                    objectName: "confirmSignOutButton"
                    enabled: !section.signingOut.isBusy
                    isDangerous: true
                    text: section.signingOut.isBusy ? qsTr("One moment...") : qsTr("Sign out and delete")
                    onClicked: section.signingOut.confirm()
                }
                AppButton {
                    objectName: "cancelSignOutButton"
                    enabled: !section.signingOut.isBusy
                    text: qsTr("Cancel")
                    onClicked: section.signingOut.cancel()
                }
            }
        }
    }
}
