// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// The end of the account, and the question before it.
ColumnLayout {
    id: section

    required property DeleteAccountController deletion

    spacing: Theme.s

    AppButton {
        objectName: "deleteAccountButton"
        visible: !section.deletion.isAsking
        isDangerous: true
        text: qsTr("Delete account")
        onClicked: {
            password.text = ""
            section.deletion.ask()
        }
    }
    Rectangle {
        Layout.fillWidth: true
        visible: section.deletion.isAsking
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
                objectName: "deleteAccountQuestion"
                Layout.fillWidth: true
                text: qsTr("Delete your account for good?")
                color: Theme.text
                font.pixelSize: Theme.textLarge
                font.weight: Font.Medium
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            Text {
                Layout.fillWidth: true
                text: qsTr("Your name, your profile and everything you wrote and showed are erased, for everyone. Others see a deleted account. All your devices are signed out, and what is on this computer is deleted. Nobody can bring it back.")
                color: Theme.textMuted
                font.pixelSize: Theme.textNormal
                wrapMode: Text.Wrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            AppTextField {
                id: password
                Layout.fillWidth: true
                fieldName: "deleteAccountPassword"
                label: qsTr("Your password")
                echoMode: TextInput.Password
                errorText: section.deletion.errorText
                onAccepted: section.deletion.confirm(text)
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.s
                AppButton {
                    objectName: "confirmDeleteAccountButton"
                    enabled: !section.deletion.isBusy && password.text !== ""
                    isDangerous: true
                    text: section.deletion.isBusy ? qsTr("One moment...") : qsTr("Delete account for good")
                    onClicked: section.deletion.confirm(password.text)
                }
                AppButton {
                    objectName: "cancelDeleteAccountButton"
                    enabled: !section.deletion.isBusy
                    text: qsTr("Cancel")
                    onClicked: section.deletion.cancel()
                }
            }
        }
    }
}
