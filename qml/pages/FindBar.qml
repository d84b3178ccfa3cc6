// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Stands in the header's place while something is looked for in the conversation.
Rectangle {
    id: bar
    objectName: "findBar"

    required property ConversationController conversation
    readonly property FindController find: conversation.find
    signal dateWanted()

    visible: find.isActive
    onVisibleChanged: if (visible) field.forceActiveFocus(Qt.ShortcutFocusReason)
    color: Theme.window

    function focusField() {
        field.forceActiveFocus(Qt.ShortcutFocusReason)
        field.selectAll()
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.s
        spacing: Theme.xs

        B.TextField {
            id: field
            objectName: "findField"
            Layout.fillWidth: true
            implicitHeight: Theme.control
            leftPadding: Theme.m
            rightPadding: Theme.m
            horizontalAlignment: TextInput.AlignLeft
            color: Theme.text
            selectionColor: Theme.accentFill
            selectedTextColor: Theme.accentText
            font.pixelSize: Theme.textNormal
            placeholderText: qsTr("Find in this conversation")
            placeholderTextColor: Theme.textMuted
            text: bar.find.query
            Accessible.name: placeholderText
            Accessible.description: status.text
            onTextEdited: bar.find.query = text
            Keys.onReturnPressed: (event) => event.modifiers & Qt.ShiftModifier ? bar.find.toNewer() : bar.find.toOlder()
            Keys.onEnterPressed: bar.find.toOlder()
            Keys.onUpPressed: bar.find.toOlder()
            Keys.onDownPressed: bar.find.toNewer()
            background: Rectangle {
                radius: height / 2
                color: Theme.field
                border.width: field.activeFocus ? Theme.focusRing : 0
                border.color: Theme.accent
            }
        }
        Text {
            id: status
            objectName: "findStatus"
            Layout.leftMargin: Theme.xs
            visible: text !== ""
            text: bar.find.statusText
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        IconButton {
            objectName: "findOlderButton"
            iconName: "up"
            label: qsTr("Earlier message")
            enabled: bar.find.count > 0
            onClicked: bar.find.toOlder()
        }
        IconButton {
            objectName: "findNewerButton"
            iconName: "down"
            label: qsTr("Later message")
            enabled: bar.find.count > 0
            onClicked: bar.find.toNewer()
        }
        IconButton {
            objectName: "findDateButton"
            iconName: "calendar"
            label: qsTr("Go to a date")
            onClicked: bar.dateWanted()
        }
        IconButton {
            objectName: "findCloseButton"
            iconName: "close"
            label: qsTr("Close")
            onClicked: bar.find.stop()
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 1
        color: Theme.border
    }
}
