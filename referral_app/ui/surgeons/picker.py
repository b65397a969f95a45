"""A list of words that grows and shrinks: the languages or the insurance plans of a surgeon."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.ui import tab_order
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit


class TakingLine(LineEdit):
    """A line in which Enter adds rather than saves the whole form."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Picker(QWidget):
    """What was chosen as buttons that remove it again, and a list to choose more from."""

    changed = Signal()

    def __init__(self, name: str, what: str, options: Iterable[tuple[str, str]], free: bool = False) -> None:
        """Make it empty; `what` is "language" or "plan", `free` lets words be typed that are not offered."""
        super().__init__()
        self.setObjectName(name)
        self._name, self._what = name, what
        self._labels = dict(options)
        self._values: list[str] = []
        self._flow = Flow(6)
        article = "an" if what[0] in "aeiou" else "a"
        self.box = ChoiceBox(f"{name}Add", (), says=f"Add {article} {what}")
        self.box.activated.connect(self._choose)
        self.line, self.add_button = (
            TakingLine(f"{name}New", says=f"Another {what}"),
            buttons.outlined("Add", f"{name}AddNew"),
        )
        self.line.setPlaceholderText(f"Another {what}")
        self.line.entered.connect(self._add_typed)
        self.add_button.clicked.connect(self._add_typed)
        self.add_button.setAccessibleName(f"Add this {what}")
        lines = column(spacing=8)
        lines.addWidget(self._flow)
        lines.addLayout(row(self.box, self.line, self.add_button, None))
        for widget in (self.line, self.add_button):
            widget.setVisible(free)
        self.setLayout(lines)
        self.setFocusProxy(self.box)
        self.set_values(())

    def values(self) -> tuple[str, ...]:
        """Return what was chosen, in its order; a word still in the line counts."""
        typed = self.line.text().strip()
        return (*self._values, *([typed] if typed and typed not in self._values else []))

    def set_values(self, values: Iterable[str]) -> None:
        """Choose these."""
        self._values = list(dict.fromkeys(values))
        self._show()

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at."""
        return [*self._chips, self.box, self.line, self.add_button]

    def _show(self) -> None:
        self._flow.clear()
        self._chips: list[QWidget] = []
        for number, value in enumerate(self._values):
            label = self._labels.get(value, value)
            button = buttons.outlined(label, f"{self._name}Remove{number}", icon="close")
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            button.setAccessibleName(f"Remove {label}")
            button.setToolTip(f"Remove {label}")
            button.setProperty("value", value)
            button.clicked.connect(self._remove)
            self._flow.add(button)
            self._chips.append(button)
        tab_order.tab_before([self.box], self._chips)
        self._flow.setVisible(bool(self._values))
        rest = [pair for pair in self._labels.items() if pair[0] not in self._values]
        self.box.set_value("")
        self.box.set_options(rest, f"Add {'an' if self._what[0] in 'aeiou' else 'a'} {self._what}…")

    def _choose(self) -> None:
        if value := self.box.value():
            self._add(value)

    def _add_typed(self) -> None:
        if text := self.line.text().strip():
            self.line.clear()
            self._add(text)

    def _add(self, value: str) -> None:
        if value not in self._values:
            self._values.append(value)
        self._show()
        self.changed.emit()

    def _remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self._values.remove(sender.property("value"))
            self._show()
            self.box.setFocus()
            self.changed.emit()
