// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// What opens over the page in our colours. Its title is its name for screen readers: of all popups, Qt
// names dialogs only.
T.Dialog {
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    focus: true
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.border
    }
    T.Overlay.modal: Rectangle { color: Qt.rgba(0, 0, 0, 0.5) }
}
