"""The two notices that a center adds to its packets, in its own words or as a PDF of its own.

The program ships no legal text, because what such a notice must say differs by state and is not settled (reference:
clinical.md section 7 on Section 1557).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import texts
from referral_app.models.base import now
from referral_app.models.wording import Notice
from referral_app.services import events
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

SLOTS = (1, 2)
LONGEST_TITLE = 120
LONGEST = 20_000
MOST_PAGES = 20
"""Pages of a notice as a PDF: it goes with every packet."""


@dataclass(frozen=True)
class NoticeRecord:
    """A notice: its title, plain paragraphs, or the bytes of a PDF with its pages; `updated` None was never saved."""

    slot: int
    title: str = ""
    words: str = ""
    content: bytes | None = None
    pages: int = 0
    updated: datetime | None = None
    updated_by: str = ""

    @property
    def filled(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.words.strip() or self.content)


@needs(Permission.SEE_DIRECTORY)
def find(session: Session) -> list[NoticeRecord]:
    """Return the notices that are printed with packets, in the order of their slots."""
    return [record for record in _all(session) if record.filled]


@needs(Permission.SEE_DIRECTORY)
def slots(session: Session) -> list[NoticeRecord]:
    """Return both notices as they are edited, empty ones too."""
    return _all(session)


@needs(Permission.ADMINISTER)
def save(session: Session, record: NoticeRecord) -> NoticeRecord:
    """Write a notice and return it; empty words without a PDF print nothing.

    Raises InvalidInput by field, Conflict where somebody saved it since `record.updated`, NotFound for another slot.
    """
    if record.slot not in SLOTS:
        raise NotFound("There are two notices.")
    if found := _problems(record):
        raise InvalidInput(found)
    row = session.get(Notice, record.slot) or Notice(slot=record.slot)
    if row.updated != record.updated:
        raise Conflict(
            f"{row.updated_by or 'Somebody'} saved this notice in the meantime. Yours was not saved over it, and "
            "is still here."
        )
    row.title, row.words = record.title.strip(), record.words.strip()
    row.content, row.pages = record.content, record.pages if record.content else 0
    row.updated, row.updated_by = now(), actor(session).name
    session.add(row)
    session.flush()
    events.record(
        session, AuditAction.CHANGED, "notice", str(record.slot), title=row.title, pages=row.pages,
        words=bool(row.words),
    )  # fmt: skip
    return _record(row)


def _problems(record: NoticeRecord) -> dict[str, str]:
    found: dict[str, str] = {}
    title = record.title.strip()
    if wrong := texts.problem(title, LONGEST_TITLE, lines=False) if title else "":
        found["title"] = wrong
    elif record.filled and not title:
        found["title"] = "Enter the title that stands above this notice."
    if record.words.strip() and (wrong := texts.problem(record.words, LONGEST, lines=True)):
        found["words"] = wrong
    if record.content and record.pages > MOST_PAGES:
        found["content"] = f"This PDF has {record.pages} pages; a notice takes at most {MOST_PAGES}."
    return found


def _all(session: Session) -> list[NoticeRecord]:
    rows = {row.slot: row for row in session.scalars(select(Notice))}
    return [_record(rows[slot]) if slot in rows else NoticeRecord(slot) for slot in SLOTS]


def _record(row: Notice) -> NoticeRecord:
    return NoticeRecord(
        row.slot, row.title, row.words, row.content, row.pages, row.updated, row.updated_by
    )  # fmt: skip
