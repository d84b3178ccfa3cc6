// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// How long the messages of the conversation are kept, and the question before more of them go.
AppPopup {
    id: popup
    objectName: "retentionPopup"
    title: qsTr("Retention")

    required property RetentionController retention

    width: Math.min(Theme.card, parent.width - 2 * Theme.l)
    padding: Theme.l
    modal: true
    onOpened: options.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: retention.cancel()

    Connections {
        target: popup.retention
        function onTaken() { popup.close() }
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.m

        Text {
            Layout.fillWidth: true
            text: popup.title
            color: Theme.text
            font.pixelSize: Theme.textLarge
            font.weight: Font.Medium
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        RetentionText {
            text: qsTr("How long the messages of this conversation are kept. It holds for everyone in it.")
        }
        RetentionText {
            objectName: "serverRetention"
            text: popup.retention.serverText
        }
        RadioRow {
            id: options
            Layout.fillWidth: true
            visible: popup.retention.question === ""
            enabled: !popup.retention.isBusy
            label: popup.title
            optionName: "retentionOption"
            options: popup.retention.options
            current: popup.retention.current
            onChosen: (index) => popup.retention.choose(index)
        }
        RetentionText {
            objectName: "retentionQuestion"
            text: popup.retention.question
            color: Theme.text
            Accessible.role: Accessible.AlertMessage
        }
        Flow {
            Layout.fillWidth: true
            visible: popup.retention.question !== ""
            spacing: Theme.s
            AppButton {
                objectName: "confirmRetentionButton"
                isDangerous: true
                text: qsTr("Delete such messages")
                onClicked: popup.retention.confirm()
            }
            AppButton {
                objectName: "cancelRetentionButton"
                text: qsTr("Cancel")
                onClicked: popup.retention.cancel()
            }
        }
        RetentionText {
            objectName: "retentionError"
            text: popup.retention.errorText
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
        }
    }

    component RetentionText: Text {
        Layout.fillWidth: true
        visible: text !== ""
        color: Theme.textMuted
        font.pixelSize: Theme.textNormal
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
