// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// What others get to know; who hides it does not see it of others.
ColumnLayout {
    id: section

    required property AppController app
    readonly property PrivacyController privacy: app.privacy

    spacing: Theme.m

    AppSwitch {
        objectName: "readReceipts"
        Layout.fillWidth: true
        text: qsTr("Read receipts")
        hint: qsTr("Others see when you have read their messages. Switched off, you do not see it of theirs either.")
        checked: section.privacy.showsReadReceipts
        onToggled: {
            section.privacy.showsReadReceipts = checked
            checked = Qt.binding(() => section.privacy.showsReadReceipts)
        }
    }
    AppSwitch {
        objectName: "lastSeen"
        Layout.fillWidth: true
        text: qsTr("Online and last seen")
        hint: qsTr("Others see when you are or were here. Switched off, you do not see it of them either.")
        checked: section.privacy.showsLastSeen
        onToggled: {
            section.privacy.showsLastSeen = checked
            checked = Qt.binding(() => section.privacy.showsLastSeen)
        }
    }
    Text {
        objectName: "privacyError"
        Layout.fillWidth: true
        visible: text !== ""
        text: section.privacy.errorText
        color: Theme.danger
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
