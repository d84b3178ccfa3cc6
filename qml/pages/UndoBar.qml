// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// For some seconds after messages were deleted.
Rectangle {
    id: bar
    objectName: "undoBar"

    required property MessageActions actions

    visible: actions.removedCount > 0
    width: row.width + 2 * Theme.m
    height: Theme.control + Theme.s
    radius: height / 2
    color: Theme.raised
    border.color: Theme.border

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.s
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("%Ln messages deleted", "", bar.actions.removedCount)
            color: Theme.text
            font.pixelSize: Theme.textNormal
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        AppButton {
            objectName: "undoButton"
            text: qsTr("Undo")
            onClicked: bar.actions.undoRemove()
        }
    }
}
