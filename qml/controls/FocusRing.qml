// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// Shows that what it is in has the keyboard.
Rectangle {
    required property Item around

    anchors.fill: around
    visible: around.activeFocus
    radius: Theme.radiusSmall
    color: "transparent"
    border.width: Theme.focusRing
    border.color: Theme.accent
}
