"""Adding files to the referral of a form: one after the other, away from the user's thread, whatever step is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from referral_app.choices import AttachmentKind, Permission
from referral_app.clinical import documents_wanted
from referral_app.clinical.documents_wanted import Wanted
from referral_app.clinical.fields import rows
from referral_app.database import StoreProblem
from referral_app.jobs import attachments as job
from referral_app.jobs.attachments import Added, Canceled
from referral_app.services import attachments, center_requirements
from referral_app.services.attachments import AttachmentRecord, Owner
from referral_app.services.errors import InvalidInput
from referral_app.ui.background import Job
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.attachment_sources import Source
from referral_app.ui.referrals.draft import Draft

AT_ONCE = 50
"""Files that are taken together."""
WAITING, READING, REFUSED, ADDED = "waiting", "reading", "refused", "added"
NOTHING = "There is no file or picture to paste. Copy one first."
MANY = f"At most {AT_ONCE} files are added at once. Nothing was added; choose fewer."
AGAIN = "This file is enclosed already."


@dataclass(eq=False)
class Item:
    """A file on its way: what is said of it, and as what it is to be enclosed."""

    source: Source
    kind: str = ""
    title: str = ""
    state: str = WAITING
    words: str = ""


class Attaching(QObject):
    """The files of a form: those on their way, those that were refused, and what is known of those that are kept."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, draft: Draft) -> None:
        """Work for one draft, and live as long as it does."""
        super().__init__(draft)
        self._desk, self._draft = desk, draft
        self.items: list[Item] = []
        self.known: dict[str, AttachmentRecord] = {}
        self.problem = ""
        self.is_known = True
        self._job: Job | None = None
        self._find()

    @property
    def owner(self) -> Owner:
        """Where the files belong at this moment."""
        return Owner(self._draft.sheet.draft_id, self._draft.sheet.referral_id)

    def may_add(self) -> bool:
        """Tell whether the person at work may add files."""
        return self._desk.may(Permission.WRITE)

    # Adding

    def add(self, sources: Sequence[Source], kind: str = "", title: str = "") -> None:
        """Take files, one after the other; `kind` and `title` say what they are where that is known."""
        self.problem = NOTHING if not sources else MANY if len(sources) > AT_ONCE else ""
        if not self.may_add():
            self.problem = f"You may not {Permission.WRITE.label}. Ask an administrator."
        if self.problem:
            self.said.emit(self.problem)
        else:
            self.items = [one for one in self.items if one.state != ADDED]
            self.items += [Item(source, kind, title) for source in sources]
            self._next()
        self.changed.emit()

    def dismiss(self, item: Item) -> None:
        """Take what is said of a file away; one that is being read is given up."""
        if item.state == READING and self._job is not None:
            self._job.cancel()
        elif item in self.items:
            self.items.remove(item)
        self.changed.emit()

    def _next(self) -> None:
        waiting = [item for item in self.items if item.state == WAITING]
        if self._job is not None or not waiting:
            return
        item, db, owner = waiting[0], self._desk.db, self.owner
        item.state = READING

        def work(_progress: Any, canceled: Callable[[], bool]) -> Added:
            return job.add(db, owner, item.source.taken(), item.source.name, canceled)

        self._job = self._desk.background.job(
            self, "Reading an attachment", work, partial(self._done, item), partial(self._failed, item)
        )

    def _done(self, item: Item, added: Added) -> None:
        self._job = None
        record = added.record
        self.known[record.sha256] = record
        item.state, item.words = ADDED, added.note
        if (number := self.row_of(record.sha256)) >= 0:
            item.words = AGAIN
            if item.kind and not self.rows()[number].get("kind"):
                self.answer(number, **{"kind": item.kind} | ({"title": item.title} if item.title else {}))
        else:
            self._put(item, record)
            self.said.emit("A file was added to the attachments")
        if not item.words and item in self.items:
            self.items.remove(item)
        self._next()
        self.changed.emit()

    def _put(self, item: Item, record: AttachmentRecord) -> None:
        about = {"kind": item.kind, "title": item.title, "pages": record.pages, "sha256": record.sha256}
        new = {name: value for name, value in about.items() if value}
        with self._draft.act("the new attachment"):
            self._draft.put("attachments", [*self._rows_but_reasons(item), new])

    def _rows_but_reasons(self, item: Item) -> list[Any]:
        """Return the rows without the one that said why this very document is not available."""
        return [row for row in self.rows() if not (item.kind and _is_reason_for(row, item))]

    def _failed(self, item: Item, error: Exception) -> None:
        self._job = None
        item.state = REFUSED
        if isinstance(error, Canceled):
            self.items.remove(item)
        elif isinstance(error, InvalidInput | StoreProblem):
            item.words = str(error)
            self.said.emit(f"A file was not added: {item.words}")
        else:
            item.words = "It could not be added."
        self._next()
        self.changed.emit()
        if not isinstance(error, Canceled | InvalidInput | StoreProblem):
            raise error

    # What is there

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the draft."""
        return [dict(row) for row in rows(self._draft.intake, "attachments")]

    def row_of(self, sha256: str) -> int:
        """Return the number of the row that names a file, -1 where none does."""
        return next((at for at, row in enumerate(self.rows()) if row.get("sha256") == sha256), -1)

    def suggested(self) -> list[tuple[int, str, AttachmentKind | None]]:
        """Return the rows with a file of which nobody said what it is: number, name of the file, what it may be."""
        found: list[tuple[int, str, AttachmentKind | None]] = []
        for number, row in enumerate(self.rows()):
            record = self.known.get(str(row.get("sha256") or ""))
            if record is not None and not row.get("kind"):
                found.append((number, record.name, documents_wanted.suggested(record.name)))
        return found

    def wanted(self) -> list[Wanted]:
        """Return what the chosen surgeon's office, or the Center, wants enclosed."""
        sheet = self._draft.sheet
        asked = center_requirements.asked(self._draft.surgeon, sheet.asked, sheet.procedures)
        return documents_wanted.wanted(asked, self._draft.intake)

    def answer(self, number: int, **values: str) -> None:
        """Say what a row is."""
        with self._draft.act("what an attachment is"):
            self._draft.put(
                "attachments",
                [{**row, **values} if at == number else row for at, row in enumerate(self.rows())],
            )

    def lack(self, wanted: Wanted, why: str) -> None:
        """Say why a document that is wanted is not available."""
        if wanted.row >= 0:
            return self.answer(wanted.row, not_available=why)
        row = {"kind": str(wanted.kind), "title": wanted.title, "not_available": why}
        with self._draft.act("why a document is not available"):
            self._draft.put("attachments", [*self.rows(), {name: text for name, text in row.items() if text}])
        return None

    def look(
        self, sha256: str, show: Callable[[bytes], object], failed: Callable[[Exception], object]
    ) -> None:
        """Fetch the pages of a file."""
        work = partial(job.look, self._desk.db, self.owner, sha256)
        self._desk.background.run(self, work, show, failed)

    def _find(self) -> None:
        """Learn what is known of the files; their bytes stay where they are until one is looked at."""
        db, owner = self._desk.db, self.owner
        if not any(row.get("sha256") for row in self.rows()):
            return
        self.is_known = False

        def work() -> list[AttachmentRecord]:
            with db.read() as session:
                return attachments.find(session, owner)

        self._desk.background.run(self, work, self._found)

    def _found(self, records: list[AttachmentRecord]) -> None:
        self.is_known = True
        self.known = {one.sha256: one for one in records} | self.known
        self.changed.emit()


def _is_reason_for(row: dict[str, Any], item: Item) -> bool:
    same = row.get("kind") == item.kind and str(row.get("title") or "") == item.title
    return same and not documents_wanted.is_enclosed(row)


def of(desk: Desk, draft: Draft) -> Attaching:
    """Return what adds files to a draft, made when it is first asked for."""
    return draft.findChild(Attaching) or Attaching(desk, draft)
