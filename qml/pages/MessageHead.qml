// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// What stands above the words of a message: whose it was first, and what it answers.
Column {
    id: head

    required property string forwardedFrom
    // See quoteValue().
    required property var quote
    required property real widthMax
    required property color ink
    // As wide as nothing would have to be cut.
    readonly property real wanted: Math.min(Math.max(forwarded.visible ? forwarded.implicitWidth : 0,
                                                     quoted.visible ? quoted.wanted : 0), widthMax)
    signal quoteClicked()

    spacing: Theme.xs
    Text {
        id: forwarded
        objectName: "forwardedFrom"
        width: parent.width
        visible: text !== ""
        text: head.forwardedFrom
        textFormat: Text.PlainText
        color: Theme.accent
        font.pixelSize: Theme.textSmall
        horizontalAlignment: Text.AlignLeft
        elide: Text.ElideRight
    }
    MessageQuote {
        id: quoted
        visible: (head.quote.seq ?? 0) > 0
        width: parent.width
        quote: head.quote
        widthMax: head.widthMax
        ink: head.ink
        onClicked: head.quoteClicked()
    }
}
