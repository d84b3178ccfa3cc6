// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin
import Dunlin.Models

// What became of an own message: clock, one tick, two ticks, two coloured ticks, a red mark.
Icon {
    id: ticks

    required property int status
    property color quiet: Theme.textMuted
    property color readColor: Theme.read
    readonly property string words: [ "", qsTr("Waiting to be sent"), qsTr("Sent", "a message"),
                                      qsTr("Delivered", "a message"), qsTr("Read", "a message"), qsTr("Not sent") ][status]

    visible: status !== MessageStatus.None
    size: Theme.iconSmall
    name: [ "", "clock", "sent", "delivered", "delivered", "failed" ][status]
    color: status === MessageStatus.Read ? readColor
         : status === MessageStatus.Failed ? Theme.danger : quiet
    Accessible.ignored: false
    Accessible.role: Accessible.StaticText
    Accessible.name: words
}
