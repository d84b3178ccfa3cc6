// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// The devices of the account, this one marked; others can be signed out.
ColumnLayout {
    id: section

    required property AppController app

    spacing: Theme.m
    Component.onCompleted: app.devices.reload()

    SettingsText {
        visible: text !== ""
        text: section.app.devices.errorText
    }
    // A Column and no layout: in Qt 6.4 a layout that is not visible keeps a pointer to what a
    // Repeater has destroyed.
    Column {
        id: list
        Layout.fillWidth: true
        spacing: Theme.s
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Devices")

        Repeater {
            model: section.app.devices
            delegate: RowLayout {
                id: device
                required property string name
                required property string statusText
                required property bool isCurrent
                required property string deviceId
                width: list.width
                Accessible.role: Accessible.ListItem
                Accessible.name: name + ", " + statusText
                spacing: Theme.m
                Icon { name: "device"; color: device.isCurrent ? Theme.accent : Theme.textMuted }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0
                    Text { Layout.fillWidth: true; text: device.name; textFormat: Text.PlainText; color: Theme.text; font.pixelSize: Theme.textNormal; elide: Text.ElideRight; horizontalAlignment: Text.AlignLeft }
                    Text { Layout.fillWidth: true; text: device.statusText; textFormat: Text.PlainText; color: Theme.textMuted; font.pixelSize: Theme.textSmall; elide: Text.ElideRight; horizontalAlignment: Text.AlignLeft }
                }
                AppButton {
                    visible: !device.isCurrent
                    isDangerous: true
                    text: qsTr("Sign out")
                    Accessible.name: qsTr("Sign out %1").arg(Words.isolated(device.name))
                    onClicked: section.app.devices.revoke(device.deviceId)
                }
            }
        }
    }
}
