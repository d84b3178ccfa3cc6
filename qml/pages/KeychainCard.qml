// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// Says that the keychain is in the way, and asks before anything is kept elsewhere.
Rectangle {
    id: card
    objectName: "keychainCard"

    required property KeychainController keychain
    required property bool isBusy
    signal retried()
    signal fileAllowed()

    implicitHeight: content.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.border

    ColumnLayout {
        id: content
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.m
        spacing: Theme.s

        RowLayout {
            spacing: Theme.s
            Icon { name: "key"; color: Theme.textMuted; Layout.alignment: Qt.AlignTop }
            Text {
                objectName: "keychainProblem"
                Layout.fillWidth: true
                text: card.keychain.problemText
                textFormat: Text.PlainText
                color: Theme.text
                font.pixelSize: Theme.textNormal
                font.weight: Font.Medium
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
        }
        Text {
            Layout.fillWidth: true
            text: card.keychain.isSessionThere
                ? qsTr("Your session on this computer is in it. Unlock it and try again, or sign in anew.")
                : qsTr("Dunlin can keep your session in a file instead, which only your account on this computer can read. It is not encrypted.")
            color: Theme.textMuted
            font.pixelSize: Theme.textNormal
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        AppButton {
            Layout.fillWidth: true
            objectName: "retryKeychainButton"
            enabled: !card.isBusy
            text: qsTr("Try the keychain again")
            onClicked: card.retried()
        }
        AppButton {
            Layout.fillWidth: true
            objectName: "useFileButton"
            visible: !card.keychain.isSessionThere
            enabled: !card.isBusy
            text: qsTr("Keep it in a file")
            onClicked: card.fileAllowed()
        }
    }
}
