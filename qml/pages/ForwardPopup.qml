// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// Where messages are to be forwarded to: any number of conversations.
AppPopup {
    id: popup
    objectName: "forwardPopup"
    title: qsTr("Forward to")

    required property AppController app
    readonly property MessageActions actions: app.conversation.actions
    property var chosen: []

    function toggle(id) {
        const others = chosen.filter((other) => other !== id)
        chosen = others.length < chosen.length ? others : others.concat([id])
    }
    function submit() {
        actions.forwardTo(chosen)
    }

    width: Math.min(Theme.card, parent.width - 2 * Theme.l)
    height: Math.min(Theme.card + Theme.card / 3, parent.height - 2 * Theme.l)
    padding: Theme.m
    modal: true
    Connections {
        target: popup.actions
        function onForwardChanged() {
            if (popup.actions.forwardCount > 0)
                popup.open()
            else
                popup.close()
        }
    }
    onOpened: {
        chosen = []
        filter.text = ""
        filter.forceActiveFocus(Qt.PopupFocusReason)
    }
    onClosed: actions.cancelForward()

    Item {
        anchors.fill: parent
        B.TextField {
            id: filter
            objectName: "forwardFilter"
            width: parent.width
            implicitHeight: Theme.control
            leftPadding: Theme.m
            rightPadding: Theme.m
            horizontalAlignment: TextInput.AlignLeft
            LayoutMirroring.enabled: Words.areFromRight // before it is in the popup
            color: Theme.text
            selectionColor: Theme.accentFill
            selectedTextColor: Theme.accentText
            font.pixelSize: Theme.textNormal
            placeholderText: popup.title
            placeholderTextColor: Theme.textMuted
            Accessible.name: placeholderText
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
            background: Rectangle {
                radius: height / 2
                color: Theme.field
                border.width: filter.activeFocus ? 1 : 0
                border.color: Theme.accent
            }
        }
        ListView {
            id: list
            objectName: "forwardList"
            anchors.top: filter.bottom
            anchors.topMargin: Theme.s
            anchors.bottom: send.top
            anchors.bottomMargin: Theme.s
            width: parent.width
            clip: true
            model: popup.app.conversations
            activeFocusOnTab: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Conversations")
            B.ScrollBar.vertical: B.ScrollBar { }
            delegate: B.CheckDelegate {
                id: row
                objectName: "forwardRow"
                required property string conversationId
                required property string name
                required property string initials
                required property int colorIndex
                required property string avatarBlobId
                readonly property bool isWanted: name.toLowerCase().includes(filter.text.trim().toLowerCase())
                width: ListView.view.width
                height: isWanted ? Theme.header : 0
                visible: isWanted
                checked: popup.chosen.indexOf(conversationId) >= 0
                Accessible.role: Accessible.CheckBox
                Accessible.name: name
                Accessible.onPressAction: popup.toggle(conversationId)
                Accessible.onToggleAction: popup.toggle(conversationId)
                onToggled: popup.toggle(conversationId)
                Keys.onReturnPressed: popup.toggle(conversationId)
                indicator: Icon {
                    x: row.mirrored ? Theme.m : row.width - width - Theme.m
                    anchors.verticalCenter: parent.verticalCenter
                    visible: row.checked
                    name: "check"
                    color: Theme.accent
                }
                background: Rectangle {
                    radius: Theme.s
                    color: row.hovered || (row.ListView.isCurrentItem && row.ListView.view.activeFocus) ? Theme.hovered : "transparent"
                }
                contentItem: Row {
                    spacing: Theme.m
                    Avatar {
                        anchors.verticalCenter: parent.verticalCenter
                        size: Theme.control
                        initials: row.initials
                        colorIndex: row.colorIndex
                        blobs: popup.app.blobs
                        blobId: row.avatarBlobId
                    }
                    Text {
                        anchors.verticalCenter: parent.verticalCenter
                        width: row.width - 2 * Theme.control - 3 * Theme.m
                        text: row.name
                        textFormat: Text.PlainText
                        color: Theme.text
                        font.pixelSize: Theme.textLarge
                        horizontalAlignment: Text.AlignLeft
                        elide: Text.ElideRight
                    }
                }
            }
        }
        AppButton {
            id: send
            objectName: "forwardButton"
            anchors.bottom: parent.bottom
            anchors.right: parent.right
            text: qsTr("Forward")
            isMain: true
            enabled: popup.chosen.length > 0
            onClicked: popup.submit()
        }
    }
}
