"""Days as they are typed: read, and said at once with their day of the week, by which slips are noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from referral_app.clinical import dates
from referral_app.ui.fields import Field

Read = Callable[[str], date]


def coming_hint() -> str:
    """Return how a day to come may be typed."""
    return f"Such as 3/27/{date.today().year + 1}, tomorrow or Thursday"


def happened_hint() -> str:
    """Return how a day that has passed may be typed."""
    today = date.today()
    return f"Such as {today.month}/{today.day}/{today.year}, yesterday or Thursday"


def say(day: date) -> str:
    """Return a day as it is said below its line."""
    return f"{day:%A}, {dates.say(day)}"


def read(text: str, name: str, problems: dict[str, str], *, as_: Read, empty: str = "") -> date | None:
    """Return the day that was typed, or put down beside `name` why there is none; `empty` "" lets it be left out."""
    if not text.strip():
        if empty:
            problems[name] = empty
        return None
    try:
        return as_(text)
    except ValueError as error:
        problems[name] = str(error)
        return None


def has_time(text: str, as_: Read) -> bool:
    """Tell whether a time of day was typed behind a day, such as "Thursday 9 am"."""
    words = text.lower().split()
    for at in range(1, len(words)):
        after = " ".join(words[at:]).removeprefix("at ")
        if not (after[0].isdigit() or after == "noon"):
            continue
        try:
            as_(" ".join(words[:at]).removesuffix(" at").rstrip(","))
        except ValueError:
            continue
        return True
    return False


class Echo(QObject):
    """Says below a line which day is meant, at each key; its hint while it is none."""

    def __init__(self, block: Field, as_: Read, hint: str) -> None:
        """Follow the line of a block."""
        super().__init__(block)
        self._block, self._read, self._hint = block, as_, hint
        line = block.widget
        if isinstance(line, QLineEdit):
            line.textChanged.connect(self.say)
            self.say(line.text())

    def say(self, text: str) -> None:
        """Say what a text means."""
        try:
            said = say(self._read(text))
        except ValueError:
            said = self._hint
        self._block.set_hint(said)
