// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// How numbers and other people's words become parts of what the app says, and which way it reads.
QtObject {
    readonly property bool areFromRight: Application.layoutDirection === Qt.RightToLeft

    // A step to the right as one in the order of reading.
    function forward(step) { return areFromRight ? -step : step }
    // In the digits of the language.
    function number(value) { return Number(value).toLocaleString(Qt.locale(), "f", 0) }
    //: A part of a hundred, such as 80 %.
    function percent(value) { return qsTr("%1 %").arg(number(value)) }
    // What somebody else wrote: its direction, whichever it is, leaves that of the sentence alone.
    function isolated(text) { return text === "" ? "" : "\u2068" + text + "\u2069" }
}
