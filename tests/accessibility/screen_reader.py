"""Reads and works a window through the accessibility tree alone, as assistive technology does.

Runs on Debian's Python with its pyatspi, and therefore imports nothing of the project.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gi
import pyatspi
from gi.repository import GLib

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

KEYS = {"Down": 0xFF54, "Return": 0xFF0D, "Escape": 0xFF1B}
PATIENCE = 60.0
"""Seconds after which something that should have come is said to be missing."""
CLICK = 0.15
"""Seconds of a click as Qt shows it (0.1): a focus that moves on before takes it back."""
OPENING = 2.0
"""Seconds in which an opened list says which of its lines is chosen."""
CLICKS = ("Press", "Toggle", "ShowMenu")
"""The actions that do what a click does, the fitting one first."""
GONE = (GLib.Error, NotImplementedError, AttributeError)
"""What pyatspi raises where the thing looked at went away in the meantime."""
PASSED_OVER = ("list item", "scroll bar")
"""Roles that are never looked for, and are many."""
CURRENT = ("page tab", "table cell")
"""Roles whose current one calls itself focused while the focus is elsewhere."""
LEAVES = ("label", "text", "radio button", "check box")
"""Roles with nothing of use inside."""


class Missing(AssertionError):
    """Something is not in the tree."""


def wait_until(what: str, look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Look until there is something, and return it; raises Missing that names it."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except GONE:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Missing(f"After {seconds:.0f} s there is still no {what}.")
        time.sleep(0.02)


def application(name: str) -> Any:
    """Return the root of a running application, once its window is there."""
    return wait_until(f"application {name!r}", lambda: _application(name))


def _application(name: str) -> Any:
    for found in _children(pyatspi.Registry.getDesktop(0)):
        if found.get_name() == name and found.get_child_count():
            found.set_cache_mask(
                Atspi.Cache.NONE
            )  # ask each time: no event loop keeps a cache up to date here
            return found
    return None


def _children(node: Any) -> Iterator[Any]:
    """Yield what is directly below something.

    WORKAROUND: of a scroll area only its content is asked for, never its scroll bars: where a bar has gone since the
    children were counted, Qt 6.11 (QAccessibleAbstractScrollArea::child) reads past the end of its list and crashes.
    """
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            only = number == 0 and (child.get_accessible_id() or "").endswith("qt_scrollarea_viewport")
            yield child
            if only:
                return


def has(node: Any, state: Any) -> bool:
    """Tell whether something is in a state, such as Atspi.StateType.CHECKED."""
    return bool(node.get_state_set().contains(state))


def is_shown(node: Any) -> bool:
    """Tell whether something can be seen."""
    return has(node, Atspi.StateType.SHOWING)


def is_on(node: Any) -> bool:
    """Tell whether a button is checked or a line is selected."""
    return has(node, Atspi.StateType.CHECKED) or has(node, Atspi.StateType.SELECTED)


def shown(node: Any) -> Iterator[Any]:
    """Yield all that is shown below something, in the order of reading."""
    for child in _children(node):
        role = child.get_role_name()
        if role not in PASSED_OVER and is_shown(child):
            yield child
            if role not in LEAVES:
                yield from shown(child)


def focused(node: Any) -> Any:
    """Return what has the focus below something, None where nothing has; the current tab or cell says it always."""
    stops = (one for one in shown(node) if one.get_role_name() not in CURRENT)
    return next((one for one in stops if has(one, Atspi.StateType.FOCUSED)), None)


def label_of(node: Any) -> str:
    """Return what a person would call something: its name, or for a box its label, as its name is the choice."""
    if node.get_role_name() == "combo box":
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                return str(relation.get_target(0).get_name())
    return str(node.get_name())


def everything_said(node: Any) -> list[str]:
    """Return the names and descriptions of all that is shown."""
    return [words for one in shown(node) for words in (one.get_name(), one.get_description()) if words]


def hear(node: Any, pattern: str) -> str:
    """Wait until something shown says words that fit a pattern, and return them."""
    fits = re.compile(pattern).fullmatch
    return str(wait_until(repr(pattern), lambda: next(filter(fits, everything_said(node)), "")))


class Screen:
    """A part of the window; what was found once is not looked for again while it is still shown."""

    def __init__(self, root: Any) -> None:
        """Look below a root."""
        self.root = root
        self._known: dict[tuple[str, str], Any] = {}

    def find(self, role: str, name: str, seconds: float = PATIENCE) -> Any:
        """Return the first of that role whose name is, or starts with, these words; raises Missing."""
        return wait_until(f"{role} {name!r}", lambda: self.look(role, name), seconds)

    def look(self, *wanted: str) -> Any:
        """Return the first thing found for pairs of role and name, None where none is shown now."""
        pairs = list(zip(wanted[::2], wanted[1::2], strict=True))
        found = next((one for pair in pairs if (one := self._remembered(pair))), None)
        if found is None:
            self._read()
            found = next((self._known[pair] for pair in pairs if pair in self._known), None)
        return found or next((one for pair in pairs if (one := self._by_start(pair))), None)

    def part(self, name: str) -> Screen:
        """Return the named part of the screen: a card, a group, a row."""
        return Screen(self.find("panel", name))

    def _remembered(self, pair: tuple[str, str]) -> Any:
        node = self._known.get(pair)
        try:
            return node if node is not None and is_shown(node) and label_of(node) == pair[1] else None
        except GONE:
            return None

    def _read(self) -> None:
        self._known = {}
        for node in shown(self.root):
            self._known.setdefault((node.get_role_name(), label_of(node)), node)

    def _by_start(self, pair: tuple[str, str]) -> Any:
        role, start = pair
        fitting = (
            node for (kind, name), node in self._known.items() if kind == role and name.startswith(start)
        )
        return next(fitting, None)

    # What a person does

    def press(self, role: str, name: str) -> None:
        """Do what a click on it does."""
        node = self.find(role, name)
        wait_until(f"enabled {role} {name!r}", lambda: has(node, Atspi.StateType.ENABLED))
        act(node)
        time.sleep(CLICK)

    def type(self, name: str, text: str) -> None:
        """Put text into a field in place of what is there."""
        node = self.find("text", name)
        node.queryEditableText().setTextContents(text)
        wait_until(f"{text!r} in {name!r}", lambda: read(node) == text)

    def turn_on(self, role: str, name: str) -> None:
        """Check a radio button or a check box that is not checked yet."""
        node = self.find(role, name)
        if not is_on(node):
            act(node)
        wait_until(f"check at {name!r}", lambda: is_on(node))

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a box: open it and go down its list, or type the words where it takes text."""
        box = self.find("combo box", name)
        if (line := Screen(box).look("text", name)) is not None:
            line.queryEditableText().setTextContents(words)
            wait_until(f"{words!r} in {name!r}", lambda: read(line) == words)
            return
        entries = box.get_child_at_index(0)
        wait_for_keyboard(box)
        act(box)
        wait_until(f"list of {name!r}", lambda: is_shown(entries))
        go_down_to(entries, words)
        press_key("Return")
        wait_until(f"{words!r} in {name!r}", lambda: box.get_name() == words and not is_shown(entries))

    def take(self, name: str, list_name: str, words: str) -> None:
        """Type into a field that finds, go down to the line with these words, and take it."""
        self.type(name, words)
        focus(self.find("text", name))
        found = self.find("list", list_name)
        wait_until(f"{words!r} in {list_name!r}", lambda: line_of(found, words))
        press_key("Down")
        wait_until(f"focus in {list_name!r}", lambda: has(found, Atspi.StateType.FOCUSED))
        go_down_to(found, words)
        press_key("Return")
        wait_until(f"end of {list_name!r}", lambda: not is_shown(found))


