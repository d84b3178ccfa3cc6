// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models

// All emoji: what is typed searches, the arrow keys move, Enter picks, Esc closes. A right click or
// Shift+Enter offers an emoji's skin tones.
AppPopup {
    id: picker

    required property EmojiModel model
    signal picked(string emoji)

    readonly property var toneNames: [qsTr("No skin tone"), qsTr("Light skin tone"), qsTr("Medium-light skin tone"),
                                      qsTr("Medium skin tone"), qsTr("Medium-dark skin tone"), qsTr("Dark skin tone")]
    readonly property var hands: ["\u270B", "\u270B\u{1F3FB}", "\u270B\u{1F3FC}", "\u270B\u{1F3FD}", "\u270B\u{1F3FE}", "\u270B\u{1F3FF}"]

    function pick(emoji) {
        if (emoji === "")
            return
        model.use(emoji)
        close()
        picked(emoji)
    }
    function offerTones(row, item) {
        const found = model.tonesAt(row)
        if (found.length === 0)
            return
        tones.isDefault = false
        tones.emoji = found
        tones.openAt(item)
    }

    objectName: "emojiPicker"
    title: qsTr("Emoji")
    readonly property size room: T.Overlay.overlay ? Qt.size(T.Overlay.overlay.width - 2 * margins, T.Overlay.overlay.height - 2 * margins)
                                                   : Qt.size(10000, 10000)
    width: Math.min(Theme.emojiColumns * Theme.emojiCell + 2 * padding + Theme.s, room.width)
    height: Math.min(7 * Theme.emojiCell + search.height + tabs.height + bottom.height + 2 * padding + 3 * Theme.xs,
                     room.height)
    margins: Theme.s
    padding: Theme.s
    onAboutToShow: {
        model.load()
        search.text = ""
        grid.positionViewAtBeginning()
        search.forceActiveFocus(Qt.PopupFocusReason)
    }

    EmojiRow {
        id: tones
        property bool isDefault: false
        function openAt(item) {
            const place = item.mapToItem(picker.contentItem, 0, 0)
            x = Math.max(0, Math.min(picker.availableWidth - implicitWidth, place.x))
            y = place.y > implicitHeight ? place.y - implicitHeight : place.y + item.height
            open()
        }
        names: picker.toneNames
        onPicked: (index, emoji) => {
            picker.model.defaultTone = index
            if (isDefault)
                search.forceActiveFocus(Qt.PopupFocusReason)
            else
                picker.pick(emoji)
        }
    }

    FocusScope {
        anchors.fill: parent
        focus: true
        B.TextField {
            id: search
            objectName: "emojiSearch"
            anchors.left: parent.left
            anchors.right: parent.right
            implicitHeight: Theme.control
            leftPadding: Theme.m
            rightPadding: Theme.m
            horizontalAlignment: TextInput.AlignLeft
            LayoutMirroring.enabled: Words.areFromRight // before it is in the popup
            font.pixelSize: Theme.textNormal
            color: Theme.text
            placeholderText: qsTr("Search emoji")
            placeholderTextColor: Theme.textMuted
            selectByMouse: true
            focus: true
            Accessible.name: placeholderText
            onTextChanged: picker.model.query = text
            Keys.onUpPressed: grid.moveCurrentIndexUp()
            Keys.onDownPressed: grid.moveCurrentIndexDown()
            Keys.onLeftPressed: grid.moveCurrentIndexLeft()
            Keys.onRightPressed: grid.moveCurrentIndexRight()
            Keys.onReturnPressed: (event) => grid.pickCurrent(event.modifiers)
            Keys.onEnterPressed: (event) => grid.pickCurrent(event.modifiers)
            background: Rectangle {
                radius: Theme.s
                color: Theme.field
                border.width: search.activeFocus ? Theme.focusRing : 0
                border.color: Theme.accent
            }
        }
        ListView {
            id: tabs
            objectName: "emojiGroups"
            anchors.top: search.bottom
            anchors.topMargin: Theme.xs
            anchors.left: parent.left
            anchors.right: parent.right
            height: Theme.emojiCell
            orientation: ListView.Horizontal
            interactive: contentWidth > width
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            keyNavigationEnabled: false
            model: picker.model.groupNames
            Accessible.role: Accessible.PageTabList
            Accessible.name: qsTr("Kinds of emoji")
            Keys.onLeftPressed: showNext(Words.forward(-1))
            Keys.onRightPressed: showNext(Words.forward(1))
            function showNext(step) { picker.model.group = Math.max(0, Math.min(count - 1, picker.model.group + step)) }
            delegate: EmojiCell {
                id: tab
                required property int index
                required property string modelData
                objectName: "emojiGroup"
                width: tabs.width / tabs.count
                emoji: picker.model.groupSigns[index] ?? ""
                name: modelData
                focusPolicy: Qt.NoFocus
                isChosen: picker.model.group === index && picker.model.query === ""
                isCurrent: isChosen && tabs.activeFocus
                Accessible.role: Accessible.PageTab
                Accessible.selected: isChosen
                onClicked: {
                    search.text = ""
                    picker.model.group = tab.index
                    grid.positionViewAtBeginning()
                }
            }
        }
        GridView {
            id: grid
            objectName: "emojiGrid"
            anchors.top: tabs.bottom
            anchors.topMargin: Theme.xs
            anchors.bottom: bottom.top
            anchors.left: parent.left
            anchors.right: parent.right
            clip: true
            cellWidth: Theme.emojiCell
            cellHeight: Theme.emojiCell
            boundsBehavior: Flickable.StopAtBounds
            model: picker.model
            reuseItems: true
            currentIndex: 0
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Emoji")
            B.ScrollBar.vertical: B.ScrollBar { policy: grid.contentHeight > grid.height ? B.ScrollBar.AlwaysOn : B.ScrollBar.AlwaysOff }
            function pickCurrent(modifiers) {
                if (modifiers & Qt.ShiftModifier && currentItem)
                    picker.offerTones(currentIndex, currentItem)
                else
                    picker.pick(picker.model.emojiAt(currentIndex))
            }
            Connections {
                target: picker.model
                function onModelReset() { grid.currentIndex = 0 }
            }
            // Nothing is made ahead, and each is little: it opens at once.
            cacheBuffer: 0
            delegate: EmojiGlyph {
                id: cell
                required property int index
                objectName: "emojiCell"
                width: grid.cellWidth
                height: grid.cellHeight
                isCurrent: GridView.isCurrentItem
                isHovered: pointer.hoveredIndex === index
                Accessible.onPressAction: picker.pick(cell.emoji)
            }
            MouseArea {
                id: pointer
                property int hoveredIndex: -1
                parent: grid.contentItem
                width: grid.width
                height: grid.contentHeight
                hoverEnabled: true
                acceptedButtons: Qt.LeftButton | Qt.RightButton
                onPositionChanged: (mouse) => hoveredIndex = grid.indexAt(mouse.x, mouse.y)
                onExited: hoveredIndex = -1
                onClicked: (mouse) => {
                    const row = grid.indexAt(mouse.x, mouse.y)
                    if (mouse.button === Qt.RightButton)
                        offer(mouse)
                    else
                        picker.pick(picker.model.emojiAt(row))
                }
                onPressAndHold: (mouse) => offer(mouse)
                function offer(mouse) {
                    const row = grid.indexAt(mouse.x, mouse.y)
                    if (row >= 0)
                        picker.offerTones(row, grid.itemAtIndex(row))
                }
            }
            B.ToolTip {
                parent: pointer.hoveredIndex >= 0 ? grid.itemAtIndex(pointer.hoveredIndex) : grid
                visible: pointer.hoveredIndex >= 0 && !pointer.pressed
                delay: 600
                text: picker.model.nameAt(pointer.hoveredIndex)
            }
        }
        Text {
            anchors.centerIn: grid
            visible: grid.count === 0
            text: picker.model.query === "" ? qsTr("Emoji you use appear here") : qsTr("No emoji found")
            color: Theme.textMuted
            font.pixelSize: Theme.textNormal
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Item {
            id: bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: Theme.emojiCell
            Text {
                objectName: "emojiName"
                anchors.left: parent.left
                anchors.right: tone.left
                anchors.leftMargin: Theme.xs
                anchors.verticalCenter: parent.verticalCenter
                text: grid.currentItem ? (grid.currentItem as EmojiGlyph).name : ""
                textFormat: Text.PlainText
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignLeft
                Accessible.ignored: true
            }
            EmojiCell {
                id: tone
                objectName: "toneButton"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                focusPolicy: Qt.StrongFocus
                emoji: picker.hands[picker.model.defaultTone]
                name: qsTr("Skin tone: %1").arg(picker.toneNames[picker.model.defaultTone])
                onClicked: {
                    tones.isDefault = true
                    tones.emoji = picker.hands
                    tones.openAt(tone)
                }
            }
        }
    }
}
