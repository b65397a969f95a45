"""Comings and goings: last day, successor and leave of a surgeon, the referrals affected, and redirecting each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import (
    Accepting,
    AppointmentStatus,
    AuditAction,
    Permission,
    ReferralState,
    RequestStatus,
)
from referral_app.clinical import dates
from referral_app.clinical.check import Check
from referral_app.clinical.fields import as_dict, as_list, given
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.work import Appointment
from referral_app.services import (
    appointments,
    events,
    referral_rows,
    referrals,
    standing_rows,
    surgeon_match,
    surgeons,
    waiting,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.match_reasons import Match
from referral_app.services.permissions import in_scope, needs
from referral_app.services.referral_records import ReferralRecord, ReferralRow
from referral_app.services.referral_writing import OVER
from referral_app.services.surgeon_records import SurgeonRecord


@dataclass(frozen=True)
class Departure:
    """When a surgeon leaves and who comes after, and when they are away; None and "" take each back."""

    last_day: date | None = None
    successor_id: str | None = None
    away_from: date | None = None
    away_to: date | None = None
    away_note: str = ""

    @classmethod
    def of(cls, surgeon: SurgeonRecord) -> Departure:
        """Return what an entry says."""
        return cls(
            surgeon.last_day, surgeon.successor_id, surgeon.away_from, surgeon.away_to, surgeon.away_note
        )


@dataclass(frozen=True)
class Affected:
    """An open referral that a departure or a leave concerns, and why."""

    referral: ReferralRow
    why: str


@dataclass(frozen=True)
class Prospect:
    """A referral as it would be with another surgeon: the new check, and what a person should know before.

    `version` is that of the referral as it was looked at, `match` what is said of the surgeon for it.
    """

    surgeon: SurgeonRecord
    check: Check
    notes: tuple[str, ...]
    version: int
    match: Match | None = None


@dataclass(frozen=True)
class Agreement:
    """The patient's agreement to another surgeon: who asked, and when."""

    asked_by: str = ""
    on: date | None = None


@needs(Permission.CHANGE_DIRECTORY)
def keep(session: Session, surgeon: SurgeonRecord, departure: Departure) -> SurgeonRecord:
    """Write last day, successor and leave of an entry in one act; raises InvalidInput by field, Conflict."""
    return surgeons.save(session, replace(surgeon, **vars(departure)))


@needs(Permission.SEE_PATIENTS)
def affected(session: Session, surgeon_id: str, today: date | None = None) -> list[Affected]:
    """Return the open referrals to a surgeon that fall into the leave or after the last day, by patient.

    Where no visit is booked yet nobody can tell, and the referral is listed too. Raises NotFound.
    """
    surgeon, today = surgeons.get(session, surgeon_id), today or date.today()
    rows = session.scalars(
        select(Referral)
        .where(
            Referral.surgeon_id == surgeon_id,
            Referral.state.not_in(OVER),
            in_scope(session, Referral.practice_id),
        )
        .order_by(Referral.patient_name, Referral.id)
    ).all()
    visits = _visits(session, [row.id for row in rows])
    whys = [_why(surgeon, visits.get(row.id, []), today) for row in rows]
    shown = standing_rows.rows(session, rows)
    return [Affected(row, why) for row, why in zip(shown, whys, strict=True) if why]


@needs(Permission.SEE_PATIENTS)
def prospect(session: Session, name: str, surgeon_id: str, today: date | None = None) -> Prospect:
    """Return what the check says of a referral with another surgeon, and what is to be known before it is redirected.

    Nothing is written. Raises NotFound, InvalidInput where that surgeon cannot be asked, Denied.
    """
    row, today = referral_rows.row(session, name), today or date.today()
    surgeon = _another(session, row, surgeon_id)
    intake = _with_surgeon(referral_rows.current(session, row) or {}, surgeon)
    events.record(session, AuditAction.OPENED, "referral", row.id, row.patient_id, reference=row.reference)
    notes = tuple(_notes(session, row, intake, surgeon, today))
    question = surgeon_match.question_of(session, intake)
    match = next(iter(surgeon_match.of(session, [surgeon.id], question, today)), None)
    return Prospect(surgeon, referrals.checked(session, intake, today), notes, row.version, match)


@needs(Permission.SEE_PATIENTS)
def fitting(session: Session, name: str, limit: int = 5, today: date | None = None) -> list[Match]:
    """Return the surgeons who fit a referral best, without those whom it asked already; one search, which is noted.

    Raises NotFound, Denied, InvalidInput where the distance cannot be measured.
    """
    row = referral_rows.row(session, name)
    question = surgeon_match.question_of(session, referral_rows.current(session, row) or {})
    asked = set(session.scalars(select(Request.surgeon_id).where(Request.referral_id == row.id)))
    asked.add(row.surgeon_id)
    found = surgeon_match.find(session, question, limit + len(asked), today)
    events.record(
        session, AuditAction.SEARCHED, "surgeons", row.id, row.patient_id, reference=row.reference, found=len(found)
    )  # fmt: skip
    return [one for one in found if one.surgeon.id not in asked][:limit]