def go_down_to(entries: Any, words: str) -> None:
    """Press Down until the line with these words is the one selected."""
    lines = list(_children(entries))
    wanted = next((at for at, line in enumerate(lines) if words in line.get_name()), None)
    if wanted is None:
        raise Missing(f"{words!r} is not among {[line.get_name() for line in lines]}.")
    until = time.monotonic() + OPENING
    while not any(map(is_on, lines)) and time.monotonic() < until:  # an empty box has no line that is chosen
        time.sleep(0.02)
    at = next((at for at, line in enumerate(lines) if is_on(line)), -1)
    while at < wanted:
        at += 1
        press_key("Down")
        wait_until(f"selection of {lines[at].get_name()!r}", partial(is_on, lines[at]))


def wait_for_keyboard(node: Any) -> None:
    """Wait until the window that something is in has the keyboard."""
    while node.get_role_name() not in ("frame", "dialog"):
        node = node.get_parent()
    wait_until(f"keyboard in {node.get_name()!r}", lambda: has(node, Atspi.StateType.ACTIVE))


def focus(node: Any) -> None:
    """Put the focus on something."""
    wait_for_keyboard(node)
    node.queryComponent().grabFocus()
    wait_until(f"focus on {label_of(node)!r}", lambda: has(node, Atspi.StateType.FOCUSED))


def press_key(name: str) -> None:
    """Press a key as a screen reader's user does: Qt offers no action that takes an entry of a list."""
    pyatspi.Registry.generateKeyboardEvent(KEYS[name], None, pyatspi.KEY_SYM)


def act(node: Any) -> None:
    """Do what a click does, through the action that the thing offers for it."""
    actions = node.queryAction()
    names = [actions.getName(number) for number in range(actions.nActions)]
    wanted = next((name for name in CLICKS if name in names), None)
    if wanted is None:
        raise Missing(f"{node.get_role_name()} {node.get_name()!r} offers only {names}.")
    actions.doAction(names.index(wanted))


def read(node: Any) -> str:
    """Return the text of a field."""
    return str(node.queryText().getText(0, -1))


def line_of(found: Any, words: str) -> Any:
    """Return the line of a list whose words hold these."""
    return next((line for line in _children(found) if words in line.get_name()), None)
