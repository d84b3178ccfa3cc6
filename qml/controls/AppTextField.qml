// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin

// A field with its label above and, when there is one, its error below.
ColumnLayout {
    id: labelled

    required property string label
    property string errorText: ""
    property string hint: ""
    property alias text: field.text
    property alias echoMode: field.echoMode
    property alias fieldName: field.objectName
    property alias maximumLength: field.maximumLength
    property alias inputMethodHints: field.inputMethodHints
    signal accepted()
    signal edited()

    // Qt 6.4 keeps the name of a password's field to itself: it is said with the description.
    readonly property string description: echoMode !== TextInput.Password ? errorText
                                        : errorText === "" ? label : label + ": " + errorText
    function focusField() { field.forceActiveFocus(Qt.TabFocusReason) }

    spacing: Theme.xs

    Text {
        text: labelled.label
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        Accessible.ignored: true
    }
    B.TextField {
        id: field
        Layout.fillWidth: true
        implicitHeight: Theme.control
        leftPadding: Theme.m
        rightPadding: Theme.m
        horizontalAlignment: TextInput.AlignLeft
        font.pixelSize: Theme.textNormal
        color: Theme.text
        selectionColor: Theme.accentFill
        selectedTextColor: Theme.accentText
        placeholderText: labelled.hint
        placeholderTextColor: Theme.textMuted
        selectByMouse: true
        Accessible.name: labelled.label
        Accessible.description: labelled.description
        // Qt puts the placeholder there when a screen reader begins.
        Accessible.onDescriptionChanged: {
            if (Accessible.description !== labelled.description)
                Accessible.description = Qt.binding(() => labelled.description)
        }
        onAccepted: labelled.accepted()
        onTextEdited: labelled.edited()
        background: Rectangle {
            radius: Theme.s
            color: Theme.field
            border.width: labelled.errorText !== "" ? 1 : field.activeFocus ? Theme.focusRing : 0
            border.color: labelled.errorText !== "" ? Theme.danger : Theme.accent
        }
    }
    Text {
        objectName: field.objectName + "Error"
        Layout.fillWidth: true
        visible: labelled.errorText !== ""
        text: labelled.errorText
        color: Theme.danger
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
