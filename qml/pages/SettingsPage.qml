// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models
import Dunlin.Desktop

// The settings: their sections on the left, above where there is little room, and the open one.
FocusScope {
    id: page

    required property AppController app
    required property DesktopSettings desktop
    property int current: 0
    readonly property bool isNarrow: width < Theme.sections + Theme.card
    readonly property var sections: [
        { name: "profile", title: qsTr("Profile"), icon: "person", content: profile },
        { name: "appearance", title: qsTr("Appearance"), icon: "appearance", content: appearance },
        { name: "notifications", title: qsTr("Notifications"), icon: "bell", content: notifications },
        { name: "general", title: qsTr("General"), icon: "settings", content: general },
        { name: "privacy", title: qsTr("Privacy"), icon: "privacy", content: privacy },
        { name: "devices", title: qsTr("Devices"), icon: "device", content: devices },
        { name: "storage", title: qsTr("Storage"), icon: "storage", content: storage },
        { name: "keyboard", title: qsTr("Keys", "of the keyboard"), icon: "keyboard", content: keyboard },
        { name: "about", title: qsTr("About"), icon: "about", content: about }
    ]
    signal closed()

    function show(name) {
        current = Math.max(0, sections.findIndex(section => section.name === name))
    }

    function showNext(step) {
        current = Math.max(0, Math.min(sections.length - 1, current + step))
    }

    onVisibleChanged: if (visible) list.forceActiveFocus(Qt.TabFocusReason)
    Keys.onPressed: (event) => {
        if (event.text === Keymap.listKeys.keys[0]) {
            event.accepted = true
            show("keyboard")
        }
    }

    Component { id: profile; ProfileSettings { app: page.app } }
    Component { id: appearance; AppearanceSettings { app: page.app } }
    Component { id: notifications; NotificationSettings { desktop: page.desktop } }
    Component { id: general; GeneralSettings { desktop: page.desktop; keychain: page.app.keychain } }
    Component { id: privacy; PrivacySettings { app: page.app } }
    Component { id: devices; DeviceSettings { app: page.app } }
    Component { id: storage; StorageSettings { app: page.app } }
    Component { id: keyboard; KeyboardSettings { app: page.app } }
    Component { id: about; AboutSettings { app: page.app } }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    RowLayout {
        id: header
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.s
        height: Theme.header
        Text {
            Layout.fillWidth: true
            text: qsTr("Settings")
            color: Theme.text
            font.pixelSize: Theme.textTitle
            font.weight: Font.Medium
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        IconButton { objectName: "closeSettingsButton"; iconName: "close"; label: qsTr("Close"); onClicked: page.closed() }
    }
    ListView {
        id: list
        objectName: "settingsSections"
        anchors.top: header.bottom
        anchors.left: parent.left
        anchors.leftMargin: Theme.s
        width: page.isNarrow ? page.width - 2 * Theme.s : Theme.sections
        height: page.isNarrow ? Theme.control : page.height - header.height
        orientation: page.isNarrow ? ListView.Horizontal : ListView.Vertical
        spacing: page.isNarrow ? Theme.xs : 0
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        model: page.sections
        currentIndex: page.current
        highlightMoveDuration: Theme.motion
        Accessible.role: Accessible.PageTabList
        Accessible.name: qsTr("Sections")
        // Two that differ by the way the sections stand.
        Keys.onUpPressed: page.showNext(-1)
        Keys.onDownPressed: page.showNext(1)
        Keys.onLeftPressed: page.showNext(Words.forward(-1))
        Keys.onRightPressed: page.showNext(Words.forward(1))
        delegate: SectionTab {
            id: tab
            required property int index
            required property var modelData
            objectName: "section-" + modelData.name
            width: page.isNarrow ? implicitWidth : list.width
            iconName: modelData.icon
            text: modelData.title
            isCurrent: page.current === index
            hasKeys: isCurrent && list.activeFocus
            onClicked: page.current = tab.index
        }
    }
    B.ScrollView {
        id: scroll
        anchors.top: page.isNarrow ? list.bottom : header.bottom
        anchors.topMargin: page.isNarrow ? Theme.s : 0
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        anchors.left: page.isNarrow ? parent.left : list.right
        contentWidth: availableWidth
        contentHeight: content.height + 2 * Theme.l
        FollowFocus { flickable: scroll.contentItem as Flickable }

        Loader {
            id: content
            x: scroll.mirrored ? scroll.availableWidth - width - Theme.l : Theme.l
            y: Theme.xs
            width: Math.min(scroll.availableWidth, Theme.bubbleMax) - 2 * Theme.l
            active: page.visible
            sourceComponent: page.sections[page.current].content
        }
    }
}
