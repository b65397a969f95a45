"""The files that a version of a referral names, read for the set that goes out with its letter; none is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import AttachmentKind, AuditAction, PaperKind, Permission
from referral_app.clinical import dates
from referral_app.clinical.fields import given, rows
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.models.work import Attachment
from referral_app.services import events, referral_rows
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import needs

MOST_BYTES = 150_000_000
"""Bytes of all files of a set together: what is merged lies in memory."""

NOT_HERE = "is not in this store. Add the file again, or take it off the list"
DAMAGED = "is not the file that was added: its checksum differs. Restore a backup, or add the file again"


@dataclass(frozen=True)
class Enclosure:
    """A row of the list of attachments: what it is, its date in words or "", and its pages as the letter says them.

    `content` is its PDF; b"" for what goes without a file, and `not_available` says why there is nothing at all.
    """

    title: str
    date: str
    pages: int
    content: bytes = b""
    not_available: str = ""

    @property
    def name(self) -> str:
        """Title and date in one."""
        return ", ".join(part for part in (self.title, self.date) if part)


@dataclass(frozen=True)
class Enclosures:
    """What goes along with the letter of a version, in the order of its rows, and whose it is."""

    reference: str
    number: int
    intake: Mapping[str, Any]
    items: tuple[Enclosure, ...]


@needs(Permission.PRINT)
def read(session: Session, name: str, number: int = 0) -> Enclosures:
    """Return what goes along with the letter of a version, the current one where `number` is 0; noted as opened.

    Raises InvalidInput naming every file that is not there or is not what was added, or where all are too large;
    NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    number = number or row.number
    answers = _answers(session, row, number)
    _ask_size(session, row, answers)
    found = [_item(session, row, one) for one in rows(answers, "attachments")]
    if wrong := [problem for _, problem in found if problem]:
        raise InvalidInput({"attachments": f"The set was not made. {' '.join(wrong)}"})
    events.record(
        session, AuditAction.OPENED, str(PaperKind.BUNDLE), row.id, row.patient_id, reference=row.reference,
        version=number,
    )  # fmt: skip
    return Enclosures(row.reference, number, answers, tuple(one for one, _ in found))


@needs(Permission.SEE_PATIENTS)
def are_there(session: Session, name: str, number: int = 0) -> bool:
    """Tell whether a version names a file that goes along with its letter."""
    row = referral_rows.row(session, name)
    return any(one.get("sha256") for one in rows(_answers(session, row, number or row.number), "attachments"))


def _answers(session: Session, row: Referral, number: int) -> dict[str, Any]:
    """Return the answers of a version; raises NotFound where there is no such version."""
    mine = ReferralVersion.referral_id == row.id, ReferralVersion.number == number
    found = session.scalar(select(ReferralVersion.intake).where(*mine))
    if found is None:
        raise NotFound("There is no such version of this referral.")
    return referral_rows.answers(found)


def _ask_size(session: Session, row: Referral, answers: Mapping[str, Any]) -> None:
    """Refuse more than can be merged at once, before any of it is read."""
    named = {str(one.get("sha256")) for one in rows(answers, "attachments")}
    mine = Attachment.referral_id == row.id, Attachment.draft_id.is_(None), Attachment.sha256.in_(named)
    size = session.scalar(select(func.sum(Attachment.size)).where(*mine)) or 0
    if size > MOST_BYTES:
        raise InvalidInput({"attachments": f"The attached files have {size // 1_000_000} MB; a set takes at most "
                            f"{MOST_BYTES // 1_000_000} MB. Print or save some of them by themselves."})  # fmt: skip


def _item(session: Session, row: Referral, said: Mapping[str, Any]) -> tuple[Enclosure, str]:
    """Return a row with its file, and what is wrong with that in a sentence, "" where nothing is."""
    one = _described(said)
    sha256 = said.get("sha256")
    if not sha256 or one.not_available:
        return one, ""
    mine = Attachment.referral_id == row.id, Attachment.draft_id.is_(None), Attachment.sha256 == str(sha256)
    content = session.scalar(select(Attachment.content).where(*mine).limit(1))
    if content is None:
        return one, f"“{one.name}” {NOT_HERE}."
    if hashlib.sha256(content).hexdigest() != sha256:
        return one, f"“{one.name}” {DAMAGED}."
    return Enclosure(one.title, one.date, one.pages, content), ""


def _described(said: Mapping[str, Any]) -> Enclosure:
    kind, title = str(given(said, "kind") or ""), str(given(said, "title") or "")
    label = AttachmentKind(kind).label if kind in set(AttachmentKind) else "Attachment"
    name = f"{label}: {title}" if title and kind == AttachmentKind.OTHER else label
    day, pages = dates.stored(str(given(said, "date") or "")), given(said, "pages")
    return Enclosure(
        name, dates.say(day) if day else "", pages if isinstance(pages, int) else 0,
        not_available=str(given(said, "not_available") or ""),
    )  # fmt: skip
