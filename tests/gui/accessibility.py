# SPDX-License-Identifier: Apache-2.0
"""A person who sees nothing uses the app: all of this goes through AT-SPI, which screen readers speak.
Started by tst_accessibility in a session that has the app at its first run, a server, and Ben on it, who
reads what he gets and answers.
Usage: accessibility.py USER_NAME PASSWORD"""
import re
import sys
import time

import pyatspi

PATIENCE = 60  # seconds, on a machine that has much else to do
INTERACTIVE = {
    pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT, pyatspi.ROLE_PASSWORD_TEXT, pyatspi.ROLE_SLIDER, pyatspi.ROLE_LINK,
    pyatspi.ROLE_PAGE_TAB, pyatspi.ROLE_LIST, pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_TABLE,
    pyatspi.ROLE_PAGE_TAB_LIST}
# What opens over the rest, and has to say what it is.
OPENING = {pyatspi.ROLE_DIALOG, pyatspi.ROLE_POPUP_MENU}
# What says nothing of what a thing is for.
NO_ROLE = {pyatspi.ROLE_INVALID, pyatspi.ROLE_UNKNOWN}
faults = []


def fail(words):
    print(words)
    print("\n".join(lines_of(app())))
    sys.exit(1)


def wait_for(what, find):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = find()
            if found:
                return found
        except Exception:  # something has gone while it was looked at
            pass
        time.sleep(0.05)
    fail(f"waited in vain for {what}")


def app():
    for one in pyatspi.Registry.getDesktop(0):
        if one is not None and one.name.lower() == "dunlin":
            one.clear_cache()  # no events are read that would tell what is out of date
            return one
    return None


def is_seen(thing):
    states = thing.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)


def everything(top=None, path=()):
    """What is on screen, each with what it is in."""
    for thing in top or app():
        if thing is None:
            continue
        here = path + (thing,)
        if is_seen(thing):
            yield thing, here
        yield from everything(thing, here)


def name_of(thing):
    """Qt hides the name of a password's field, and not its description."""
    return thing.description if thing.getRole() == pyatspi.ROLE_PASSWORD_TEXT else thing.name


def lines_of(top):
    return [f"{'  ' * len(path)}{thing.getRoleName()} '{name_of(thing)}'" for thing, path in everything(top)]


def find(role, name):
    """name: a pattern for all of it."""
    for thing, _ in everything():
        if thing.getRole() == role and re.fullmatch(name, name_of(thing)):
            return thing
    return None


def get(role, name):
    return wait_for(f"'{name}'", lambda: find(role, name))


def press(thing):
    actions = thing.queryAction()
    for number in range(actions.nActions):
        if actions.getName(number) in ("Press", "Toggle"):
            actions.doAction(number)
            return
    fail(f"'{thing.name}' cannot be pressed")


def focus(thing):
    def has_focus():
        thing.queryComponent().grabFocus()
        return thing.getState().contains(pyatspi.STATE_FOCUSED)
    wait_for(f"the focus on '{name_of(thing)}'", has_focus)


def write(thing, text):
    """By the keyboard, as everybody does."""
    focus(thing)
    for letter in text:
        pyatspi.Registry.generateKeyboardEvent(0, letter, pyatspi.KEY_STRING)
    wait_for(f"'{text}' in '{thing.name}'", lambda: thing.getState().contains(pyatspi.STATE_FOCUSED)
             and content_of(thing) in (text, "\u25cf" * len(text)))


def content_of(thing):
    return thing.queryText().getText(0, -1)


def check(screen):
    """Each thing on this screen that can be used says what it is and what it is for."""
    count = 0
    for thing, path in everything():
        states = thing.getState()
        can_be_used = states.contains(pyatspi.STATE_FOCUSABLE) or thing.getRole() in INTERACTIVE | OPENING
        where = " > ".join(f"{one.getRoleName()} '{one.name}'" for one in path)
        # A view that scrolls is named, and its bar is a part of it.
        if not can_be_used or thing.getRole() == pyatspi.ROLE_SCROLL_BAR:
            continue
        count += 1
        if thing.getRole() in NO_ROLE:
            faults.append(f"{screen}: has no role: {where}")
        if not name_of(thing).strip() and thing.getRole() != pyatspi.ROLE_WINDOW:
            faults.append(f"{screen}: has no name: {where}")
    check_choices(screen)
    if count == 0:
        faults.append(f"{screen}: there is nothing to use")
    print(f"{screen}: {count}")


def is_on(thing):
    return thing.getState().contains(pyatspi.STATE_CHECKED)


def check_choices(screen):
    """What excludes each other: one of it is chosen, and said to be."""
    groups = {}
    for thing, path in everything():
        if thing.getRole() == pyatspi.ROLE_RADIO_BUTTON:
            groups.setdefault(tuple(one.name for one in path[:-1]), []).append(is_on(thing))
    for where, chosen in groups.items():
        if chosen.count(True) != 1:
            faults.append(f"{screen}: {chosen.count(True)} are chosen of {len(chosen)}: {' > '.join(where)}")


def create_account(user_name, password):
    get(pyatspi.ROLE_PASSWORD_TEXT, "Password")
    check("the door")
    write(get(pyatspi.ROLE_TEXT, "User name"), user_name)
    write(get(pyatspi.ROLE_TEXT, "Your name, as others see it"), "Ana")
    write(get(pyatspi.ROLE_PASSWORD_TEXT, "Password"), password)
    press(get(pyatspi.ROLE_PUSH_BUTTON, "Create account"))
    keep = get(pyatspi.ROLE_PUSH_BUTTON, "Keep it in a file")
    check("no keychain")
    press(keep)
    get(pyatspi.ROLE_LIST, "Conversations")


