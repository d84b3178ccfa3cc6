// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Every key of the app beside those that each control has: what the window listens to and what the
// settings list are these.
QtObject {
    readonly property var newConversation: ({ keys: ["Ctrl+N"], words: qsTr("New conversation") })
    readonly property var quickSwitch: ({ keys: ["Ctrl+K"], words: qsTr("Go to a person or conversation") })
    readonly property var findEverywhere: ({ keys: ["Ctrl+Shift+F"], words: qsTr("Search people and messages") })
    readonly property var find: ({ keys: ["Ctrl+F"], words: qsTr("Find in this conversation") })
    readonly property var goToDate: ({ keys: ["Ctrl+G"], words: qsTr("Go to a date") })
    readonly property var nextConversation: ({ keys: ["Alt+Down"], words: qsTr("Next conversation") })
    readonly property var previousConversation: ({ keys: ["Alt+Up"], words: qsTr("Previous conversation") })
    readonly property var addPictures: ({ keys: ["Ctrl+O"], words: qsTr("Add pictures") })
    readonly property var settings: ({ keys: ["Ctrl+,"], words: qsTr("Settings") })
    readonly property var fullScreen: ({ keys: ["F11"], words: qsTr("Full screen") })
    readonly property var quit: ({ keys: ["Ctrl+Q"], words: qsTr("Quit") })
    readonly property var back: ({ keys: ["Esc"], words: qsTr("Back, or close what is open") })
    readonly property var listKeys: ({ keys: ["?"], words: qsTr("In the settings: this list") })

    // Handled where they are typed.
    readonly property var send: ({ keys: ["Enter"], words: qsTr("Send") })
    readonly property var breakLine: ({ keys: ["Shift+Enter"], words: qsTr("New line") })
    readonly property var pastePictures: ({ keys: ["Ctrl+V"], words: qsTr("Paste text or pictures") })
    readonly property var turnPictures: ({ keys: ["Left", "Right"], words: qsTr("Earlier and later photo") })
    readonly property var zoomPicture: ({ keys: ["+", "-", "0"], words: qsTr("Zoom in, out, all of it") })
    readonly property var savePicture: ({ keys: ["Ctrl+S"], words: qsTr("Save the photo") })
    readonly property var copyPicture: ({ keys: ["Ctrl+C"], words: qsTr("Copy the photo") })

    readonly property var groups: [
        { title: qsTr("Everywhere"), entries: [newConversation, quickSwitch, findEverywhere, find, goToDate, previousConversation, nextConversation, settings, fullScreen, back, quit, listKeys] },
        { title: qsTr("Writing"), entries: [send, breakLine, addPictures, pastePictures] },
        { title: qsTr("Looking at photos"), entries: [turnPictures, zoomPicture, savePicture, copyPicture] }
    ]
}
