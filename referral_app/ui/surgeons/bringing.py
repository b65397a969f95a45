"""Files of the directory from the page of surgeons: brought in with a preview, undone, and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk

if TYPE_CHECKING:
    from referral_app.jobs.directory_export import Exported
    from referral_app.jobs.directory_import import Imported
    from referral_app.jobs.directory_reading import Looked, Plan
    from referral_app.services.import_records import ImportRecord, Undone

KINDS = "Surgeons (*.csv *.xlsx *.zip *.directory *.txt);;All files (*)"
TARGETS = "CSV (*.csv);;Excel workbook (*.xlsx);;Signed directory file for offices (*.directory)"


class Bringing(QObject):
    """Acts for the page; `changed` when the directory is another, `said` and `undoable` tell what was done."""

    changed = Signal()
    said = Signal(str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._desk, self._page = desk, page

    # In

    def choose_file(self) -> None:
        """Ask for a file."""
        ask.open_file(self._page, "Import surgeons", KINDS, self.look)

    def look(self, path: Path) -> None:
        """Look at a file, then show its first step."""
        db = self._desk.db

        def work() -> Looked:
            from referral_app.jobs import directory_reading

            return directory_reading.look(db, path)

        self._desk.background.run(self, work, self._show, self._refused)

    def bring(self, plan: Plan) -> None:
        """Import what a person saw in the preview."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Imported:
            from referral_app.jobs import directory_import

            return directory_import.run(db, plan, progress, canceled)

        self._desk.background.job(self, "Importing surgeons", work, self._imported, self._refused)

    def _show(self, looked: Looked) -> None:
        from referral_app.ui.surgeons.import_dialog import ImportDialog

        dialog = ImportDialog(self._desk, looked, self._page)
        dialog.wanted.connect(self.bring)
        dialog.show()

    def _imported(self, done: Imported) -> None:
        if done.canceled:
            self.said.emit("The import was canceled; nothing was imported")
            return
        self.changed.emit()
        words = f"Surgeons imported: {done.words}" if done.is_done else "Nothing was imported"
        undo = partial(self.undo, done.import_id) if done.import_id else None
        if done.refused:
            self._tell(words, done, undo is not None)
        elif undo is not None:
            self.undoable.emit(words, undo)
        else:
            self.said.emit(words)

    def _tell(self, words: str, done: Imported, can_undo: bool) -> None:
        from referral_app.ui.surgeons.outcome_dialog import OutcomeDialog

        sentence = "These rows were left out; everything else is in the directory." if done.is_done else (
            "Something was refused, and you chose to import nothing then."
        )  # fmt: skip
        dialog = OutcomeDialog(words, sentence, done.refused, self._page, undo=can_undo and done.is_done)
        dialog.undone.connect(partial(self.undo, done.import_id))
        dialog.open()
        self.said.emit(words)

    # Back

    def show_earlier(self) -> None:
        """List the imports of this store."""
        from referral_app.ui.surgeons.imports_dialog import ImportsDialog

        dialog = ImportsDialog(self._desk, self._page)
        dialog.undo_wanted.connect(self._undo_record)
        dialog.open()

    def undo(self, import_id: str) -> None:
        """Undo an import."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Undone:
            from referral_app.jobs import directory_undo

            return directory_undo.undo(db, import_id, progress, canceled)

        self._desk.background.job(self, "Undoing the import", work, self._undone, self._refused)

    def _undo_record(self, record: ImportRecord) -> None:
        self.undo(record.id)

    def _undone(self, done: Undone) -> None:
        from referral_app.ui.surgeons.outcome_dialog import OutcomeDialog

        self.changed.emit()
        words = f"Import undone: {done.removed:,} taken out, {done.restored:,} put back"
        self.said.emit(words)
        if done.kept:
            sentence = "These stay as they are, because somebody changed or used them since."
            OutcomeDialog(words, sentence, done.kept, self._page).open()

    # Out

    def choose_target(self, query: Query, ids: Sequence[str] = ()) -> None:
        """Ask where to write what a search finds, or some surgeons by id."""
        kinds = TARGETS.rpartition(";;")[0] if ids else TARGETS
        write = partial(self.take_out, query=query, ids=ids)
        ask.save_file(self._page, "Export surgeons", "surgeons.csv", kinds, write)

    def take_out(self, path: Path, query: Query, ids: Sequence[str] = ()) -> None:
        """Write some surgeons, or those of a search; a signed file holds all of them."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Exported:
            from referral_app.jobs import directory_export

            chosen = directory_export.EVERYTHING if path.suffix == directory_export.SIGNED else query
            return directory_export.export(db, path, chosen, progress, canceled, ids)

        self._desk.background.job(self, "Exporting surgeons", work, self._exported, self._refused)

    def _exported(self, done: Exported) -> None:
        if done.canceled:
            self.said.emit("The export was canceled; no file was written")
            return
        self.said.emit(" ".join(part for part in (f"{done.words} exported.", done.left_out) if part))
        if done.fingerprint:
            detail = (
                f"Offices that take a file of this Center for the first time ask for the fingerprint of its key. Read "
                f"it to them on the phone: {done.fingerprint}"
            )
            ask.tell(
                self._page, f"{done.words} {'is' if done.count == 1 else 'are'} in the signed file.", detail
            )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self._page, str(error), warning=True)
