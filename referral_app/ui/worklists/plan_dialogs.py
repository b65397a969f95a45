"""What is done with several referrals at once: giving them to somebody, and a day to look at them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.clinical import dates
from referral_app.services import owners, plans_of_many
from referral_app.ui import transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

EMPTY = "empty for no day"
NOBODY = "Nobody"


def number(count: int) -> str:
    """Return how many referrals, in words."""
    return f"{count} referral{'' if count == 1 else 's'}"


class OwnerDialog(Framed):
    """Whose some referrals are from now on; `stored(words, changed)` when it is written."""

    stored = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget, names: Sequence[str]) -> None:
        """Ask for one of the people who work here."""
        super().__init__(
            parent, "ownerDialog", f"Assign {number(len(names))}", "The next step stays as it is."
        )
        self._desk, self._names = desk, list(names)
        self.owner = ChoiceBox("ownerChoice", (), empty=NOBODY)
        self.blocks = {"owner_id": Field(f"Who sees to {_them(names)}", self.owner)}
        self.save_button = _build(self, "Assign")
        transaction.read(desk, self, owners.people, self._show, self.failed)

    def save(self) -> None:
        """Give them to whoever is chosen."""
        act = partial(plans_of_many.assign, names=self._names, owner_id=self.owner.value())
        transaction.write(self._desk, self, act, self._done, self.failed)

    def _show(self, people: list[tuple[str, str]]) -> None:
        self.owner.set_options(people, NOBODY)
        if people:
            self.owner.set_value(people[0][0])
        self.save_button.setEnabled(True)

    def _done(self, changed: list[plans_of_many.Earlier]) -> None:
        whose = self.owner.currentText() if self.owner.value() else "nobody"
        self.stored.emit(f"{number(len(changed))} assigned to {whose}", changed)
        self.accept()


class FollowUpDialog(Framed):
    """When some referrals are looked at again; `stored(words, changed)` when it is written."""

    stored = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget, names: Sequence[str]) -> None:
        """Ask for the day, and for what is to be done then."""
        super().__init__(parent, "followUpDialog", f"Follow up {number(len(names))}")
        self._desk, self._names = desk, list(names)
        self.day, self.next_step = LineEdit("followUpDay", chars=20), LineEdit("followUpStep", chars=40)
        self.blocks = {
            "follow_up_on": Field(f"Look at {_them(names)} again on", self.day, EMPTY),
            "next_step": Field("Next step", self.next_step, "Empty: each keeps what is noted", optional=True),
        }
        Echo(self.blocks["follow_up_on"], dates.read_coming, f"{typed_day.coming_hint()}; {EMPTY}")
        self.save_button = _build(self, "Save")
        self.save_button.setEnabled(True)

    def save(self) -> None:
        """Note the day for all of them, or say what is wrong."""
        problems: dict[str, str] = {}
        day = typed_day.read(self.day.text(), "follow_up_on", problems, as_=dates.read_coming)
        self.show_errors(problems)
        if problems:
            return
        act = partial(
            plans_of_many.follow_up,
            names=self._names,
            on=day,
            next_step=self.next_step.text().strip() or None,
        )
        transaction.write(self._desk, self, act, partial(self._done, day), self.failed)

    def _done(self, day: date | None, changed: list[plans_of_many.Earlier]) -> None:
        when = f"to look at again on {dates.say(day)}" if day else "without a day to look at them again"
        self.stored.emit(f"{number(len(changed))} {when}", changed)
        self.accept()


def _them(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _build(dialog: OwnerDialog | FollowUpDialog, words: str) -> QPushButton:
    """Lay the fields of a dialog out above its buttons, and return the one that saves."""
    for block in dialog.blocks.values():
        dialog.body.addWidget(block)
    save = buttons.primary(words, f"{dialog.objectName()}Save", "save")
    cancel = buttons.outlined("Cancel", f"{dialog.objectName()}Cancel")
    cancel.clicked.connect(dialog.reject)
    save.clicked.connect(dialog.save)
    save.setShortcut("Ctrl+Return")
    save.setEnabled(False)
    dialog.lay_out((520, 0), None, cancel, save)
    next(iter(dialog.blocks.values())).widget.setFocus()
    return save
