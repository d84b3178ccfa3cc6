// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Pictures and text of a message, with time and ticks in its corner.
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
    required property var pictures
    required property real uploadProgress
    required property bool isOnScreen
    required property ConversationController conversation
    required property real widthMax
    signal pictureOpened(int place)
    readonly property bool hasPictures: (pictures.width ?? 0) > 0
    // Without words, time and ticks stand on the picture.
    readonly property bool isMetaOver: hasPictures && text === ""
    readonly property real textWidth: hasPictures ? album.width + 2 * Theme.xs - 2 * Theme.m : widthMax - 2 * Theme.m
    readonly property color quiet: isOwn ? Theme.bubbleOwnMuted : Theme.textMuted
    readonly property bool isFailed: status === MessageStatus.Failed
    // Time and ticks stand behind the last line where there is room, else below it.
    readonly property bool isBeside: !isOnlyEmoji && body.lineCount === 1
        && body.implicitWidth + meta.width + Theme.s <= textWidth
    readonly property real failureHeight: failure.visible ? failure.height + Theme.xs : 0

    width: hasPictures ? album.width + 2 * Theme.xs
         : Math.max(isBeside ? body.width + meta.width + Theme.s : Math.max(body.width, meta.width),
                    failure.visible ? failure.implicitWidth : 0) + 2 * Theme.m
    height: isMetaOver ? album.height + 2 * Theme.xs + failureHeight + (failure.visible ? Theme.xs : 0)
          : body.y + body.height + (isBeside ? 0 : meta.height + 2) + failureHeight + Theme.s
    radius: Theme.radiusBubble
    border.width: isFound ? Theme.focusRing : 0
    border.color: Theme.accent
    color: isOnlyEmoji ? "transparent" : isOwn ? Theme.bubbleOwn : Theme.bubbleOther
    Accessible.role: Accessible.ListItem
    Accessible.name: senderName + ", " + timeText + ", "
        + (hasPictures ? pictures.words + (text !== "" ? ", " : "") : "") + text
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
    MessagePictures {
        id: album
        x: Theme.xs
        y: Theme.xs
        width: Math.min(bubble.pictures.width ?? 0, bubble.widthMax - 2 * Theme.xs)
        visible: bubble.hasPictures
        pictures: bubble.pictures
        conversation: bubble.conversation
        uploadProgress: bubble.uploadProgress
        isPlaying: bubble.isOnScreen
        onOpened: (place) => bubble.pictureOpened(place)
        onCancelled: bubble.conversation.discard(bubble.localId)
    }
    TextEdit {
        id: body
        objectName: "messageText"
        x: Theme.m
        y: bubble.hasPictures ? album.y + album.height + Theme.s : Theme.s
        width: bubble.hasPictures ? bubble.textWidth : Math.min(implicitWidth, bubble.textWidth)
        visible: bubble.text !== ""
        text: "<style>a { color: " + Theme.accentCss + " }</style>" + bubble.html
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
    Rectangle {
        visible: bubble.isMetaOver
        anchors.centerIn: meta
        width: meta.width + 2 * Theme.s
        height: meta.height + Theme.xs
        radius: height / 2
        color: Theme.scrim
    }
    Row {
        id: meta
        readonly property color ink: bubble.isMetaOver ? Theme.scrimText
                                   : bubble.isOnlyEmoji ? Theme.textMuted : bubble.quiet
        anchors.right: parent.right
        anchors.rightMargin: bubble.isMetaOver ? Theme.l : Theme.m
        y: bubble.isMetaOver ? album.y + album.height - height - Theme.s
         : bubble.isBeside ? body.y + body.height - height : body.y + body.height + 2
        spacing: Theme.xs
        Text {
            id: time
            text: bubble.timeText
            color: meta.ink
            font.pixelSize: Theme.textSmall
        }
        StatusTicks {
            id: ticks
            objectName: "messageTicks"
            anchors.verticalCenter: time.verticalCenter
            status: bubble.status
            quiet: meta.ink
            readColor: bubble.isMetaOver ? Theme.scrimRead : Theme.read
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
        y: bubble.height - height - Theme.s
        spacing: Theme.s
        Text {
            width: Math.min(implicitWidth, (bubble.hasPictures ? bubble.textWidth : bubble.widthMax - 2 * Theme.m) - retry.width - Theme.s)
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
            enabled: bubble.text !== ""
            onTriggered: bubble.conversation.copy(body.selectedText !== "" ? body.selectedText : bubble.text)
        }
        B.Action {
            text: qsTr("Retry")
            enabled: bubble.isFailed
            onTriggered: bubble.conversation.retry(bubble.localId)
        }
        B.Action {
            text: qsTr("Delete unsent message")
            enabled: bubble.isFailed || bubble.uploadProgress >= 0
            onTriggered: bubble.conversation.discard(bubble.localId)
        }
    }
}
