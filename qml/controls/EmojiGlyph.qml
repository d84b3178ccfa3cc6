// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// An emoji among very many: no more than it takes to draw one. Who shows them handles the mouse and
// the keys for all.
Item {
    id: glyph

    required property string emoji
    // The same as it is drawn.
    required property string shown
    required property string name
    property bool isCurrent: false
    property bool isHovered: false

    Accessible.role: Accessible.Button
    Accessible.name: name

    Rectangle {
        anchors.fill: parent
        visible: glyph.isCurrent || glyph.isHovered
        radius: Theme.s
        color: Theme.hovered
        border.width: glyph.isCurrent ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    Text {
        anchors.centerIn: parent
        text: glyph.shown
        textFormat: Text.PlainText
        font.family: Theme.emojiFont
        font.pixelSize: Theme.emojiSize
        color: Theme.text
        Accessible.ignored: true
    }
}
