// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// One of the icons of qml/icons, in a colour by role.
Image {
    id: icon

    required property string name
    property color color: Theme.text
    property int size: Theme.icon

    // What points somewhere points the other way where one reads from the right.
    readonly property bool isDirected: " back older newer send reply forward signout ".includes(" " + name + " ")

    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: name === "" ? "" : "image://icon/" + name + "/" + String(color).slice(1)
    mirror: isDirected && Words.areFromRight
    Accessible.ignored: true
}
