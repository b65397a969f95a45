"""Bringing a surgeon directory in from a file, and taking it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

if TYPE_CHECKING:
    from referral_app.jobs.directory import Imported

KINDS = "Surgeons (*.csv *.xlsx *.directory)"
CSV = "CSV table (*.csv)"


class DirectoryCard(Card):
    """Two buttons, each a job in the status bar."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__("Surgeon directory")
        self._desk = desk
        words = (
            "A CSV or Excel file adds surgeons and brings known ones up to date by their NPI; nobody is removed. "
            "The page of surgeons shows first what a file would change."
        )
        self.add(labels.muted(words))
        bring = buttons.outlined("Import from a file…", "importDirectory", "import")
        take = buttons.outlined("Export to CSV…", "exportDirectory", "save")
        bring.clicked.connect(self._ask_import)
        take.clicked.connect(self._ask_export)
        self.add(row(bring, take, None))

    def _ask_import(self) -> None:
        ask.open_file(self, "Import surgeons", KINDS, self._import)

    def _ask_export(self) -> None:
        ask.save_file(self, "Export surgeons", "surgeons.csv", CSV, self._export)

    def _import(self, path: Path) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Imported:
            from referral_app.jobs import directory

            return directory.import_csv(db, path, progress)

        self._desk.background.job(self, "Importing surgeons", work, self._imported, self._refused)

    def _export(self, path: Path) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> int:
            from referral_app.jobs import directory

            return directory.export_csv(db, path)

        self._desk.background.job(self, "Exporting surgeons", work, self._exported, self._refused)

    def _imported(self, done: Imported) -> None:
        words = f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged"
        self.said.emit(f"Directory imported: {words}")
        if done.refused:
            lines = "\n".join(done.refused[:12])
            more = f"\nand {len(done.refused) - 12} more" if len(done.refused) > 12 else ""
            ask.tell(self, f"{len(done.refused)} lines were left out ({words}).", lines + more, warning=True)

    def _exported(self, number: int) -> None:
        self.said.emit(f"{number} surgeons exported")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, "The directory was not changed.", " ".join(error.fields.values()), warning=True)
