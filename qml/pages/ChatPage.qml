// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// Two panes: the conversations and the open one. In a narrow window one at a time.
Item {
    id: page

    required property AppController app
    required property DesktopSettings desktop
    required property bool isWindowSeen
    readonly property bool isNarrow: width < Theme.narrow
    readonly property bool isOpen: app.conversation.isOpen
    property bool isInSettings: false
    property int listWidth: app.remembered("split", Theme.listWidth)

    function focusComposer() { conversation.focusComposer() }
    function openNeighbour(step) {
        const row = app.conversations.rowOf(app.conversation.conversationId) + step
        const id = app.conversations.idAt(row)
        if (id !== "")
            app.conversation.open(id)
    }

    Component.onCompleted: {
        const last = app.remembered("conversation", "")
        if (last !== "" && !isNarrow)
            app.conversation.open(last)
    }

    Connections {
        target: page.app.conversation
        function onOpened() { if (page.isOpen) page.isInSettings = false }
    }

    ConversationPane {
        id: list
        app: page.app
        visible: !page.isNarrow || (!page.isOpen && !page.isInSettings)
        enabled: !viewer.visible
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: page.isNarrow ? page.width : page.listWidth
        onSettingsWanted: page.isInSettings = true
        onConversationWanted: page.focusComposer()
    }
    Rectangle {
        id: divider
        visible: !page.isNarrow
        anchors.left: list.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: 1
        color: Theme.border

        MouseArea {
            anchors.fill: parent
            anchors.leftMargin: -Theme.xs
            anchors.rightMargin: -Theme.xs
            cursorShape: Qt.SplitHCursor
            property int begin: 0
            function fromEdge(x) {
                const onPage = mapToItem(page, x, 0).x
                return Words.areFromRight ? page.width - onPage : onPage
            }
            onPressed: (mouse) => begin = fromEdge(mouse.x) - page.listWidth
            onPositionChanged: (mouse) => page.listWidth = Math.max(Theme.listMin,
                Math.min(Theme.listMax, fromEdge(mouse.x) - begin))
            onReleased: page.app.remember("split", page.listWidth)
        }
    }
    ConversationPage {
        id: conversation
        app: page.app
        isWindowSeen: page.isWindowSeen
        canGoBack: page.isNarrow
        visible: page.isOpen && !page.isInSettings
        enabled: !viewer.visible
        anchors.left: page.isNarrow ? parent.left : divider.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
    }
    EmptyState {
        visible: !page.isOpen && !page.isNarrow && !page.isInSettings
        anchors.centerIn: conversation
        width: Math.min(Theme.card, conversation.width - Theme.xl)
        iconName: "chat"
        title: page.app.conversations.count > 0 ? qsTr("Choose a conversation")
                                                : qsTr("Welcome to Dunlin")
        hint: page.app.conversations.count > 0 ? ""
            : qsTr("Find people by their name in the search field and write to them.")
    }
    SettingsPage {
        app: page.app
        desktop: page.desktop
        visible: page.isInSettings
        enabled: !viewer.visible
        anchors.fill: conversation
        onClosed: page.isInSettings = false
    }

    PictureViewer {
        id: viewer
        anchors.fill: parent
        conversation: page.app.conversation
        onVisibleChanged: if (!visible) page.focusComposer()
    }

    Shortcut { sequences: Keymap.addPictures.keys; enabled: conversation.visible && !viewer.visible; onActivated: conversation.attach() }
    Shortcut { sequences: Keymap.newConversation.keys.concat(Keymap.quickSwitch.keys, Keymap.findEverywhere.keys); onActivated: { page.isInSettings = false; if (page.isNarrow) page.app.conversation.close(); list.focusSearch() } }
    Shortcut { sequences: Keymap.find.keys; enabled: conversation.visible && !viewer.visible; onActivated: conversation.find() }
    Shortcut { sequences: Keymap.goToDate.keys; enabled: conversation.visible && !viewer.visible; onActivated: conversation.goToDate() }
    Shortcut { sequences: Keymap.nextConversation.keys; onActivated: page.openNeighbour(1) }
    Shortcut { sequences: Keymap.previousConversation.keys; onActivated: page.openNeighbour(-1) }
    Shortcut { sequences: Keymap.settings.keys; onActivated: page.isInSettings = true }
    Shortcut {
        sequences: Keymap.back.keys
        onActivated: {
            if (viewer.visible)
                page.app.conversation.viewer.close()
            else if (page.isInSettings)
                page.isInSettings = false
            else if (page.app.conversation.actions.isSelecting)
                page.app.conversation.actions.clearSelection()
            else if (page.app.conversation.composer.isEditing || page.app.conversation.composer.isReplying)
                page.app.conversation.composer.cancelTarget()
            else if (page.app.conversation.find.isActive)
                page.app.conversation.find.stop()
            else if (page.app.search.isActive)
                page.app.search.query = ""
            else if (page.isNarrow)
                page.app.conversation.close()
        }
    }
}
