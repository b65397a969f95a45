"""The versions of a referral: all that were saved, one as it was, what a person saw last, and what was saved since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical.fields import given
from referral_app.models.referral import Draft, Referral, ReferralVersion, StateEvent
from referral_app.services import (
    drafts,
    events,
    referral_rows,
    referral_writing,
    referrals,
    signatures,
    surgeons,
)
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, needs
from referral_app.services.referral_records import Event, ReferralRecord


@dataclass(frozen=True)
class Newer:
    """A referral as it is now, who saved it when, what happened since, and the answers that both began with.

    `base` is None where the version that was read cannot be told for certain.
    """

    record: ReferralRecord
    base: dict[str, Any] | None
    saved_by: str
    saved_at: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Version:
    """One saved version: when, by whom, what was done and why, who signed it, and when it was sent."""

    number: int
    saved_at: datetime
    saved_by: str
    what: str = ""
    why: str = ""
    signed_by: str = ""
    sent: tuple[datetime, ...] = ()
    is_current: bool = False


@dataclass(frozen=True)
class Seen:
    """What a person last did with a referral, and the answers as they were then."""

    number: int
    at: datetime
    what: str
    intake: dict[str, Any]


@needs(Permission.SEE_PATIENTS)
def asked(session: Session, name: str) -> dict[int, str]:
    """Return the surgeon whom each version of a referral asks by its number, where the directory knows them."""
    row = referral_rows.row(session, name)
    of = select(ReferralVersion.number, ReferralVersion.intake).where(ReferralVersion.referral_id == row.id)
    wanted = {number: given(intake, "request.surgeon") for number, intake in session.execute(of)}
    names = {one for one in wanted.values() if isinstance(one, str)}
    known = {one: found[1] for one in names if (found := surgeons.known_as(session, one))}
    return {number: known[one] for number, one in wanted.items() if one in known}


@needs(Permission.SEE_PATIENTS)
def since(session: Session, name: str, version: int) -> Newer:
    """Return what became of a referral since it was read at the lock version `version`; raises NotFound."""
    record = referrals.get(session, name)
    events = _events(session, record.id)
    current = _version(session, record.id, record.number)
    before = _version(session, record.id, _number(events, record, version))
    later = tuple(Event(item.at, item.who, item.what, item.why) for item in events[version:])
    return Newer(
        record,
        referral_rows.answers(before.intake) if before else None,
        current.saved_by if current else "",
        current.saved_at if current else record.updated,
        later,
    )


@needs(Permission.SEE_PATIENTS)
def find(session: Session, name: str) -> list[Version]:
    """Return the saved versions of a referral that is open, the latest first; raises NotFound, Denied."""
    row = referral_rows.row(session, name)
    told, sent = _told(_events(session, row.id), row)
    mine = select(ReferralVersion).where(ReferralVersion.referral_id == row.id)
    return [
        Version(
            one.number, one.saved_at, one.saved_by, *told.get(one.number, ("", "")),
            signed_by=signatures.of(one.intake)[0], sent=tuple(sent.get(one.number, ())),
            is_current=one.number == row.number,
        )
        for one in session.scalars(mine.order_by(ReferralVersion.number.desc()))
    ]  # fmt: skip


@needs(Permission.SEE_PATIENTS)
def get(session: Session, name: str, number: int, kind: str = "referral") -> ReferralRecord:
    """Return a referral with the answers of one of its versions, as it was saved; that it was opened is noted.

    `kind` is "letter" where that is what is shown of it. Raises NotFound where there is no such version.
    """
    row = referral_rows.row(session, name)
    found = _version(session, row.id, number)
    if found is None:
        raise NotFound("There is no such version of this referral.")
    opened = AuditAction.OPENED
    events.record(session, opened, kind, row.id, row.patient_id, reference=row.reference, version=number)
    signed_by, signed_at = signatures.of(found.intake)
    record = referral_rows.record(row, referral_rows.answers(found.intake))
    if number != row.number:  # what is ticked by now was not ticked for that letter
        record = replace(record, marks=referral_rows.ticked(found.intake))
    # the surgeon is the one whom this version asks, which its answers name
    return replace(record, number=number, signed_by=signed_by, signed_at=signed_at, surgeon_id="")


@needs(Permission.SEE_PATIENTS)
def seen(session: Session, name: str) -> Seen | None:
    """Return what the person who acts last did with an open referral (saved, signed, returned), None where nothing."""
    row, who = referral_rows.row(session, name), actor(session).name
    events = _events(session, row.id)
    numbers = _numbers(events, row.number)
    if not who or not numbers:
        return None
    mine = [(event, number) for event, number in zip(events, numbers, strict=True) if event.who == who]
    event, number = mine[-1] if mine else (None, 0)
    found = _version(session, row.id, number) if number else None
    return (
        Seen(number, event.at, event.what, referral_rows.answers(found.intake)) if event and found else None
    )


@needs(Permission.WRITE)
def restore(session: Session, name: str, number: int, draft_id: str) -> None:
    """Put the answers of an older version into a new draft of the person who acts; nothing that was saved changes.

    The signature stays behind: it was given for the version. Raises InvalidInput where the person has typed something
    into this referral that is not saved yet.
    """
    row = referral_rows.row(session, name)
    record = get(session, row.id, number)
    typed = select(Draft.id).where(Draft.referral_id == row.id, Draft.person == actor(session).name)
    if session.scalar(typed):
        raise InvalidInput(
            {"": "You typed something into this referral that is not saved. Save or discard it first."}
        )
    current = referral_rows.current(session, row) or {}
    signature = {"signature": current["signature"]} if "signature" in current else {}
    intake = {**signatures.without(record.intake), **signature}
    drafts.save(session, draft_id, intake, row.id, row.version, row.patient_id or "", frozenset(row.marks))


def _events(session: Session, referral_id: str) -> Sequence[StateEvent]:
    mine = select(StateEvent).where(StateEvent.referral_id == referral_id)
    return session.scalars(mine.order_by(StateEvent.sequence)).all()


def _version(session: Session, referral_id: str, number: int) -> ReferralVersion | None:
    mine = ReferralVersion.referral_id == referral_id, ReferralVersion.number == number
    return session.scalar(select(ReferralVersion).where(*mine))


def _number(events: Sequence[StateEvent], record: ReferralRecord, version: int) -> int:
    """Return the number of the version that was current at a lock version, 0 where that is not certain.

    Every change of a referral raises its lock version by one and appends one event. Should anything ever do the one
    without the other, the counts differ, and a guess could take someone's change for what was there before.
    """
    numbers = _numbers(events, record.number)
    if len(events) != record.version or not 0 < version <= len(numbers):
        return 0
    return numbers[version - 1]


def _numbers(events: Sequence[StateEvent], number: int) -> list[int]:
    """Return the number of the version that was current after each event, [] where that is not certain."""
    numbers: list[int] = []
    for event in events:
        numbers.append((numbers[-1] if numbers else 0) + (event.what not in referral_writing.MOVES))
    return numbers if numbers and numbers[-1] == number else []


def _told(
    events: Sequence[StateEvent], row: Referral
) -> tuple[dict[int, tuple[str, str]], dict[int, list[datetime]]]:
    """Return by number of a version what its event says, and when it was sent."""
    told: dict[int, tuple[str, str]] = {}
    sent: dict[int, list[datetime]] = {}
    for event, number in zip(events, _numbers(events, row.number), strict=False):
        if event.what == referral_writing.SENT:
            sent.setdefault(number, []).append(event.at)
        elif event.what not in referral_writing.MOVES:
            told[number] = event.what, event.why
    if row.sent_number is not None and row.sent_at is not None:
        sent.setdefault(row.sent_number, [row.sent_at])
    return told, sent
