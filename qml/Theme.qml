// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Every colour by its role, every distance and size. Nothing else in qml/ names a colour or a
// number of pixels that is not made of these.
QtObject {
    property bool isDark: false
    // Which of accents, what texts are scaled by, and whether the user or the system asks for less
    // motion.
    property int accentChoice: 0
    property real textScale: 1
    property bool isMotionReduced: false

    readonly property color window: isDark ? "#14171b" : "#ffffff"
    readonly property color surface: isDark ? "#1a1e23" : "#f6f7f9"
    readonly property color raised: isDark ? "#23282f" : "#ffffff"
    readonly property color hovered: isDark ? "#22272e" : "#eceff3"
    readonly property color selected: accentColors.selected
    readonly property color border: isDark ? "#2d333b" : "#dfe3e8"
    readonly property color field: isDark ? "#22272e" : "#eef0f3"

    readonly property color text: isDark ? "#e7eaee" : "#15181c"
    readonly property color textMuted: isDark ? "#9aa6b2" : "#5a6571"
    // For style sheets. Qt 6.4 crashes now and then where compiled QML makes text of a colour.
    readonly property string accentCss: accentColors.accent
    readonly property color accent: accentCss
    readonly property color accentFill: accentColors.fill
    readonly property color accentText: "#ffffff"
    readonly property color danger: isDark ? "#ff9b94" : "#bd2424"
    readonly property color online: isDark ? "#3fb950" : "#22863a"

    readonly property color bubbleOther: isDark ? "#242a31" : "#f0f2f5"
    readonly property color bubbleOwn: accentColors.own
    readonly property color bubbleOwnMuted: accentColors.ownMuted
    readonly property color read: accentColors.read
    readonly property color badgeMuted: isDark ? "#5a6571" : "#66717d"
    readonly property color quote: isDark ? "#1affffff" : "#12000000"
    readonly property color pill: isDark ? "#2a3037" : "#e4e8ed"
    // Of code in messages, on whichever bubble.
    readonly property string codeCss: isDark ? "rgba(255, 255, 255, 20)" : "rgba(0, 0, 0, 13)"
    // On pictures, whatever they show, and around them in the viewer.
    readonly property color scrim: "#a6101418"
    readonly property color viewer: "#f50c0f12"
    readonly property color scrimRead: "#7fbcff"
    readonly property color scrimText: "#ffffff"
    readonly property color scrimTextMuted: "#c9d1d9"

    readonly property var avatars: ["#c2410c", "#a34a08", "#47740d", "#0f766e",
                                    "#0369a1", "#4f46e5", "#8a2be2", "#be185d"]

    // What follows from the accent: words and marks in it, what is filled with it, what is chosen,
    // own messages, what is quiet on them, and the ticks of what was read.
    readonly property var accentColors: isDark ? accents[accentChoice].dark : accents[accentChoice].light
    readonly property var accents: [
        { light: { accent: "#1f5fc4", fill: "#1f5fc4", selected: "#dfeafb", own: "#d5e5fd", ownMuted: "#46586f", read: "#1a57b8" },
          dark: { accent: "#85b6f9", fill: "#2f6fd0", selected: "#22364f", own: "#1d4678", ownMuted: "#b4c9e4", read: "#7fbcff" } },
        { light: { accent: "#006d7c", fill: "#007a8a", selected: "#d3eff2", own: "#c6ebef", ownMuted: "#435c5f", read: "#00697a" },
          dark: { accent: "#63cdd9", fill: "#007d8d", selected: "#123b3f", own: "#004e55", ownMuted: "#aacfd4", read: "#52cbd8" } },
        { light: { accent: "#00722e", fill: "#0e803b", selected: "#daefde", own: "#d0ecd4", ownMuted: "#4b5c4e", read: "#006f25" },
          dark: { accent: "#84cd93", fill: "#14833e", selected: "#203b26", own: "#224f2d", ownMuted: "#b6cfba", read: "#7ccd8e" } },
        { light: { accent: "#9f4900", fill: "#ad5600", selected: "#fae4d5", own: "#fbdcc8", ownMuted: "#645347", read: "#9d4100" },
          dark: { accent: "#f1a774", fill: "#b15900", selected: "#482d1a", own: "#623818", ownMuted: "#d9beac", read: "#f4a46b" } },
        { light: { accent: "#a43c5b", fill: "#b54b69", selected: "#fde0e5", own: "#fdd8df", ownMuted: "#665054", read: "#a33256" },
          dark: { accent: "#f69cb1", fill: "#b84e6c", selected: "#4a2931", own: "#64313e", ownMuted: "#dab8bf", read: "#fa97af" } },
        { light: { accent: "#734fa9", fill: "#805db8", selected: "#ebe4fb", own: "#e7ddfc", ownMuted: "#595365", read: "#7048a9" },
          dark: { accent: "#c5aaf7", fill: "#8360bb", selected: "#382e4a", own: "#4a3a66", ownMuted: "#c8bfdb", read: "#c5a7fb" } }
    ]

    // The style sheet of what toHtml() makes of a message.
    readonly property string messageCss: "a { color: " + accentCss + " } td.bar { background-color: " + accentCss
        + " } td.quoted { padding-left: " + s + "px } td.code { background-color: " + codeCss
        + " } table { margin-top: " + xs + "px; margin-bottom: " + xs + "px } code { background-color: " + codeCss + " }"

    // Spacing on a grid of 4.
    readonly property int xs: 4
    readonly property int s: 8
    readonly property int m: 12
    readonly property int l: 16
    readonly property int xl: 24
    readonly property int xxl: 32

    readonly property int textSmall: Math.round(12 * textScale)
    readonly property int textNormal: Math.round(13 * textScale)
    readonly property int textLarge: Math.round(15 * textScale)
    readonly property int textTitle: Math.round(20 * textScale)
    readonly property int textEmoji: Math.round(36 * textScale)

    readonly property int radiusSmall: 4
    readonly property int radius: 12
    readonly property int radiusBubble: 18
    readonly property int radiusPicture: 14

    // What holds text grows with it, and stays easy to hit when the text is small.
    readonly property real controlScale: Math.max(1, textScale)
    readonly property int control: Math.round(36 * controlScale)
    readonly property int header: Math.round(56 * controlScale)
    readonly property int row: Math.round(64 * controlScale)
    readonly property int avatar: Math.round(44 * controlScale)
    readonly property int icon: Math.round(20 * controlScale)
    readonly property int iconSmall: Math.round(16 * controlScale)
    readonly property int focusRing: 2
    readonly property int ring: 48
    readonly property int attachment: Math.round(88 * controlScale)
    readonly property int menu: Math.round(200 * controlScale)

    readonly property string emojiFont: "Noto Color Emoji"
    readonly property int emojiSize: Math.round(22 * controlScale)
    readonly property int emojiCell: Math.round(36 * controlScale)
    readonly property int emojiColumns: 9

    readonly property int narrow: 640
    readonly property int listWidth: 320
    readonly property int listMin: 240
    readonly property int listMax: 480
    readonly property int card: Math.round(380 * controlScale)
    readonly property int bubbleMax: Math.round(560 * controlScale)
    readonly property int sections: Math.round(180 * controlScale)

    readonly property int motion: isMotionReduced ? 0 : 120
}
