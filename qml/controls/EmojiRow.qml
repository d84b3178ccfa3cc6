// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// A few emoji side by side in a popup, such as the tones of one. The arrow keys move, Enter picks.
AppPopup {
    id: row

    property var emoji: []
    // What screen readers say of each, in the same order.
    property var names: []
    signal picked(int index, string emoji)

    title: qsTr("Skin tones")
    padding: Theme.xs
    onOpened: focusTimer.start()
    // Once the popup has given the focus to itself.
    Timer {
        id: focusTimer
        interval: 0
        onTriggered: if (cells.count > 0) (cells.itemAt(0) as EmojiCell).forceActiveFocus(Qt.PopupFocusReason)
    }
    Row {
        Repeater {
            id: cells
            model: row.emoji
            delegate: EmojiCell {
                id: cell
                required property int index
                required property string modelData
                objectName: "toneCell"
                emoji: modelData
                name: row.names[index] ?? ""
                focusPolicy: Qt.StrongFocus
                KeyNavigation.right: cells.itemAt(index + 1)
                KeyNavigation.left: cells.itemAt(index - 1)
                onClicked: {
                    row.close()
                    row.picked(cell.index, cell.emoji)
                }
            }
        }
    }
}
