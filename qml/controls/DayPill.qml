// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// The name of a day between messages; leads to other days.
Rectangle {
    id: pill
    objectName: "dayPill"

    required property string text
    signal clicked()

    implicitWidth: label.implicitWidth + 2 * Theme.m
    implicitHeight: label.implicitHeight + Theme.s
    radius: implicitHeight / 2
    color: Theme.pill
    Behavior on opacity { NumberAnimation { duration: Theme.motion } }

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    TapHandler {
        onTapped: pill.clicked()
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    Text {
        id: label
        anchors.centerIn: parent
        text: pill.text
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
    }
}
