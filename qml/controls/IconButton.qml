// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import QtQuick.Controls.Basic as B
import Dunlin

// A round button that is only an icon; label is what screen readers and the tooltip say.
T.Button {
    id: button

    required property string iconName
    required property string label
    property color color: Theme.textMuted
    property color fill: "transparent"

    implicitWidth: Theme.control
    implicitHeight: Theme.control
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: if (enabled) clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    B.ToolTip.visible: hovered && !pressed
    B.ToolTip.delay: 600
    B.ToolTip.text: label

    background: Rectangle {
        radius: height / 2
        color: button.fill.a > 0 ? button.fill
             : button.hovered || button.pressed ? Theme.hovered : "transparent"
        opacity: button.enabled ? 1 : 0.5
        border.width: button.visualFocus ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            color: button.color
            opacity: button.enabled ? 1 : 0.5
        }
    }
}
