// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin

// What a section says, in quiet words.
Text {
    Layout.fillWidth: true
    color: Theme.textMuted
    textFormat: Text.PlainText
    font.pixelSize: Theme.textNormal
    wrapMode: Text.Wrap
    horizontalAlignment: Text.AlignLeft
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
