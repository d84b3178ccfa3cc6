// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Dunlin
import Dunlin.Models

// All keys of Keymap, by where they work.
ColumnLayout {
    id: section

    required property AppController app

    spacing: Theme.s

    Repeater {
        model: Keymap.groups
        delegate: ColumnLayout {
            id: group
            required property int index
            required property var modelData
            Layout.fillWidth: true
            spacing: Theme.s
            SectionTitle { text: group.modelData.title; topPadding: group.index === 0 ? 0 : Theme.m }
            Repeater {
                model: group.modelData.entries
                delegate: RowLayout {
                    id: entry
                    required property var modelData
                    // The zoom's plus and the list's question mark are signs, and no keys to be named.
                    readonly property var keys: modelData.keys.map((key) => section.app.language.keyText(key))
                    objectName: "keyEntry"
                    Layout.fillWidth: true
                    spacing: Theme.m
                    Accessible.role: Accessible.StaticText
                    Accessible.name: modelData.words + ": " + keys.join(", ")
                    Text {
                        Layout.fillWidth: true
                        text: entry.modelData.words
                        color: Theme.text
                        font.pixelSize: Theme.textNormal
                        wrapMode: Text.Wrap
                        horizontalAlignment: Text.AlignLeft
                    }
                    Repeater {
                        model: entry.keys
                        delegate: Rectangle {
                            id: cap
                            required property string modelData
                            implicitWidth: Math.max(height, capText.implicitWidth + Theme.l)
                            implicitHeight: capText.implicitHeight + Theme.xs
                            radius: Theme.radiusSmall
                            color: Theme.pill
                            Text {
                                id: capText
                                anchors.centerIn: parent
                                text: cap.modelData
                                color: Theme.textMuted
                                font.pixelSize: Theme.textSmall
                            }
                        }
                    }
                }
            }
        }
    }
}
