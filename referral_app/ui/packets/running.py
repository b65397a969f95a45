"""Running batches for both lists: asks where to, makes them in the background, and keeps what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Database, StoreProblem
from referral_app.services.batches import FILES, ONE_FILE, PRINTER, BatchRecord, Wish
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, folder
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.packets import words

if TYPE_CHECKING:
    from referral_app.jobs import batch_outlets
    from referral_app.jobs.batches import Outcome

ON_PRINTER = "printer "
"""How the key of a printer begins among the ways."""
Wishes = Callable[[], list[Wish]]


class Running(QObject):
    """The batches of the page; `said(words)` is for the status bar.

    `beginning` comes before buttons are switched off for one, `changed` when one began, ended or was left.
    """

    beginning = Signal()
    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Know of no batch yet; `look` asks."""
        super().__init__(parent)
        self._desk, self._page = desk, parent
        self.is_busy = False
        self.latest: BatchRecord | None = None
        self.refusal = ""
        self._asked = desk.background.latest(self, self._found)

    def look(self) -> None:
        """Ask which batch stopped or was finished lately."""
        db = self._desk.db
        self._asked.ask(lambda: _latest(db))

    def start(self, title: str, wishes: Wishes, way: str, both_sides: bool) -> None:
        """Ask where to, then make what is wanted; `wishes` is called in the background."""
        go = partial(self._go, title, wishes, way, both_sides)
        self._ask_where(way, go)

    def resume(self, batch: BatchRecord, first: int) -> None:
        """Go on with a batch at a place, the same way; files go where they went before."""
        db, way, target = self._desk.db, batch.way, batch.target
        self._run(f"Going on at {first:,}", lambda: batch.id, way, target, batch.both_sides, db, first)

    def leave(self, batch: BatchRecord) -> None:
        """Leave the rest of a batch, or close what is said of it."""
        self.latest, self.refusal = None, ""
        self.changed.emit()
        db = self._desk.db
        if batch.finished_at is None:
            self._desk.background.run(self, lambda: _drop(db, batch.id), lambda _: self.look())

    def _ask_where(self, way: str, go: Callable[[str], object]) -> None:
        if way.startswith(ON_PRINTER):
            go(way.removeprefix(ON_PRINTER))
        elif way == FILES:
            folder.choose(self._page, "Save packets into", lambda path: go(str(path)))
        else:
            ask.save_file(
                self._page, "Save packets as", "packets.pdf", "PDF (*.pdf)", lambda path: go(str(path))
            )

    def _go(self, title: str, wishes: Wishes, way: str, both_sides: bool, target: str) -> None:
        db = self._desk.db
        kind = way if way in (FILES, ONE_FILE) else PRINTER
        begin = partial(_begin, db, title, kind, wishes, both_sides, target)
        self._run(title, begin, kind, target, both_sides, db, 1)

    def _run(
        self,
        title: str,
        begin: Callable[[], str],
        way: str,
        target: str,
        both_sides: bool,
        db: Database,
        first: int,
    ) -> None:
        def work(progress: Progress, canceled: Canceled) -> Outcome:
            from referral_app.jobs import batches

            batch_id = begin()
            return batches.run(db, batch_id, _outlet(db, way, target, both_sides), progress, canceled, first)

        self.beginning.emit()
        self.is_busy, self.refusal = True, ""
        self.changed.emit()
        label = "Printing packets" if way not in (FILES, ONE_FILE) else "Saving packets"
        self._desk.background.job(self, label, work, self._done, self._failed)

    def _done(self, outcome: Outcome) -> None:
        self.is_busy, self.latest = False, outcome.batch
        self.changed.emit()
        stop = words.stopped(outcome.batch) if outcome.canceled else words.done(outcome.batch)
        self.said.emit(stop)

    def _failed(self, error: Exception) -> None:
        self.is_busy = False
        if not isinstance(error, InvalidInput | StoreProblem):
            self.changed.emit()
            raise error
        self.refusal = str(error)
        self.changed.emit()
        self.look()

    def _found(self, batch: BatchRecord | None) -> None:
        if not self.is_busy:
            self.latest = batch
            self.changed.emit()


def printers() -> Sequence[tuple[str, str]]:
    """Return the printers of this PC as ways, the default one first; none where there is no print service."""
    from referral_app.jobs import paper_printing

    if not paper_printing.available():
        return ()
    try:
        return [
            (f"{ON_PRINTER}{one.name}", f"Print on {one.label}")
            for one in paper_printing.find()
            if one.accepts
        ]
    except InvalidInput:
        return ()


def _latest(db: Database) -> BatchRecord | None:
    from referral_app.jobs import batches

    return batches.latest(db)


def _drop(db: Database, batch_id: str) -> None:
    from referral_app.jobs import batches

    batches.drop(db, batch_id)


def _begin(db: Database, title: str, way: str, wishes: Wishes, both_sides: bool, target: str) -> str:
    from referral_app.jobs import batches

    return batches.begin(db, title, way, wishes(), both_sides=both_sides, target=target)


def _outlet(db: Database, way: str, target: str, both_sides: bool) -> batch_outlets.Outlet:
    from referral_app.jobs import batch_outlets, paper_printing

    if way == FILES:
        return batch_outlets.Folder(db, Path(target))
    if way == ONE_FILE:
        return batch_outlets.OneFile(db, Path(target))
    ticket = paper_printing.Ticket(target, both_sides=both_sides)
    return batch_outlets.Printer(db, target, batch_outlets.on_queue(ticket))
