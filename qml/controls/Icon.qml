// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// One of the icons of qml/icons, in a colour by role.
Image {
    id: icon

    required property string name
    property color color: Theme.text
    property int size: Theme.icon

    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: name === "" ? "" : "image://icon/" + name + "/" + String(color).slice(1)
    Accessible.ignored: true
}
