// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// The message that a message answers. A click goes there.
Rectangle {
    id: box
    objectName: "messageQuote"

    // See quoteValue().
    required property var quote
    required property real widthMax
    required property color ink
    readonly property real wanted: Math.max(name.implicitWidth, words.implicitWidth) + 3 * Theme.s
    signal clicked()

    implicitWidth: Math.min(wanted, widthMax)
    implicitHeight: texts.height + 2 * Theme.xs
    radius: Theme.radiusSmall
    color: Theme.quote
    Accessible.role: Accessible.Button
    Accessible.name: quote.isOwn ? qsTr("Reply to your message: %1").arg(Words.isolated(words.text))
                                   : qsTr("Reply to %1: %2").arg(Words.isolated(name.text)).arg(Words.isolated(words.text))
    Accessible.onPressAction: clicked()

    Rectangle {
        anchors.left: parent.left
        width: 3
        height: parent.height
        radius: 1
        color: Theme.accent
    }
    Column {
        id: texts
        anchors.left: parent.left
        anchors.leftMargin: Theme.s + 3
        y: Theme.xs
        width: box.width - 2 * Theme.s - 3
        Text {
            id: name
            width: parent.width
            visible: text !== ""
            text: box.quote.name ?? ""
            textFormat: Text.PlainText
            color: Theme.accent
            font.pixelSize: Theme.textNormal
            font.weight: Font.Medium
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
        }
        Text {
            id: words
            width: parent.width
            text: box.quote.text ?? ""
            textFormat: Text.PlainText
            color: box.ink
            font.pixelSize: Theme.textNormal
            horizontalAlignment: Text.AlignLeft
            elide: Text.ElideRight
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    TapHandler { onTapped: box.clicked() }
}
