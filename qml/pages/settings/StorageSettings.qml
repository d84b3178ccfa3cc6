// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// What Dunlin keeps on this device, and a copy of all of it for the user.
ColumnLayout {
    id: section

    required property AppController app
    readonly property StorageController storage: app.storage

    spacing: Theme.m
    Component.onCompleted: storage.reload()

    component SizeLine: RowLayout {
        id: line
        required property string words
        required property string size
        required property string sizeName
        Layout.fillWidth: true
        spacing: Theme.m
        Accessible.role: Accessible.StaticText
        Accessible.name: words + ": " + size
        Text { Layout.fillWidth: true; text: line.words; color: Theme.text; font.pixelSize: Theme.textNormal; wrapMode: Text.Wrap; horizontalAlignment: Text.AlignLeft }
        Text { objectName: line.sizeName; text: line.size; color: Theme.textMuted; font.pixelSize: Theme.textNormal }
    }

    FilePicker { id: picker; onPicked: (files) => section.storage.exportTo(files[0]) }
    SectionTitle { text: qsTr("On this device"); topPadding: 0 }
    SizeLine { words: qsTr("Messages and people"); size: section.storage.databaseText; sizeName: "databaseSize" }
    SizeLine { words: qsTr("Pictures you have looked at"); size: section.storage.picturesText; sizeName: "picturesSize" }
    SizeLine { words: qsTr("Pictures that wait to be sent"); size: section.storage.outboxText; sizeName: "outboxSize" }
    AppButton {
        objectName: "clearCacheButton"
        text: qsTr("Remove the pictures from this device")
        onClicked: section.storage.clearPictures()
    }
    SettingsText { text: qsTr("They stay on the server and are fetched again when you look at them.") }

    SectionTitle { text: qsTr("Export my data") }
    SettingsText { text: qsTr("A folder with your profile, conversations and pictures: pages for your browser, and the same as JSON for other programs.") }
    Rectangle {
        Layout.fillWidth: true
        visible: section.storage.isExporting
        implicitHeight: Theme.xs
        radius: height / 2
        color: Theme.pill
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Exporting, %1").arg(Words.percent(Math.round(100 * section.storage.progress)))
        Rectangle {
            width: parent.width * section.storage.progress
            height: parent.height
            radius: height / 2
            color: Theme.accentFill
        }
    }
    Text {
        objectName: "exportResult"
        Layout.fillWidth: true
        visible: text !== ""
        text: section.storage.resultText
        textFormat: Text.PlainText
        color: section.storage.hasFailed ? Theme.danger : Theme.text
        font.pixelSize: Theme.textNormal
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.s
        AppButton {
            objectName: "exportButton"
            visible: !section.storage.isExporting
            isMain: true
            text: qsTr("Choose a folder")
            onClicked: picker.pickFolder(qsTr("Where to put the export"))
        }
        AppButton {
            objectName: "cancelExportButton"
            visible: section.storage.isExporting
            text: qsTr("Stop")
            onClicked: section.storage.cancelExport()
        }
        AppButton {
            visible: String(section.storage.exportedFolder) !== ""
            text: qsTr("Open it")
            onClicked: Qt.openUrlExternally(section.storage.exportedFolder)
        }
    }
}
