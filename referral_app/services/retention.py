"""How long records are kept, what may be deleted, and deleting it: each patient by name, by an administrator.

HIPAA names no time for medical records; the states do, and differ. The years are therefore the Center's own to set;
for who was a child they count from the eighteenth birthday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentStatus, AuditAction, Permission, ReferralState
from referral_app.clinical import dates
from referral_app.clinical.representation import ADULT
from referral_app.models.installation import StoreFact
from referral_app.models.paper import Paper as PaperRow
from referral_app.models.paper import PaperEvent, Release
from referral_app.models.patient import Patient
from referral_app.models.privacy import Amendment, LegalHold
from referral_app.models.referral import Referral
from referral_app.models.sending import Incident
from referral_app.models.work import Appointment, Call
from referral_app.services import erasing, events, patients
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import ask_scope, needs

YEARS = 7
"""How many years after the last activity, where the Center chose no other number."""
LEAST, MOST = 6, 50
"""Six: so far back an accounting of disclosures must go (45 CFR 164.528(a)(3))."""
_FACT = "retention_years"
OPEN = (ReferralState.DRAFT, ReferralState.SIGNED, ReferralState.SENT, ReferralState.ANSWERED)


@dataclass(frozen=True)
class Kept:
    """A patient: the day of the last activity, until when the record is kept, and what stands against deleting it."""

    patient_id: str
    patient: str
    born: date | None
    last_on: date
    keep_until: date
    referrals: int = 0
    against: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The patient's id, by which lists know a row."""
        return self.patient_id


@dataclass(frozen=True)
class Deleted:
    """What went: how many rows of which table."""

    rows: Mapping[str, int]

    @property
    def referrals(self) -> int:
        """How many referrals went."""
        return self.rows.get("referral", 0)


def keep_until(last: date, born: date | None, years: int) -> date:
    """Return until when a record is kept: years after the last activity, never before 18 and as many years.

    Who has no date of birth might have been born on the last day of activity.
    """
    turned = dates.birthday(born or last, ADULT)
    return dates.later_by_years(max(last, turned), years)


@needs(Permission.SEE_PATIENTS)
def years(session: Session) -> int:
    """Return how many years records are kept after the last activity."""
    return _years(session)


@needs(Permission.ADMINISTER)
def set_years(session: Session, number: int) -> None:
    """Set how many years records are kept; raises InvalidInput by years."""
    if not LEAST <= number <= MOST:
        raise InvalidInput({"years": f"Enter a whole number of years from {LEAST} to {MOST}."})
    if (before := _years(session)) == number:
        return
    row = session.get(StoreFact, _FACT) or StoreFact(name=_FACT, value="")
    row.value = str(number)
    session.add(row)
    session.flush()
    events.record(session, AuditAction.SETTING_CHANGED, "setting", setting=_FACT, before=before, now=number)


@needs(Permission.SEE_PATIENTS)
def of_patient(session: Session, patient_id: str, today: date | None = None) -> Kept:
    """Return until when the record of a patient is kept; who shows the patient notes that. Raises NotFound, Denied."""
    row = session.get(Patient, patients.current_id(session, patient_id))
    if row is None:
        raise NotFound("This patient is not there.")
    ask_scope(session, row.practice_id, "patient", row.id)
    return _judged(session, [row], today or date.today())[0]


@needs(Permission.ADMINISTER)
def due(session: Session, today: date | None = None, limit: int = 200) -> list[Kept]:
    """Return the patients whose time is over, longest unused first, each with what stands against deleting it."""
    today = today or date.today()
    used = dates.later_by_years(today, -_years(session))
    rows = list(session.scalars(_long_unused(used, limit)))
    found = [one for one in _judged(session, rows, today) if one.keep_until <= today]
    events.record(session, AuditAction.SEARCHED, "retention", found=len(found))
    return found


@needs(Permission.ADMINISTER)
def may_delete(session: Session, patient_id: str, typed: str, today: date | None = None) -> Kept:
    """Return a patient who may be deleted now, the name being typed as it stands in lists or as it is spoken.

    Raises InvalidInput by name for another name, or where something stands against it; NotFound.
    """
    row = session.get(Patient, patient_id)
    if row is None or row.merged_into_id:
        raise NotFound("This patient is not there any more.")
    today = today or date.today()
    kept = _judged(session, [row], today)[0]
    if kept.keep_until > today:
        raise InvalidInput({"": f"This record is kept until {dates.say(kept.keep_until)}."})
    if kept.against:
        raise InvalidInput({"": " ".join(kept.against)})
    if _plain(typed) not in {_plain(row.sort_name), _plain(patients.spoken_name(row.details))} - {""}:
        raise InvalidInput({"name": f"Type the name as it stands here: {row.sort_name}"})
    return kept


