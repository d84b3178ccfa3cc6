// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// The text of a message, with time and ticks in its corner.
Rectangle {
    id: bubble
    objectName: "messageBubble"

    required property string text
    required property string html
    required property bool isOwn
    required property string timeText
    required property string fullTimeText
    required property int status
    required property string failureText
    required property bool isLastOfGroup
    required property bool isOnlyEmoji
    required property var localId
    required property string senderName
    required property bool isFound
    required property ConversationController conversation
    required property real widthMax
    readonly property color quiet: isOwn ? Theme.bubbleOwnMuted : Theme.textMuted
    readonly property bool isFailed: status === MessageStatus.Failed
    // Time and ticks stand behind the last line where there is room, else below it.
    readonly property bool isBeside: !isOnlyEmoji && body.lineCount === 1
        && body.width + meta.width + Theme.s + 2 * Theme.m <= widthMax

    width: Math.max(isBeside ? body.width + meta.width + Theme.s : Math.max(body.width, meta.width),
                    failure.visible ? failure.implicitWidth : 0) + 2 * Theme.m
    height: body.height + (isBeside ? 0 : meta.height + 2) + (failure.visible ? failure.height + Theme.xs : 0) + 2 * Theme.s
    radius: Theme.radiusBubble
    border.width: isFound ? Theme.focusRing : 0
    border.color: Theme.accent
    color: isOnlyEmoji ? "transparent" : isOwn ? Theme.bubbleOwn : Theme.bubbleOther
    Accessible.role: Accessible.ListItem
    Accessible.name: senderName + ", " + timeText + ", " + text
        + (ticks.words !== "" ? ", " + ticks.words : "")

    // The corner towards the sender, at the end of a group. Its other corners lie inside the bubble.
    Rectangle {
        visible: bubble.isLastOfGroup && !bubble.isOnlyEmoji && !bubble.isFound
        width: 2 * Theme.radiusBubble
        height: Theme.radiusBubble + Theme.radiusSmall
        radius: Theme.radiusSmall
        color: bubble.color
        anchors.bottom: parent.bottom
        anchors.right: bubble.isOwn ? parent.right : undefined
        anchors.left: bubble.isOwn ? undefined : parent.left
    }
    TextEdit {
        id: body
        objectName: "messageText"
        x: Theme.m
        y: Theme.s
        width: Math.min(implicitWidth, bubble.widthMax - 2 * Theme.m)
        text: "<style>a { color: " + Theme.accent + " }</style>" + bubble.html
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnPress: true
        persistentSelection: false
        color: Theme.text
        selectionColor: Theme.accentFill
        selectedTextColor: Theme.accentText
        font.pixelSize: bubble.isOnlyEmoji ? Theme.textEmoji : Theme.textLarge
        onLinkActivated: (link) => Qt.openUrlExternally(link)
        Accessible.ignored: true
        HoverHandler {
            cursorShape: body.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        }
    }
    Row {
        id: meta
        anchors.right: parent.right
        anchors.rightMargin: Theme.m
        y: bubble.isBeside ? body.y + body.height - height : body.y + body.height + 2
        spacing: Theme.xs
        Text {
            id: time
            text: bubble.timeText
            color: bubble.isOnlyEmoji ? Theme.textMuted : bubble.quiet
            font.pixelSize: Theme.textSmall
        }
        StatusTicks {
            id: ticks
            objectName: "messageTicks"
            anchors.verticalCenter: time.verticalCenter
            status: bubble.status
            quiet: bubble.isOnlyEmoji ? Theme.textMuted : bubble.quiet
        }
        HoverHandler { id: metaHover }
        B.ToolTip.visible: metaHover.hovered
        B.ToolTip.delay: 500
        B.ToolTip.text: bubble.fullTimeText + (ticks.words !== "" ? "\n" + ticks.words : "")
    }
    Row {
        id: failure
        visible: bubble.isFailed
        x: Theme.m
        y: meta.y + meta.height + Theme.xs
        spacing: Theme.s
        Text {
            width: Math.min(implicitWidth, bubble.widthMax - retry.width - 2 * Theme.m - Theme.s)
            anchors.verticalCenter: parent.verticalCenter
            text: bubble.failureText
            color: Theme.danger
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
        AppButton {
            id: retry
            objectName: "retryButton"
            text: qsTr("Retry")
            onClicked: bubble.conversation.retry(bubble.localId)
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => menu.popup(bubble, point.position.x, point.position.y)
    }
    AppMenu {
        id: menu
        B.Action {
            text: qsTr("Copy text")
            onTriggered: bubble.conversation.copy(body.selectedText !== "" ? body.selectedText : bubble.text)
        }
        B.Action {
            text: qsTr("Retry")
            enabled: bubble.isFailed
            onTriggered: bubble.conversation.retry(bubble.localId)
        }
        B.Action {
            text: qsTr("Delete unsent message")
            enabled: bubble.isFailed
            onTriggered: bubble.conversation.discard(bubble.localId)
        }
    }
}
