"""The rows of one table as a draft holds them: added, moved, removed and put back, each one step to undo."""

from __future__ import annotations

from typing import Any, cast

from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft

KEPT = 20
"""How many removed rows can be put back."""

Row = dict[str, Any]


class TableRows:
    """The rows at a path of a draft; `one` is what a single one is called."""

    def __init__(self, draft: Draft, path: str, one: str) -> None:
        """Follow a table of a draft."""
        self._draft, self._path, self._one = draft, path, one
        self.removed: list[tuple[int, Row]] = []

    def all(self) -> list[Row]:
        """Return the rows, the list itself."""
        value: Any = self._draft.get(self._path)
        return cast("list[Row]", value) if isinstance(value, list) else []

    def count(self) -> int:
        """Return how many there are."""
        return len(self.all())

    def empty(self, number: int) -> bool:
        """Tell whether there is a row of that number in which nothing is answered."""
        rows = self.all()
        return 0 <= number < len(rows) and not answers.begun(rows[number])

    def add(self) -> int:
        """Add a row, unless the last one is empty still, and return its number."""
        rows = self.all()
        if not rows or answers.begun(rows[-1]):
            self._draft.put(self._path, [*rows, {}])
        return self.count() - 1

    def take(self, number: int) -> Row:
        """Take a row away for good and return it."""
        rows = list(self.all())
        row = rows.pop(number)
        self._draft.put(self._path, rows)
        return row

    def remove(self, number: int) -> None:
        """Take a row away so that it can be put back; an empty one goes for good."""
        with self._draft.act(f"the removal of {self._one} {number + 1}"):
            row = self.take(number)
        if answers.begun(row):
            self.removed = [*self.removed, (number, row)][-KEPT:]

    def put_back(self) -> int:
        """Put the row removed last back where it was, and return its number."""
        if not self.removed:
            return 0
        number, row = self.removed.pop()
        rows = list(self.all())
        self._draft.put(self._path, [*rows[:number], row, *rows[number:]])
        return min(number, len(rows))

    def swap(self, number: int, other: int) -> bool:
        """Let two rows change places; False where one of them is not there."""
        rows = list(self.all())
        if not (0 <= number < len(rows) and 0 <= other < len(rows)):
            return False
        rows[number], rows[other] = rows[other], rows[number]
        with self._draft.act(f"the place of {self._one} {number + 1}"):
            self._draft.put(self._path, rows)
        return True
