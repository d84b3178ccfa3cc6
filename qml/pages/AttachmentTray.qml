// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models
import Dunlin.Pictures

// The pictures that go with the next message, above the field for its words.
Column {
    id: tray

    required property AttachmentListModel attachments

    spacing: Theme.xs

    Text {
        objectName: "attachmentProblem"
        width: parent.width
        visible: text !== ""
        text: tray.attachments.problemText
        textFormat: Text.PlainText
        color: Theme.danger
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    ListView {
        objectName: "attachmentList"
        width: parent.width
        height: Theme.attachment
        visible: count > 0
        orientation: ListView.Horizontal
        spacing: Theme.s
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: tray.attachments
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Pictures to send")
        B.ScrollBar.horizontal: B.ScrollBar {}

        delegate: Rectangle {
            id: attachment
            objectName: "attachment"
            required property int index
            required property string file
            required property bool isReady
            required property string sizeText

            width: Theme.attachment
            height: Theme.attachment
            radius: Theme.radius
            color: Theme.field
            Accessible.role: Accessible.ListItem
            Accessible.name: isReady ? qsTr("Photo, %1").arg(sizeText) : qsTr("Photo, being prepared")

            PictureItem {
                anchors.fill: parent
                radius: Theme.radius
                file: attachment.file
            }
            B.BusyIndicator {
                anchors.centerIn: parent
                visible: !attachment.isReady
                running: visible
                implicitWidth: Theme.control
                implicitHeight: Theme.control
            }
            Rectangle {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                anchors.margins: Theme.xs
                visible: attachment.isReady
                width: size.implicitWidth + Theme.s
                height: size.implicitHeight + Theme.xs
                radius: height / 2
                color: Theme.scrim
                Text {
                    id: size
                    anchors.centerIn: parent
                    text: attachment.sizeText
                    color: Theme.scrimText
                    font.pixelSize: Theme.textSmall
                }
            }
            IconButton {
                objectName: "removeAttachmentButton"
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.xs
                width: Theme.xl
                height: Theme.xl
                iconName: "close"
                label: qsTr("Remove")
                color: Theme.scrimText
                fill: Theme.scrim
                onClicked: tray.attachments.remove(attachment.index)
            }
        }
    }
    B.AbstractButton {
        id: original
        objectName: "originalBox"
        visible: tray.attachments.count > 0
        focusPolicy: Qt.StrongFocus
        checkable: true
        checked: tray.attachments.isOriginal
        onToggled: tray.attachments.isOriginal = checked
        function flip() { tray.attachments.isOriginal = !tray.attachments.isOriginal }
        Keys.onReturnPressed: flip()
        Keys.onEnterPressed: flip()
        text: qsTr("Send original size")
        Accessible.role: Accessible.CheckBox
        Accessible.name: text
        Accessible.onPressAction: flip()
        Accessible.onToggleAction: flip()
        contentItem: Row {
            spacing: Theme.s
            Rectangle {
                width: Theme.icon
                height: Theme.icon
                radius: Theme.radiusSmall
                color: original.checked ? Theme.accentFill : "transparent"
                border.width: original.visualFocus ? Theme.focusRing : 1
                border.color: original.visualFocus ? Theme.accent : Theme.textMuted
                Icon {
                    anchors.centerIn: parent
                    visible: original.checked
                    name: "check"
                    size: Theme.iconSmall
                    color: Theme.accentText
                }
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: original.text
                color: Theme.text
                font.pixelSize: Theme.textNormal
            }
        }
    }
}
