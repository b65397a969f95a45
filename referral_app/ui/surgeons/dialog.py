"""The dialog of one directory entry: reads the form, saves, and says beside each field what is wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.record_dialog import RecordDialog
from referral_app.ui.surgeons import conflict, entry
from referral_app.ui.surgeons.form import SurgeonForm


class SurgeonDialog(RecordDialog):
    """Changes an entry, or makes a new one."""

    def __init__(self, desk: Desk, surgeon: SurgeonRecord | None, form: SurgeonForm, parent: QWidget) -> None:
        """Show the entry as it was read, in a form made before."""
        super().__init__(desk, "surgeon", surgeon.name if surgeon else "", form, parent)
        self._surgeon, self.form = surgeon, form
        self.lay_out(760, form)
        self.summary.chosen.connect(self._go_to)

    def save(self) -> None:
        """Save, or say what is wrong."""
        values, problems = self.form.read()
        if problems:
            self.show_errors(problems)
        else:
            self._store(entry.with_values(self._surgeon, values))

    def _store(self, record: SurgeonRecord) -> None:
        self.store(partial(surgeons.save, entry=record))

    def theirs(self, session: Session) -> SurgeonRecord:
        """Return the entry as someone else saved it."""
        return surgeons.get(session, self._surgeon.id if self._surgeon else "")

    def show_both(self, theirs: SurgeonRecord) -> None:
        """Show their entry beside what was typed."""
        base = self._surgeon or theirs
        self._mine, self._theirs = entry.with_values(base, self.form.read()[0]), theirs
        lines = conflict.lines(base, self._mine, theirs)
        self.compare("Two versions of this entry", conflict.SENTENCE, lines)

    def save_decided(self, sides: dict[str, str]) -> None:
        """Store what was decided, on top of their entry."""
        self._store(conflict.merged(self._mine, self._theirs, sides))

    def _go_to(self, name: str) -> None:
        if widget := self.form.widget(name):
            fields.go_to(widget)
