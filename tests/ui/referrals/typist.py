"""Somebody who types an invented paper note into the form: keys alone, each into whatever has the focus.

`characters` of an answer are those that a person writes on the paper note: texts and numbers as they are, dates as
6/21/1984, months as 5/2019, choices and yes and no by their whole words on the form. Every key counts as one: letters,
Enter, Tab, and a key with Ctrl or Shift held.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QRadioButton, QToolButton, QWidget

from referral_app.choices import LANGUAGES
from referral_app.clinical import dates
from referral_app.clinical.fields import Field, Kind, answered, unavailable
from referral_app.clinical.intake import find
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.form import FormPage

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def on_paper(declared: Field, value: Any, words: dict[str, str]) -> str:
    """Return an answer as it stands on the paper note; `words` are those of surgeon and procedures."""
    reason = unavailable(value)
    if reason is not None:
        return reason
    if isinstance(value, list):
        return ", ".join(on_paper(declared, one, words) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if declared.choices is not None:
        return declared.choices(value).label
    match declared.kind:
        case Kind.DATE:
            day = dates.stored(value)
            assert day is not None
            return f"{day.month}/{day.day}/{day.year}"
        case Kind.MONTH:
            day = dates.stored_month(value)
            assert day is not None
            return f"{day.month}/{day.year}"
        case Kind.LANGUAGE:
            return LANGUAGES[value]
        case _:
            return words.get(str(value), f"{value:g}" if isinstance(value, float) else str(value))


def shortest(word: str, words: list[str]) -> str:
    """Return the fewest letters, or the digit, that choose a word among others in the order of the form."""
    low = [one.casefold() for one in words]
    at = low.index(word.casefold())
    for length in range(1, len(word) + 1):
        begun = [one for one in low if one.startswith(low[at][:length])]
        if begun[0] == low[at]:
            return low[at][:length]
    return str(at + 1)


@dataclass
class Typist:
    """Types the answers of a note where the form asks for them, and counts."""

    form: FormPage
    note: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict[str, str])
    keys: int = 0
    characters: int = 0
    typed: list[str] = field(default_factory=list[str])
    passed: list[str] = field(default_factory=list[str])

    # Keys

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key in whatever has the focus."""
        self.keys += 1
        QTest.keyClick(self.at(), key, held)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Press the key of each letter."""
        for letter in text:
            self.keys += 1
            if letter == "\n":
                QTest.keyClick(self.at(), Key.Key_Return)
            elif letter.isascii():
                QTest.keyClicks(self.at(), letter)
            else:  # QTest knows no other letters; a keyboard sends them so
                QApplication.sendEvent(self.at(), _press(letter))
            QApplication.processEvents()

    def at(self) -> QWidget:
        """Return what has the focus."""
        popup = QApplication.activePopupWidget()
        now = popup or QApplication.focusWidget()
        assert now is not None, f"no focus after {self.typed[-3:]}"
        return now

    def wait(self, so: Callable[[], object], what: str) -> None:
        """Wait as a person does who reads the screen."""
        until = time.monotonic() + 5
        while not so():
            assert time.monotonic() < until, what
            QApplication.processEvents()

    # Going through the form

    def path(self) -> str:
        """Return the path of the answer that has the focus; "" where it is none."""
        near: Any = self.at()
        if isinstance(near, QRadioButton) and near.objectName().startswith("red_flags."):
            return near.objectName().rpartition(".")[0]
        while near is not None and not isinstance(near, FieldView):
            near = near.parentWidget()
        return near.path if near is not None else ""

    def told(self, path: str, value: Any) -> None:
        """Count an answer that was typed."""
        plain = ".".join(part for part in answers.parts(path) if isinstance(part, str))
        self.characters += len(on_paper(find(plain), value, self.words))
        self.typed.append(path)

    def answer(self, path: str) -> None:
        """Type the answer of the note to the question that has the focus, unless it stands there already."""
        value = answers.get(self.note, path)
        if not answered(value) or self.form.draft.get(path) == value:
            self.passed.append(path)
            if isinstance(self.at(), QPushButton | QToolButton):
                self.press(Key.Key_Tab)
            else:
                self.press(Key.Key_Return, CTRL if self._long() else Qt.KeyboardModifier.NoModifier)
            return
        plain = ".".join(part for part in answers.parts(path) if isinstance(part, str))
        self.type_in(find(plain), path, value)
        self.told(path, value)

    def _long(self) -> bool:
        from PySide6.QtWidgets import QPlainTextEdit

        return isinstance(self.at(), QPlainTextEdit)

    def type_in(self, declared: Field, path: str, value: Any) -> None:
        """Type one answer and go on to the next."""
        kind = declared.kind
        if unavailable(value) is not None:
            self.press(Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
            self.write(str(unavailable(value)) + "\n")
        elif kind is Kind.SURGEON:
            self._choose_surgeon(value)
        elif kind is Kind.CODES:
            for code in value:
                self.write(f"{code}\n")
                self.wait(lambda code=code: code in (self.form.draft.get(path) or []), code)
            self.press(Key.Key_Return)
        elif kind is Kind.LANGUAGE:
            self.write(LANGUAGES[value][:3])
            self.press(Key.Key_Tab)
        elif kind in (Kind.LONG_TEXT, Kind.WORDS):
            self.write("\n".join(value) if isinstance(value, list) else value)
            self.press(Key.Key_Tab)
        elif kind in (Kind.CHOICES, Kind.PROCEDURES):
            self._tick(declared, value)
            self.press(Key.Key_Return)
        elif kind in (Kind.CHOICE, Kind.FLAG):
            self._choose(on_paper(declared, value, self.words), declared, path)
        else:
            self.write(on_paper(declared, value, self.words) + "\n")
        QApplication.processEvents()

    def _choose(self, word: str, declared: Field, path: str) -> None:
        words = [one.label for one in declared.choices] if declared.choices else ["Yes", "No"]
        self.write(shortest(word, words))
        if not path.startswith("red_flags.") or not path.endswith(".answer"):
            self.press(Key.Key_Return)

    def _tick(self, declared: Field, values: list[str]) -> None:
        """Tick by the letters that tell a word from the others, or by the digit of its place."""
        boxes = [one.text() for one in _field(self.at()).control.findChildren(QCheckBox)]
        for value in values:
            word = on_paper(declared, value, self.words)
            at = next(number for number, text in enumerate(boxes) if text.startswith(word))
            begun = [n for n in range(1, len(word)) if sum(_begins(box, word[:n]) for box in boxes) == 1]
            letters = word[: begun[0]].casefold() if begun else "?" * 99
            self.write(min(letters, str(at + 1), key=len))

    def _choose_surgeon(self, npi: str) -> None:
        finder = _field(self.at()).control.finder  # type: ignore[attr-defined]
        family = self.words[npi].split(",")[0].split()[-1]
        self.write(family)
        self.wait(lambda: finder.found.isVisible(), f"{family} is not found")
        assert family in finder.found.item(0).text()
        self.press(Key.Key_Return)
        self.wait(lambda: self.form.draft.surgeon is not None, "no surgeon is chosen")
        self.note["request"]["surgeon"] = self.form.draft.get("request.surgeon")
        self.press(Key.Key_Tab)  # from "Change" to "Find a match"
        self.press(Key.Key_Tab)

    def type_step(self, tables: Callable[[Typist], bool]) -> None:
        """Type everything of the step that is shown and go on to the next one."""
        step = self.form.step
        for _ in range(300):
            if self.form.step != step:
                return
            path, now = self.path(), self.at()
            if path:
                self.answer(path)
            elif tables(self):
                continue
            elif isinstance(now, QPushButton) and now.objectName() == f"step{step}Next":
                self.press(Key.Key_Return)
            else:
                self.press(Key.Key_Tab)
        raise AssertionError(
            f"step {step} has no end: {self.at().objectName()} {self.passed[-4:]} {self.typed[-4:]}"
        )


def _begins(text: str, letters: str) -> bool:
    return text.casefold().startswith(letters.casefold())


def _press(letter: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)


def _field(widget: QWidget) -> FieldView:
    near: Any = widget
    while not isinstance(near, FieldView):
        near = near.parentWidget()
    return near
