"""The ICD-10-CM codes of a referral: typed as code or words, listed with their titles, the first one primary."""

from __future__ import annotations

import re
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from referral_app.clinical import codes
from referral_app.clinical.code_lists import bundled
from referral_app.clinical.code_search import search
from referral_app.ui import theme
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.finder import Finder, Offer
from referral_app.ui.referrals.flow import empty, stops, tab_before
from referral_app.ui.widgets import buttons, labels

_CODE = re.compile(r"[A-Za-z]\d[0-9A-Za-z](\.?[0-9A-Za-z]{1,4})?")


class CodesControl(Control):
    """A list of codes with a line that finds more."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._codes: list[str] = []
        self._raw: Any = None
        self._lines: list[QWidget] = []
        self._path = "codes"
        self.finder = Finder("Code or words", "codes", delay=0, tab_takes=True)
        self._rows = QVBoxLayout()
        theme.scale(self._rows, spacing=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.scale(column, spacing=6)
        column.addLayout(self._rows)
        column.addWidget(self.finder)
        self.finder.asked.connect(self._find)
        self.finder.picked.connect(self._add)
        self.watch(self.finder.edit)
        self.watch(self.finder.found)

    def _find(self, text: str) -> None:
        found = search(bundled(), text, 20) if text else []
        offers = [Offer(one.code, f"{one.code}  {one.title}") for one in found]
        exact = _CODE.fullmatch(text) and not any(offer.value == text.upper() for offer in offers)
        if exact:
            offers.append(Offer(text.upper(), f"{text.upper()}  Use this code, which is not in the list"))
        offers.sort(key=lambda offer: offer.value != text.upper() or not bundled().leaf(text))
        self.finder.offer(offers, f"No code for “{text}”. Type the code itself." if text else "")

    def _add(self, code: str) -> None:
        self._raw = None
        if code not in self._codes:
            self._codes.append(code)
        self.finder.clear()
        self._show()
        self.changed.emit()

    def read(self) -> Any:
        """Return the codes, the primary one first."""
        return list(self._codes) or self._raw

    def fill(self, value: Any) -> None:
        """Show codes; what is no list is kept."""
        known = [str(code) for code in cast(list[Any], value)] if isinstance(value, list) else []
        self._codes, self._raw = known, None if known else value
        self._show()

    def targets(self) -> list[QWidget]:
        """Return the line that finds."""
        return [self.finder.edit]

    def call(self, name: str, path: str) -> None:
        """Name the line and, later, the rows."""
        super().call(name, path)
        self.finder.found.setObjectName(f"{path}.found")
        self._path = path
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a whole code when the focus leaves line and list for another field."""
        inside = self.finder.edit.hasFocus() or self.finder.found.hasFocus()
        if event.type() == QEvent.Type.FocusOut and not inside:
            code = self.finder.edit.text().strip().upper()
            if bundled().leaf(code):
                self._add(code)
            self.left.emit()
        return False

    def leftover(self) -> str:
        """Say that the words in the line are no code yet."""
        words = self.finder.edit.text().strip()
        if not words:
            return ""
        return f"“{words}” is not a code yet. Choose one of the list, or type the whole code."

    def _show(self) -> None:
        empty(self._rows)
        rows = [self._row(number, code) for number, code in enumerate(self._codes)]
        for row in rows:
            self._rows.addWidget(row)
        self._lines = rows
        self._set_order()

    def _set_order(self) -> None:
        tab_before((self.finder.edit, self.finder.found), self._lines)

    def tab_stops(self) -> list[QWidget]:
        """Return the codes, then the line that finds more."""
        return [*(stop for line in self._lines for stop in stops(line)), self.finder.edit, self.finder.found]

    def _row(self, number: int, code: str) -> QWidget:
        frame = QFrame()
        theme.role(frame, "card")
        row = QHBoxLayout(frame)
        theme.scale(row, margins=(8, 2, 2, 2), spacing=8)
        words = labels.body(f"{code}  {codes.title(code) or ''}")
        row.addWidget(words, 1)
        if number == 0:
            row.addWidget(labels.muted("Primary"))
        else:
            row.addWidget(self._button("Make primary", f"Make {code} the primary code", "first", number))
        row.addWidget(self._button("Remove", f"Remove {code}", "remove", number))
        return frame

    def _button(self, words: str, name: str, verb: str, number: int) -> QPushButton:
        button = buttons.link(words, f"{self._path}[{number}].{verb}")
        button.setAccessibleName(name)
        button.setProperty("number", number)
        button.clicked.connect(self._remove if verb == "remove" else self._make_primary)
        return button

    def _remove(self) -> None:
        del self._codes[self._number()]
        self._show()
        self.finder.edit.setFocus()
        self.changed.emit()

    def _make_primary(self) -> None:
        self._codes.insert(0, self._codes.pop(self._number()))
        self._show()
        self.finder.edit.setFocus()
        self.changed.emit()

    def _number(self) -> int:
        return int(cast(QWidget, self.sender()).property("number"))
