// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Who this is, and what can be done with the conversation.
Rectangle {
    id: header

    required property ConversationController conversation
    required property bool canGoBack
    signal findWanted()
    signal retentionWanted()

    implicitHeight: Theme.header
    color: Theme.window

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: header.canGoBack ? Theme.xs : Theme.l
        anchors.rightMargin: Theme.s
        spacing: Theme.m

        IconButton {
            objectName: "backButton"
            visible: header.canGoBack
            iconName: "back"
            label: qsTr("Back to the conversations")
            onClicked: header.conversation.close()
        }
        Avatar {
            initials: header.conversation.initials
            colorIndex: header.conversation.colorIndex
            blobs: header.conversation.blobs
            blobId: header.conversation.avatarBlobId
            isOnline: header.conversation.isOnline
            size: Theme.control
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            Text {
                objectName: "headerName"
                Layout.fillWidth: true
                text: header.conversation.name
                textFormat: Text.PlainText
                color: Theme.text
                font.pixelSize: Theme.textLarge
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignLeft
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            RowLayout {
                Layout.fillWidth: true
                visible: header.conversation.statusText !== "" || header.conversation.retention.text !== ""
                spacing: Theme.xs
                Text {
                    objectName: "headerStatus"
                    visible: text !== ""
                    Layout.fillWidth: !retentionLine.visible
                    text: header.conversation.statusText
                    color: header.conversation.isTyping || header.conversation.isOnline ? Theme.accent
                                                                                        : Theme.textMuted
                    font.pixelSize: Theme.textSmall
                    elide: Text.ElideRight
                    horizontalAlignment: Text.AlignLeft
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
                Text {
                    visible: retentionLine.visible && header.conversation.statusText !== ""
                    text: "·"
                    color: Theme.textMuted
                    font.pixelSize: Theme.textSmall
                }
                Text {
                    id: retentionLine
                    objectName: "retentionLine"
                    Layout.fillWidth: true
                    visible: header.conversation.retention.text !== ""
                    text: header.conversation.retention.text
                    color: Theme.textMuted
                    font.pixelSize: Theme.textSmall
                    elide: Text.ElideRight
                    horizontalAlignment: Text.AlignLeft
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }
        }
        Icon {
            visible: header.conversation.isMuted
            name: "muted"
            color: Theme.textMuted
            size: Theme.iconSmall
        }
        IconButton {
            objectName: "findButton"
            iconName: "search"
            label: qsTr("Find in this conversation")
            onClicked: header.findWanted()
        }
        IconButton {
            objectName: "conversationMenuButton"
            iconName: "more"
            label: qsTr("More")
            onClicked: menu.popup(this, 0, height)
            AppMenu {
                id: menu
                title: qsTr("Conversation")
                B.Action {
                    text: header.conversation.isPinned ? qsTr("Unpin", "a conversation") : qsTr("Pin to the top")
                    onTriggered: header.conversation.setPinned(!header.conversation.isPinned)
                }
                B.Action {
                    text: qsTr("Mute for an hour")
                    enabled: !header.conversation.isMuted
                    onTriggered: header.conversation.mute(1)
                }
                B.Action {
                    text: qsTr("Mute for 8 hours")
                    enabled: !header.conversation.isMuted
                    onTriggered: header.conversation.mute(8)
                }
                B.Action {
                    text: header.conversation.isMuted ? qsTr("Unmute") : qsTr("Mute")
                    onTriggered: header.conversation.mute(header.conversation.isMuted ? 0 : -1)
                }
                B.Action {
                    text: qsTr("Retention")
                    onTriggered: header.retentionWanted()
                }
            }
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
