// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// The open conversation: header, messages, composer.
Rectangle {
    id: page

    required property AppController app
    required property bool isWindowActive
    required property bool canGoBack

    function focusComposer() { composer.focusField() }

    color: Theme.window

    ConversationHeader {
        id: header
        anchors.left: parent.left
        anchors.right: parent.right
        conversation: page.app.conversation
        canGoBack: page.canGoBack
    }
    MessageList {
        id: messages
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.bottom: composer.top
        conversation: page.app.conversation
        isSeen: page.isWindowActive && page.visible
    }
    Composer {
        id: composer
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        conversation: page.app.conversation
        onSentOne: messages.stickToEnd()
    }
}
