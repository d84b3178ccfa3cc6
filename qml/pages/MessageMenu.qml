// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// What can be done with one message. One menu for all of them.
AppMenu {
    id: menu
    objectName: "messageMenu"
    title: qsTr("Message")
    width: Math.max(implicitBackgroundWidth, bar.implicitWidth + 2 * padding)

    required property ConversationController conversation
    property MessageDelegate message
    // Stays when the message has left the screen.
    property var messageSeq: 0
    readonly property bool isSent: message !== null && message.seq > 0
    readonly property bool isWhole: isSent && !message.isDeleted

    readonly property string ownReaction: {
        const own = message ? message.reactions.find((reaction) => reaction.isOwn) : undefined
        return own ? own.emoji : ""
    }
    signal moreReactionsWanted()

    function openFor(delegate, item, x, y) {
        message = delegate
        messageSeq = delegate.seq
        popup(item, x, y)
    }

    ReactionBar {
        id: bar
        visible: menu.isWhole
        height: visible ? implicitHeight : 0
        chosen: menu.ownReaction
        onPicked: (emoji) => {
            menu.conversation.actions.react(menu.message.seq, emoji)
            menu.close()
        }
        onMoreRequested: {
            menu.close()
            menu.moreReactionsWanted()
        }
    }
    B.Action {
        text: qsTr("Reply")
        enabled: menu.isWhole
        onTriggered: menu.conversation.composer.reply(menu.message.seq)
    }
    B.Action {
        text: qsTr("Show the answered message")
        enabled: menu.isWhole && (menu.message.quote.seq ?? 0) > 0
        onTriggered: menu.conversation.jumpTo(menu.message.quote.seq)
    }
    B.Action {
        text: qsTr("Edit")
        enabled: menu.isWhole && menu.message.isOwn && menu.message.forwardedFrom === ""
        onTriggered: menu.conversation.composer.edit(menu.message.seq)
    }
    B.Action {
        text: qsTr("Copy text")
        enabled: menu.message !== null && menu.message.text !== ""
        onTriggered: menu.conversation.copy(menu.message.textToCopy)
    }
    B.Action {
        text: qsTr("Forward")
        enabled: menu.isWhole
        onTriggered: menu.conversation.actions.startForward(menu.message.seq)
    }
    B.Action {
        text: menu.message !== null && menu.message.isPinned ? qsTr("Unpin", "a message") : qsTr("Pin", "a message")
        enabled: menu.isWhole
        onTriggered: menu.conversation.actions.setPinned(menu.message.seq, !menu.message.isPinned)
    }
    B.Action {
        text: qsTr("Select", "a message")
        enabled: menu.isSent
        onTriggered: menu.conversation.actions.toggleSelected(menu.message.seq)
    }
    B.Action {
        text: qsTr("Delete for me")
        enabled: menu.isSent
        onTriggered: menu.conversation.actions.remove(menu.message.seq, false)
    }
    B.Action {
        text: qsTr("Delete for everyone")
        enabled: menu.isWhole && menu.message.isOwn
        onTriggered: menu.conversation.actions.remove(menu.message.seq, true)
    }
    B.Action {
        text: qsTr("Delete unsent message")
        enabled: menu.message !== null && !menu.isSent && menu.message.canDiscard
        onTriggered: menu.conversation.discard(menu.message.localId)
    }
}
