// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// The messages, newest at the bottom (row 0). Stays at the bottom while it is there; reading back
// is not disturbed by what arrives.
Item {
    id: root

    required property ConversationController conversation
    required property bool isSeen
    required property EmojiModel emoji
    readonly property MessageListModel messages: conversation.messages
    // The message that was looked for, marked for a moment.
    property int foundRow: -1

    function stickToEnd() {
        list.isAtEnd = true
        if (messages.hasNewer)
            conversation.jumpToNewest()
        else
            list.positionViewAtBeginning()
    }
    // Beginning with the day of the message at row.
    function chooseDate(row) {
        datePopup.openAt(row >= 0 ? messages.timeAt(row) : new Date())
    }
    function chooseDateFromView() {
        chooseDate(list.indexAt(list.width / 2, list.contentY + Theme.header))
    }
    function reportSeen() {
        if (!isSeen || list.count === 0)
            return
        const row = list.isAtEnd ? 0 : list.indexAt(list.width / 2, list.contentY + list.height - 2 * Theme.m)
        if (row >= 0)
            conversation.seen(row)
    }
    onIsSeenChanged: reportSeen()

    ListView {
        id: list
        objectName: "messageList"

        property bool isAtEnd: true
        readonly property real edge: 2 * height

        anchors.fill: parent
        verticalLayoutDirection: ListView.BottomToTop
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.messages
        cacheBuffer: 600
        topMargin: Theme.m
        bottomMargin: Theme.m
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")
        B.ScrollBar.vertical: B.ScrollBar { id: bar }
        keyNavigationEnabled: false
        currentIndex: -1
        onActiveFocusChanged: currentIndex = activeFocus ? Math.max(0, indexAt(width / 2, contentY + height - 2 * Theme.m)) : -1
        Keys.onUpPressed: moveBy(1)
        Keys.onDownPressed: moveBy(-1)
        Keys.onPressed: (event) => {
            if (event.key === Qt.Key_End)
                root.stickToEnd()
            else if (event.key === Qt.Key_PageUp)
                bar.decrease()
            else if (event.key === Qt.Key_PageDown)
                bar.increase()
            else if (event.key === Qt.Key_Menu || event.key === Qt.Key_Return || event.key === Qt.Key_Space)
                openMenu()
        }
        // To the next message that is shown, older (1) or newer (-1).
        function moveBy(step) {
            let row = currentIndex + step
            while (row >= 0 && row < count && root.messages.isHiddenAt(row))
                row += step
            if (row < 0 || row >= count)
                return
            currentIndex = row
            positionViewAtIndex(row, ListView.Contain)
            updateAtEnd()
        }
        function openMenu() {
            const current = currentItem as MessageDelegate
            if (root.conversation.actions.isSelecting && current)
                root.conversation.actions.toggleSelected(current.seq)
            else if (current)
                menu.openFor(current, current, current.width / 2, current.height / 2)
        }

        function updateAtEnd() {
            isAtEnd = !root.messages.hasNewer && originY + contentHeight - contentY - height < Theme.xl
        }
        function loadNearEdges() {
            if (contentY - originY < edge)
                root.messages.loadOlder()
            if (originY + contentHeight - contentY - height < edge)
                root.messages.loadNewer()
        }
        onContentYChanged: {
            if (moving || bar.active)
                updateAtEnd()
            loadNearEdges()
            seenTimer.restart()
        }
        onCountChanged: {
            if (isAtEnd && !root.messages.hasNewer)
                settleTimer.start()
            seenTimer.restart()
        }
        onHeightChanged: if (isAtEnd) positionViewAtBeginning()

        delegate: MessageDelegate {
            id: delegate
            required property int index
            width: ListView.view.width
            isFound: root.foundRow === delegate.index
            isOnScreen: root.isSeen && y + height > list.contentY && y < list.contentY + list.height
            onPictureOpened: (place) => root.conversation.viewer.open(delegate.index, place)
            onDateWanted: root.chooseDate(delegate.index)
            onMenuWanted: (item, x, y) => menu.openFor(delegate, item, x, y)
            isCurrent: ListView.isCurrentItem && list.activeFocus
            conversation: root.conversation
        }
    }
    MessageMenu {
        id: menu
        conversation: root.conversation
        onMoreReactionsWanted: reactionPicker.open()
    }
    EmojiPicker {
        id: reactionPicker
        objectName: "reactionPicker"
        model: root.emoji
        anchors.centerIn: parent
        onPicked: (emoji) => root.conversation.actions.react(menu.messageSeq, emoji)
    }
    DatePopup {
        id: datePopup
        anchors.centerIn: parent
        onChosen: (day) => root.conversation.jumpToDate(day)
    }
    Timer {
        id: foundTimer
        interval: 1500
        onTriggered: root.foundRow = -1
    }
    // Once the view has laid out what is new.
    Timer {
        id: settleTimer
        interval: 0
        onTriggered: {
            if (list.isAtEnd && !root.messages.hasNewer)
                list.positionViewAtBeginning()
            else
                list.updateAtEnd() // all of it may fit
        }
    }
    Timer {
        id: seenTimer
        interval: 50
        onTriggered: root.reportSeen()
    }
    Connections {
        target: Theme
        function onTextScaleChanged() {
            if (list.isAtEnd)
                settleTimer.start()
        }
    }
    Connections {
        target: root.messages
        function onReplacing() {
            root.messages.rowInView = list.indexAt(list.width / 2, list.contentY + list.height / 2)
        }
    }
    Connections {
        target: root.conversation
        function onShown(row, isFound) {
            root.foundRow = isFound ? row : -1
            foundTimer.restart()
            if (list.activeFocus)
                list.currentIndex = row
            list.isAtEnd = row === 0 && !root.messages.hasNewer
            if (row === 0)
                list.positionViewAtBeginning()
            else
                list.positionViewAtIndex(row, ListView.Center)
            settleTimer.start()
            list.loadNearEdges()
            seenTimer.restart()
        }
        function onHeaderChanged() { seenTimer.restart() }
    }

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(Theme.card, parent.width - Theme.xl)
        visible: root.messages.isLoaded && list.count === 0
        iconName: "chat"
        title: qsTr("No messages yet")
        hint: qsTr("Say hello to %1.").arg(Words.isolated(root.conversation.name))
    }
    DayPill {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.s
        visible: opacity > 0
        opacity: list.moving && text !== "" ? 1 : 0
        text: root.messages.dayAt(list.indexAt(list.width / 2, list.contentY + Theme.header))
        onClicked: root.chooseDateFromView()
    }
    IconButton {
        objectName: "toEndButton"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.l
        visible: !list.isAtEnd && list.count > 0
        iconName: "down"
        label: qsTr("To the newest message")
        fill: Theme.raised
        onClicked: root.stickToEnd()
        Rectangle {
            anchors.fill: parent
            radius: height / 2
            color: "transparent"
            border.color: Theme.border
        }
        UnreadBadge {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.top
            anchors.bottomMargin: -Theme.s
            count: root.conversation.unread
            isMuted: root.conversation.isMuted
        }
    }
}
