"""What the dialogs of a patient and of a directory entry share: a form that scrolls, saving, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from referral_app.database import Session
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.ui import ask, fields, theme
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.conflict_lines import Line
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.scroll import scrolled


class Form(Protocol):
    """What the dialog needs of its form."""

    changed: Any

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its field."""


class RecordDialog(QDialog):
    """Changes a record or makes a new one; `saved(record)` when it is stored.

    A subclass writes `save`, and what belongs to a version that someone else saved first: `theirs`, `show_both`,
    `save_decided`.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, what: str, name: str, form: Form, parent: QWidget) -> None:
        """Make it for a record of a kind ("patient"); `name` is "" for a new one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(f"{what}Dialog")
        self.setWindowTitle(f"Edit {what}" if name else f"New {what}")
        self._desk, self._what, self._form, self._changed = desk, what, form, False
        self._room = parent.window().size()
        self._title = labels.title(name or self.windowTitle())
        self.summary = ErrorSummary(f"{what}Errors")
        self.save_button = buttons.primary("Save", f"save{what.title()}", icon="save")
        self.cancel_button = buttons.outlined("Cancel", f"cancel{what.title()}")
        form.changed.connect(self._note_change)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.cancel_button.clicked.connect(self.reject)

    def save(self) -> None:
        """Save, or say what is wrong."""
        raise NotImplementedError

    def theirs(self, session: Session) -> Any:
        """Return the record as someone else saved it; runs in the background."""
        raise NotImplementedError

    def show_both(self, theirs: Any) -> None:
        """Show their version beside what was typed, with `compare`."""
        raise NotImplementedError

    def save_decided(self, sides: dict[str, str]) -> None:
        """Store what was decided, on top of their version."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close; what was typed is not thrown away without asking."""
        if self._changed:
            detail = "What you typed here is not saved."
            ask.confirm(self, "Discard your changes?", detail, "Discard", self._discard, danger=True)
        else:
            super().reject()

    def lay_out(self, width: int, *parts: QWidget) -> None:
        """Put the parts below title and summary, and give the dialog its width at 100 %."""
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        for part in (self._title, self.summary, *parts):
            lines.addWidget(part)
        lines.addStretch(1)
        inside.setLayout(lines)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, self.cancel_button, self.save_button, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, f"{self._what}DialogArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
        self.resize(
            min(theme.px(width), self._room.width() - 40), min(theme.px(720), self._room.height() - 40)
        )

    def store(self, write: Callable[[Session], Any]) -> None:
        """Store in the background, and close with what `write` returns; what is refused is said."""
        db = self._desk.db

        def work() -> Any:
            with db.begin() as session:
                return write(session)

        self.save_button.setEnabled(False)
        self._desk.background.run(self, work, self._stored, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused; where someone else saved first, both versions are shown."""
        self.save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self.show_errors(error.fields)
        if isinstance(error, Conflict):
            self._read_theirs()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show errors on top and beside their fields."""
        self._form.show_errors(errors)
        self.summary.show_errors(errors)
        if errors:
            fields.go_to(self.summary)

    def compare(self, title: str, sentence: str, lines: Sequence[Line]) -> None:
        """Show two versions, and store what is decided."""
        dialog = ConflictDialog(self, title, sentence, "Saved by someone else", lines)
        dialog.decided.connect(self.save_decided)
        dialog.decided.connect(dialog.accept)
        dialog.open()

    def close_unchanged(self) -> None:
        """Close without a question: all is stored, or no longer wanted."""
        self._changed = False
        self.accept()

    def _read_theirs(self) -> None:
        db = self._desk.db

        def work() -> Any:
            with db.read() as session:
                return self.theirs(session)

        self._desk.background.run(self, work, self.show_both, self.failed)

    def _stored(self, record: Any) -> None:
        self._changed = False
        self.saved.emit(record)
        self.accept()

    def _discard(self) -> None:
        self._changed = False
        self.reject()

    def _note_change(self) -> None:
        self._changed = True
