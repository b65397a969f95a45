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
from referral_app.ui.widgets import buttons, labels

SENTENCE = (
    "Undoing an import takes its new surgeons out and puts the changed ones back. "
    "What somebody changed or used since stays."
)
_STATES = {
    ImportState.LIVE: "ok", ImportState.UNDONE: "canceled", ImportState.CANCELED: "canceled",
}  # fmt: skip
COLUMNS = (
    Column("File", lambda one: one.file_name, 220, stretch=True, detail=lambda one: _who_and_when(one)),
    Column("State", lambda one: one.state.label, 130, icon=lambda one: _STATES.get(one.state, "waiting")),
    Column("New", lambda one: _count(one, "new"), 68, numeric=True),
    Column("Changed", lambda one: _count(one, "changed"), 84, numeric=True),
    Column("Refused", lambda one: _count(one, "refused"), 84, numeric=True),
)
LOWEST = 150
"""Some rows of the list, so that at 200 % its scroll bars and what is told below it stay in view."""
CHOOSE = "Choose an import to undo it."
_WHY_NOT = {
    ImportState.UNDONE: "It is undone already.",
    ImportState.CANCELED: "Nothing of it was taken, so there is nothing to undo.",
}


class ImportsDialog(Framed):
    """`undo_wanted(record)` when a person confirmed that an import is to be undone."""

    undo_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """List the imports, the latest first."""
        super().__init__(parent, "importsDialog", "Earlier imports", SENTENCE)
        self._desk = desk
        empty = ("import", "Nothing was imported yet", "Import surgeons from the menu of this page.")
        self.list = RecordList(desk, "imports", "Imports", COLUMNS, empty)
        theme.scale(self.list, min_height=LOWEST)
        self.whole = labels.body(CHOOSE)
        self.whole.setObjectName("importChosen")
        self.undo_button = buttons.danger("Undo this import…", "undoImport")
        close = buttons.outlined("Close", "importsClose")
        self.undo_button.clicked.connect(self.undo)
        self.list.chosen.connect(self._chosen)
        close.clicked.connect(self.reject)
        self.body.addWidget(self.list, 20)
        self.body.addWidget(self.whole)
        self.lay_out((980, 620), self.undo_button, None, close)
        self._chosen(None)
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
        """Tell the chosen import in full, and why it cannot be undone where it cannot."""
        why = CHOOSE if record is None else _why_not(record)
        self.undo_button.setEnabled(not why)
        self.undo_button.setToolTip(why)
        self.undo_button.setAccessibleDescription(why)
        self.whole.setText(why if record is None else " ".join(part for part in (_told(record), why) if part))


def _why_not(record: ImportRecord) -> str:
    if record.state is ImportState.LIVE:
        return ""
    return _WHY_NOT.get(record.state, "It is still under way.")


def _told(record: ImportRecord) -> str:
    counts = ", ".join(f"{_count(record, name)} {name}" for name in ("new", "changed", "refused"))
    return f"{record.file_name}, {_who_and_when(record)}: {record.state.label.lower()}, {counts}."


def _who_and_when(record: ImportRecord) -> str:
    when = moments.say(record.started.astimezone())
    return f"{when} by {record.person}" if record.person else when


def _count(record: ImportRecord, name: str) -> str:
    return f"{record.counts.get(name, 0):,}"
