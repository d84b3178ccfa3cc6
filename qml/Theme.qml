// SPDX-License-Identifier: Apache-2.0
pragma Singleton
import QtQuick

// Every colour by its role, every distance and size. Nothing else in qml/ names a colour or a
// number of pixels that is not made of these.
QtObject {
    property bool isDark: false

    readonly property color window: isDark ? "#14171b" : "#ffffff"
    readonly property color surface: isDark ? "#1a1e23" : "#f6f7f9"
    readonly property color raised: isDark ? "#23282f" : "#ffffff"
    readonly property color hovered: isDark ? "#22272e" : "#eceff3"
    readonly property color selected: isDark ? "#22364f" : "#dfeafb"
    readonly property color border: isDark ? "#2d333b" : "#dfe3e8"
    readonly property color field: isDark ? "#22272e" : "#eef0f3"

    readonly property color text: isDark ? "#e7eaee" : "#15181c"
    readonly property color textMuted: isDark ? "#9aa6b2" : "#5a6571"
    // For style sheets. Qt 6.4 crashes now and then where compiled QML makes text of a colour.
    readonly property string accentCss: isDark ? "#85b6f9" : "#1f5fc4"
    readonly property color accent: accentCss
    readonly property color accentFill: isDark ? "#2f6fd0" : "#1f5fc4"
    readonly property color accentText: "#ffffff"
    readonly property color danger: isDark ? "#ff9b94" : "#bd2424"
    readonly property color online: isDark ? "#3fb950" : "#22863a"

    readonly property color bubbleOther: isDark ? "#242a31" : "#f0f2f5"
    readonly property color bubbleOwn: isDark ? "#1d4678" : "#d5e5fd"
    readonly property color bubbleOwnMuted: isDark ? "#b4c9e4" : "#46586f"
    readonly property color read: isDark ? "#7fbcff" : "#1a57b8"
    readonly property color badgeMuted: isDark ? "#5a6571" : "#66717d"
    readonly property color quote: isDark ? "#1affffff" : "#12000000"
    readonly property color pill: isDark ? "#2a3037" : "#e4e8ed"
    // On pictures, whatever they show, and around them in the viewer.
    readonly property color scrim: "#a6101418"
    readonly property color viewer: "#f50c0f12"
    readonly property color scrimRead: "#7fbcff"
    readonly property color scrimText: "#ffffff"
    readonly property color scrimTextMuted: "#c9d1d9"

    readonly property var avatars: ["#c2410c", "#a34a08", "#47740d", "#0f766e",
                                    "#0369a1", "#4f46e5", "#8a2be2", "#be185d"]

    // Spacing on a grid of 4.
    readonly property int xs: 4
    readonly property int s: 8
    readonly property int m: 12
    readonly property int l: 16
    readonly property int xl: 24
    readonly property int xxl: 32

    readonly property int textSmall: 12
    readonly property int textNormal: 13
    readonly property int textLarge: 15
    readonly property int textTitle: 20
    readonly property int textEmoji: 36

    readonly property int radiusSmall: 4
    readonly property int radius: 12
    readonly property int radiusBubble: 18
    readonly property int radiusPicture: 14

    readonly property int control: 36
    readonly property int header: 56
    readonly property int row: 64
    readonly property int avatar: 44
    readonly property int icon: 20
    readonly property int iconSmall: 16
    readonly property int focusRing: 2
    readonly property int ring: 48
    readonly property int attachment: 88

    readonly property int narrow: 640
    readonly property int listWidth: 320
    readonly property int listMin: 240
    readonly property int listMax: 480
    readonly property int card: 380
    readonly property int bubbleMax: 560

    // 0 where the system asks for less motion.
    property int motion: 120
}
