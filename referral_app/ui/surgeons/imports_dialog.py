"""The imports of this store, each of which can be undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import ImportState
from referral_app.jobs import directory_undo
from referral_app.services import directory_imports
from referral_app.services.import_records import ImportRecord
from referral_app.ui import ask, moments, theme
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons

SENTENCE = (
    "Undoing an import takes its new surgeons out and puts the changed ones back. "
    "What somebody changed or used since stays."
)
_STATES = {
    ImportState.LIVE: "ok", ImportState.UNDONE: "canceled", ImportState.CANCELED: "canceled",
}  # fmt: skip
COLUMNS = (
    Column("File", lambda one: one.file_name, 220, stretch=True),
    Column("When", lambda one: moments.say(one.started.astimezone()), 170),
    Column("By", lambda one: one.person, 150),
    Column("State", lambda one: one.state.label, 140, icon=lambda one: _STATES.get(one.state, "waiting")),
    Column("New", lambda one: f"{one.counts.get('new', 0):,}", 80, numeric=True),
    Column("Changed", lambda one: f"{one.counts.get('changed', 0):,}", 90, numeric=True),
    Column("Refused", lambda one: f"{one.counts.get('refused', 0):,}", 90, numeric=True),
)


class ImportsDialog(Framed):
    """`undo_wanted(record)` when a person confirmed that an import is to be undone."""

    undo_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """List the imports, the latest first."""
        super().__init__(parent, "importsDialog", "Earlier imports", SENTENCE)
        self._desk = desk
        empty = ("import", "Nothing was imported yet", "Import surgeons from the menu of this page.")
        self.list = RecordList(desk, "imports", "Imports", COLUMNS, empty)
        theme.scale(self.list, min_height=320)
        self.undo_button = buttons.danger("Undo this import…", "undoImport")
        close = buttons.outlined("Close", "importsClose")
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self.undo)
        self.list.chosen.connect(self._chosen)
        close.clicked.connect(self.reject)
        self.body.addWidget(self.list)
        self.lay_out((980, 620), self.undo_button, None, close)
        self.reload()

    def reload(self) -> None:
        """Read them anew."""
        db = self._desk.db

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[ImportRecord]:
            return directory_undo.earlier(db)[offset : offset + limit]

        def count() -> int:
            with db.read() as session:
                return len(directory_imports.every(session))

        self.list.load(Source(fetch, count))

    def undo(self) -> None:
        """Ask, then let the import be undone."""
        record = self.list.current()
        if record is None or record.state is not ImportState.LIVE:
            return
        counts = record.counts
        detail = (
            f"{counts.get('new', 0):,} surgeons go out of the directory, {counts.get('changed', 0):,} are put back. "
            "What somebody changed or used since stays, and you are told which and why."
        )
        question = f"Undo the import of {record.file_name}?"
        ask.confirm(self, question, detail, "Undo the import", self._confirmed, danger=True)

    def _confirmed(self) -> None:
        self.undo_wanted.emit(self.list.current())
        self.accept()

    def _chosen(self, record: ImportRecord | None) -> None:
        self.undo_button.setEnabled(record is not None and record.state is ImportState.LIVE)
