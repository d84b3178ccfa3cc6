// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// Where messages are written. Enter sends, Shift+Enter breaks the line; the text is kept as the
// conversation's draft until it is safely queued.
Rectangle {
    id: composer

    required property ConversationController conversation
    required property EmojiModel emoji
    readonly property ComposerController controller: conversation.composer
    readonly property AttachmentListModel attachments: controller.attachments
    readonly property bool canSend: (field.text.trim() !== "" || attachments.count > 0) && !attachments.isPreparing && !controller.isSending
    // What was given away; more may have been typed since.
    property string submitted: ""
    signal sentOne()

    function attach() { picker.pickPictures(true) }
    function focusField() { field.forceActiveFocus(Qt.OtherFocusReason) }
    function submit() {
        if (!canSend)
            return
        submitted = field.text
        controller.send(submitted)
    }

    implicitHeight: column.height + 2 * Theme.s
    color: Theme.window

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        height: 1
        color: Theme.border
    }
    FilePicker {
        id: picker
        onPicked: (files) => {
            composer.attachments.addFiles(files)
            composer.focusField()
        }
    }
    Connections {
        target: composer.controller
        function onTextReplaced(isOpened) {
            field.text = composer.controller.text
            field.cursorPosition = field.length
            if (isOpened && composer.visible)
                composer.focusField()
        }
        function onFocusWanted() { composer.focusField() }
        function onSent(isTaken) {
            if (!isTaken)
                return
            field.text = field.text.startsWith(composer.submitted) ? field.text.slice(composer.submitted.length) : ""
            composer.sentOne()
        }
    }
    Column {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.s
        anchors.rightMargin: Theme.s
        spacing: Theme.xs

        ComposerTarget {
            width: parent.width
            controller: composer.controller
        }
        AttachmentTray {
            width: parent.width
            visible: composer.attachments.count > 0 || composer.attachments.problemText !== ""
            bottomPadding: Theme.xs
            attachments: composer.attachments
        }
        Text {
            objectName: "sendError"
            width: parent.width
            visible: text !== ""
            text: composer.controller.sendError
            color: Theme.danger
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Row {
            width: parent.width
            spacing: Theme.s

            IconButton {
                id: attachButton
                objectName: "attachButton"
                anchors.bottom: parent.bottom
                iconName: "attach"
                label: qsTr("Add pictures")
                enabled: !composer.controller.isEditing
                onClicked: composer.attach()
            }
            B.ScrollView {
                id: scroll
                readonly property real line: metrics.height
                width: parent.width - send.width - emojiButton.width - attachButton.width - 3 * parent.spacing
                height: Math.max(Theme.control, Math.min(field.contentHeight, 6 * line) + 2 * Theme.s)
                B.ScrollBar.horizontal.policy: B.ScrollBar.AlwaysOff

                B.TextArea {
                    id: field
                    objectName: "composerField"
                    topPadding: Theme.s
                    bottomPadding: Theme.s
                    leftPadding: Theme.m
                    rightPadding: Theme.m
                    wrapMode: TextEdit.Wrap
                    textFormat: TextEdit.PlainText
                    // What is written stands on the side that it begins at.
                    horizontalAlignment: length === 0 ? TextEdit.AlignLeft : undefined
                    color: Theme.text
                    selectionColor: Theme.accentFill
                    selectedTextColor: Theme.accentText
                    font.pixelSize: Theme.textLarge
                    placeholderText: composer.attachments.count > 0 ? qsTr("Add a caption") : qsTr("Message")
                    placeholderTextColor: Theme.textMuted
                    selectByMouse: true
                    Accessible.name: placeholderText
                    onTextChanged: composer.controller.edited(text)
                    Keys.onPressed: (event) => {
                        // Not into the text: whoever has only keys must get out again.
                        if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
                            event.accepted = true
                            nextItemInFocusChain(event.key === Qt.Key_Tab).forceActiveFocus(event.key === Qt.Key_Tab ? Qt.TabFocusReason : Qt.BacktabFocusReason)
                            return
                        }
                        const isEnter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                        if (isEnter && !(event.modifiers & Qt.ShiftModifier)) {
                            event.accepted = true
                            composer.submit()
                        } else if (event.key === Qt.Key_Up && text === "" && composer.attachments.count === 0 && !composer.controller.isEditing) {
                            event.accepted = composer.controller.editLast()
                        } else if (event.matches(StandardKey.Paste) && !composer.controller.isEditing) {
                            event.accepted = composer.attachments.addFromClipboard()
                        }
                    }
                    background: Rectangle {
                        radius: Theme.radiusBubble
                        color: Theme.field
                        border.width: field.activeFocus ? 1 : 0
                        border.color: Theme.accent
                    }
                }
            }
            IconButton {
                id: emojiButton
                objectName: "emojiButton"
                anchors.bottom: parent.bottom
                iconName: "emoji"
                label: qsTr("Emoji")
                onClicked: emojiPicker.open()
                EmojiPicker {
                    id: emojiPicker
                    objectName: "composerEmojiPicker"
                    model: composer.emoji
                    x: emojiButton.mirrored ? 0 : parent.width - width
                    y: -height - Theme.s
                    onPicked: (emoji) => field.insert(field.cursorPosition, emoji)
                    onClosed: composer.focusField()
                }
            }
            IconButton {
                id: send
                objectName: "sendButton"
                anchors.bottom: parent.bottom
                iconName: composer.controller.isEditing ? "check" : "send"
                label: composer.controller.isEditing ? qsTr("Save") : qsTr("Send")
                color: enabled ? Theme.accent : Theme.textMuted
                enabled: composer.canSend
                onClicked: {
                    composer.submit()
                    composer.focusField()
                }
            }
        }
    }
    FontMetrics { id: metrics; font: field.font }
}
