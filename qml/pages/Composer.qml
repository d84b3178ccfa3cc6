// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Where messages are written. Enter sends, Shift+Enter breaks the line; the text is kept as the
// conversation's draft until it is safely queued.
Rectangle {
    id: composer

    required property ConversationController conversation
    signal sentOne()

    function focusField() { field.forceActiveFocus(Qt.OtherFocusReason) }
    function submit() {
        if (field.text.trim() !== "")
            conversation.send(field.text)
    }

    implicitHeight: column.height + 2 * Theme.s
    color: Theme.window

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        height: 1
        color: Theme.border
    }
    Connections {
        target: composer.conversation
        function onOpened() { field.text = "" }
        function onDraftLoaded() {
            field.text = composer.conversation.draft
            field.cursorPosition = field.length
            if (composer.visible)
                composer.focusField()
        }
        function onSent(isTaken) {
            if (!isTaken)
                return
            field.text = ""
            composer.sentOne()
        }
    }
    Column {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.s
        spacing: Theme.xs

        Text {
            objectName: "sendError"
            width: parent.width
            visible: text !== ""
            text: composer.conversation.sendError
            color: Theme.danger
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Row {
            width: parent.width
            spacing: Theme.s

            B.ScrollView {
                id: scroll
                readonly property real line: metrics.height
                width: parent.width - send.width - parent.spacing
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
                    color: Theme.text
                    selectionColor: Theme.accentFill
                    selectedTextColor: Theme.accentText
                    font.pixelSize: Theme.textLarge
                    placeholderText: qsTr("Message")
                    placeholderTextColor: Theme.textMuted
                    selectByMouse: true
                    Accessible.name: qsTr("Message")
                    KeyNavigation.priority: KeyNavigation.BeforeItem
                    KeyNavigation.tab: send
                    onTextChanged: composer.conversation.edited(text)
                    Keys.onPressed: (event) => {
                        const isEnter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                        if (isEnter && !(event.modifiers & Qt.ShiftModifier)) {
                            event.accepted = true
                            composer.submit()
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
                id: send
                objectName: "sendButton"
                anchors.bottom: parent.bottom
                iconName: "send"
                label: qsTr("Send")
                color: enabled ? Theme.accent : Theme.textMuted
                enabled: field.text.trim() !== ""
                onClicked: {
                    composer.submit()
                    composer.focusField()
                }
            }
        }
    }
    FontMetrics { id: metrics; font: field.font }
}
