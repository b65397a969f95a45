"""One answer with its two versions, of which one is chosen, or both where it is a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from referral_app.clinical.differences import BOTH, MINE, THEIRS
from referral_app.ui import answer_words, theme
from referral_app.ui.conflict_lines import Line
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.states import StateLabel

NARROW = 480
"""Below this width at 100 % the versions of an answer stand below each other."""


class Choice(QWidget):
    """One answer with its versions, of which one is chosen; `chosen(key, side)`."""

    chosen = Signal(str, str)

    def __init__(self, line: Line, titles: Mapping[str, str], side: str, heads: Mapping[str, str]) -> None:
        """Show a line with the side chosen beforehand."""
        super().__init__()
        self.setObjectName(f"conflict.{line.key}")
        self.setAccessibleName(line.label)
        self._key = line.key
        self._group = QButtonGroup(self)
        self.options = {name: Option(line, name, titles[name]) for name in line.sides}
        self._sides = Sides([self.options[name] for name in (THEIRS, MINE)])
        lines = QVBoxLayout(self)
        theme.scale(lines, margins=0, spacing=8)
        lines.addLayout(_heading(line, heads[line.taken]))
        lines.addWidget(self._sides)
        if BOTH in self.options:
            lines.addWidget(self.options[BOTH])
        for option in self.options.values():
            self._group.addButton(option.radio)
        if side:
            self.show_side(side)
        self._group.buttonToggled.connect(self._toggled)

    def show_side(self, side: str) -> None:
        """Choose a side."""
        self.options[side].radio.setChecked(True)

    def first(self) -> QRadioButton:
        """Return the chosen button, the first where none is."""
        checked = (option.radio for option in self.options.values() if option.radio.isChecked())
        return next(checked, self.options[THEIRS].radio)

    def last(self) -> QRadioButton:
        """Return the last button."""
        return list(self.options.values())[-1].radio

    def _toggled(self, button: QAbstractButton, on: bool) -> None:
        if on:
            side = next(side for side, option in self.options.items() if option.radio is button)
            self.chosen.emit(self._key, side)


def _heading(line: Line, head: str) -> QBoxLayout:
    label = labels.strong(line.label)
    label.setWordWrap(True)
    state = StateLabel("info" if line.taken else "review", head)
    made = row(label, state)
    made.setStretch(0, 1)
    made.setAlignment(state, Qt.AlignmentFlag.AlignTop)
    return made


class Option(QFrame):
    """One version of an answer: a button to choose it, and its words, which choose it too."""

    def __init__(self, line: Line, side: str, title: str) -> None:
        """Show a side of a line."""
        super().__init__()
        words = line.words(side) or answer_words.NOT_PROVIDED
        self.radio = QRadioButton(title)
        self.radio.setObjectName(f"conflict.{line.key}.{side}")
        self.radio.setAccessibleName(f"{line.label}: {title}")
        gone = "; ".join(line.left_out.get(side, "").split("\n"))
        self.left_out = f"Leaves out: {gone}" if gone else ""
        self.radio.setAccessibleDescription(f"{words}\n{self.left_out}".strip())
        self.words = labels.body(words)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.words.setCursor(Qt.CursorShape.PointingHandCursor)
        inside = QVBoxLayout(self)
        theme.scale(inside, margins=0, spacing=0)
        inside.addWidget(self.radio)
        holder = column(margins=(27, 4, 0, 0))
        holder.addWidget(self.words)
        if self.left_out:
            holder.addLayout(_warning(self.left_out))
        inside.addLayout(holder)
        inside.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this version."""
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.setChecked(True)
        event.accept()


def _warning(sentence: str) -> QBoxLayout:
    words = labels.muted(sentence)
    made = row(labels.picture("review", 16, "warning"), words, spacing=6)
    made.setStretch(1, 1)
    made.setAlignment(made.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]
    return made


class Sides(QWidget):
    """Two versions side by side, below each other where there is no room."""

    def __init__(self, options: Sequence[QWidget]) -> None:
        """Put them in."""
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        theme.scale(self._box, margins=0, spacing=16)
        for option in options:
            self._box.addWidget(option, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room for two columns begins or ends."""
        narrow = event.size().width() < theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != direction:
            self._box.setDirection(direction)
        super().resizeEvent(event)
