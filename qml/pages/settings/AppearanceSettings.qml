// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import QtQuick.Templates as T
import Dunlin
import Dunlin.Models

// Light or dark, accent, text size, language, motion.
ColumnLayout {
    id: section

    required property AppController app
    readonly property Appearance appearance: app.appearance

    spacing: Theme.m

    SectionTitle { text: qsTr("Colours"); topPadding: 0 }
    RadioRow {
        Layout.fillWidth: true
        label: qsTr("Colours")
        options: [qsTr("Follow the system", "colours"), qsTr("Light", "colours"), qsTr("Dark", "colours")]
        optionName: "theme"
        current: section.app.theme
        onChosen: (index) => section.app.theme = index
    }
    SectionTitle { text: qsTr("Accent") }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.s
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Accent")
        Repeater {
            model: [qsTr("Blue"), qsTr("Teal"), qsTr("Green"), qsTr("Orange"), qsTr("Rose"), qsTr("Violet")]
            delegate: T.RadioButton {
                id: swatch
                required property int index
                required property string modelData
                readonly property bool isChosen: section.appearance.accent === index
                objectName: "accent" + index
                implicitWidth: Theme.control
                implicitHeight: Theme.control
                focusPolicy: Qt.StrongFocus
                checked: isChosen
                Accessible.name: modelData
                Accessible.onPressAction: if (enabled) clicked()
                Accessible.onToggleAction: if (enabled) clicked()
                B.ToolTip.visible: hovered
                B.ToolTip.delay: 600
                B.ToolTip.text: modelData
                Keys.onReturnPressed: clicked()
                onClicked: section.appearance.accent = swatch.index
                contentItem: Rectangle {
                    radius: height / 2
                    color: Theme.isDark ? Theme.accents[swatch.index].dark.fill : Theme.accents[swatch.index].light.fill
                    border.width: swatch.visualFocus ? Theme.focusRing : 0
                    border.color: Theme.text
                    Icon { anchors.centerIn: parent; visible: swatch.isChosen; name: "check"; color: Theme.accentText }
                }
            }
        }
    }
    SectionTitle { text: qsTr("Text size") }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.m
        B.Slider {
            id: slider
            objectName: "textSizeSlider"
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.card
            implicitHeight: Theme.control
            from: section.appearance.textPercentMin
            to: section.appearance.textPercentMax
            stepSize: 10
            snapMode: B.Slider.SnapAlways
            value: section.appearance.textPercent
            onMoved: section.appearance.textPercent = value
            Accessible.name: qsTr("Text size")
            background: Rectangle {
                x: slider.leftPadding
                y: (slider.height - height) / 2
                width: slider.availableWidth
                height: Theme.xs
                radius: height / 2
                color: Theme.badgeMuted
                Rectangle {
                    x: slider.mirrored ? parent.width - width : 0
                    width: slider.position * parent.width
                    height: parent.height
                    radius: height / 2
                    color: Theme.accentFill
                }
            }
            handle: Rectangle {
                x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
                y: (slider.height - height) / 2
                width: Theme.icon
                height: Theme.icon
                radius: height / 2
                color: Theme.accentFill
                border.width: slider.visualFocus ? Theme.focusRing : 0
                border.color: Theme.text
            }
        }
        Text {
            objectName: "textSizeLabel"
            text: Words.percent(section.appearance.textPercent)
            color: Theme.text
            font.pixelSize: Theme.textNormal
        }
    }
    Rectangle {
        implicitWidth: sample.implicitWidth + 2 * Theme.m
        implicitHeight: sample.implicitHeight + 2 * Theme.s
        radius: Theme.radiusBubble
        color: Theme.bubbleOwn
        Text {
            id: sample
            anchors.centerIn: parent
            text: qsTr("This is how messages look.")
            color: Theme.text
            font.pixelSize: Theme.textLarge
        }
    }
    SectionTitle { text: qsTr("Language") }
    RadioRow {
        Layout.fillWidth: true
        label: qsTr("Language")
        options: section.app.language.names
        optionName: "language"
        current: section.app.language.choice
        onChosen: (index) => section.app.language.choice = index
    }
    SectionTitle { text: qsTr("Motion") }
    AppSwitch {
        objectName: "reducedMotion"
        Layout.fillWidth: true
        text: qsTr("Reduce motion")
        hint: qsTr("Nothing slides or fades. Dunlin does so by itself where the system asks for it.")
        checked: section.appearance.isMotionReduced
        onToggled: section.appearance.isMotionReduced = checked
    }
}
