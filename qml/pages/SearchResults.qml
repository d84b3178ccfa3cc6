// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models

// What the search has found, by kind.
ListView {
    id: list

    required property AppController app
    signal opened()

    function open(kind, userId, conversationId, seq) {
        if (kind === SearchModel.PersonKind)
            app.startConversation(userId)
        else if (kind === SearchModel.MessageKind)
            app.conversation.openAt(conversationId, seq)
        else
            app.conversation.open(conversationId)
        if (kind !== SearchModel.MessageKind)
            app.search.query = ""
        opened()
    }
    function openCurrent() {
        const result = currentItem as T.ItemDelegate
        if (result)
            result.clicked()
    }

    // What Enter in the search field opens.
    onCountChanged: currentIndex = count > 0 ? 0 : -1
    clip: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    model: app.search
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Search results")
    Keys.onReturnPressed: openCurrent()
    Keys.onEnterPressed: openCurrent()
    B.ScrollBar.vertical: B.ScrollBar {}

    section.property: "section"
    section.delegate: Text {
        required property string section
        width: ListView.view.width
        padding: Theme.m
        bottomPadding: Theme.xs
        text: section
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    footer: Text {
        width: ListView.view.width
        padding: Theme.m
        visible: text !== ""
        text: list.app.search.isSearching ? qsTr("Searching...")
            : list.app.search.notice !== "" ? list.app.search.notice
            : list.count === 0 ? qsTr("Nothing found") : ""
        color: Theme.textMuted
        font.pixelSize: Theme.textNormal
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    delegate: T.ItemDelegate {
        id: result

        required property int kind
        required property string title
        required property string subtitle
        required property string initials
        required property int colorIndex
        required property string avatarBlobId
        required property string timeText
        required property string userId
        required property string conversationId
        required property var seq

        width: ListView.view.width
        implicitHeight: Theme.row
        hoverEnabled: true
        Accessible.role: Accessible.ListItem
        Accessible.name: title + ", " + subtitle
        Accessible.onPressAction: if (enabled) clicked()
        onClicked: list.open(result.kind, result.userId, result.conversationId, result.seq)

        background: Rectangle {
            color: result.hovered ? Theme.hovered : "transparent"
            border.width: result.ListView.isCurrentItem && list.activeFocus ? Theme.focusRing : 0
            border.color: Theme.accent
        }
        contentItem: RowLayout {
            spacing: Theme.m
            Avatar {
                Layout.leftMargin: Theme.m
                initials: result.initials
                colorIndex: result.colorIndex
                blobs: list.app.blobs
                blobId: result.avatarBlobId
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.rightMargin: Theme.m
                spacing: Theme.xs
                RowLayout {
                    Text {
                        Layout.fillWidth: true
                        text: result.title
                        textFormat: Text.PlainText
                        color: Theme.text
                        font.pixelSize: Theme.textNormal
                        font.weight: Font.Medium
                        horizontalAlignment: Text.AlignLeft
                        elide: Text.ElideRight
                    }
                    Text {
                        text: result.timeText
                        color: Theme.textMuted
                        font.pixelSize: Theme.textSmall
                    }
                }
                Text {
                    Layout.fillWidth: true
                    text: result.subtitle
                    textFormat: Text.PlainText
                    color: Theme.textMuted
                    font.pixelSize: Theme.textNormal
                    horizontalAlignment: Text.AlignLeft
                    elide: Text.ElideRight
                }
            }
        }
    }
}
