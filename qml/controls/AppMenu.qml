// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin

// A popup menu in our colours.
B.Menu {
    id: menu

    padding: Theme.xs
    focus: true
    // Its name for screen readers, as Qt gives one to dialogs only: the item around the content is the menu's.
    onAboutToShow: contentItem.parent.Accessible.name = title
    onOpened: forceActiveFocus(Qt.PopupFocusReason)
    delegate: B.MenuItem {
        id: item
        objectName: "menuEntry"
        // What cannot be done now is not shown.
        visible: enabled
        height: visible ? implicitHeight : 0
        implicitHeight: Theme.control
        implicitWidth: Theme.menu
        font.pixelSize: Theme.textNormal
        Accessible.name: text
        Accessible.onPressAction: {
            item.action.trigger(item)
            item.triggered()
        }
        contentItem: Text {
            leftPadding: Theme.s
            text: item.text
            font: item.font
            color: item.enabled ? Theme.text : Theme.textMuted
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
        }
        background: Rectangle {
            radius: Theme.s
            color: item.highlighted ? Theme.hovered : "transparent"
        }
    }
    background: Rectangle {
        implicitWidth: Theme.menu
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.border
    }
}
