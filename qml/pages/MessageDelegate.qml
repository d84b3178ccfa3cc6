// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// One message with what may stand above it: the day, the line to what is new. What most messages do not
// have is only made for those that have it: the list makes a screenful of these within a frame.
Item {
    id: delegate

    required property ConversationController conversation
    required property string text
    required property string html
    required property bool isOwn
    required property string timeText
    required property string fullTimeText
    required property int status
    required property string failureText
    required property bool isFirstOfGroup
    required property bool isLastOfGroup
    required property string dayText
    required property bool isFirstUnread
    required property bool isOnlyEmoji
    required property var localId
    required property string senderName
    required property var pictures
    required property real uploadProgress
    required property var seq
    required property var quote
    required property var reactions
    required property string forwardedFrom
    required property bool isEdited
    required property bool isDeleted
    required property bool isHidden
    required property bool isPinned
    required property bool isSelected
    readonly property bool canDiscard: status === MessageStatus.Failed || uploadProgress >= 0
    readonly property string textToCopy: bubble.textToCopy
    readonly property bool isSelecting: conversation.actions.isSelecting
    // Where the keyboard is.
    property bool isCurrent: false
    property bool isFound: false
    // Whether animations move.
    property bool isOnScreen: true
    signal pictureOpened(int place)
    signal dateWanted()
    signal menuWanted(Item item, real x, real y)

    // Here and not on the bubble: this is what the list gives the focus to.
    Accessible.role: Accessible.ListItem
    Accessible.name: bubble.spokenText
    Accessible.focusable: true
    Accessible.onPressAction: menuWanted(bubble, bubble.width / 2, bubble.height / 2)

    implicitHeight: isHidden ? 0 : bubble.y + bubble.height + (pills.active ? pills.height - Theme.xs : 0)
                                   + (isLastOfGroup ? Theme.s : 2)
    visible: !isHidden

    Loader {
        anchors.fill: parent
        active: delegate.isSelected
        sourceComponent: Rectangle {
            color: Theme.selected
            Icon {
                anchors.left: parent.left
                anchors.leftMargin: Theme.m
                y: bubble.y + (bubble.height - height) / 2
                name: "check"
                color: Theme.accent
            }
        }
    }
    Loader {
        id: day
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.s
        active: delegate.dayText !== ""
        sourceComponent: DayPill {
            text: delegate.dayText
            onClicked: delegate.dateWanted()
        }
    }
    Loader {
        id: divider
        y: day.active ? day.y + day.height + Theme.s : Theme.s
        x: Theme.l
        width: parent.width - 2 * Theme.l
        active: delegate.isFirstUnread
        sourceComponent: Row {
            id: row
            spacing: Theme.s
            readonly property real line: (width - words.width) / 2 - spacing
            Rectangle { width: row.line; height: 1; color: Theme.accent; anchors.verticalCenter: parent.verticalCenter }
            Text {
                id: words
                objectName: "unreadDivider"
                text: qsTr("New messages")
                color: Theme.accent
                font.pixelSize: Theme.textSmall
            }
            Rectangle { width: row.line; height: 1; color: Theme.accent; anchors.verticalCenter: parent.verticalCenter }
        }
    }
    MessageBubble {
        id: bubble
        text: delegate.text
        html: delegate.html
        isOwn: delegate.isOwn
        timeText: delegate.timeText
        fullTimeText: delegate.fullTimeText
        status: delegate.status
        failureText: delegate.failureText
        isLastOfGroup: delegate.isLastOfGroup
        isOnlyEmoji: delegate.isOnlyEmoji
        localId: delegate.localId
        senderName: delegate.senderName
        isFound: delegate.isFound || delegate.isCurrent
        quote: delegate.quote
        forwardedFrom: delegate.forwardedFrom
        isEdited: delegate.isEdited
        isDeleted: delegate.isDeleted
        isPinned: delegate.isPinned
        onMenuWanted: (x, y) => delegate.menuWanted(bubble, x, y)
        pictures: delegate.pictures
        uploadProgress: delegate.uploadProgress
        isOnScreen: delegate.isOnScreen
        onPictureOpened: (place) => delegate.pictureOpened(place)
        conversation: delegate.conversation
        widthMax: Math.min(Theme.bubbleMax, delegate.width * 0.78)
        y: delegate.isFirstUnread ? divider.y + divider.height + Theme.s
         : day.active ? day.y + day.height + Theme.s
         : delegate.isFirstOfGroup ? Theme.xs : 0
        anchors.right: delegate.isOwn ? parent.right : undefined
        anchors.left: delegate.isOwn ? undefined : parent.left
        anchors.leftMargin: delegate.isSelecting ? Theme.xl + Theme.l : Theme.l
        anchors.rightMargin: Theme.l
    }
    Loader {
        id: pills
        active: delegate.reactions.length > 0
        y: bubble.y + bubble.height - Theme.xs
        anchors.right: delegate.isOwn ? bubble.right : undefined
        anchors.left: delegate.isOwn ? undefined : bubble.left
        anchors.leftMargin: Theme.s
        anchors.rightMargin: Theme.s
        sourceComponent: MessageReactions {
            reactions: delegate.reactions
            isOnScreen: delegate.isOnScreen
            onToggled: (emoji) => delegate.conversation.actions.react(delegate.seq, emoji)
        }
    }
    // While messages are selected a click selects, wherever it falls.
    MouseArea {
        anchors.fill: parent
        enabled: delegate.isSelecting
        visible: enabled
        onClicked: delegate.conversation.actions.toggleSelected(delegate.seq)
    }
}
