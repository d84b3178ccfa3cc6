// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import QtQuick.Controls.Basic as B
import Dunlin

// The reactions to a message; a click adds the own one or takes it back.
Row {
    id: row

    // See reactionsValue().
    required property var reactions
    required property bool isOnScreen
    signal toggled(string emoji)

    spacing: Theme.xs
    Repeater {
        model: row.reactions
        delegate: T.Button {
            id: pill
            objectName: "reactionPill"
            required property var modelData
            implicitWidth: content.width + 2 * Theme.s
            implicitHeight: Theme.xl
            focusPolicy: row.isOnScreen ? Qt.TabFocus : Qt.NoFocus
            hoverEnabled: true
            Accessible.role: Accessible.Button
            Accessible.name: modelData.emoji + ", " + modelData.names
            Accessible.onPressAction: clicked()
            onClicked: row.toggled(modelData.emoji)
            B.ToolTip.visible: hovered
            B.ToolTip.delay: 500
            B.ToolTip.text: modelData.names
            background: Rectangle {
                radius: height / 2
                color: pill.modelData.isOwn ? Theme.selected : Theme.raised
                border.width: pill.visualFocus ? Theme.focusRing : 1
                border.color: pill.modelData.isOwn || pill.visualFocus ? Theme.accent : Theme.border
            }
            Row {
                id: content
                anchors.centerIn: parent
                spacing: Theme.xs
                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    text: pill.modelData.emoji
                    textFormat: Text.PlainText
                    font.pixelSize: Theme.textLarge
                }
                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: pill.modelData.count > 1
                    text: Words.number(pill.modelData.count)
                    color: Theme.text
                    font.pixelSize: Theme.textSmall
                }
            }
        }
    }
}
