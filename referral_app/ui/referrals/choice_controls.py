"""Controls for answers from a closed list: radio rows, boxes to choose from, ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from referral_app.choices import LANGUAGES
from referral_app.ui import theme
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.flow import FlowLayout
from referral_app.ui.referrals.letters import Letters

Options = Sequence[tuple[Any, str]]
"""Each stored value with the words that a person sees."""

YES_NO: Options = ((True, "Yes"), (False, "No"))


class RadioControl(Control):
    """One of a few, all in sight; none at first, and none again when the chosen one is pressed once more."""

    def __init__(self, options: Options) -> None:
        """Make a radio button for each option."""
        super().__init__()
        self._values = [value for value, _ in options]
        self._stray: Any = None
        self._chosen = self._before = -1
        self._group = QButtonGroup(self)
        self.words = [words for _, words in options]
        self._letters = Letters(self.words)
        self.buttons = [QRadioButton(words) for words in self.words]
        row = FlowLayout(self, gap=20)
        for number, button in enumerate(self.buttons):
            row.addWidget(button)
            self._group.addButton(button, number)
            button.installEventFilter(self)
        self._group.idPressed.connect(self._pressed)
        self._group.idToggled.connect(self._toggled)
        self._group.idClicked.connect(self._clicked)
        self._one_stop()

    def _one_stop(self) -> None:
        """Let Tab stop once at the row: at what is chosen, at the first button while nothing is."""
        stop = self.buttons[max(0, self._chosen)]
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def _pressed(self, number: int) -> None:
        self._before = self._chosen

    def _toggled(self, number: int, on: bool) -> None:
        """Take the answer; assistive technology toggles a button without clicking it."""
        if on and number != self._chosen:
            self._chosen, self._stray = number, None
            self._one_stop()
            self.changed.emit()

    def _clicked(self, number: int) -> None:
        if number == self._before:
            self._check(-1)
            self._stray = None
            self.changed.emit()

    def _check(self, number: int) -> None:
        self._chosen = number
        self._group.setExclusive(False)
        for position, button in enumerate(self.buttons):
            button.setChecked(position == number)
        self._group.setExclusive(True)
        self._one_stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by the first letters of the words or by a digit; the arrow keys are Qt's own."""
        if event.type() == QEvent.Type.KeyPress and self.choose_by_letter(cast(QKeyEvent, event)):
            return True
        return super().eventFilter(watched, event)

    def choose_by_letter(self, event: QKeyEvent) -> bool:
        """Choose what begins with the letters typed, the same letter again the next one; False where nothing does."""
        found = self._letters.matches(event)
        if not found:
            return False
        chosen = found[0]
        if self._letters.again and self._chosen in found:
            chosen = found[(found.index(self._chosen) + 1) % len(found)]
        button = self.buttons[chosen]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not button.isChecked():
            button.click()
        return True

    def read(self) -> Any:
        """Return the value chosen, or the stray one that came in and is not on the list."""
        return self._values[self._chosen] if self._chosen >= 0 else self._stray

    def fill(self, value: Any) -> None:
        """Choose a value; one that is not on the list is kept until another is chosen."""
        known = _position(self._values, value)
        self._check(known)
        self._stray = value if known < 0 else None

    def targets(self) -> list[QWidget]:
        """Return the buttons, the chosen one first."""
        buttons: list[QWidget] = [*self.buttons]
        return [buttons[self._chosen], *buttons] if self._chosen >= 0 else buttons

    def call(self, name: str, path: str) -> None:
        """Name each button by the question and its words."""
        self.setAccessibleName(name)
        for number, button in enumerate(self.buttons):
            button.setAccessibleName(f"{name}: {self.words[number]}")
            button.setObjectName(f"{path}.{_key(self._values[number])}")


