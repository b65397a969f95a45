"""Where the documents of a batch go: each into a file of its own, all into one file, or to a printer as one job.

Each is recorded in the ledger before it goes. What goes together (one file, one print job) is kept in a private folder
until the last one is made, so that whatever stops the batch before has printed nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from referral_app.choices import BatchState, PaperAct
from referral_app.database import Database
from referral_app.jobs import files, papers
from referral_app.jobs.makers import Makers
from referral_app.jobs.papers import Made
from referral_app.services import batches
from referral_app.services.batches import BatchItem, BatchRecord

FILES, ONE_FILE, PRINTER = "files", "one_file", "printer"
SPOOL = "waiting-to-print-"
"""The beginning of the folders in which documents wait; what a crash left there goes at the next batch."""

Send = Callable[[Sequence[Path]], object]


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
        path = self._folder / made.name
        again = path.exists()
        papers.left(self._db, made, PaperAct.SAVED, how=made.name)
        files.write(path, sheets(made.content, batch.both_sides))
        self.replaced += again
        with self._db.begin() as session:
            pages = papers.pages(made.content)
            batches.settle(session, batch.id, item.position, BatchState.PRINTED, pages=pages)

    def finish(self, batch: BatchRecord) -> None:
        """There is nothing more to do."""

    def close(self) -> None:
        """There is nothing to leave behind."""


class _Together:
    """Documents that wait in a private folder and go out as one."""

    act, how = PaperAct.PRINTED, ""

    def __init__(self, db: Database, target: str) -> None:
        """Clear away what a crash left, and begin a folder."""
        self._db, self.target, self.replaced = db, target, 0
        root = db.paths.data_dir
        for left in root.glob(f"{SPOOL}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._folder = Path(tempfile.mkdtemp(prefix=SPOOL, dir=root))
        self._waiting: list[tuple[BatchItem, Made]] = []

    def take(self, batch: BatchRecord, item: BatchItem, made: Made) -> None:
        """Keep it on disk; raises InvalidInput for a full disk."""
        files.write(self._path(item), made.content)
        self._waiting.append((item, replace(made, content=b"")))

    def finish(self, batch: BatchRecord) -> None:
        """Record each, keep that they go, and let them go; raises InvalidInput where they are not taken."""
        if not self._waiting:
            return
        for item, made in self._waiting:
            content = self._path(item).read_bytes()
            papers.left(self._db, replace(made, content=content), self.act, how=self.how)
            if batch.both_sides:
                files.write(self._path(item), sheets(content, both_sides=True))
        positions = [item.position for item, _ in self._waiting]
        with self._db.begin() as session:
            batches.handing_over(session, batch.id, positions)
        try:
            self.send([self._path(item) for item, _ in self._waiting])
        except Exception:
            with self._db.begin() as session:
                batches.handing_over(session, batch.id, positions, back=True)
            raise

    def send(self, paths: Sequence[Path]) -> None:
        """Let the files go."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave nothing of them behind."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, item: BatchItem) -> Path:
        return self._folder / f"{item.position:05}.pdf"


class OneFile(_Together):
    """All documents in one PDF file, as a print shop takes them."""

    act = PaperAct.SAVED

    def __init__(self, db: Database, path: Path) -> None:
        """Take the path of the file."""
        super().__init__(db, str(path))
        self._file, self.how = path, path.name
        self.replaced = int(path.exists())

    def send(self, paths: Sequence[Path]) -> None:
        """Put them into one file, whole or not at all, in a process of its own: a thousand take seconds."""
        with files.placing(self._file) as target, Makers(1) as makers:
            makers.make("stack", ([str(one) for one in paths], str(target))).result()


class Printer(_Together):
    """One job for one printer; `send` gives it the files in their order and raises where it does not take them."""

    def __init__(self, db: Database, name: str, send: Send) -> None:
        """Take the name of the printer and what gives files to it."""
        super().__init__(db, name)
        self.how, self._send = name, send

    def send(self, paths: Sequence[Path]) -> None:
        """Give them to the printer."""
        self._send(paths)


def sheets(content: bytes, both_sides: bool) -> bytes:
    """Return a document as it goes to paper: on both sides it ends on a whole sheet, which nobody shares."""
    if not both_sides:
        return content
    from referral_app.documents import sheets as paper

    return paper.padded(content)
