// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// Where there is nothing yet: what this place is for, and what to do.
Column {
    id: empty

    required property string iconName
    required property string title
    property string hint: ""

    spacing: Theme.s

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: empty.iconName
        size: 2 * Theme.icon
        color: Theme.textMuted
    }
    Text {
        width: parent.width
        text: empty.title
        textFormat: Text.PlainText
        color: Theme.text
        font.pixelSize: Theme.textLarge
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Text {
        width: parent.width
        visible: text !== ""
        text: empty.hint
        textFormat: Text.PlainText
        color: Theme.textMuted
        font.pixelSize: Theme.textNormal
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
