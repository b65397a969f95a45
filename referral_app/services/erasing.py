"""Deleting a patient with everything that hangs on them: whatever points to them, directly or through something else.

What points to whom is asked of the tables themselves, so that a table that is added later is not forgotten; beside
that go the words of lists, what waits, files of drafts, and bytes of papers that nobody else needs.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, or_, select, text
from sqlalchemy.orm import Session

from referral_app.models.everything import Base
from referral_app.models.paper import Paper, PaperContent, PrintBatch, PrintBatchItem
from referral_app.models.patient import Patient, PatientWord
from referral_app.models.referral import Referral, ReferralWord
from referral_app.models.work import Attachment
from referral_app.services import waiting

Doomed = dict[str, Sequence[str]]
"""The ids of rows that go, by table."""


def erase(session: Session, patient_id: str) -> dict[str, int]:
    """Delete a patient, and those who were merged into them, with all that is theirs; return the rows gone by table."""
    doomed = all_of(session, family(session, patient_id))
    batches = _batches(session, doomed)
    shas = set(session.scalars(select(Paper.sha256).where(Paper.id.in_(doomed.get("paper", ())))))
    gone = _unlinked(session, doomed)
    with _unguarded(session):
        for table in reversed(Base.metadata.sorted_tables):
            if conditions := _doomed_rows(table, doomed):
                _count(gone, table.name, session.execute(delete(table).where(or_(*conditions))))
    needed = exists().where(Paper.sha256 == PaperContent.sha256)
    content = delete(PaperContent).where(PaperContent.sha256.in_(shas), ~needed)
    _count(gone, "paper_content", session.execute(content, execution_options=_PLAIN))
    full = exists().where(PrintBatchItem.batch_id == PrintBatch.id)
    empty = delete(PrintBatch).where(PrintBatch.id.in_(batches), ~full)
    _count(gone, "print_batch", session.execute(empty, execution_options=_PLAIN))
    session.expire_all()
    return gone


_GUARD = "referral_version_no_delete"
"""The trigger by which versions stay: it steps aside within this transaction alone, which puts it back."""
_PLAIN = {"synchronize_session": False}


@contextmanager
def _unguarded(session: Session) -> Generator[None]:
    """Let versions be deleted within the block; an error in it rolls back, which brings the guard back as well."""
    made = session.scalar(
        text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"), {"name": _GUARD}
    )
    if made:
        session.execute(text(f"DROP TRIGGER {_GUARD}"))
    yield
    if made:
        session.execute(text(made))


def family(session: Session, patient_id: str) -> list[str]:
    """Return the ids of a patient and of everybody who was merged into them."""
    found, new = [patient_id], [patient_id]
    while new:
        new = list(session.scalars(select(Patient.id).where(Patient.merged_into_id.in_(new))))
        found += new
    return found


def all_of(session: Session, patients: Sequence[str]) -> Doomed:
    """Return what goes with patients: the ids of every row that points to them, by table."""
    doomed: Doomed = {"patient": patients}
    for table in Base.metadata.sorted_tables:
        if table.name == "patient" or "id" not in table.c:
            continue
        if conditions := _pointing(table, doomed):
            ids = session.scalars(select(table.c["id"]).where(or_(*conditions)))
            doomed[table.name] = list(ids)
    drafts = select(Attachment.id).where(Attachment.draft_id.in_(doomed.get("draft", ())))
    doomed["attachment"] = sorted({*doomed.get("attachment", ()), *session.scalars(drafts)})
    return doomed


def _pointing(table: Table, doomed: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    """Return the conditions of rows that point to one that goes."""
    return [
        column.in_(doomed[key.column.table.name])
        for column in table.columns
        for key in column.foreign_keys
        if doomed.get(key.column.table.name)
    ]


def _doomed_rows(table: Table, doomed: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    if "id" in table.c:
        return [table.c["id"].in_(doomed[table.name])] if doomed.get(table.name) else []
    return _pointing(table, doomed)


def _batches(session: Session, doomed: Doomed) -> set[str]:
    mine = PrintBatchItem.referral_id.in_(doomed.get("referral", ()))
    return set(session.scalars(select(PrintBatchItem.batch_id).where(mine)))


def _unlinked(session: Session, doomed: Doomed) -> dict[str, int]:
    """Delete what belongs to the rows without pointing to them; return how much of which."""
    gone: dict[str, int] = {}
    of = select(Referral.serial).where(Referral.id.in_(doomed.get("referral", ())))
    serials = list(session.scalars(of))
    for serial in serials:
        waiting.forget(session, serial)
    words = delete(ReferralWord).where(ReferralWord.serial.in_(serials))
    names = delete(PatientWord).where(PatientWord.patient_id.in_(doomed["patient"]))
    _count(gone, "referral_word", session.execute(words, execution_options=_PLAIN))
    _count(gone, "patient_word", session.execute(names, execution_options=_PLAIN))
    return gone


def _count(gone: dict[str, int], table: str, result: Any) -> None:
    if result.rowcount:
        gone[table] = gone.get(table, 0) + result.rowcount
