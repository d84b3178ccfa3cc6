// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// The message that is answered or edited, above the field.
Item {
    id: bar

    required property ComposerController controller

    visible: controller.isReplying || controller.isEditing
    implicitHeight: visible ? texts.height + 2 * Theme.xs : 0

    Icon {
        id: mark
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.leftMargin: Theme.s
        name: bar.controller.isEditing ? "edit" : "reply"
        color: Theme.accent
    }
    Rectangle {
        id: line
        anchors.left: mark.right
        anchors.leftMargin: Theme.s
        anchors.verticalCenter: parent.verticalCenter
        width: 2
        height: texts.height
        color: Theme.accent
    }
    Column {
        id: texts
        anchors.left: line.right
        anchors.leftMargin: Theme.s
        anchors.right: cancel.left
        anchors.verticalCenter: parent.verticalCenter
        Text {
            objectName: "targetTitle"
            width: parent.width
            text: bar.controller.targetTitle
            textFormat: Text.PlainText
            color: Theme.accent
            font.pixelSize: Theme.textNormal
            font.weight: Font.Medium
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Text {
            width: parent.width
            text: bar.controller.targetText
            textFormat: Text.PlainText
            color: Theme.textMuted
            font.pixelSize: Theme.textNormal
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    IconButton {
        id: cancel
        objectName: "cancelTargetButton"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "close"
        label: bar.controller.isEditing ? qsTr("Cancel editing") : qsTr("Do not reply")
        onClicked: bar.controller.cancelTarget()
    }
}
