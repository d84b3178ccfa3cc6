// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// One word of those that exclude each other. Qt 6.4 knows the role of a control by its type alone.
T.RadioButton {
    id: choice

    implicitWidth: Math.max(80, contentItem.implicitWidth + 2 * Theme.l)
    implicitHeight: Theme.control
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.textNormal
    font.weight: Font.Medium
    Accessible.name: text
    Accessible.onPressAction: if (enabled) clicked()
    Accessible.onToggleAction: if (enabled) clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: ButtonFace { control: choice; isFilled: choice.checked }
    contentItem: Text {
        text: choice.text
        font: choice.font
        color: choice.checked ? Theme.accentText : Theme.accent
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
}
