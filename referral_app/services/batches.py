"""Packets of many people made in one job: what is in it and what became of each, so that it can go on after a jam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from referral_app.choices import BatchState, PaperKind, Permission
from referral_app.models.base import now
from referral_app.models.paper import PrintBatch, PrintBatchItem
from referral_app.models.referral import Referral
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, in_scope, needs

FILES, ONE_FILE, PRINTER = "files", "one_file", "printer"
"""The ways a batch leaves: a file for each document, all in one file, a job of a printer."""
MOST = 5_000
"""Documents of one batch: two weeks of a large clinic."""
OFFERED = timedelta(hours=18)
"""So long a finished batch is offered once more: paper jams are found in the output tray."""
KEPT = timedelta(days=30)
"""After so long a batch is forgotten; what was printed stays in the ledger."""
GONE = "These packets are not there any more."


@dataclass(frozen=True)
class Wish:
    """One document that is wanted: of which referral, which kind, in which language and print size."""

    reference: str
    kind: PaperKind
    language: str = "en"
    large: bool = False
    appointment_id: str = ""


@dataclass(frozen=True)
class BatchItem:
    """One document of a batch, its place from 1 on, and what became of it."""

    position: int
    reference: str
    patient: str
    kind: PaperKind
    language: str
    large: bool
    appointment_id: str
    state: BatchState
    why: str
    pages: int


@dataclass(frozen=True)
class BatchRecord:
    """A batch with its items in order; `sent` is when it was given to the printer, whose answer may not have come."""

    id: str
    title: str
    made_at: datetime
    made_by: str
    way: str
    both_sides: bool
    target: str
    sent: bool
    finished_at: datetime | None
    items: tuple[BatchItem, ...] = field(repr=False)

    @property
    def waiting(self) -> BatchItem | None:
        """The first that is not done yet, None where all are."""
        return next((one for one in self.items if one.state is BatchState.WAITING), None)

    def of(self, state: BatchState) -> list[BatchItem]:
        """Return the items of a state."""
        return [one for one in self.items if one.state is state]


@needs(Permission.PRINT)
def begin(
    session: Session,
    title: str,
    way: str,
    wishes: Sequence[Wish],
    *,
    both_sides: bool = False,
    target: str = "",
) -> str:
    """Keep what a batch is to hold and return its id; raises InvalidInput where that is nothing or too much.

    `way` says how it leaves, `target` where to (a folder, a file, a printer). Old batches are forgotten.
    """
    if not wishes:
        raise InvalidInput({"": "Choose at least one person."})
    if len(wishes) > MOST:
        raise InvalidInput({"": f"Choose at most {MOST:,} documents; {len(wishes):,} are chosen."})
    session.execute(delete(PrintBatch).where(PrintBatch.made_at < now() - KEPT))
    ids = _ids(session, wishes)
    batch = PrintBatch(
        title=title, way=way, both_sides=both_sides, options={"target": target}, made_by=actor(session).name
    )
    session.add(batch)
    session.flush()
    session.add_all(
        PrintBatchItem(
            batch_id=batch.id, position=number, referral_id=ids[one.reference], kind=one.kind, language=one.language,
            large=one.large, appointment_id=one.appointment_id or None, state=BatchState.WAITING,
        )
        for number, one in enumerate(wishes, 1)
    )  # fmt: skip
    session.flush()
    return batch.id


@needs(Permission.PRINT)
def latest(session: Session) -> BatchRecord | None:
    """Return the batch of the person who acts that stopped, or was finished within hours; None where there is none."""
    offered = (PrintBatch.finished_at.is_(None)) | (PrintBatch.finished_at > now() - OFFERED)
    mine = select(PrintBatch.id).where(PrintBatch.made_by == actor(session).name, offered)
    found = session.scalar(
        mine.order_by(PrintBatch.finished_at.is_(None).desc(), PrintBatch.made_at.desc()).limit(1)
    )
    return get(session, found) if found else None


@needs(Permission.PRINT)
def get(session: Session, batch_id: str) -> BatchRecord:
    """Return a batch with those of its items whose referrals the person who acts sees; raises NotFound."""
    batch = _batch(session, batch_id)
    items = session.execute(
        select(PrintBatchItem, Referral.reference, Referral.patient_name)
        .join(Referral, Referral.id == PrintBatchItem.referral_id)
        .where(PrintBatchItem.batch_id == batch_id, in_scope(session, Referral.practice_id))
        .order_by(PrintBatchItem.position)
    )
    return BatchRecord(
        batch.id, batch.title, batch.made_at, batch.made_by, batch.way, batch.both_sides,
        str(batch.options.get("target", "")), bool(batch.options.get("sent")), batch.finished_at,
        tuple(_item(*one) for one in items),
    )  # fmt: skip


@needs(Permission.PRINT)
def take_up(session: Session, batch_id: str, first: int = 1, target: str = "") -> BatchRecord:
    """Return a batch that goes on at a place: it and all behind it wait again; raises NotFound, InvalidInput.

    `target` is where it goes now, if elsewhere.
    """
    batch = _batch(session, batch_id)
    last = session.scalar(
        select(func.max(PrintBatchItem.position)).where(PrintBatchItem.batch_id == batch_id)
    )
    if not 1 <= first <= (last or 0):
        raise InvalidInput({"first": f"Choose a number from 1 to {last or 0:,}."})
    again = PrintBatchItem.batch_id == batch_id, PrintBatchItem.position >= first
    session.execute(
        update(PrintBatchItem).where(*again).values(state=BatchState.WAITING, why="", pages=0, at=None)
    )
    batch.options = {"target": target or batch.options.get("target", "")}
    batch.finished_at = None
    session.flush()
    session.expire_all()
    return get(session, batch_id)


@needs(Permission.PRINT)
def settle(
    session: Session, batch_id: str, position: int, state: BatchState, *, why: str = "", pages: int = 0
) -> None:
    """Keep what became of one document of a batch; raises NotFound."""
    _batch(session, batch_id)
    mine = PrintBatchItem.batch_id == batch_id, PrintBatchItem.position == position
    session.execute(update(PrintBatchItem).where(*mine).values(state=state, why=why, pages=pages, at=now()))


@needs(Permission.PRINT)
def handing_over(session: Session, batch_id: str, positions: Sequence[int], *, back: bool = False) -> None:
    """Keep, before it happens, that documents go to the printer as one job; `back` where it did not take them."""
    batch = _batch(session, batch_id)
    batch.options = {
        "target": batch.options.get("target", ""),
        **({} if back else {"sent": now().isoformat()}),
    }
    state = BatchState.WAITING if back else BatchState.PRINTED
    mine = PrintBatchItem.batch_id == batch_id
    for at in range(0, len(positions), 500):
        some = PrintBatchItem.position.in_(positions[at : at + 500])
        session.execute(update(PrintBatchItem).where(mine, some).values(state=state, at=now()))
    session.flush()


@needs(Permission.PRINT)
def finish(session: Session, batch_id: str) -> None:
    """Keep that a batch is at its end, or that nobody wants the rest of it."""
    batch = _batch(session, batch_id)
    batch.finished_at = now()
    session.flush()


def _batch(session: Session, batch_id: str) -> PrintBatch:
    """Return the row of a batch; raises NotFound for another person's, unless who acts sees every practice."""
    found, who = session.get(PrintBatch, batch_id), actor(session)
    if found is None or not (found.made_by == who.name or who.sees_every_practice):
        raise NotFound(GONE)
    return found


def _ids(session: Session, wishes: Sequence[Wish]) -> dict[str, str]:
    """Return the ids of the referrals by their numbers; raises NotFound for one that is not in view."""
    named = sorted({one.reference for one in wishes})
    found: dict[str, str] = {}
    for at in range(0, len(named), 500):
        some = Referral.reference.in_(named[at : at + 500]), in_scope(session, Referral.practice_id)
        found |= {
            row.reference: row.id
            for row in session.execute(select(Referral.reference, Referral.id).where(*some))
        }
    if missing := [one for one in named if one not in found]:
        raise NotFound(f"There is no referral {missing[0]}.")
    return found


def _item(row: Any, reference: str, patient: str) -> BatchItem:
    return BatchItem(
        row.position, reference, patient, row.kind, row.language, row.large, row.appointment_id or "", row.state,
        row.why, row.pages,
    )  # fmt: skip