def talk_to_ben():
    write(get(pyatspi.ROLE_TEXT, "Search people and messages"), "ben")
    press(get(pyatspi.ROLE_LIST_ITEM, "ben, .*"))
    write(get(pyatspi.ROLE_TEXT, "Message"), "hello ben")
    press(get(pyatspi.ROLE_PUSH_BUTTON, "Send"))
    time_of_day = r"\d{1,2}:\d\d( [AP]M)?"
    get(pyatspi.ROLE_LIST_ITEM, f"You, {time_of_day}, hello ben, Read")
    get(pyatspi.ROLE_LIST_ITEM, f"ben, {time_of_day}, hello ana")
    get(pyatspi.ROLE_LIST_ITEM, f"ben, .*hello ana, {time_of_day}")
    check("the conversation")


def look_into(opener, landmark, screen):
    press(opener)
    wait_for(screen, landmark)
    check(screen)


def look_into_settings():
    # Each section, and something that is in no other.
    sections = {
        "Profile": (pyatspi.ROLE_PUSH_BUTTON, "Change picture"),
        "Appearance": (pyatspi.ROLE_SLIDER, "Text size"),
        "Notifications": (pyatspi.ROLE_CHECK_BOX, "Do not disturb"),
        "General": (pyatspi.ROLE_CHECK_BOX, "Start when you log in"),
        "Privacy": (pyatspi.ROLE_CHECK_BOX, "Read receipts"),
        "Devices": (pyatspi.ROLE_LIST_ITEM, ".*, This device"),
        "Storage": (pyatspi.ROLE_LABEL, "Pictures you have looked at: 0 bytes"),
        "Keys": (pyatspi.ROLE_LABEL, r"Settings: Ctrl\+,"),
        "About": (pyatspi.ROLE_PUSH_BUTTON, "QCoro, MIT")}
    tabs = wait_for("the sections", lambda: [tab.name for tab, _ in everything() if tab.getRole() == pyatspi.ROLE_PAGE_TAB])
    if tabs != list(sections):
        fail(f"there are other sections: {tabs}")
    for section, landmark in sections.items():
        press(get(pyatspi.ROLE_PAGE_TAB, section))
        wait_for(section, lambda: find(pyatspi.ROLE_PAGE_TAB, section).getState().contains(pyatspi.STATE_SELECTED))
        get(*landmark)
        check(f"the settings, {section}")
    switch_something()


def switch_something():
    """A choice and a switch, which have been found so far and not used."""
    press(get(pyatspi.ROLE_PAGE_TAB, "Appearance"))
    press(get(pyatspi.ROLE_RADIO_BUTTON, "Dark"))
    wait_for("Dark to be chosen", lambda: is_on(find(pyatspi.ROLE_RADIO_BUTTON, "Dark"))
             and not is_on(find(pyatspi.ROLE_RADIO_BUTTON, "Light")))
    check_choices("dark")
    was_on = is_on(get(pyatspi.ROLE_CHECK_BOX, "Reduce motion"))
    press(get(pyatspi.ROLE_CHECK_BOX, "Reduce motion"))
    wait_for("motion to change", lambda: is_on(find(pyatspi.ROLE_CHECK_BOX, "Reduce motion")) != was_on)


def main():
    user_name, password = sys.argv[1:]
    wait_for("the app", lambda: app() and find(pyatspi.ROLE_PUSH_BUTTON, "Create account"))
    create_account(user_name, password)
    check("no conversations")
    talk_to_ben()
    look_into(get(pyatspi.ROLE_PUSH_BUTTON, "Emoji"), lambda: find(pyatspi.ROLE_TEXT, "Search emoji"), "the emoji")
    get(pyatspi.ROLE_DIALOG, "Emoji")
    pyatspi.Registry.generateKeyboardEvent(0xFF1B, None, pyatspi.KEY_SYM)  # Esc
    wait_for("the emoji's end", lambda: not find(pyatspi.ROLE_TEXT, "Search emoji"))
    look_into(get(pyatspi.ROLE_PUSH_BUTTON, "More"), lambda: find(pyatspi.ROLE_MENU_ITEM, "Mute"), "the menu")
    get(pyatspi.ROLE_POPUP_MENU, "Conversation")
    press(get(pyatspi.ROLE_MENU_ITEM, "Mute"))
    wait_for("the menu's end", lambda: not find(pyatspi.ROLE_MENU_ITEM, ".*"))
    look_into(get(pyatspi.ROLE_PUSH_BUTTON, "More"), lambda: find(pyatspi.ROLE_MENU_ITEM, "Unmute"), "the menu of what is muted")
    look_into(get(pyatspi.ROLE_MENU_ITEM, "Retention"), lambda: find(pyatspi.ROLE_DIALOG, "Retention"), "the retention")
    pyatspi.Registry.generateKeyboardEvent(0xFF1B, None, pyatspi.KEY_SYM)
    wait_for("the retention's end", lambda: not find(pyatspi.ROLE_DIALOG, ".*"))
    press(get(pyatspi.ROLE_PUSH_BUTTON, "Settings"))
    look_into_settings()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
