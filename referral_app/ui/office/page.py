"""The page of our office."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services.errors import InvalidInput
from referral_app.services.practices import PracticeRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.office import providers
from referral_app.ui.office.form import OfficeForm
from referral_app.ui.office.layout import ask_to_save, lay_out
from referral_app.ui.office.sample_dialog import SampleDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.errors import ErrorSummary


class OfficePage(QWidget):
    """Letterhead, phones and providers; Save writes them in one go."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self._desk = desk
        self._practice = PracticeRecord()
        self._dirty = False
        self._filling = False
        self.form, self.providers = OfficeForm(desk), providers.entries()
        self._errors = ErrorSummary("officeErrors")
        self._save = buttons.primary("Save our office", "officeSave", "check")
        self._save.setShortcut("Ctrl+S")
        self._lay_out()
        self._save.clicked.connect(self.save)
        self._errors.chosen.connect(self._go_to)
        self.providers.changed.connect(self._changed)
        self.form.logo.changed.connect(self._changed)
        self.form.sample_button.clicked.connect(self.show_sample)
        fields.connect_changes(self.form.widgets, self._changed)

    def reload(self) -> None:
        """Read the office anew, unless something was typed and not saved."""
        if not self._dirty:
            db = self._desk.db
            self._desk.background.run(self, lambda: _read(db), self._show)

    def save(self) -> None:
        """Write the office, or say what is wrong."""
        record = self._typed()
        if record is None:
            return
        db = self._desk.db

        def work() -> PracticeRecord:
            from referral_app.services import practices

            with db.begin() as session:
                return practices.save(session, record)

        self._desk.background.run(self, work, self._stored, self._refused)

    def show_sample(self) -> None:
        """Show an invented letter under the letterhead as it was typed."""
        record = self._typed()
        if record is not None:
            SampleDialog(self._desk, record, self).open()

    def _typed(self) -> PracticeRecord | None:
        """Return the office as it was typed; None where something cannot be read, which is said."""
        try:
            return replace(self.form.read(self._practice), providers=tuple(self.providers.records))
        except InvalidInput as error:
            self._refused(error)
            return None

    def can_leave(self) -> bool:
        """Ask before what was typed is left unsaved."""
        if self._dirty:
            ask_to_save(self, "our office", "Letters use what is saved.", self.save)
        return not self._dirty

    def _lay_out(self) -> None:
        hint = labels.muted("Entered once: every referral, letter and packet takes it from here.")
        practice, numbers, letterhead = self.form.cards
        parts = [hint, self._errors, practice, numbers, self.providers, letterhead]
        lay_out(self, "Our office", self._save, parts, "officeScroll")

    def _show(self, practice: PracticeRecord | None) -> None:
        self._practice = practice or PracticeRecord()
        self._filling = True
        self.form.fill(self._practice)
        self.providers.show_records(self._practice.providers)
        self._filling = False
        self._dirty = False

    def _stored(self, practice: PracticeRecord) -> None:
        self._errors.show_errors({})
        fields.show_errors(self.form.blocks, {})
        self._show(practice)
        self.saved.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        fields.show_errors(self.form.blocks, error.fields)
        self.form.logo.say(error.fields.get("logo", ""))
        self._errors.show_errors(error.fields)

    def _go_to(self, name: str) -> None:
        if name in self.form.widgets:
            fields.go_to(self.form.widgets[name])
        elif name == "logo":
            fields.go_to(self.form.logo.choose_button)
        else:
            fields.go_to(self.providers)

    def _changed(self) -> None:
        self._dirty = self._dirty or not self._filling


def _read(db: object) -> PracticeRecord | None:
    from referral_app.database import Database
    from referral_app.services import practices

    assert isinstance(db, Database)
    with db.read() as session:
        return practices.ours(session)
