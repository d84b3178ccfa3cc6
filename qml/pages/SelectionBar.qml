// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Stands in the header's place while messages are selected.
Rectangle {
    id: bar
    objectName: "selectionBar"

    required property MessageActions actions

    visible: actions.isSelecting
    color: Theme.window

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s
        anchors.rightMargin: Theme.s
        spacing: Theme.xs

        IconButton {
            objectName: "clearSelectionButton"
            iconName: "close"
            label: qsTr("Select none")
            onClicked: bar.actions.clearSelection()
        }
        Text {
            Layout.fillWidth: true
            text: qsTr("%Ln selected", "messages", bar.actions.selectedCount)
            color: Theme.text
            font.pixelSize: Theme.textLarge
            font.weight: Font.Medium
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        IconButton {
            iconName: "copy"
            label: qsTr("Copy")
            onClicked: bar.actions.copySelected()
        }
        IconButton {
            objectName: "forwardSelectedButton"
            iconName: "forward"
            label: qsTr("Forward")
            onClicked: bar.actions.startForwardSelected()
        }
        IconButton {
            objectName: "deleteSelectedButton"
            iconName: "trash"
            label: qsTr("Delete")
            onClicked: menu.popup(this, 0, height)
            AppMenu {
                id: menu
                title: qsTr("Delete")
                B.Action {
                    text: qsTr("Delete for me")
                    onTriggered: bar.actions.removeSelected(false)
                }
                B.Action {
                    text: qsTr("Delete for everyone")
                    enabled: bar.actions.canDeleteForEveryone
                    onTriggered: bar.actions.removeSelected(true)
                }
            }
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 1
        color: Theme.border
    }
}
