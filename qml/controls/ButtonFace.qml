// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// What is behind the word of a button; filled when it is the main thing, or what is chosen.
Rectangle {
    required property T.AbstractButton control
    required property bool isFilled

    radius: Theme.radius
    color: isFilled ? Theme.accentFill : control.hovered ? Theme.hovered : "transparent"
    opacity: !control.enabled ? 0.5 : control.pressed || (isFilled && control.hovered) ? 0.9 : 1
    border.width: control.visualFocus ? Theme.focusRing : 0
    border.color: isFilled ? Theme.text : Theme.accent
}
