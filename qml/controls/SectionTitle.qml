// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// Above a part of a page.
Text {
    topPadding: Theme.m
    color: Theme.text
    font.pixelSize: Theme.textLarge
    font.weight: Font.Medium
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
