// SPDX-License-Identifier: Apache-2.0
import QtQuick.Controls.Basic as B
import QtQuick
import Dunlin

// What opens over the page in our colours. Its title is its name to who does not see it: of all
// popups, Qt names dialogs only.
B.Dialog {
    focus: true
    header: null
    footer: null
    closePolicy: B.Popup.CloseOnEscape | B.Popup.CloseOnPressOutside
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.border
    }
}
