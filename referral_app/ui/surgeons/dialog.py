"""The dialog of one directory entry: reads the form, saves, and says beside each field what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from referral_app.services import surgeons
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask, fields, theme
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import conflict, entry
from referral_app.ui.surgeons.form import SurgeonForm
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.scroll import scrolled


class SurgeonDialog(QDialog):
    """Changes an entry, or makes a new one; `saved(record)` when it is stored."""

    saved = Signal(object)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord | None, form: SurgeonForm, parent: QWidget) -> None:
        """Show the entry as it was read, in a form made before."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("surgeonDialog")
        self.setWindowTitle("Edit surgeon" if surgeon else "New surgeon")
        self._desk, self._surgeon, self._changed = desk, surgeon, False
        self.form = form
        self.summary = ErrorSummary("surgeonErrors")
        self.save_button = buttons.primary("Save", "saveSurgeon", icon="save")
        self.cancel_button = buttons.outlined("Cancel", "cancelSurgeon")
        self._lay_out(surgeon.name if surgeon else "New surgeon")
        self._connect()
        room = parent.window().size()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(720), room.height() - 40))

    def save(self) -> None:
        """Save, or say what is wrong."""
        values, problems = self.form.read()
        if problems:
            self._show_errors(problems)
            return
        self._store(entry.with_values(self._surgeon, values))

    def _store(self, record: SurgeonRecord) -> None:
        db = self._desk.db

        def work() -> SurgeonRecord:
            with db.begin() as session:
                return surgeons.save(session, record)

        self.save_button.setEnabled(False)
        self._desk.background.run(self, work, self._stored, self._failed)

    def reject(self) -> None:
        """Close; what was typed is not thrown away without asking."""
        if self._changed:
            ask.confirm(
                self,
                "Discard your changes?",
                "What you typed here is not saved.",
                "Discard",
                self._discard,
                danger=True,
            )
        else:
            super().reject()

    def _discard(self) -> None:
        self._changed = False
        self.reject()

    def _lay_out(self, title: str) -> None:
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        lines.addWidget(labels.title(title))
        lines.addWidget(self.summary)
        lines.addWidget(self.form)
        lines.addStretch(1)
        inside.setLayout(lines)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, self.cancel_button, self.save_button, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, "surgeonDialogArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.form.changed.connect(self._note_change)
        self.summary.chosen.connect(self._go_to)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.cancel_button.clicked.connect(self.reject)

    def _note_change(self) -> None:
        self._changed = True

    def _stored(self, record: SurgeonRecord) -> None:
        self._changed = False
        self.saved.emit(record)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self._show_errors(error.fields)
        if isinstance(error, Conflict) and self._surgeon is not None:
            self._look_at_theirs(self._surgeon.id)

    def _look_at_theirs(self, surgeon_id: str) -> None:
        db = self._desk.db

        def work() -> SurgeonRecord:
            with db.read() as session:
                return surgeons.get(session, surgeon_id)

        self._desk.background.run(self, work, self._show_both, self._failed)

    def _show_both(self, theirs: SurgeonRecord) -> None:
        base = self._surgeon or theirs
        self._mine, self._theirs = entry.with_values(base, self.form.read()[0]), theirs
        lines = conflict.lines(base, self._mine, theirs)
        dialog = ConflictDialog(
            self, "Two versions of this entry", conflict.SENTENCE, "Saved by someone else", lines
        )
        dialog.decided.connect(self._save_decided)
        dialog.decided.connect(dialog.accept)
        dialog.open()

    def _save_decided(self, sides: dict[str, str]) -> None:
        self._store(conflict.merged(self._mine, self._theirs, sides))

    def _show_errors(self, errors: Mapping[str, Any]) -> None:
        self.form.show_errors(errors)
        self.summary.show_errors(errors)
        fields.go_to(self.summary)

    def _go_to(self, name: str) -> None:
        if widget := self.form.widget(name):
            fields.go_to(widget)
