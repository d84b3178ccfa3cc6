// SPDX-License-Identifier: Apache-2.0
import QtQuick
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
    required property var quote
    required property string forwardedFrom
    required property bool isEdited
    required property bool isDeleted
    required property bool isPinned
    required property bool isOnScreen
    required property ConversationController conversation
    required property real widthMax
    signal pictureOpened(int place)
    signal menuWanted(real x, real y)
    readonly property string textToCopy: body.selectedText !== "" ? body.selectedText : text
    readonly property string shownText: isDeleted ? (isOwn ? qsTr("You deleted this message") : qsTr("This message was deleted")) : text
    readonly property bool hasHead: head.active
    readonly property real headHeight: hasHead ? head.height + Theme.s : 0
    readonly property bool hasPictures: (pictures.width ?? 0) > 0
    // Without words, time and ticks stand on the picture.
    readonly property bool isMetaOver: hasPictures && shownText === ""
    readonly property real textWidth: hasPictures ? album.width + 2 * Theme.xs - 2 * Theme.m : widthMax - 2 * Theme.m
    readonly property color quiet: isOwn ? Theme.bubbleOwnMuted : Theme.textMuted
    readonly property bool isFailed: status === MessageStatus.Failed
    // Time and ticks stand behind the last line where there is room, else below it.
    readonly property bool isBeside: !isOnlyEmoji && body.lineCount === 1
        && body.implicitWidth + meta.width + Theme.s <= textWidth
    readonly property real failureHeight: failure.active ? failure.height + Theme.xs : 0

    width: hasPictures ? album.width + 2 * Theme.xs
         : Math.max(isBeside ? body.width + meta.width + Theme.s : Math.max(body.width, meta.width),
                    failure.implicitWidth, head.wanted) + 2 * Theme.m
    height: isMetaOver ? album.y + album.height + Theme.xs + failureHeight + (failure.active ? Theme.xs : 0)
          : body.y + body.height + (isBeside ? 0 : meta.height + 2) + failureHeight + Theme.s
    radius: Theme.radiusBubble
    border.width: isFound ? Theme.focusRing : 0
    border.color: Theme.accent
    color: isOnlyEmoji ? "transparent" : isOwn ? Theme.bubbleOwn : Theme.bubbleOther
    // What screen readers say of the message.
    readonly property string spokenText: senderName + ", " + timeText + ", "
        + (forwardedFrom !== "" ? forwardedFrom + ", " : "")
        + (quote.seq ? qsTr("reply to %1").arg(Words.isolated(quote.text)) + ", " : "")
        + (hasPictures ? pictures.words + (shownText !== "" ? ", " : "") : "") + shownText + meta.words
        + (isFailed ? ", " + failureText : "")

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
    Loader {
        id: head
        readonly property real wanted: item ? (item as MessageHead).wanted : 0
        active: bubble.forwardedFrom !== "" || (bubble.quote.seq ?? 0) > 0
        anchors.left: parent.left
        anchors.leftMargin: Theme.m
        y: Theme.s
        width: bubble.width - 2 * Theme.m
        sourceComponent: MessageHead {
            forwardedFrom: bubble.forwardedFrom
            quote: bubble.quote
            widthMax: bubble.textWidth
            ink: bubble.isOnlyEmoji ? Theme.textMuted : bubble.quiet
            onQuoteClicked: bubble.conversation.jumpTo(bubble.quote.seq)
        }
    }
    Loader {
        id: album
        active: bubble.hasPictures
        anchors.left: parent.left
        anchors.leftMargin: Theme.xs
        y: bubble.hasHead ? bubble.headHeight + Theme.s : Theme.xs
        width: Math.min(bubble.pictures.width ?? 0, bubble.widthMax - 2 * Theme.xs)
        height: width * (bubble.pictures.height ?? 0)
        sourceComponent: MessagePictures {
            pictures: bubble.pictures
            conversation: bubble.conversation
            uploadProgress: bubble.uploadProgress
            isPlaying: bubble.isOnScreen
            onOpened: (place) => bubble.pictureOpened(place)
            onCancelled: bubble.conversation.discard(bubble.localId)
        }
    }
    TextEdit {
        id: body
        objectName: "messageText"
        anchors.left: parent.left
        anchors.leftMargin: Theme.m
        y: bubble.hasPictures ? album.y + album.height + Theme.s : Theme.s + bubble.headHeight
        width: bubble.hasPictures ? bubble.textWidth : Math.min(implicitWidth, bubble.textWidth)
        visible: bubble.shownText !== ""
        text: bubble.isDeleted ? "<i>" + bubble.shownText + "</i>"
                               : "<style>" + Theme.messageCss + "</style>" + bubble.html
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnPress: true
        persistentSelection: false
        color: bubble.isDeleted ? bubble.quiet : Theme.text
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
    MessageMeta {
        id: meta
        anchors.right: parent.right
        anchors.rightMargin: bubble.isMetaOver ? Theme.l : Theme.m
        y: bubble.isMetaOver ? album.y + album.height - height - Theme.s
         : bubble.isBeside ? body.y + body.height - height : body.y + body.height + 2
        timeText: bubble.timeText
        fullTimeText: bubble.fullTimeText
        status: bubble.status
        isEdited: bubble.isEdited
        isPinned: bubble.isPinned
        ink: bubble.isMetaOver ? Theme.scrimText : bubble.isOnlyEmoji ? Theme.textMuted : bubble.quiet
        readColor: bubble.isMetaOver ? Theme.scrimRead : Theme.read
    }
    Loader {
        id: failure
        active: bubble.isFailed
        anchors.left: parent.left
        anchors.leftMargin: Theme.m
        y: bubble.height - height - Theme.s
        sourceComponent: Row {
            spacing: Theme.s
            Text {
                width: Math.min(implicitWidth, (bubble.hasPictures ? bubble.textWidth : bubble.widthMax - 2 * Theme.m) - retry.width - Theme.s)
                anchors.verticalCenter: parent.verticalCenter
                text: bubble.failureText
                color: Theme.danger
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
            }
            AppButton {
                id: retry
                objectName: "retryButton"
                text: qsTr("Retry")
                focusPolicy: bubble.isOnScreen ? Qt.StrongFocus : Qt.NoFocus
                onClicked: bubble.conversation.retry(bubble.localId)
            }
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: (point) => bubble.menuWanted(point.position.x, point.position.y)
    }
}