def _key(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _position(values: Sequence[Any], value: Any) -> int:
    """Return where a value stands, told apart from look-alikes (1 is not True); -1 where it does not."""
    for number, known in enumerate(values):
        if known == value and isinstance(known, bool) == isinstance(value, bool):
            return number
    return -1


class QuietBox(QComboBox):
    """A box to choose from that leaves the wheel to the page."""

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Scroll the page, never the answer."""
        e.ignore()


class BoxControl(Control):
    """One of many, in a box whose first entry is empty."""

    def __init__(self, options: Options, empty: str = "") -> None:
        """Make the box; `empty` are the words of its first entry."""
        super().__init__()
        self.box = QuietBox()
        self.box.addItem(empty, None)
        for value, words in options:
            self.box.addItem(words, value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        theme.scale(self.box, min_width=180)
        self._stray: Any = None
        self.box.activated.connect(self._chosen)
        self.watch(self.box)

    def _chosen(self, _index: int) -> None:
        self._stray = None
        self.changed.emit()

    def read(self) -> Any:
        """Return the value chosen, or the stray one that is not on the list."""
        value = self.box.currentData()
        return self._stray if value is None else value

    def fill(self, value: Any) -> None:
        """Choose a value; one that is not on the list is kept until another is chosen."""
        may_be_listed = isinstance(value, (str, bool))  # Qt takes no number of any size
        index = max(0, self.box.findData(value)) if may_be_listed else 0
        self.box.setCurrentIndex(index)
        self._stray = value if index == 0 else None

    def targets(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]


class _Completer(QCompleter):
    """Completes what was typed, whatever blanks stand before it."""

    def splitPath(self, path: str) -> list[str]:
        """Return what is looked for."""
        return [path.lstrip()]


class LanguageControl(Control):
    """A language of the list, found by typing any part of its name."""

    def __init__(self) -> None:
        """Make the box with English and Spanish first."""
        super().__init__()
        self.box = QuietBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.addItem("", None)
        for code, name in LANGUAGES.items():
            self.box.addItem(name, code)
        self._complete()
        theme.scale(self.box, max_width=274)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.box.activated.connect(self._edited)
        self.line.textChanged.connect(self._edited)
        self.line.editingFinished.connect(self._finish)

    @property
    def line(self) -> Any:
        """The line inside the box."""
        return self.box.lineEdit()

    def _complete(self) -> None:
        completer = _Completer(list(LANGUAGES.values()), self.box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._edited)
        self.box.setCompleter(completer)
        if popup := completer.popup():
            theme.role(popup, "completions")
            theme.dress(popup)

    def _edited(self, *_: object) -> None:
        self.changed.emit()

    def _finish(self) -> None:
        """Complete what was typed where only one language fits it."""
        name = completed(self.box.currentText().strip())
        if name and name != self.box.currentText():
            self.box.setCurrentText(name)
        self.left.emit()

    def read(self) -> Any:
        """Return the code of the language, or the raw text where it is none of the list."""
        text = self.box.currentText().strip()
        for code, name in LANGUAGES.items():
            if text.casefold() in (code, name.casefold()):
                return code
        return text or None

    def fill(self, value: Any) -> None:
        """Show the name of a language."""
        with QSignalBlocker(self):
            self.box.setCurrentText(LANGUAGES.get(value, "") or str(value or ""))

    def targets(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def call(self, name: str, path: str) -> None:
        """Name the line inside too, which is what takes the focus."""
        super().call(name, path)
        self.line.setAccessibleName(name)
        self.line.setObjectName(f"{path}.line")

    def describe(self, words: str) -> None:
        """Describe the line inside too, which is what takes the focus."""
        super().describe(words)
        self.line.setAccessibleDescription(words)


def completed(text: str) -> str:
    """Return the only language that begins with what was typed, else the only one that has it; "" where several do."""
    typed = text.casefold()
    if len(typed) < 2 or typed in LANGUAGES:
        return ""
    fitting = [name for name in LANGUAGES.values() if typed in name.casefold()]
    begun = [name for name in fitting if name.casefold().startswith(typed)]
    return next((some[0] for some in (begun, fitting) if len(some) == 1), "")


class TicksControl(Control):
    """Some of a list; a value called "none" excludes the others."""

    def __init__(self, options: Options, one_column: bool = False) -> None:
        """Make a check box for each option."""
        super().__init__()
        self._values = [value for value, _ in options]
        self._stray: list[Any] = []
        self._raw: Any = None
        self.boxes = [QCheckBox(words) for _, words in options]
        self._letters = Letters([words for _, words in options])
        layout = QVBoxLayout(self) if one_column else FlowLayout(self, gap=20)
        layout.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes:
            layout.addWidget(box)
            box.toggled.connect(self._ticked)
            self.watch(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick by the first letters of the words, as many as tell one from the others, or by a digit."""
        if event.type() == QEvent.Type.KeyPress and self._tick_by_letter(cast(QKeyEvent, event)):
            return True
        return super().eventFilter(watched, event)

    def _tick_by_letter(self, event: QKeyEvent) -> bool:
        found = self._letters.matches(event)
        if found:
            box = self.boxes[found[0]]
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if len(found) == 1:
                self._letters.settled(found[0])
                box.click()
        return bool(found)

    def _ticked(self, on: bool) -> None:
        self._raw = None
        if on and "none" in self._values:
            self._exclude(cast(QAbstractButton, self.sender()))
        self.changed.emit()

    def _exclude(self, ticked: QAbstractButton) -> None:
        none = self.boxes[self._values.index("none")]
        for box in self.boxes:
            if (box is none) != (ticked is none):
                _set(box, False)

    def read(self) -> Any:
        """Return the ticked values in the order of the list, then those that are not on it."""
        ticked = [value for value, box in zip(self._values, self.boxes, strict=True) if box.isChecked()]
        return [*ticked, *self._stray] or self._raw

    def fill(self, value: Any) -> None:
        """Tick the values; what is not on the list is kept."""
        given: list[Any] = cast(list[Any], value) if isinstance(value, list) else []
        self._raw = None if isinstance(value, list) else value
        for known, box in zip(self._values, self.boxes, strict=True):
            _set(box, known in given)
        self._stray = [item for item in given if item not in self._values]

    def targets(self) -> list[QWidget]:
        """Return the boxes."""
        return [*self.boxes]

    def call(self, name: str, path: str) -> None:
        """Name each box by the question and its words."""
        self.setAccessibleName(name)
        for value, box in zip(self._values, self.boxes, strict=True):
            box.setAccessibleName(f"{name}: {box.text()}")
            box.setObjectName(f"{path}.{value}")


def _set(box: QCheckBox, on: bool) -> None:
    """Tick a box, or not, without taking it for an answer of the person."""
    with QSignalBlocker(box):
        box.setChecked(on)
