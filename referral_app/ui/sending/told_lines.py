"""Who was told of an incident: a line each with who, when and how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QToolButton, QWidget

from referral_app.clinical import dates
from referral_app.services.incidents import Told
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import LineEdit


class _Line(QWidget):
    """One line; `number` makes its names unique."""

    def __init__(self, number: int, told: Told | None) -> None:
        super().__init__()
        self.who = LineEdit(f"toldWho{number}", f"Who was told, line {number}")
        self.on = LineEdit(f"toldOn{number}", f"Told on, line {number}", chars=16)
        self.how = LineEdit(f"toldHow{number}", f"Told how, line {number}", chars=14)
        self.remove: QToolButton = buttons.tool("close", f"Remove line {number}", f"toldRemove{number}")
        for box, words in ((self.who, "Who"), (self.on, "Day"), (self.how, "How")):
            box.setPlaceholderText(words)
        self.who.setText(told.who if told else "")
        self.on.setText(dates.say(told.on if told else date.today()))
        self.how.setText(told.how if told else "")
        line = row(self.who, self.on, self.how, self.remove, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(line)


class ToldLines(QWidget):
    """As many lines as are needed; those without a name are left out."""

    def __init__(self, told: Sequence[Told]) -> None:
        """Show these, and an empty one where there is none."""
        super().__init__()
        self.setObjectName("toldLines")
        self._made = 0
        self.all: list[_Line] = []
        self._column = column(spacing=6)
        self.add_button = buttons.link("Add somebody", "toldAdd")
        whole = column(spacing=6)
        whole.addLayout(self._column)
        whole.addWidget(self.add_button)
        self.setLayout(whole)
        self.add_button.clicked.connect(self._add_empty)
        for one in told or (None,):
            self._add(one)
        self.setFocusProxy(self.all[0].who)

    def lines(self) -> list[tuple[str, str, str]]:
        """Return who, day and way of each line that has a name or a way."""
        said = [(one.who.text().strip(), one.on.text().strip(), one.how.text().strip()) for one in self.all]
        return [one for one in said if one[0] or one[2]]

    def _add_empty(self) -> None:
        self._add(None).who.setFocus()

    def _add(self, told: Told | None) -> _Line:
        self._made += 1
        line = _Line(self._made, told)
        line.remove.clicked.connect(self._remove)
        self.all.append(line)
        self._column.addWidget(line)
        before = self.all[-2].remove if len(self.all) > 1 else None
        for control in (line.who, line.on, line.how, line.remove, self.add_button):
            if before is not None:
                QWidget.setTabOrder(before, control)
            before = control
        return line

    def _remove(self) -> None:
        pressed = self.sender()
        gone = next((one for one in self.all if one.remove is pressed), None)
        if gone is not None:
            self.all.remove(gone)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            self.add_button.setFocus()
