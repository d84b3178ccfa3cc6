// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// A button with a word on it; filled when it is the main thing to do.
T.Button {
    id: button

    property bool isMain: false
    property bool isDangerous: false
    readonly property color foreground: isMain ? Theme.accentText
                                      : isDangerous ? Theme.danger : Theme.accent

    implicitWidth: Math.max(80, contentItem.implicitWidth + 2 * Theme.l)
    implicitHeight: Theme.control
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.pixelSize: Theme.textNormal
    font.weight: Font.Medium
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: if (enabled) clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: ButtonFace { control: button; isFilled: button.isMain }
    contentItem: Text {
        text: button.text
        font: button.font
        color: button.foreground
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
}
