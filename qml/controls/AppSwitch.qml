// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Dunlin

// A setting that is on or off: its words, what they mean where that is not plain, and a switch.
T.Switch {
    id: control

    property string hint: ""

    implicitHeight: Math.max(Theme.control, implicitContentHeight + Theme.s)
    implicitWidth: implicitContentWidth + Theme.m + implicitIndicatorWidth
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.5
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: hint
    Accessible.onPressAction: toggleAsUser()
    Accessible.onToggleAction: toggleAsUser()
    Keys.onReturnPressed: toggleAsUser()
    Keys.onEnterPressed: toggleAsUser()

    function toggleAsUser() {
        if (!enabled)
            return
        toggle()
        toggled()
    }

    contentItem: Column {
        leftPadding: control.mirrored ? Theme.m + Theme.control : 0
        rightPadding: control.mirrored ? 0 : Theme.m + Theme.control
        topPadding: Theme.xs
        spacing: 2
        Text {
            width: control.width - Theme.m - Theme.control
            text: control.text
            color: Theme.text
            font.pixelSize: Theme.textNormal
            horizontalAlignment: Text.AlignLeft
            wrapMode: Text.Wrap
        }
        Text {
            width: control.width - Theme.m - Theme.control
            visible: text !== ""
            text: control.hint
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            horizontalAlignment: Text.AlignLeft
            wrapMode: Text.Wrap
        }
    }
    indicator: Rectangle {
        x: control.mirrored ? 0 : control.width - width
        y: (control.height - height) / 2
        width: Theme.control
        height: Theme.icon
        radius: height / 2
        color: control.checked ? Theme.accentFill : Theme.badgeMuted
        border.width: control.visualFocus ? Theme.focusRing : 0
        border.color: Theme.text
        Rectangle {
            readonly property real gap: Theme.xs - 1
            readonly property bool isRight: control.checked !== control.mirrored
            x: isRight ? parent.width - width - gap : gap
            y: gap
            width: parent.height - 2 * gap
            height: width
            radius: height / 2
            color: Theme.accentText
            Behavior on x { NumberAnimation { duration: Theme.motion } }
        }
    }
}
