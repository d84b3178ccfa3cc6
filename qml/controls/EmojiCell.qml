// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import QtQuick.Controls.Basic as B
import Dunlin

// One emoji to be picked.
T.Button {
    id: cell

    required property string emoji
    required property string name
    // The arrow keys are here.
    property bool isCurrent: false
    property bool isChosen: false
    signal tonesWanted()

    implicitWidth: Theme.emojiCell
    implicitHeight: Theme.emojiCell
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.onPressAction: if (enabled) clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    onPressAndHold: tonesWanted()

    B.ToolTip.visible: hovered && !pressed
    B.ToolTip.delay: 600
    B.ToolTip.text: name

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: cell.tonesWanted()
    }
    background: Rectangle {
        radius: Theme.s
        color: cell.isChosen ? Theme.selected : cell.hovered || cell.isCurrent ? Theme.hovered : "transparent"
        border.width: cell.isCurrent || cell.visualFocus ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    contentItem: Text {
        text: cell.emoji
        textFormat: Text.PlainText
        font.family: Theme.emojiFont
        font.pixelSize: Theme.emojiSize
        color: Theme.text
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
}
