// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// The left pane: search, the connection while there is none, and the conversations or what was
// found.
Rectangle {
    id: pane

    required property AppController app
    signal settingsWanted()
    signal conversationWanted()

    function focusSearch() { searchField.forceActiveFocus(Qt.ShortcutFocusReason) }

    color: Theme.surface

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.header
            Layout.leftMargin: Theme.m
            Layout.rightMargin: Theme.s
            spacing: Theme.s

            B.TextField {
                id: searchField
                objectName: "searchField"
                Layout.fillWidth: true
                implicitHeight: Theme.control
                readonly property real besideIcon: 2 * Theme.s + Theme.iconSmall
                leftPadding: Words.areFromRight ? Theme.m : besideIcon
                rightPadding: Words.areFromRight ? besideIcon : Theme.m
                horizontalAlignment: TextInput.AlignLeft
                text: pane.app.search.query
                font.pixelSize: Theme.textNormal
                color: Theme.text
                placeholderText: qsTr("Search")
                placeholderTextColor: Theme.textMuted
                selectByMouse: true
                Accessible.name: qsTr("Search people and messages")
                onTextEdited: pane.app.search.query = text
                Keys.onDownPressed: (pane.app.search.isActive ? results : conversations).forceActiveFocus(Qt.TabFocusReason)
                onAccepted: results.openCurrent()
                background: Rectangle {
                    radius: height / 2
                    color: Theme.field
                    border.width: searchField.activeFocus ? Theme.focusRing : 0
                    border.color: Theme.accent
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.left: parent.left
                        anchors.leftMargin: Theme.s
                        name: "search"
                        color: Theme.textMuted
                        size: Theme.iconSmall
                    }
                }
            }
            IconButton {
                objectName: "settingsButton"
                iconName: "settings"
                label: qsTr("Settings")
                onClicked: pane.settingsWanted()
            }
        }

        Rectangle {
            id: stateLine
            function act() { pane.app.storeText !== "" ? pane.app.dismissStoreText() : pane.app.reconnect() }
            Layout.fillWidth: true
            activeFocusOnTab: true
            Keys.onReturnPressed: act()
            Keys.onEnterPressed: act()
            Keys.onSpacePressed: act()
            Accessible.role: Accessible.Button
            Accessible.name: pane.app.storeText !== "" ? qsTr("Close this note") : qsTr("Connect now")
            Accessible.onPressAction: act()
            implicitHeight: connectionLine.implicitHeight + 2 * Theme.s
            visible: connectionLine.text !== ""
            color: Theme.pill
            Text {
                id: connectionLine
                objectName: "connectionLine"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.margins: Theme.m
                text: pane.app.storeText || pane.app.connectionText
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            FocusRing { around: stateLine }
            TapHandler { onTapped: stateLine.act() }
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ListView {
                id: conversations
                objectName: "conversationList"
                anchors.fill: parent
                visible: !pane.app.search.isActive
                clip: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                boundsBehavior: Flickable.StopAtBounds
                model: pane.app.conversations
                reuseItems: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Conversations")
                B.ScrollBar.vertical: B.ScrollBar {}
                // The keys begin where the eyes are.
                onActiveFocusChanged: {
                    const open = pane.app.conversations.rowOf(pane.app.conversation.conversationId)
                    if (activeFocus)
                        currentIndex = Math.max(0, open >= 0 ? open : currentIndex)
                }
                Keys.onReturnPressed: openCurrent()
                Keys.onEnterPressed: openCurrent()
                function openCurrent() {
                    pane.app.conversation.open(pane.app.conversations.idAt(currentIndex))
                    pane.conversationWanted()
                }
                delegate: ConversationRow {
                    id: row
                    width: ListView.view.width
                    blobs: pane.app.blobs
                    isOpen: pane.app.conversation.conversationId === row.conversationId
                    hasKeys: ListView.isCurrentItem && conversations.activeFocus
                    onPinChosen: (pinned) => pane.app.conversations.setPinned(row.conversationId, pinned)
                    onMuteChosen: (muted) => pane.app.conversations.setMuted(row.conversationId, muted)
                    onChosen: {
                        conversations.currentIndex = row.index
                        conversations.openCurrent()
                    }
                }
            }
            EmptyState {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.xl
                visible: conversations.visible && conversations.count === 0 && pane.app.conversations.isLoaded
                iconName: "search"
                title: qsTr("No conversations yet")
                hint: qsTr("Search for somebody to write to.")
            }
            SearchResults {
                id: results
                objectName: "searchResults"
                anchors.fill: parent
                visible: pane.app.search.isActive
                app: pane.app
                onOpened: pane.conversationWanted()
            }
        }
    }
}
