// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models
import Dunlin.Pictures

// The pictures of a message in their places, with how far they are sent.
Item {
    id: album

    required property var pictures
    required property ConversationController conversation
    required property real uploadProgress
    // Whether it is on screen: animations move, and keys get here.
    required property bool isPlaying
    readonly property bool isSending: uploadProgress >= 0
    signal opened(int place)
    signal cancelled()

    Repeater {
        model: album.pictures.items ? album.pictures.items.length : 0
        delegate: PictureItem {
            id: picture
            objectName: "messagePicture"
            required property int index
            readonly property var item: album.pictures.items[index] ?? {}

            x: item.x * album.width
            y: item.y * album.width
            width: item.w * album.width
            height: item.h * album.width
            radius: Theme.radiusPicture
            blobs: album.conversation.blobs
            blobId: item.blobId
            file: item.file
            preview: item.preview
            isAnimated: item.isAnimated
            isActive: album.isPlaying
            // Not where nobody sees it: there are rows beyond what is shown.
            activeFocusOnTab: album.isPlaying
            Accessible.role: Accessible.Button
            Accessible.name: isAnimated ? qsTr("Animation, open") : qsTr("Photo, open")
            Accessible.onPressAction: album.opened(index)
            Keys.onReturnPressed: album.opened(index)
            Keys.onEnterPressed: album.opened(index)

            Rectangle {
                anchors.fill: parent
                z: -1
                radius: Theme.radiusPicture
                color: Theme.field
            }
            Icon {
                anchors.centerIn: parent
                visible: picture.status >= PictureItem.Unavailable && !album.isSending
                name: picture.status === PictureItem.Unavailable ? "clock" : "failed"
                color: Theme.textMuted
            }
            ProgressRing {
                anchors.centerIn: parent
                width: Theme.control
                height: width
                visible: picture.status === PictureItem.Loading && picture.progress > 0
                value: picture.progress
                trackColor: Theme.scrim
                color: Theme.scrimText
            }
            FocusRing { around: picture; radius: Theme.radiusPicture }
            TapHandler { onTapped: album.opened(picture.index) }
            HoverHandler { cursorShape: Qt.PointingHandCursor }
        }
    }
    Loader {
        anchors.centerIn: parent
        active: album.isSending
        sourceComponent: Rectangle {
            implicitWidth: Theme.ring
            implicitHeight: Theme.ring
            radius: width / 2
            color: Theme.scrim

            ProgressRing {
                objectName: "uploadRing"
                Accessible.role: Accessible.ProgressBar
                Accessible.name: qsTr("%1 sent").arg(Words.percent(Math.round(value * 100)))
                anchors.fill: parent
                anchors.margins: Theme.xs
                value: album.uploadProgress
                color: Theme.scrimText
            }
            IconButton {
                objectName: "cancelUploadButton"
                anchors.centerIn: parent
                iconName: "close"
                label: qsTr("Do not send")
                color: Theme.scrimText
                onClicked: album.cancelled()
            }
        }
    }
}
