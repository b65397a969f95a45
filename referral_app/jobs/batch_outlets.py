"""Where the documents of a batch go: each into a file of its own, all into one file, or to a printer as one job.

Each is recorded in the ledger before it goes. What goes together (one file, one print job) is kept in a private folder
until the last one is made, so that whatever stops the batch before has printed nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from referral_app.choices import BatchState, PaperAct
from referral_app.database import Database
from referral_app.documents.maker import STACK
from referral_app.exchange import print_queues
from referral_app.exchange.print_queues import Ticket
from referral_app.jobs import files, paper_files, paper_printing, papers
from referral_app.jobs.makers import Makers
from referral_app.jobs.papers import Made
from referral_app.services import batches
from referral_app.services.batches import BatchItem, BatchRecord

SPOOL = "waiting-to-print-"
"""The beginning of the folders in which documents wait."""
_in_use: set[Path] = set()
"""Those of this process; its number says nothing, since one that runs in a box of its own has the same each time."""

Hold = Callable[[Path], AbstractContextManager[object]]
"""Brings a file to a printer and lets it be printed at the end of its block, unless that raises."""


class Outlet(Protocol):
    """Takes documents in their order; `target` says where to, `replaced` counts files that were there before."""

    target: str
    replaced: int

    def take(self, batch: BatchRecord, item: BatchItem, made: Made) -> None:
        """Let one document out, or keep it for the end."""
        ...

    def finish(self, batch: BatchRecord) -> None:
        """Let out what was kept; not called where the batch was stopped."""
        ...

    def close(self) -> None:
        """Leave nothing behind."""
        ...


class Folder:
    """Many files in one folder, named by the reference number and never by the patient."""

    def __init__(self, db: Database, folder: Path) -> None:
        """Take the folder, which must be there."""
        self._db, self._folder = db, folder
        self.target, self.replaced = str(folder), 0

    def take(self, batch: BatchRecord, item: BatchItem, made: Made) -> None:
        """Record, write and keep that it is done; raises InvalidInput for a folder that cannot be written."""
        path = self._folder / _name(batch, item, made)
        again, note = path.exists(), partial(papers.left, self._db, made, PaperAct.SAVED, how=path.name)
        paper_files.write(path, sheets(made.content, batch.both_sides), note)
        self.replaced += again
        with self._db.begin() as session:
            pages = papers.pages(made.content)
            batches.settle(session, batch.id, item.position, BatchState.PRINTED, pages=pages)

    def finish(self, batch: BatchRecord) -> None:
        """There is nothing more to do."""

    def close(self) -> None:
        """There is nothing to leave behind."""


def _name(batch: BatchRecord, item: BatchItem, made: Made) -> str:
    """Return the name of a document's file: numbered where the batch holds another of the referral before it."""
    same = [one.position for one in batch.items if (one.reference, one.kind) == (item.reference, item.kind)]
    place, path = same.index(item.position), Path(made.name)
    return f"{path.stem}-{place + 1}{path.suffix}" if place else made.name