@needs(Permission.ADMINISTER)
def delete(session: Session, patient_id: str, typed: str, today: date | None = None) -> Deleted:
    """Delete a patient with everything that hangs on them, for ever, and return what went.

    Raises as `may_delete`. The audit keeps that it was done, by whom and when, and nothing of who it was.
    """
    may_delete(session, patient_id, typed, today)
    gone = erasing.erase(session, patient_id)
    events.record(session, AuditAction.REMOVED, "patient", patient_id, patient_id, rows=sum(gone.values()))
    return Deleted(gone)


def _years(session: Session) -> int:
    stored = session.scalar(select(StoreFact.value).where(StoreFact.name == _FACT))
    return int(stored) if stored and stored.isdecimal() else YEARS


def _long_unused(used: date, limit: int) -> Select[Patient]:
    """Return the statement of patients who, and whose referrals, changed before a day, and were 18 by then."""
    before = datetime.combine(used, time.max).astimezone(UTC)
    born = dates.later_by_years(used, -ADULT)
    unborn = datetime.combine(born, time.max).astimezone(UTC)
    later = select(Referral.id).where(Referral.patient_id == Patient.id, Referral.updated > before).exists()
    old_enough = or_(
        Patient.date_of_birth <= born, and_(Patient.date_of_birth.is_(None), Patient.updated <= unborn)
    )
    of = select(Patient).where(
        Patient.merged_into_id.is_(None), Patient.updated <= before, old_enough, ~later
    )
    return of.order_by(Patient.updated, Patient.id).limit(limit)


def _judged(session: Session, rows: Sequence[Patient], today: date) -> list[Kept]:
    """Return rows with their days and what stands against deleting them, all of them asked at once."""
    ids = [row.id for row in rows]
    last, against, number = _last(session, ids), _against(session, ids, today), _years(session)
    of = select(Referral.patient_id, func.count()).where(Referral.patient_id.in_(ids))
    referrals = {str(who): many for who, many in session.execute(of.group_by(Referral.patient_id))}
    found: list[Kept] = []
    for row in rows:
        used = max(_day(row.updated), *last.get(row.id, ()), date.min)
        found.append(
            Kept(
                row.id, row.sort_name, row.date_of_birth, used, keep_until(used, row.date_of_birth, number),
                referrals.get(row.id, 0), tuple(against.get(row.id, ())),
            )
        )  # fmt: skip
    return found


def _last(session: Session, ids: Sequence[str]) -> dict[str, list[date]]:
    """Return the days of the last activities of patients, of each kind of which there is any."""
    visits = select(Referral.patient_id, func.max(Appointment.start)).join(
        Appointment, Appointment.referral_id == Referral.id
    )
    papers = select(PaperRow.patient_id, func.max(PaperEvent.at)).join(
        PaperEvent, PaperEvent.paper_id == PaperRow.id
    )
    asked: list[tuple[Any, Any]] = [
        (select(Referral.patient_id, func.max(Referral.updated)), Referral.patient_id),
        (visits, Referral.patient_id), (papers, PaperRow.patient_id),
        (select(Call.patient_id, func.max(Call.at)), Call.patient_id),
        (select(Release.patient_id, func.max(Release.updated)), Release.patient_id),
        (select(Amendment.patient_id, func.max(Amendment.updated)), Amendment.patient_id),
    ]  # fmt: skip
    found: dict[str, list[date]] = {}
    for statement, column in asked:
        rows: Sequence[Any] = session.execute(statement.where(column.in_(ids)).group_by(column)).all()
        for who, moment in rows:
            found.setdefault(who, []).append(_day(moment))
    return found


def _against(session: Session, ids: Sequence[str], today: date) -> dict[str, list[str]]:
    """Return the sentences that say why patients may not be deleted."""
    found: dict[str, list[str]] = {}
    for who, sentence in _reasons(session, ids, today):
        if sentence not in found.setdefault(who, []):
            found[who].append(sentence)
    return found


def _reasons(session: Session, ids: Sequence[str], today: date) -> Iterable[tuple[str, str]]:
    def of(column: Any, *conditions: ColumnElement[bool]) -> list[str]:
        return list(session.scalars(select(column).where(column.in_(ids), *conditions).distinct()))

    begun = datetime.combine(today, time.min).astimezone(UTC)
    mine, booked = Appointment.referral_id == Referral.id, Appointment.status == AppointmentStatus.SCHEDULED
    unanswered = Release.given_on.is_(None), Release.refused_why == ""
    told = [
        ("A legal hold stands.", of(LegalHold.patient_id, LegalHold.lifted_at.is_(None))),
        (
            "A referral is still open: close or cancel it first.",
            of(Referral.patient_id, Referral.state.in_(OPEN)),
        ),
        ("A request for a copy is still open.", of(Release.patient_id, *unanswered)),
        ("A request for a correction is still open.", of(Amendment.patient_id, Amendment.accepted.is_(None))),
        ("A visit is booked.", of(Referral.patient_id, mine, booked, Appointment.start >= begun)),
        (
            "An incident is still open.",
            of(Referral.patient_id, Incident.referral_id == Referral.id, Incident.closed_at.is_(None)),
        ),
    ]
    for sentence, who in told:
        yield from ((one, sentence) for one in who)


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
