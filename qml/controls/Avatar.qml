// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// Initials on a colour, with a dot when the person is online.
Rectangle {
    id: avatar

    required property string initials
    required property int colorIndex
    property bool isOnline: false
    property color around: Theme.window
    property int size: Theme.avatar

    width: size
    height: size
    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.avatars[Math.max(0, colorIndex - 1) % Theme.avatars.length]
    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        text: avatar.initials
        color: Theme.accentText
        font.pixelSize: Math.round(avatar.size * 0.38)
        font.weight: Font.Medium
    }
    Rectangle {
        visible: avatar.isOnline
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: Math.round(avatar.size * 0.3)
        height: width
        radius: width / 2
        color: Theme.online
        border.width: 2
        border.color: avatar.around
    }
}
