"""A dialog of a few fields, stored in one act: what all dialogs of this screen are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea

Act = Callable[[Session, Mapping[str, Any]], Any]


class AskingDialog(Framed):
    """Shows fields and stores what was typed with `act(session, values)`; `saved(result)` when that is done."""

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        name: str,
        words: tuple[str, str, str],
        blocks: Mapping[str, Field],
        act: Act,
        *,
        is_danger: bool = False,
    ) -> None:
        """Make it; `words` are its title, a sentence below it, and what its button does."""
        title, sentence, does = words
        super().__init__(parent, name, title, sentence)
        self._desk, self._act, self.blocks = desk, act, dict(blocks)
        make = buttons.danger if is_danger else buttons.primary
        self.save_button = make(does, f"{name}Save")
        no = buttons.outlined("Cancel", f"{name}Cancel")
        if is_danger:  # Enter neither deletes nor closes
            self.save_button.setAutoDefault(False)
            no.setAutoDefault(False)
        else:
            self.save_button.setShortcut("Ctrl+Return")
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.close_with((560, 0), self.save_button, no)

    def accept(self) -> None:
        """Store it, or say what is missing."""
        values, problems = self._read()
        if problems:
            self.show_errors(problems)
            return
        self.save_button.setEnabled(False)
        act = self._act

        def store(session: Session) -> Any:
            return act(session, values)

        transaction.write(self._desk, self, store, self._saved, self._refused)

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, block in self.blocks.items():
            try:
                values[name] = _value(block.widget)
            except ValueError as error:
                problems[name] = str(error)
        return values, problems

    def _saved(self, result: object) -> None:
        self.saved.emit(result)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.failed(error)


class DayEdit(LineEdit):
    """One line for a day."""

    def __init__(self, name: str, day: date | None = None) -> None:
        """Make it with a day in it, today where none is given."""
        super().__init__(name, chars=20)
        self.setText(dates.say(day or date.today()))


def _value(widget: QWidget) -> Any:
    """Return what a field holds; raises ValueError with a sentence for a day that cannot be read."""
    match widget:
        case DayEdit():
            return dates.read_date(widget.text().strip())
        case TextArea():
            return widget.toPlainText().strip()
        case ChoiceBox():
            return widget.value()
        case LineEdit():
            return widget.text().strip()
        case _:
            return getattr(widget, "patient_id", None)
