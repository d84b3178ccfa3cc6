// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin

// Pin, "edited", time and ticks in a message's corner.
Row {
    id: meta

    required property string timeText
    required property string fullTimeText
    required property int status
    required property bool isEdited
    required property bool isPinned
    required property color ink
    required property color readColor
    readonly property string words: (isEdited ? ", " + qsTr("edited", "a message") : "") + (isPinned ? ", " + qsTr("pinned", "a message") : "")
        + (ticks.words !== "" ? ", " + ticks.words : "")

    spacing: Theme.xs
    Loader {
        anchors.verticalCenter: time.verticalCenter
        active: meta.isPinned
        visible: active
        sourceComponent: Icon {
            name: "pin"
            color: meta.ink
            size: Theme.textSmall
        }
    }
    Loader {
        active: meta.isEdited
        visible: active
        sourceComponent: Text {
            objectName: "editedMark"
            text: qsTr("edited", "a message")
            color: meta.ink
            font.pixelSize: Theme.textSmall
        }
    }
    Text {
        id: time
        text: meta.timeText
        color: meta.ink
        font.pixelSize: Theme.textSmall
    }
    StatusTicks {
        id: ticks
        objectName: "messageTicks"
        anchors.verticalCenter: time.verticalCenter
        status: meta.status
        quiet: meta.ink
        readColor: meta.readColor
    }
    HoverHandler { id: hover }
    B.ToolTip.visible: hover.hovered
    B.ToolTip.delay: 500
    B.ToolTip.text: meta.fullTimeText + (ticks.words !== "" ? "\n" + ticks.words : "")
}
