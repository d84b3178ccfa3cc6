// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models
import Dunlin.Desktop
import Dunlin.Pictures

// One picture over everything: zoom with the wheel, drag, arrows to the conversation's others.
Rectangle {
    id: page
    objectName: "pictureViewer"

    required property ConversationController conversation
    readonly property ViewerController viewer: conversation.viewer
    // 1: all of it is seen.
    property real zoom: 1
    readonly property real zoomMax: 8

    function zoomTo(wanted, point) {
        const to = Math.max(1, Math.min(zoomMax, wanted))
        const x = (flick.contentX + point.x) / zoom
        const y = (flick.contentY + point.y) / zoom
        zoom = to
        flick.contentX = Math.max(0, Math.min(flick.contentWidth - flick.width, x * to - point.x))
        flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, y * to - point.y))
    }
    function middle() { return Qt.point(flick.width / 2, flick.height / 2) }

    visible: viewer.isOpen
    color: Theme.viewer
    focus: visible
    onVisibleChanged: if (visible) forceActiveFocus()
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Photo from %1").arg(Words.isolated(viewer.senderName))

    Keys.onLeftPressed: Words.areFromRight ? viewer.showNewer() : viewer.showOlder()
    Keys.onRightPressed: Words.areFromRight ? viewer.showOlder() : viewer.showNewer()
    Keys.onPressed: (event) => {
        event.accepted = true
        if (event.matches(StandardKey.Save))
            picker.pickPlace(viewer.fileName)
        else if (event.matches(StandardKey.Copy))
            viewer.copy()
        else if (event.key === Qt.Key_Plus || event.key === Qt.Key_Equal)
            zoomTo(zoom * 1.25, middle())
        else if (event.key === Qt.Key_Minus)
            zoomTo(zoom / 1.25, middle())
        else if (event.key === Qt.Key_0)
            zoomTo(1, middle())
        else
            event.accepted = false
    }
    Connections {
        target: page.viewer
        function onChanged() { page.zoom = 1 }
    }
    FilePicker { id: picker; onPicked: (files) => page.viewer.save(files[0]) }

    // Nothing below is touched.
    MouseArea { anchors.fill: parent; acceptedButtons: Qt.AllButtons; onWheel: (wheel) => wheel.accepted = true }

    Flickable {
        id: flick
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: bar.bottom
        anchors.bottom: captionBox.top
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: page.zoom > 1
        contentWidth: width * page.zoom
        contentHeight: height * page.zoom

        PictureItem {
            id: picture
            objectName: "viewedPicture"
            width: flick.contentWidth
            height: flick.contentHeight
            isFitted: true
            // As much as a screen shows when it is zoomed, and not what fills the memory.
            decodedSize: Qt.size(Math.min(4096, page.viewer.imageWidth), Math.min(4096, page.viewer.imageHeight))
            blobs: page.conversation.blobs
            blobId: page.viewer.blobId
            file: page.viewer.file
            preview: page.viewer.preview
            isAnimated: page.viewer.isAnimated
            isActive: page.visible
        }
        TapHandler {
            onDoubleTapped: (point) => page.zoomTo(page.zoom > 1 ? 1 : 3, flick.mapFromItem(flick.contentItem, point.position))
        }
        WheelHandler {
            onWheel: (wheel) => page.zoomTo(page.zoom * Math.pow(1.0015, wheel.angleDelta.y), Qt.point(point.position.x - flick.contentX, point.position.y - flick.contentY))
        }
    }
    ProgressRing {
        anchors.centerIn: flick
        width: Theme.ring
        height: width
        visible: picture.status === PictureItem.Loading
        value: picture.progress
        trackColor: Theme.scrim
        color: Theme.scrimText
    }
    Text {
        anchors.centerIn: flick
        width: Math.min(Theme.card, flick.width)
        visible: picture.status >= PictureItem.Unavailable
        text: picture.status === PictureItem.Unavailable ? qsTr("The picture cannot be loaded now. Dunlin tries again by itself.")
            : picture.status === PictureItem.Gone ? qsTr("This picture is not there any more.")
            : qsTr("This picture is damaged.")
        color: Theme.scrimText
        font.pixelSize: Theme.textLarge
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    RowLayout {
        id: bar
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.s
        height: Theme.header
        spacing: Theme.xs
        Text {
            Layout.maximumWidth: bar.width / 2
            text: page.viewer.senderName
            textFormat: Text.PlainText
            color: Theme.scrimText
            font.pixelSize: Theme.textNormal
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Text {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.s
            text: page.viewer.timeText
            color: Theme.scrimTextMuted
            font.pixelSize: Theme.textNormal
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        IconButton { objectName: "copyPictureButton"; iconName: "copy"; label: qsTr("Copy"); color: Theme.scrimText; onClicked: page.viewer.copy() }
        IconButton { objectName: "savePictureButton"; iconName: "save"; label: qsTr("Save"); color: Theme.scrimText; onClicked: picker.pickPlace(page.viewer.fileName) }
        IconButton { objectName: "closeViewerButton"; iconName: "close"; label: qsTr("Close"); color: Theme.scrimText; onClicked: page.viewer.close() }
    }
    IconButton {
        objectName: "olderPictureButton"
        anchors.left: parent.left
        anchors.verticalCenter: flick.verticalCenter
        anchors.margins: Theme.l
        visible: page.viewer.hasOlder
        iconName: "older"
        label: qsTr("Earlier photo")
        color: Theme.scrimText
        fill: Theme.scrim
        onClicked: page.viewer.showOlder()
    }
    IconButton {
        objectName: "newerPictureButton"
        anchors.right: parent.right
        anchors.verticalCenter: flick.verticalCenter
        anchors.margins: Theme.l
        visible: page.viewer.hasNewer
        iconName: "newer"
        label: qsTr("Later photo")
        color: Theme.scrimText
        fill: Theme.scrim
        onClicked: page.viewer.showNewer()
    }
    Item {
        id: captionBox
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: caption.visible ? caption.height + 2 * Theme.l : Theme.l
        Text {
            id: caption
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.l, Theme.bubbleMax)
            visible: text !== ""
            text: page.viewer.caption
            textFormat: Text.PlainText
            color: Theme.scrimText
            font.pixelSize: Theme.textLarge
            wrapMode: Text.Wrap
            maximumLineCount: 5
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
