// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// Profile, appearance, devices.
Rectangle {
    id: page

    required property AppController app
    property int colorIndex: 0
    signal closed()

    color: Theme.window
    onVisibleChanged: {
        if (!visible)
            return
        displayName.text = app.selfName
        about.text = app.selfAbout
        colorIndex = app.selfColorIndex
        app.devices.reload()
        displayName.focusField()
    }

    Connections {
        target: page.app.signingOut
        // The question is longer than the button in its place, at the end of the page.
        function onChanged() { if (page.app.signingOut.isAsking) Qt.callLater(page.showEnd) }
    }
    function showEnd() { scrollBar.position = 1 - scrollBar.size }

    FilePicker { id: picker; onPicked: (files) => page.app.changeAvatar(files[0]) }
    B.ScrollView {
        id: scroll
        anchors.fill: parent
        contentWidth: availableWidth
        B.ScrollBar.vertical: B.ScrollBar {
            id: scrollBar
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.bottom: parent.bottom
        }

        ColumnLayout {
            width: Math.min(scroll.availableWidth, Theme.bubbleMax) - 2 * Theme.l
            x: Theme.l
            spacing: Theme.m

            RowLayout {
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.header
                Text {
                    Layout.fillWidth: true
                    text: qsTr("Settings")
                    color: Theme.text
                    font.pixelSize: Theme.textTitle
                    font.weight: Font.Medium
                }
                IconButton { objectName: "closeSettingsButton"; iconName: "close"; label: qsTr("Close"); onClicked: page.closed() }
            }
            RowLayout {
                spacing: Theme.l
                Avatar {
                    initials: page.app.selfInitials
                    colorIndex: page.colorIndex
                    blobs: page.app.blobs
                    blobId: page.app.selfAvatarBlobId
                    size: Theme.row
                }
                ColumnLayout {
                    spacing: Theme.xs
                    Text { text: "@" + page.app.selfUserName; color: Theme.textMuted; font.pixelSize: Theme.textNormal }
                    Row {
                        spacing: Theme.xs
                        Repeater {
                            model: Theme.avatars
                            delegate: B.AbstractButton {
                                id: swatch
                                required property int index
                                required property string modelData
                                implicitWidth: Theme.xl
                                implicitHeight: Theme.xl
                                focusPolicy: Qt.StrongFocus
                                Accessible.name: qsTr("Colour %1").arg(index + 1)
                                onClicked: page.colorIndex = swatch.index + 1
                                contentItem: Rectangle {
                                    radius: height / 2
                                    color: swatch.modelData
                                    border.width: page.colorIndex === swatch.index + 1 || swatch.visualFocus ? Theme.focusRing : 0
                                    border.color: Theme.text
                                }
                            }
                        }
                    }
                    Row {
                        spacing: Theme.xs
                        AppButton { objectName: "changePictureButton"; text: qsTr("Change picture"); onClicked: picker.pickPictures(false) }
                        AppButton {
                            objectName: "removePictureButton"
                            visible: page.app.selfAvatarBlobId !== ""
                            text: qsTr("Remove picture")
                            onClicked: page.app.removeAvatar()
                        }
                    }
                }
            }
            AppTextField { id: displayName; Layout.fillWidth: true; fieldName: "profileNameField"; label: qsTr("Your name, as others see it") }
            AppTextField { id: about; Layout.fillWidth: true; fieldName: "profileAboutField"; label: qsTr("About you") }
            AppButton {
                objectName: "saveProfileButton"
                isMain: true
                text: qsTr("Save profile")
                onClicked: page.app.saveProfile(displayName.text, about.text, page.colorIndex)
            }

            SectionTitle { text: qsTr("Appearance") }
            Row {
                spacing: Theme.s
                Repeater {
                    model: [qsTr("Follow the system"), qsTr("Light"), qsTr("Dark")]
                    delegate: AppButton {
                        id: choice
                        required property int index
                        required property string modelData
                        objectName: "theme" + index
                        text: modelData
                        isMain: page.app.theme === choice.index
                        Accessible.role: Accessible.RadioButton
                        Accessible.checked: isMain
                        onClicked: page.app.theme = choice.index
                    }
                }
            }

            SectionTitle { text: qsTr("Devices") }
            Text {
                visible: text !== ""
                text: page.app.devices.errorText
                color: Theme.textMuted
                font.pixelSize: Theme.textNormal
            }
            // A Column and no layout: in Qt 6.4 a layout that is not visible keeps a pointer to what a
            // Repeater has destroyed.
            Column {
                id: deviceList
                Layout.fillWidth: true
                spacing: Theme.s

                Repeater {
                    model: page.app.devices
                    delegate: RowLayout {
                        id: device
                        required property string name
                        required property string statusText
                        required property bool isCurrent
                        required property string deviceId
                        width: deviceList.width
                        spacing: Theme.m
                        Icon { name: "device"; color: device.isCurrent ? Theme.accent : Theme.textMuted }
                        ColumnLayout {
                            Layout.fillWidth: true
                            spacing: 0
                            Text { Layout.fillWidth: true; text: device.name; textFormat: Text.PlainText; color: Theme.text; font.pixelSize: Theme.textNormal; elide: Text.ElideRight }
                            Text { text: device.statusText; textFormat: Text.PlainText; color: Theme.textMuted; font.pixelSize: Theme.textSmall }
                        }
                        AppButton {
                            visible: !device.isCurrent
                            isDangerous: true
                            text: qsTr("Sign out")
                            Accessible.name: qsTr("Sign out %1").arg(device.name)
                            onClicked: page.app.devices.revoke(device.deviceId)
                        }
                    }
                }
            }

            SectionTitle { text: qsTr("Keys") }
            Text {
                Layout.fillWidth: true
                text: qsTr("Ctrl+N new conversation, Ctrl+K or Ctrl+F search, Alt+Up and Alt+Down previous and next conversation, Ctrl+, settings, F11 full screen, Ctrl+Q quit, Ctrl+O add pictures. Enter sends, Shift+Enter breaks the line.")
                color: Theme.textMuted
                font.pixelSize: Theme.textNormal
                wrapMode: Text.Wrap
            }
            SignOutSection {
                Layout.fillWidth: true
                Layout.topMargin: Theme.m
                Layout.bottomMargin: Theme.xl
                signingOut: page.app.signingOut
            }
        }
    }
}
