// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// A setting that is on or off, with what it means in small print.
T.AbstractButton {
    id: choice

    property string hint: ""

    implicitWidth: 280
    implicitHeight: Math.max(Theme.control, words.implicitHeight + 2 * Theme.xs)
    checkable: true
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: hint

    background: Rectangle {
        radius: Theme.s
        color: "transparent"
        border.width: choice.visualFocus ? Theme.focusRing : 0
        border.color: Theme.accent
    }
    contentItem: Item {
        Column {
            id: words
            anchors.left: parent.left
            anchors.right: box.left
            anchors.rightMargin: Theme.l
            anchors.verticalCenter: parent.verticalCenter
            Text {
                width: parent.width
                text: choice.text
                color: choice.enabled ? Theme.text : Theme.textMuted
                font.pixelSize: Theme.textNormal
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
            }
            Text {
                width: parent.width
                visible: text !== ""
                text: choice.hint
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignLeft
            }
        }
        // A switch: the knob stands where the setting does.
        Rectangle {
            id: box
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: 2 * Theme.icon
            height: Theme.icon + Theme.xs
            radius: height / 2
            color: choice.checked ? Theme.accentFill : Theme.badgeMuted
            opacity: choice.enabled ? 1 : 0.5
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                x: choice.checked !== choice.mirrored ? parent.width - width - Theme.xs / 2 : Theme.xs / 2
                width: parent.height - Theme.xs
                height: width
                radius: width / 2
                color: Theme.accentText
                Behavior on x { NumberAnimation { duration: Theme.motion; easing.type: Easing.OutQuad } }
            }
        }
    }
}
