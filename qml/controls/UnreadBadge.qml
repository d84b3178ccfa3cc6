// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// How many messages are unread; quiet for a muted conversation.
Rectangle {
    id: badge

    required property int count
    property bool isMuted: false

    visible: count > 0
    implicitHeight: Theme.icon
    implicitWidth: Math.max(implicitHeight, number.implicitWidth + Theme.m)
    radius: implicitHeight / 2
    color: isMuted ? Theme.badgeMuted : Theme.accentFill

    Text {
        id: number
        anchors.centerIn: parent
        text: badge.count > 999 ? Words.number(999) + "+" : Words.number(badge.count)
        color: Theme.accentText
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
    }
}
