"""Begins a referral with the keyboard alone: keys come from the X server, what they did is heard over AT-SPI."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import Any

from screen_reader import Missing, Screen, application, focused, hear, label_of, wait_until

NUMBER = r"Referral \w{4}-\w{4}-\w"
MOST_STOPS = 60
"""More presses of Tab than any page needs."""


class Keyboard:
    """Somebody at the keyboard, who hears where the focus is."""

    def __init__(self, process: str) -> None:
        """Sit down at the window of a process."""
        self._process = process
        self.screen = Screen(application("referral-app"))

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True, timeout=60)

    def type(self, text: str) -> None:
        """Type a text."""
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True, timeout=60)

    def look_at(self, title: str) -> None:
        """Give the keyboard to a window: a window manager's work, and there is none."""
        look = ["xdotool", "search", "--all", "--onlyvisible", "--pid", self._process, "--name", title]
        found = wait_until(f"window {title!r}", lambda: _answer(look).split())
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=True, timeout=60)

    def hear_focus(self, name: str) -> None:
        """Wait until the focus is on something of that name."""
        wait_until(f"focus on {name!r}", lambda: self._focus()[0] == name)

    def tab_to(self, name: str) -> None:
        """Press Tab until the focus is on something of that name."""
        heard = [self._focus()]
        while heard[-1][0] != name:
            if len(heard) > MOST_STOPS:
                raise Missing(f"Tab does not come to {name!r}, only to {heard}.")
            self.press("Tab")
            heard.append(wait_until(f"focus after {heard}", partial(self._another_focus, heard[-1])))

    def _focus(self) -> tuple[str, str]:
        """Return the name of what has the focus, and its identity."""
        found = focused(self.screen.root)
        return (label_of(found), found.get_accessible_id() or "") if found is not None else ("", "")

    def _another_focus(self, before: tuple[str, str]) -> tuple[str, str] | None:
        now = self._focus()
        return now if now != before else None


def _answer(command: list[str]) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60).stdout


def begin_from_search(hands: Keyboard) -> None:
    """Find a surgeon with Ctrl+K and begin a referral to that surgeon."""
    hands.press("ctrl+k")
    hands.hear_focus("Search surgeons, patients, referrals")
    hands.type("Keen")
    hands.screen.find("list", "Search results")
    hands.press("Return")
    hands.screen.find("push button", "Refer to this surgeon")
    hands.tab_to("Refer to this surgeon")
    hands.press("space")


def fill_first_step(hands: Keyboard) -> None:
    """Type the patient, field after field."""
    hands.screen.find("label", "Step 1 of 6")
    hands.hear_focus("Find a patient who is here already")
    hands.tab_to("Last name")
    hands.type("Quillfeather")
    for field, text in (("First name", "Ada"), ("Date of birth", "3/27/1980"), ("Phone", "410-555-0199")):
        hands.tab_to(field)
        hands.type(text)
    hands.tab_to("Best way to reach the patient: Phone")
    hands.press("space")
    hands.tab_to("Preferred language")
    hands.type("Spanish")
    hands.tab_to("Interpreter needed: Yes")
    hands.press("n")


def save(hands: Keyboard) -> str:
    """Save with Ctrl+S and return what the head of the form says then."""
    hands.press("ctrl+s")
    return hear(hands.screen.root, NUMBER)


def ask_for_help(hands: Keyboard) -> None:
    """Open the list of shortcuts and the help, and close each with Esc."""
    for key, title, role, words in (
        ("ctrl+slash", "Keyboard shortcuts", "label", "Search everything"),
        ("F1", "Help", "list", "Help topics"),
    ):
        hands.press(key)
        hands.look_at(title)
        hands.screen.find(role, words)
        hands.press("Escape")
        wait_until(f"end of {title!r}", lambda title=title: not _window(hands.screen, title))
        hands.look_at("Headache Center referral desk")


def _window(screen: Screen, title: str) -> Any:
    return screen.look("dialog", title, "frame", title)


def main() -> None:
    """Do it all; the number of the process is the argument."""
    hands = Keyboard(sys.argv[1])
    begin_from_search(hands)
    fill_first_step(hands)
    sys.stdout.write(f"{save(hands)}\n")
    ask_for_help(hands)


if __name__ == "__main__":
    main()
