// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// How others see the user, and the way out.
ColumnLayout {
    id: section

    required property AppController app
    property int colorIndex: app.selfColorIndex

    spacing: Theme.m

    FilePicker { id: picker; onPicked: (files) => section.app.changeAvatar(files[0]) }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.l
        Avatar {
            Layout.alignment: Qt.AlignTop
            initials: section.app.selfInitials
            colorIndex: section.colorIndex
            blobs: section.app.blobs
            blobId: section.app.selfAvatarBlobId
            size: Theme.row
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.xs
            Text {
                text: Words.isolated("@" + section.app.selfUserName)
                textFormat: Text.PlainText
                color: Theme.textMuted
                font.pixelSize: Theme.textNormal
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.xs
                Accessible.role: Accessible.Grouping
                Accessible.name: qsTr("Colour")
                Repeater {
                    model: Theme.avatars
                    delegate: T.RadioButton {
                        id: swatch
                        required property int index
                        required property string modelData
                        readonly property bool isChosen: section.colorIndex === index + 1
                        implicitWidth: Theme.icon + Theme.xs
                        implicitHeight: implicitWidth
                        focusPolicy: Qt.StrongFocus
                        checked: isChosen
                        Accessible.onPressAction: if (enabled) clicked()
                        Accessible.onToggleAction: if (enabled) clicked()
                        Accessible.name: qsTr("Colour %1").arg(Words.number(index + 1))
                        onClicked: section.colorIndex = swatch.index + 1
                        contentItem: Rectangle {
                            radius: height / 2
                            color: swatch.modelData
                            border.width: swatch.visualFocus ? Theme.focusRing : 0
                            border.color: Theme.text
                            Icon { anchors.centerIn: parent; visible: swatch.isChosen; name: "check"; color: Theme.accentText; size: Theme.iconSmall }
                        }
                    }
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.xs
                AppButton { objectName: "changePictureButton"; text: qsTr("Change picture"); onClicked: picker.pickPictures(false) }
                AppButton {
                    objectName: "removePictureButton"
                    visible: section.app.selfAvatarBlobId !== ""
                    text: qsTr("Remove picture")
                    onClicked: section.app.removeAvatar()
                }
            }
        }
    }
    AppTextField {
        id: displayName
        Layout.fillWidth: true
        fieldName: "profileNameField"
        label: qsTr("Your name, as others see it")
        Component.onCompleted: text = section.app.selfName
    }
    AppTextField {
        id: about
        Layout.fillWidth: true
        fieldName: "profileAboutField"
        label: qsTr("About you")
        Component.onCompleted: text = section.app.selfAbout
    }
    AppButton {
        objectName: "saveProfileButton"
        isMain: true
        text: qsTr("Save profile")
        onClicked: section.app.saveProfile(displayName.text, about.text, section.colorIndex)
    }
    SignOutSection {
        Layout.fillWidth: true
        Layout.topMargin: Theme.l
        signingOut: section.app.signingOut
    }
    DeleteAccountSection {
        Layout.fillWidth: true
        deletion: section.app.deletion
    }
}
