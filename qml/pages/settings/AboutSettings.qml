// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Which version this is, and whose work it stands on.
ColumnLayout {
    id: section

    required property AppController app
    property bool isLicenceShown: false

    spacing: Theme.m

    LicenceListModel { id: licences }
    Text {
        objectName: "versionText"
        Layout.fillWidth: true
        text: qsTr("Dunlin %1").arg(Qt.application.version)
        color: Theme.text
        font.pixelSize: Theme.textLarge
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    SettingsText { text: qsTr("A messenger to run yourself. Free software under the Apache License 2.0.") }
    AppButton {
        objectName: "licenceButton"
        text: section.isLicenceShown ? qsTr("Hide the licence") : qsTr("Read the licence")
        onClicked: section.isLicenceShown = !section.isLicenceShown
    }
    SettingsText {
        objectName: "licenceText"
        visible: section.isLicenceShown
        text: section.isLicenceShown ? licences.ownText : ""
        font.pixelSize: Theme.textSmall
    }
    SectionTitle { text: qsTr("What Dunlin is made with") }
    Repeater {
        model: licences
        delegate: B.AbstractButton {
            id: entry
            required property string name
            required property string licence
            required property url address
            objectName: "licenceEntry"
            Layout.fillWidth: true
            implicitHeight: Math.max(Theme.control, words.implicitHeight + Theme.s)
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.Link
            Accessible.name: name + ", " + licence
            Accessible.onPressAction: clicked()
            Keys.onReturnPressed: clicked()
            onClicked: Qt.openUrlExternally(entry.address)
            HoverHandler { cursorShape: Qt.PointingHandCursor }
            background: Rectangle {
                radius: Theme.s
                color: entry.hovered ? Theme.hovered : "transparent"
                border.width: entry.visualFocus ? Theme.focusRing : 0
                border.color: Theme.accent
            }
            Column {
                id: words
                x: entry.leftPadding
                y: entry.topPadding
                width: entry.availableWidth
                Text { width: parent.width; text: entry.name; color: Theme.text; font.pixelSize: Theme.textNormal; elide: Text.ElideRight; horizontalAlignment: Text.AlignLeft }
                Text { width: parent.width; text: entry.licence; color: Theme.textMuted; font.pixelSize: Theme.textSmall; wrapMode: Text.Wrap; horizontalAlignment: Text.AlignLeft }
            }
        }
    }
}
