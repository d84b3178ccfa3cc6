// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// The reactions that people give most, and the way to all others.
Row {
    id: bar

    // The one that was given; picked again it is taken back by who handles picked.
    property string chosen: ""
    readonly property var quick: ["\u{1F44D}", "\u2764\uFE0F", "\u{1F602}", "\u{1F62E}", "\u{1F622}", "\u{1F64F}"]
    readonly property var names: [qsTr("Thumbs up"), qsTr("Heart"), qsTr("Laughing"), qsTr("Surprised"), qsTr("Sad"), qsTr("Thank you")]
    signal picked(string emoji)
    signal moreRequested()

    function focusFirst() { (cells.itemAt(0) as EmojiCell).forceActiveFocus(Qt.TabFocusReason) }

    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Reactions")

    Repeater {
        id: cells
        model: bar.quick
        delegate: EmojiCell {
            id: cell
            required property int index
            required property string modelData
            objectName: "reactionCell"
            emoji: modelData
            name: isChosen ? qsTr("%1, your reaction").arg(bar.names[index]) : bar.names[index]
            isChosen: bar.chosen === modelData
            focusPolicy: Qt.StrongFocus
            KeyNavigation.right: index + 1 < cells.count ? cells.itemAt(index + 1) : more
            KeyNavigation.left: cells.itemAt(index - 1)
            onClicked: bar.picked(cell.emoji)
        }
    }
    IconButton {
        id: more
        objectName: "moreReactionsButton"
        width: Theme.emojiCell
        height: Theme.emojiCell
        iconName: "down"
        label: qsTr("More reactions")
        KeyNavigation.left: cells.itemAt(cells.count - 1)
        onClicked: bar.moreRequested()
    }
}
