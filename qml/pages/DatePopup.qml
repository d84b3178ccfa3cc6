// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import QtQuick.Controls.Basic as B
import Dunlin

// A month to choose a day of. The arrow keys move by days and weeks, Page Up and Page Down by months,
// Enter chooses. Days to come cannot be chosen.
AppPopup {
    id: popup
    objectName: "datePopup"
    title: qsTr("Go to a date")

    property date today: new Date()
    property date current: today
    signal chosen(date day)

    function openAt(day) {
        today = new Date()
        current = day < today ? day : today
        open()
    }
    // Every day of a month that is shorter is its last.
    function moveBy(days, months) {
        const last = new Date(current.getFullYear(), current.getMonth() + months + 1, 0).getDate()
        const moved = new Date(current.getFullYear(), current.getMonth() + months,
                               Math.min(current.getDate(), last) + days)
        current = moved < today ? moved : today
    }
    function choose(day) {
        if (day > today)
            return
        close()
        chosen(day)
    }

    padding: Theme.m
    modal: true
    onOpened: grid.forceActiveFocus(Qt.PopupFocusReason)
    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.s
        RowLayout {
            spacing: 0
            IconButton {
                objectName: "monthBeforeButton"
                iconName: "older"
                label: qsTr("Month before")
                onClicked: popup.moveBy(0, -1)
            }
            Text {
                objectName: "monthTitle"
                Layout.fillWidth: true
                text: popup.current.toLocaleString(Qt.locale(), "MMMM yyyy")
                color: Theme.text
                font.pixelSize: Theme.textLarge
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignHCenter
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            IconButton {
                objectName: "monthAfterButton"
                iconName: "newer"
                label: qsTr("Month after")
                enabled: popup.current.getFullYear() < popup.today.getFullYear() || popup.current.getMonth() < popup.today.getMonth()
                onClicked: popup.moveBy(0, 1)
            }
        }
        B.DayOfWeekRow {
            Layout.fillWidth: true
            padding: 0
            spacing: 0
            delegate: Text {
                required property string narrowName
                width: Theme.control
                text: narrowName
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
        B.MonthGrid {
            id: grid
            objectName: "monthGrid"
            padding: 0
            spacing: 0
            month: popup.current.getMonth()
            year: popup.current.getFullYear()
            activeFocusOnTab: true
            Accessible.role: Accessible.Table
            Accessible.name: popup.current.toLocaleString(Qt.locale(), Locale.LongFormat)
            Keys.onLeftPressed: popup.moveBy(mirrored ? 1 : -1, 0)
            Keys.onRightPressed: popup.moveBy(mirrored ? -1 : 1, 0)
            Keys.onUpPressed: popup.moveBy(-7, 0)
            Keys.onDownPressed: popup.moveBy(7, 0)
            Keys.onReturnPressed: popup.choose(popup.current)
            Keys.onEnterPressed: popup.choose(popup.current)
            Keys.onPressed: (event) => {
                if (event.key === Qt.Key_PageUp)
                    popup.moveBy(0, -1)
                else if (event.key === Qt.Key_PageDown)
                    popup.moveBy(0, 1)
            }
            delegate: T.AbstractButton {
                id: cell
                objectName: "dayCell"
                required property int year
                required property int month
                required property int day
                readonly property date date: new Date(year, month, day)
                readonly property bool isCurrent: month === popup.current.getMonth() && day === popup.current.getDate()
                implicitWidth: Theme.control
                implicitHeight: Theme.control
                focusPolicy: Qt.NoFocus
                hoverEnabled: true
                enabled: date <= popup.today
                opacity: month === popup.current.getMonth() ? 1 : 0.4
                Accessible.role: Accessible.Button
                Accessible.name: date.toLocaleDateString(Qt.locale(), Locale.LongFormat)
                Accessible.onPressAction: if (enabled) clicked()
                onClicked: popup.choose(date)
                background: Rectangle {
                    radius: height / 2
                    color: cell.isCurrent ? Theme.accentFill : cell.hovered ? Theme.hovered : "transparent"
                    border.width: cell.isCurrent && grid.activeFocus ? Theme.focusRing : 0
                    border.color: Theme.accent
                }
                contentItem: Text {
                    text: Words.number(cell.day)
                    color: cell.isCurrent ? Theme.accentText : cell.enabled ? Theme.text : Theme.textMuted
                    font.pixelSize: Theme.textNormal
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }
    }
}
