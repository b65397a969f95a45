"""Whether a letter goes by fax: before the first one to a number its last four digits are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.database import Database
from referral_app.services import fax_numbers
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.preview.kinds import VERSION
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit


class ByFax(QWidget):
    """Part of the options of a letter; hidden for everything else and where no fax is on file."""

    def __init__(self, desk: Desk) -> None:
        """Make it hidden."""
        super().__init__()
        self.setObjectName("byFax")
        self._desk = desk
        self._target: Target | None = None
        self._number = ""
        self.tick = QCheckBox("It goes by fax")
        self.tick.setObjectName("byFaxTick")
        self.where = labels.muted("")
        self.digits = LineEdit("byFaxDigits", chars=6)
        self.block = Field("Last four digits of the fax", self.digits)
        lines = column(spacing=8)
        for part in (self.tick, self.where, self.block):
            lines.addWidget(part)
        self.setLayout(lines)
        self.tick.toggled.connect(self._follow)
        self.hide()

    def begin(self) -> None:
        """Forget what was ticked and typed: another letter is shown, not the same one with a part more."""
        self._number = ""

    def show_target(self, target: Target | None) -> None:
        """Show where a letter goes by fax; None hides all: it is no letter, or there is no fax."""
        self._target = None
        self._show(target)

    def ticked(self) -> bool:
        """Tell whether the letter goes by fax."""
        return self._target is not None and self.tick.isChecked()

    def number(self) -> str:
        """Return the number that is shown, "" where the letter does not go by fax."""
        return self._target.number if self._target and self.tick.isChecked() else ""

    def then(self, act: Callable[[], object]) -> None:
        """Do something with the letter, once the digits are confirmed where they are asked; else say what is wrong."""
        target = self._target
        if target is None or not self.tick.isChecked() or not target.why:
            act()
            return
        db, typed = self._desk.db, self.digits.text()

        def confirm() -> None:
            with db.begin() as session:
                fax_numbers.confirm(session, target.number, typed)

        self._desk.background.run(self, confirm, partial(self._confirmed, act), self._refused)

    def _confirmed(self, act: Callable[[], object], _: object) -> None:
        if self._target:
            self._show(replace(self._target, why=""))
        act()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.block.set_error(" ".join(error.fields.values()))
        fields.go_to(self.digits)

    def _show(self, target: Target | None) -> None:
        self._target = target
        self.setVisible(target is not None)
        if target is None:
            return
        if target.number != self._number:
            self._number = target.number
            self.tick.setChecked(True)
            self.digits.clear()
        self.block.set_error("")
        self.block.set_hint(f"{target.why} Read it on the letter and type its last four digits.")
        to = f"To {target.surgeon}, {target.place}" + ("" if target.why else f": {target.said}")
        self.where.setText(f"{to}. {target.note}" if target.note else to)
        self._follow()

    def _follow(self) -> None:
        self.block.setVisible(self.tick.isChecked() and self._target is not None and bool(self._target.why))


def target_of(db: Database, kind: str, reference: object) -> Target | None:
    """Return where a letter goes by fax; None for other documents, and for the letter of an older version."""
    if kind not in ("letter", "bundle") or VERSION in str(reference):
        return None
    with db.read() as session:
        return fax_numbers.target(session, str(reference))
