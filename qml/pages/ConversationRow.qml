// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models

// One conversation in the list.
T.ItemDelegate {
    id: row
    objectName: "conversationRow"

    required property int index
    required property string conversationId
    required property string name
    required property string initials
    required property int colorIndex
    required property string avatarBlobId
    required property BlobCache blobs
    required property string preview
    required property int status
    required property string timeText
    required property int unread
    required property bool isMuted
    required property bool isPinned
    required property string draft
    required property bool isOnline
    required property bool isTyping
    required property bool isOpen
    required property bool hasKeys
    signal chosen()
    signal pinChosen(bool pinned)
    signal muteChosen(bool muted)

    readonly property bool hasDraft: draft !== "" && !isOpen
    readonly property string lastLine: isTyping ? qsTr("typing...")
                                     : hasDraft ? draft : preview

    implicitHeight: Theme.row
    hoverEnabled: true
    // The click that opens the menu is none.
    onClicked: if (!menu.visible) chosen()
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: name + ", " + (unread > 0 ? qsTr("%Ln unread", "messages", unread) + ", " : "")
        + lastLine + ", " + timeText
    Accessible.onPressAction: if (enabled) clicked()

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => menu.popup(row, point.position.x, point.position.y)
    }
    AppMenu {
        id: menu
        title: qsTr("Conversation")
        B.Action {
            text: row.isPinned ? qsTr("Unpin", "a conversation") : qsTr("Pin to the top")
            onTriggered: row.pinChosen(!row.isPinned)
        }
        B.Action {
            text: row.isMuted ? qsTr("Unmute") : qsTr("Mute")
            onTriggered: row.muteChosen(!row.isMuted)
        }
    }

    background: Rectangle {
        color: row.isOpen ? Theme.selected : row.hovered ? Theme.hovered : "transparent"
        border.width: row.hasKeys ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    contentItem: RowLayout {
        spacing: Theme.m

        Avatar {
            Layout.leftMargin: Theme.m
            initials: row.initials
            colorIndex: row.colorIndex
            blobs: row.blobs
            blobId: row.avatarBlobId
            isOnline: row.isOnline
            around: row.isOpen ? Theme.selected : Theme.surface
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.rightMargin: Theme.m
            spacing: Theme.xs

            RowLayout {
                spacing: Theme.xs
                Text {
                    Layout.fillWidth: true
                    text: row.name
                    textFormat: Text.PlainText
                    color: Theme.text
                    font.pixelSize: Theme.textNormal
                    font.weight: row.unread > 0 ? Font.DemiBold : Font.Medium
                    horizontalAlignment: Text.AlignLeft
                    elide: Text.ElideRight
                }
                Icon { visible: row.isMuted; name: "muted"; size: Theme.iconSmall; color: Theme.textMuted }
                StatusTicks { status: row.hasDraft ? MessageStatus.None : row.status }
                Text {
                    text: row.timeText
                    color: Theme.textMuted
                    font.pixelSize: Theme.textSmall
                }
            }
            RowLayout {
                spacing: Theme.xs
                Text {
                    visible: row.hasDraft && !row.isTyping
                    text: qsTr("Draft:")
                    color: Theme.danger
                    font.pixelSize: Theme.textNormal
                }
                Text {
                    Layout.fillWidth: true
                    text: row.lastLine
                    textFormat: Text.PlainText
                    color: row.isTyping ? Theme.accent : Theme.textMuted
                    font.pixelSize: Theme.textNormal
                    horizontalAlignment: Text.AlignLeft
                    elide: Text.ElideRight
                    maximumLineCount: 1
                }
                Icon { visible: row.isPinned && row.unread === 0; name: "pin"; size: Theme.iconSmall; color: Theme.textMuted }
                UnreadBadge { count: row.unread; isMuted: row.isMuted }
            }
        }
    }
}
