// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models

// One of the pinned messages; a click goes there, and the bar on to the one before.
T.Button {
    id: bar
    objectName: "pinnedBar"

    required property ConversationController conversation

    visible: conversation.pinnedCount > 0
    height: visible ? Theme.header - Theme.s : 0
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: title.text + ", " + conversation.pinnedText
    Accessible.onPressAction: if (enabled) clicked()
    onClicked: conversation.jumpToPinned()

    background: Rectangle {
        color: bar.hovered ? Theme.hovered : Theme.surface
        border.width: bar.visualFocus ? Theme.focusRing : 0
        border.color: Theme.accent
        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.border
        }
    }
    Item {
        anchors.fill: parent
        Icon {
            id: mark
            anchors.left: parent.left
            anchors.leftMargin: Theme.l
            anchors.verticalCenter: parent.verticalCenter
            name: "pin"
            color: Theme.accent
        }
        Column {
            anchors.left: mark.right
            anchors.leftMargin: Theme.m
            anchors.right: parent.right
            anchors.rightMargin: Theme.l
            anchors.verticalCenter: parent.verticalCenter
            Text {
                id: title
                width: parent.width
                text: bar.conversation.pinnedCount === 1
                    ? qsTr("Pinned message") : qsTr("%Ln pinned messages", "", bar.conversation.pinnedCount)
                color: Theme.accent
                font.pixelSize: Theme.textSmall
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignLeft
                elide: Text.ElideRight
            }
            Text {
                objectName: "pinnedText"
                width: parent.width
                text: bar.conversation.pinnedText
                textFormat: Text.PlainText
                color: Theme.text
                font.pixelSize: Theme.textNormal
                horizontalAlignment: Text.AlignLeft
                elide: Text.ElideRight
            }
        }
    }
}
