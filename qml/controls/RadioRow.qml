// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// One of a few words that exclude each other.
Flow {
    id: row

    required property string label
    required property var options
    required property int current
    property string optionName: "option"
    signal chosen(int index)

    spacing: Theme.s
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    Repeater {
        model: row.options
        delegate: ChoiceButton {
            id: option
            required property int index
            required property string modelData
            objectName: row.optionName + index
            text: modelData
            checked: row.current === option.index
            onClicked: row.chosen(option.index)
        }
    }
}
