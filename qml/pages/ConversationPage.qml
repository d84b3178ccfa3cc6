// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// The open conversation: header, messages, composer.
Rectangle {
    id: page

    required property AppController app
    required property bool isWindowSeen
    required property bool canGoBack

    function focusComposer() { composer.focusField() }
    function attach() { composer.attach() }
    function find() {
        page.app.conversation.find.start()
        findBar.focusField()
    }
    function goToDate() { messages.chooseDateFromView() }

    color: Theme.window

    Binding {
        target: page.app.conversation
        property: "isInView"
        value: page.isWindowSeen && page.visible
    }

    ConversationHeader {
        id: header
        anchors.left: parent.left
        anchors.right: parent.right
        conversation: page.app.conversation
        canGoBack: page.canGoBack
        onFindWanted: page.find()
        onRetentionWanted: retention.open()
        visible: !selection.visible && !findBar.visible
    }
    FindBar {
        id: findBar
        anchors.fill: header
        conversation: page.app.conversation
        onDateWanted: page.goToDate()
    }
    SelectionBar {
        id: selection
        anchors.fill: header
        actions: page.app.conversation.actions
    }
    PinnedBar {
        id: pins
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        conversation: page.app.conversation
    }
    MessageList {
        id: messages
        emoji: page.app.emoji
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: pins.bottom
        anchors.bottom: composer.top
        conversation: page.app.conversation
        isSeen: page.app.conversation.isInView
    }
    Composer {
        id: composer
        emoji: page.app.emoji
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        conversation: page.app.conversation
        visible: !page.app.conversation.isPeerDeleted
        onSentOne: messages.stickToEnd()
    }
    Text {
        objectName: "deletedAccountLine"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.header
        visible: page.app.conversation.isPeerDeleted
        text: qsTr("This account was deleted. Nobody would read what you write.")
        color: Theme.textMuted
        font.pixelSize: Theme.textNormal
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    UndoBar {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: composer.top
        anchors.bottomMargin: Theme.m
        actions: page.app.conversation.actions
    }
    RetentionPopup {
        id: retention
        retention: page.app.conversation.retention
        anchors.centerIn: parent
    }
    ForwardPopup {
        app: page.app
        anchors.centerIn: parent
    }
    DropArea {
        id: dropArea
        readonly property string bitmap: "image/png"
        anchors.fill: parent
        onEntered: (drag) => drag.accepted = drag.hasUrls || drag.formats.indexOf(bitmap) >= 0
        onDropped: (drop) => {
            const isFile = drop.hasUrls && String(drop.urls[0]).startsWith("file:")
            if (!isFile && drop.formats.indexOf(bitmap) >= 0)
                page.app.conversation.composer.attachments.addData(drop.getDataAsArrayBuffer(bitmap))
            else
                page.app.conversation.composer.attachments.addFiles(drop.urls)
            drop.accept(Qt.CopyAction)
            composer.focusField()
        }
        Rectangle {
            objectName: "dropHint"
            anchors.fill: parent
            anchors.margins: Theme.s
            visible: dropArea.containsDrag
            radius: Theme.radius
            color: Theme.selected
            border.width: Theme.focusRing
            border.color: Theme.accent
            EmptyState {
                anchors.centerIn: parent
                width: Math.min(Theme.card, parent.width - Theme.xl)
                iconName: "picture"
                title: qsTr("Drop pictures here")
                hint: qsTr("You can add words before they are sent.")
            }
        }
    }
}