class _Together:
    """Documents that wait in a private folder and go out as one."""

    act, how = PaperAct.PRINTED, ""

    def __init__(self, db: Database, target: str) -> None:
        """Clear away what a crash left, and begin a folder."""
        self._db, self.target, self.replaced = db, target, 0
        clear(db)
        self._folder = Path(tempfile.mkdtemp(prefix=SPOOL, dir=db.paths.data_dir))
        _in_use.add(self._folder)
        self._waiting: list[tuple[BatchItem, Made]] = []

    def take(self, batch: BatchRecord, item: BatchItem, made: Made) -> None:
        """Keep it on disk; raises InvalidInput for a full disk."""
        files.write(self._path(item), made.content)
        self._waiting.append((item, replace(made, content=b"")))

    def finish(self, batch: BatchRecord) -> None:
        """Bring all to where it goes, record each, then let it go; raises InvalidInput where it is not taken."""
        if not self._waiting:
            return
        positions = [item.position for item, _ in self._waiting]
        noted, left = False, list[tuple[BatchItem, Made]]()
        try:
            with self.held(self._paper(batch.both_sides)):
                for item, made in self._waiting:
                    self._left(item, made)
                    left.append((item, made))
                noted = self._noted(batch, positions)
        except Exception:
            if noted:
                self._noted(batch, positions, back=True)
            for item, made in left:
                self._left(item, made, back=True)
            raise

    @contextmanager
    def held(self, paths: Sequence[Path]) -> Generator[None]:
        """Hold files where they go to, all or none; let them go at the end of the block, unless it raises."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Leave nothing of them behind."""
        shutil.rmtree(self._folder, ignore_errors=True)
        _in_use.discard(self._folder)

    def _left(self, item: BatchItem, made: Made, back: bool = False) -> None:
        """Record that a document leaves, or that it did not after all, which is noted with no copy."""
        whole = replace(made, content=self._path(item).read_bytes())
        how = f"{self.how}: {paper_printing.TAKEN_BACK}" if back else self.how
        papers.left(self._db, whole, self.act, how=how, copies=0 if back else 1)

    def _noted(self, batch: BatchRecord, positions: Sequence[int], back: bool = False) -> bool:
        with self._db.begin() as session:
            batches.handing_over(session, batch.id, positions, back=back)
        return True

    def _path(self, item: BatchItem) -> Path:
        return self._folder / f"{item.position:05}.pdf"

    def _paper(self, both_sides: bool) -> list[Path]:
        """Return the files as they go to paper."""
        if not both_sides:
            return [self._path(item) for item, _ in self._waiting]
        padded: list[Path] = []
        for item, _ in self._waiting:
            padded.append(self._path(item).with_suffix(".sheets.pdf"))
            files.write(padded[-1], sheets(self._path(item).read_bytes(), both_sides=True))
        return padded


class OneFile(_Together):
    """All documents in one PDF file, as a print shop takes them."""

    act = PaperAct.SAVED

    def __init__(self, db: Database, path: Path) -> None:
        """Take the path of the file."""
        super().__init__(db, str(path))
        self._file, self.how = path, path.name
        self.replaced = int(path.exists())

    @contextmanager
    def held(self, paths: Sequence[Path]) -> Generator[None]:
        """Put them into one new file, which takes its name at the end."""
        with files.placing(self._file) as target:
            _stack(paths, target)
            yield


class Printer(_Together):
    """One job for one printer; `hold` brings a file into its queue and lets it be printed at the end of its block."""

    def __init__(self, db: Database, name: str, hold: Hold) -> None:
        """Take the name of the printer and what gives files to it."""
        super().__init__(db, name)
        self.how, self._hold = name, hold

    @contextmanager
    def held(self, paths: Sequence[Path]) -> Generator[None]:
        """Bring them into the queue as one job, which is printed in their order or not at all."""
        whole = self._folder / "all.pdf"
        _stack(paths, whole)
        with self._hold(whole):
            yield


def clear(db: Database) -> None:
    """Delete what a process that was killed left waiting; the store is open in one process at a time."""
    for left in db.paths.data_dir.glob(f"{SPOOL}*"):
        if left not in _in_use:
            shutil.rmtree(left, ignore_errors=True)


def on_queue(ticket: Ticket) -> Hold:
    """Return what holds a file in a queue of the print service of this PC."""

    @contextmanager
    def hold(path: Path) -> Generator[None]:
        with print_queues.held(ticket, path, paper_printing.JOB_NAME) as job:
            yield
            job.release()

    return hold


def _stack(paths: Sequence[Path], target: Path) -> None:
    """Put files into one, in a process of its own: a thousand take seconds. Raises InvalidInput."""
    with Makers(1) as makers:
        makers.make(STACK, ([str(one) for one in paths], str(target))).result()


def sheets(content: bytes, both_sides: bool) -> bytes:
    """Return a document as it goes to paper: on both sides it ends on a whole sheet, which nobody shares."""
    if not both_sides:
        return content
    from referral_app.documents import sheets as paper

    return paper.padded(content)
