"""The first surgeon directory: invented, from a CSV file, or none yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, fields, theme
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

KINDS = "Surgeons (*.csv *.xlsx)"
EMPTY = "The directory is empty. It can stay so: surgeons can be entered or imported at any time."


class DirectoryCard(Card):
    """Two ways to fill it, each at once; leaving it as it is needs no button."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` counts who is there."""
        super().__init__("Surgeon directory")
        self._desk = desk
        self.words = labels.body("")
        self._invented = buttons.outlined("Use invented surgeons", "useInvented", "surgeons")
        self._bring = buttons.outlined("Import from a file…", "bringDirectory", "import")
        self._invented.clicked.connect(self._load_invented)
        self._bring.clicked.connect(self._ask)
        theme.scale(self.column, spacing=12)
        self.add(self.words)
        self.add(
            labels.muted("Invented surgeons say so wherever they are shown; use them to learn the program.")
        )
        self.add(row(self._bring, self._invented, None))

    def take_focus(self) -> None:
        """Put the focus on the first way to fill it."""
        fields.go_to(self._bring)

    def reload(self) -> None:
        """Say how many surgeons there are."""
        db = self._desk.db

        def work() -> int:
            from referral_app.services import matching
            from referral_app.services.surgeon_records import Query

            with db.read() as session:
                return matching.count(session, Query())

        self._desk.background.run(self, work, self._show)

    def _show(self, number: int) -> None:
        there = "one surgeon" if number == 1 else f"{number} surgeons"
        self.words.setText(f"The directory holds {there}." if number else EMPTY)

    def _load_invented(self) -> None:
        db = self._desk.db

        def work() -> str:
            from referral_app.jobs import directory

            directory.load_invented(db, with_practice=False)
            return "Invented surgeons were put into the directory."

        self._run(work)

    def _ask(self) -> None:
        ask.open_file(self, "Import surgeons", KINDS, self.bring)

    def bring(self, path: Path) -> None:
        """Bring the surgeons of a file in."""
        db = self._desk.db

        def work() -> str:
            from referral_app.jobs import directory

            done = directory.import_csv(db, path)
            left_out = (
                f" {len(done.refused)} lines were left out; Settings shows why." if done.refused else ""
            )
            return f"{done.new} surgeons were imported.{left_out}"

        self._run(work)

    def _run(self, work: Callable[[], str]) -> None:
        self._set_ready(False)
        self._desk.background.run(self, work, self._done, self._refused)

    def _done(self, words: str) -> None:
        self._set_ready(True)
        self.said.emit(words)
        self.reload()

    def _refused(self, error: Exception) -> None:
        self._set_ready(True)
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, "The directory was not changed.", " ".join(error.fields.values()), warning=True)

    def _set_ready(self, ready: bool) -> None:
        self._invented.setEnabled(ready)
        self._bring.setEnabled(ready)
