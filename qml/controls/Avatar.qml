// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models
import Dunlin.Pictures

// A person's picture, or initials on a colour, with a dot when the person is online.
Rectangle {
    id: avatar

    required property string initials
    required property int colorIndex
    required property BlobCache blobs
    required property string blobId
    property bool isOnline: false
    property color around: Theme.window
    property int size: Theme.avatar

    width: size
    height: size
    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: picture.isShown ? "transparent"
         : Theme.avatars[Math.max(0, colorIndex - 1) % Theme.avatars.length]
    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        visible: !picture.isShown
        text: avatar.initials
        textFormat: Text.PlainText
        color: Theme.accentText
        font.pixelSize: Math.round(avatar.size * 0.38)
        font.weight: Font.Medium
    }
    PictureItem {
        id: picture
        readonly property bool isShown: status === PictureItem.Ready
        anchors.fill: parent
        visible: avatar.blobId !== ""
        radius: width / 2
        blobs: avatar.blobs
        blobId: avatar.blobId
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
