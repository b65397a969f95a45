"""The ICD-10-CM codes of a referral: typed as code or words or pasted, with their titles, the first one primary."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import code_rules, codes
from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.code_search import search, warm
from referral_app.ui import theme
from referral_app.ui.background import Background
from referral_app.ui.referrals.code_row import CodeRow
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.finder import Finder, Offer
from referral_app.ui.referrals.flow import empty, stops, tab_before
from referral_app.ui.widgets import labels

SHOWN = 50
_BETWEEN = re.compile(r"[,;\s]+")


class CodesControl(Control):
    """A list of codes with a line that finds more; the release of the referral's date decides what is found."""

    def __init__(self, draft: Draft | None = None, background: Background | None = None) -> None:
        """Make it empty; without a draft the release that comes with the program is searched, as of today.

        In the background the words of the release are read in, which takes longer than a key may.
        """
        super().__init__()
        self._draft = draft
        self._codes: list[str] = []
        self._raw: Any = None
        self._lines: list[CodeRow] = []
        self._path = "codes"
        self._shown_by: tuple[CodeLists, date] | None = None
        self.finder = Finder("Code or words", "codes", delay=0, tab_takes=True)
        self.release = labels.muted("")
        self._rows = QVBoxLayout()
        theme.scale(self._rows, spacing=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.scale(column, spacing=6)
        column.addLayout(self._rows)
        column.addWidget(self.finder)
        column.addWidget(self.release)
        self.release.hide()
        self.finder.asked.connect(self._find)
        self.finder.picked.connect(self._pick)
        self.finder.found.currentRowChanged.connect(self._say_foot)
        self.watch(self.finder.edit)
        self.watch(self.finder.found)
        if draft is not None:
            draft.checked.connect(self._follow)
        if background is not None:
            lists, day = self._lists()
            background.run(self, partial(warm, lists, day), _nothing)

    # Which release is searched

    def _lists(self) -> tuple[CodeLists, date]:
        if self._draft is None:
            return DEFAULT, date.today()
        return self._draft.sheet.codes, code_rules.day_of(self._draft.intake, date.today())

    def _follow(self) -> None:
        """Judge the codes anew where other releases are known by now, or the referral has another date."""
        if self._shown_by != self._lists():
            self._show()

    # Finding and taking

    def _find(self, text: str) -> None:
        lists, day = self._lists()
        release = lists.on(day)
        several = _several(text)
        offers = several or self._offers(text)
        code = codes.read(text)
        trouble = "" if codes.problem(code) else code_rules.trouble(code, lists, day)
        nothing = f"Nothing in {release.label} for “{text}”. Type fewer words, or the code itself."
        self.finder.offer(offers, (trouble or nothing) if text else "")
        self._say_foot()
        self.release.setVisible(bool(offers) and not several and offers[0].value != code)

    def _say_foot(self, _row: int = 0) -> None:
        """Name the release below the list, after the whole title of the current row where that is cut short."""
        lists, day = self._lists()
        foot, found = f"Found in {lists.on(day).label}", self.finder.found
        current = found.currentItem()
        words = current.text() if current else ""
        cut = found.fontMetrics().horizontalAdvance(words) > self.width() - theme.px(48)
        self.release.setText(f"{words}\n{foot}" if cut else foot)

    def _offers(self, text: str) -> list[Offer]:
        """Return what fits, and last the code itself where nobody knows it."""
        if not text:
            return []
        lists, day = self._lists()
        release = lists.on(day)
        found = [Offer(one.code, f"{one.code}  {one.title}") for one in search(release, text, SHOWN)]
        code = codes.read(text)
        if found or codes.problem(code) or code_rules.trouble(code, lists, day):
            return found
        return [Offer(code, f"Keep {code}", f"It is not in {release.label}; the check will say so.")]

    def _pick(self, found: str | list[str]) -> None:
        """Take a code that was found, or several that were typed or pasted together."""
        new = dict.fromkeys([found] if isinstance(found, str) else found)
        self._raw = None
        self._codes += [code for code in new if code not in self._codes]
        self.finder.clear()
        self.release.hide()
        self._show()
        self.changed.emit()

    # What a control of the form can do

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
        """Take a whole code when the focus leaves line and list for another field; Backspace reaches the last code."""
        if event.type() == QEvent.Type.FocusOut and not self._inside():
            code = codes.read(self.finder.edit.text())
            lists, day = self._lists()
            if lists.on(day).leaf(code):
                self._pick(code)
            self.left.emit()
        if event.type() == QEvent.Type.KeyPress and watched is self.finder.edit and self._lines:
            wanted = cast(QKeyEvent, event).key() == Qt.Key.Key_Backspace
            if wanted and not self.finder.edit.text():
                self._lines[-1].remove.setFocus()
                return True
        return False

    def _inside(self) -> bool:
        return self.finder.edit.hasFocus() or self.finder.found.hasFocus()

    def leftover(self) -> str:
        """Say that the words in the line are no code yet."""
        words = self.finder.edit.text().strip()
        if not words:
            return ""
        lists, day = self._lists()
        code = codes.read(words)
        trouble = "" if codes.problem(code) else code_rules.trouble(code, lists, day)
        return trouble or f"“{words}” is not a code yet. Choose one of the list, or type the whole code."

    # The rows

    def _show(self) -> None:
        self._shown_by = self._lists()
        lists, day = self._shown_by
        empty(self._rows)
        self._lines = [
            CodeRow(self._path, number, code, len(self._codes), lists, day)
            for number, code in enumerate(self._codes)
        ]
        for row in self._lines:
            self._rows.addWidget(row)
            row.removed.connect(self._remove)
            row.moved.connect(self._move)
        tab_before((self.finder.edit, self.finder.found), self._lines)

    def tab_stops(self) -> list[QWidget]:
        """Return the codes, then the line that finds more."""
        return [*(stop for line in self._lines for stop in stops(line)), self.finder.edit, self.finder.found]

    def _remove(self, number: int) -> None:
        del self._codes[number]
        self._show()
        self.finder.edit.setFocus()
        self.changed.emit()

    def _move(self, number: int, to: int) -> None:
        """Put a code to another place; the focus stays with it, so that it can go further."""
        self._codes.insert(to, self._codes.pop(number))
        self._show()
        self._lines[to].focus_move()
        self.changed.emit()


def _several(text: str) -> list[Offer]:
    """Return one offer for all codes of a text that is nothing but codes, two or more of them."""
    read = [codes.read(word) for word in _BETWEEN.split(text) if word]
    found = list(dict.fromkeys(read))
    if len(found) < 2 or any(map(codes.problem, found)):
        return []
    return [Offer(found, f"Add {len(found)} codes: {', '.join(found)}")]


def _nothing(_answer: object) -> None:
    """There is nothing to show."""
