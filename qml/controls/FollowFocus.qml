// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Dunlin

// Brings what gets the keyboard into view.
Item {
    id: follower

    required property Flickable flickable
    readonly property Item focused: Window.activeFocusItem

    function isInside(item) {
        let parent = item
        while (parent && parent !== flickable.contentItem)
            parent = parent.parent
        return parent !== null
    }
    onFocusedChanged: {
        if (!focused || focused === flickable || !isInside(focused))
            return
        const top = focused.mapToItem(flickable.contentItem, 0, 0).y - Theme.s
        const bottom = top + Math.min(focused.height + 2 * Theme.s, flickable.height)
        if (top < flickable.contentY)
            flickable.contentY = Math.max(0, top)
        else if (bottom > flickable.contentY + flickable.height)
            flickable.contentY = bottom - flickable.height
    }
}
