// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// One message with what may stand above it: the day, the line to what is new.
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
    property bool isFound: false
    // Whether animations move.
    property bool isOnScreen: true
    signal pictureOpened(int place)

    implicitHeight: bubble.y + bubble.height + (isLastOfGroup ? Theme.s : 2)

    DayPill {
        id: day
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.s
        visible: text !== ""
        text: delegate.dayText
    }
    Row {
        id: divider
        y: day.visible ? day.y + day.height + Theme.s : Theme.s
        x: Theme.l
        width: parent.width - 2 * Theme.l
        spacing: Theme.s
        visible: delegate.isFirstUnread
        readonly property real line: (width - words.width) / 2 - spacing
        Rectangle { width: divider.line; height: 1; color: Theme.accent; anchors.verticalCenter: parent.verticalCenter }
        Text {
            id: words
            objectName: "unreadDivider"
            text: qsTr("New messages")
            color: Theme.accent
            font.pixelSize: Theme.textSmall
        }
        Rectangle { width: divider.line; height: 1; color: Theme.accent; anchors.verticalCenter: parent.verticalCenter }
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
        isFound: delegate.isFound
        pictures: delegate.pictures
        uploadProgress: delegate.uploadProgress
        isOnScreen: delegate.isOnScreen
        onPictureOpened: (place) => delegate.pictureOpened(place)
        conversation: delegate.conversation
        widthMax: Math.min(Theme.bubbleMax, delegate.width * 0.78)
        y: delegate.isFirstUnread ? divider.y + divider.height + Theme.s
         : day.visible ? day.y + day.height + Theme.s
         : delegate.isFirstOfGroup ? Theme.xs : 0
        anchors.right: delegate.isOwn ? parent.right : undefined
        anchors.left: delegate.isOwn ? undefined : parent.left
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
    }
}