@needs(Permission.WRITE)
def redirect(
    session: Session,
    name: str,
    version: int,
    surgeon_id: str,
    agreed: Agreement,
    why: str,
    location: str = "",
) -> ReferralRecord:
    """Send a referral to another surgeon, once the patient agreed, and return its new version.

    A signature is void with it, since it was given for the other surgeon; the history says why and who asked the
    patient, and the form that they agreed. `location` is the id of one of the surgeon's; "" stands for any of them.
    Raises InvalidInput by field (asked_by, asked_on, why, location), Conflict since `version`, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    surgeon, problems = _another(session, row, surgeon_id), _disagreement(agreed, why)
    if location and location not in {place.location.id for place in surgeon.placements}:
        problems["location"] = f"{surgeon.name} is not at this location. Choose another."
    if row.state in OVER and not _is_declined(session, row):
        problems[""] = f"This referral is {row.state.label.lower()}."
    if problems:
        raise InvalidInput(problems)
    if row.surgeon_id:
        told = f"Redirected to {surgeon.name}: {why.strip()}"
        appointments.release(session, row.id, told, row.surgeon_id)
    before, on = row.surgeon_name or "nobody", dates.say(agreed.on or date.today())
    said = f"redirected from {before} to {surgeon.name}: {why.strip().rstrip('.')}. The patient agreed, asked by "
    return referrals.save(
        session, _with_surgeon(referral_rows.current(session, row) or {}, surgeon, location), referral_id=row.id,
        version=version, patient_id=row.patient_id or "", marks=frozenset(row.marks),
        why=f"{said}{agreed.asked_by.strip()} on {on}",
    )  # fmt: skip


def _visits(session: Session, ids: Sequence[str]) -> dict[str, list[date]]:
    """Return the days of the visits that are booked, by referral; in the time of this computer."""
    found: dict[str, list[date]] = {}
    booked = Appointment.status == AppointmentStatus.SCHEDULED
    of = select(Appointment).where(Appointment.referral_id.in_(ids), booked).order_by(Appointment.start)
    for one in session.scalars(of):
        found.setdefault(one.referral_id, []).append(one.start.astimezone().date())
    return found


def _why(surgeon: SurgeonRecord, visits: Sequence[date], today: date) -> str:
    """Return why a referral is affected, "" where it is not."""
    to_come = [day for day in visits if day >= today]
    for day in to_come:
        if surgeon.last_day and day > surgeon.last_day:
            return f"The visit on {dates.say(day)} is after the last day, {dates.say(surgeon.last_day)}."
        if surgeon.away_from and surgeon.away_from <= day <= (surgeon.away_to or date.max):
            return f"The visit on {dates.say(day)} falls into the leave."
    if to_come:
        return ""
    if surgeon.last_day:
        return f"No visit is booked, and the last day is {dates.say(surgeon.last_day)}."
    if surgeon.away_from and (surgeon.away_to or date.max) >= today:
        until = f" until {dates.say(surgeon.away_to)}" if surgeon.away_to else ""
        return f"No visit is booked, and the leave is from {dates.say(surgeon.away_from)}{until}."
    return ""


def _another(session: Session, row: Referral, surgeon_id: str) -> SurgeonRecord:
    surgeon = surgeons.find_by(session, surgeon_id) if surgeon_id else None
    if surgeon is None or surgeon.archived:
        raise InvalidInput({"surgeon": "Choose a surgeon who is in the directory."})
    if surgeon.id == row.surgeon_id:
        raise InvalidInput({"surgeon": "This referral asks this surgeon already. Choose another."})
    return surgeon


def _is_declined(session: Session, row: Referral) -> bool:
    """Tell whether a closed referral was declined, so that the next surgeon can be asked although the patient knows."""
    last = waiting.latest(session, row.id)
    return row.state is ReferralState.CLOSED and last is not None and last.status is RequestStatus.DECLINED


def _with_surgeon(intake: dict[str, Any], surgeon: SurgeonRecord, location: str = "") -> dict[str, Any]:
    """Return the answers with another surgeon, to whom the patient agreed.

    A location belongs to its surgeon and goes with the old one; where the new one has a single location, it is that.
    """
    request = {name: value for name, value in as_dict(intake.get("request")).items() if name != "location"}
    places = [place.location.id for place in surgeon.placements]
    chosen = location or (places[0] if len(places) == 1 else "")
    at = {"location": chosen} if chosen else {}
    referrer = {**as_dict(intake.get("referrer")), "patient_agreed": True}
    return {**intake, "referrer": referrer, "request": {**request, "surgeon": surgeon.id, **at}}


def _notes(
    session: Session, row: Referral, intake: dict[str, Any], surgeon: SurgeonRecord, today: date
) -> list[str]:
    found: list[str] = []
    if (accepts := surgeon.accepts_on(today)) is not Accepting.YES:
        found.append(f"{surgeon.name}: {accepts.label.lower()}.")
    theirs = {one.code for one in surgeon.procedures}
    names = {one.code: one.name for one in surgeons.procedures(session)}
    missing = [str(code) for code in as_list(given(intake, "request.procedures")) if code not in theirs]
    if missing:
        found.append(
            f"Not offered by {surgeon.name}: {', '.join(names.get(code, code) for code in missing)}."
        )
    if row.signed_at:
        found.append("The referral was signed for another surgeon and must be signed again.")
    if booked := _visits(session, [row.id]).get(row.id):
        days = " and ".join(dates.say(day) for day in booked)
        found.append(f"The visit with {row.surgeon_name} on {days} is canceled with this. Tell their office.")
    return found


def _disagreement(agreed: Agreement, why: str) -> dict[str, str]:
    """Return what is missing of the patient's agreement, by field."""
    found: dict[str, str] = {}
    if not agreed.asked_by.strip():
        found["asked_by"] = (
            "Enter who asked the patient. Without the patient's agreement nothing is redirected."
        )
    if agreed.on is None:
        found["asked_on"] = "Enter when the patient agreed."
    elif agreed.on > date.today():
        found["asked_on"] = "This day has not come yet."
    if not why.strip():
        found["why"] = "Enter why another surgeon is asked."
    return found
