// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// One of the parts of a page, to be opened.
T.TabButton {
    id: tab

    required property string iconName
    required property bool isCurrent
    required property bool hasKeys

    implicitWidth: row.implicitWidth + 2 * Theme.s
    implicitHeight: Theme.control
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    checked: isCurrent
    Accessible.name: text
    Accessible.selected: isCurrent
    Accessible.onPressAction: if (enabled) clicked()

    background: Rectangle {
        radius: Theme.s
        color: tab.isCurrent ? Theme.selected : tab.hovered ? Theme.hovered : "transparent"
        border.width: tab.hasKeys ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    Row {
        id: row
        anchors.verticalCenter: parent.verticalCenter
        x: tab.mirrored ? parent.width - width - Theme.s : Theme.s
        spacing: Theme.s
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: tab.iconName
            color: tab.isCurrent ? Theme.accent : Theme.textMuted
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: tab.text
            color: Theme.text
            font.pixelSize: Theme.textNormal
        }
    }
}
