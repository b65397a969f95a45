"""Fax numbers: the last four digits confirmed before the first letter to one, and what went to each.

A letter to a wrong or old number is in a stranger's hands (reference/referral-systems.md, complaint 14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, BounceReason, Channel, DirectoryAct, Permission
from referral_app.clinical import dates, phones
from referral_app.clinical.fields import given
from referral_app.models.base import now
from referral_app.models.directory import DirectoryChange, FaxConfirmed, FaxUse
from referral_app.models.referral import Referral
from referral_app.models.sending import Incident, SendAttempt
from referral_app.services import events, referral_rows, referrals, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, in_scope, needs
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgeon_places import STALE_DAYS
from referral_app.services.surgeon_records import Placement, SurgeonRecord

ASTRAY = "A fax to this number went to a wrong place on {}."
WRONG_PLACE = "A letter went to a wrong place by this number, found on {}. Call the office."


@dataclass(frozen=True)
class Target:
    """The fax to which the letter of a referral would go; `why` says why its last four digits are asked, "" if not.

    `note` says so where it is not the number of the location that was chosen, "" where it is; `verified_on` is when
    the number was verified with the office, since `astray_on` where a fax to it went to a wrong place on that day.
    """

    number: str
    surgeon_id: str
    surgeon: str
    place: str
    why: str = ""
    note: str = ""
    verified_on: date | None = None
    astray_on: date | None = None

    @property
    def said(self) -> str:
        """The number as it is said."""
        return phones.say(self.number)

    def is_stale(self, today: date | None = None) -> bool:
        """Whether the number was not verified within 90 days."""
        on = self.verified_on
        return on is None or (today or date.today()) - on >= timedelta(STALE_DAYS)


@dataclass(frozen=True)
class Went:
    """One letter that went to a number."""

    reference: str
    patient: str
    surgeon: str
    at: datetime
    person: str
    what: str


@dataclass(frozen=True)
class OldFax:
    """A number that an entry does not have any more, and what had gone to it."""

    number: str
    went: tuple[Went, ...]

    @property
    def said(self) -> str:
        """The number as it is said."""
        return phones.say(self.number)


def of(place: Placement) -> str:
    """Return the fax of a surgeon at a location: their own there, else that of the place, "" without one."""
    return place.fax or place.location.fax


@needs(Permission.SEE_PATIENTS)
def target(session: Session, name: str, today: date | None = None) -> Target | None:
    """Return where the letter of a referral goes by fax: the location chosen, else the first with a number.

    None where no surgeon is chosen, none is known, or there is no fax. Raises NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    intake = referral_rows.current(session, row) or {}
    chosen, place_id = given(intake, "request.surgeon"), given(intake, "request.location")
    surgeon = surgeons.find_by(session, row.surgeon_id or chosen) if isinstance(chosen, str) else None
    places = sorted(surgeon.placements if surgeon else (), key=lambda place: place.location.id != place_id)
    wanted = next((one for one in places if one.location.id == place_id), None)
    place = next((one for one in places if of(one)), None)
    if surgeon is None or place is None:
        return None
    astray, verified_on = _astray(session, of(place)), place.fax_verified_on
    if astray is not None and _is_verified_since(session, surgeon.id, verified_on, astray.recorded_at):
        astray = None
    verified_on = None if astray else verified_on
    why = needs_confirmation(session, of(place), verified_on, today)
    elsewhere = wanted is not None and wanted is not place
    note = f"This location has no fax; the number is that of {place.location.name}." if elsewhere else ""
    return Target(
        of(place), surgeon.id, surgeon.name, place.location.name, why, note, verified_on,
        astray.sent_on if astray else None,
    )  # fmt: skip


@dataclass(frozen=True)
class _Astray:
    """A fax that went to a wrong place: when it went, on which day that was found, and when it was recorded."""

    sent_on: date
    found_on: date
    recorded_at: datetime


def _astray(session: Session, number: str) -> _Astray | None:
    """Return what went to a wrong place last by a number, the one that was meant or the one that was reached.

    Neither is to be trusted. An attempt that was taken back counts no more; incidents are few.
    """
    rows = session.execute(
        select(Incident, SendAttempt)
        .outerjoin(SendAttempt, SendAttempt.id == Incident.attempt_id)
        .where(or_(SendAttempt.id.is_(None), SendAttempt.reason == BounceReason.WRONG_NUMBER))
        .order_by(Incident.created.desc())
    )
    digits = phones.digits(number)
    for one, made in rows:
        meant = made.address if made and made.channel is Channel.FAX else ""
        if digits in (phones.digits(one.address), phones.digits(meant)):
            sent_on = made.started_at.astimezone().date() if made else one.found_on
            return _Astray(sent_on, one.found_on, one.created)
    return None


def _is_verified_since(session: Session, surgeon_id: str, verified_on: date | None, moment: datetime) -> bool:
    """Tell whether a number was verified after a moment; of the same day the history of the entry tells."""
    day = moment.astimezone().date()
    if verified_on is None or verified_on != day:
        return verified_on is not None and verified_on > day
    of_entry = DirectoryChange.object_id == surgeon_id, DirectoryChange.act == DirectoryAct.VERIFIED
    return bool(session.scalar(select(exists().where(*of_entry, DirectoryChange.at > moment))))


@needs(Permission.PRINT)
def needs_confirmation(
    session: Session, number: str, verified_on: date | None = None, today: date | None = None
) -> str:
    """Return why the last four digits of a number are to be confirmed before a letter goes to it, "" where not.

    They are before the first letter, and again once neither a confirmation nor the verification is younger than
    90 days; `verified_on` is when the number was verified with the office.
    """
    today = today or date.today()
    row = session.get(FaxConfirmed, phones.digits(number))
    if row is None:
        astray = _astray(session, number)
        if astray is not None and (verified_on is None or verified_on < astray.found_on):
            return WRONG_PLACE.format(dates.say(astray.found_on))
        return "No letter went to this number yet."
    seen = max(filter(None, (row.at.astimezone().date(), verified_on)))
    if today - seen < timedelta(STALE_DAYS):
        return ""
    return f"This number was last confirmed on {dates.say(seen)}."


@needs(Permission.PRINT)
def confirm(session: Session, number: str, last_four: str) -> None:
    """Keep and note that a person read the last four digits of a number and typed them; else raises InvalidInput."""
    read_back(session, number, last_four)
    digits = phones.digits(number)
    events.record(session, AuditAction.FAX_CONFIRMED, "fax_number", digits, number=_masked(digits))


@needs(Permission.PRINT)
def read_back(session: Session, number: str, last_four: str) -> None:
    """Do as `confirm` does within an act that is noted itself, such as marking a letter as sent."""
    digits = phones.digits(number)
    typed = "".join(letter for letter in last_four if letter.isascii() and letter.isdigit())
    if not typed:
        raise InvalidInput({"last_four": "Type the last four digits of the fax number."})
    if typed != digits[-4:]:
        raise InvalidInput(
            {"last_four": "These are not the last four digits of the fax number on file. Compare them."}
        )
    row = session.get(FaxConfirmed, digits) or FaxConfirmed(number=digits)
    row.at, row.person = now(), actor(session).name
    session.add(row)
    session.flush()


def _masked(number: str) -> str:
    return f"…{phones.digits(number)[-4:]}"


@needs(Permission.PRINT)
def used(session: Session, number: str, referral_id: str, surgeon_id: str | None, what: str) -> None:
    """Keep what of a referral went to a number; raises NotFound, Denied for another practice's referral.

    The printing or sending that it is part of stands in the audit.
    """
    row = referral_rows.row(session, referral_id)
    session.add(
        FaxUse(
            number=phones.digits(number), surgeon_id=surgeon_id or None, referral_id=row.id,
            person=actor(session).name, what=what,
        )
    )  # fmt: skip
    session.flush()


@needs(Permission.PRINT)
def for_fax(session: Session, name: str, what: str, last_four: str = "", shown: str = "") -> Target:
    """Let the letter of a referral go to its fax, and keep that it did; `last_four` are asked where `Target.why` is.

    `shown` is the number that the person saw. The printing or sending that it is part of stands in the audit. Raises
    InvalidInput without a fax, where it is not the number shown any more, and for digits that are missing or wrong.
    """
    found = target(session, name)
    if found is None:
        raise InvalidInput({"": "No fax number is on file for this surgeon. Send the letter another way."})
    if shown and phones.digits(shown) != phones.digits(found.number):
        raise InvalidInput(
            {
                "": f"The fax number changed meanwhile: {phones.say(shown)} was shown, {found.said} is on file now. "
                "Nothing was marked. Check to which of them the letter went, and open this again."
            }
        )
    if found.why or last_four.strip():
        read_back(session, found.number, last_four)
    used(session, found.number, name, found.surgeon_id, what)
    return found


@needs(Permission.SEND)
def distrust(session: Session, number: str) -> None:
    """Ask for the last four digits of a number again before anything more goes to it; part of recording a failure."""
    row = session.get(FaxConfirmed, phones.digits(number))
    if row is not None:
        session.delete(row)
        session.flush()


@needs(Permission.SEND)
def mark_faxed(
    session: Session, name: str, last_four: str = "", shown: str = "", version: int = 0
) -> ReferralRecord:
    """Record that the letter left by fax, to which number, and note it there; `shown` is the one that the person saw.

    `version` is as of `mark_sent`. Raises as `for_fax` and `mark_sent`.
    """
    found = for_fax(session, name, "Letter sent", last_four, shown)
    last = " ".join(phones.digits(found.number)[-4:])
    return referrals.mark_sent(
        session, name, f"Fax to {found.said}, ending in {last}", version,
        fax=_masked(found.number), digits_typed=bool(last_four.strip()),
    )  # fmt: skip


@needs(Permission.SEE_PATIENTS)
def went_to(session: Session, number: str, surgeon_id: str = "") -> list[Went]:
    """Return what went to a number, the latest first; with `surgeon_id` what was meant for that surgeon alone.

    Only referrals that the person who acts may see; that they were shown is noted.
    """
    return _went(session, number, (surgeon_id,) if surgeon_id else None)


def _went(session: Session, number: str, surgeon_ids: Sequence[str] | None) -> list[Went]:
    mine = [FaxUse.number == phones.digits(number), in_scope(session, Referral.practice_id)]
    if surgeon_ids is not None:
        mine.append(or_(FaxUse.surgeon_id.in_(surgeon_ids), FaxUse.surgeon_id.is_(None)))
    rows = session.execute(
        select(FaxUse, Referral.reference, Referral.patient_name, Referral.patient_id, Referral.surgeon_name)
        .join(Referral, Referral.id == FaxUse.referral_id)
        .where(*mine)
        .order_by(FaxUse.at.desc(), FaxUse.id)
    ).all()
    for patient_id in dict.fromkeys(row.patient_id for row in rows):
        events.record(session, AuditAction.OPENED, "fax_list", phones.digits(number), patient_id)
    return [
        Went(row.reference, row.patient_name, row.surgeon_name, one.at, one.person, one.what)
        for row in rows
        if (one := row.FaxUse)
    ]


def changed(before: SurgeonRecord, after: SurgeonRecord) -> tuple[str, ...]:
    """Return the fax numbers that an entry had and has no more, by their digits."""
    had, has = (
        dict.fromkeys(phones.digits(of(p)) for p in one.placements if of(p)) for one in (before, after)
    )
    return tuple(number for number in had if number not in has)


@needs(Permission.SEE_PATIENTS)
def left_behind(session: Session, before: SurgeonRecord | None, after: SurgeonRecord) -> list[OldFax]:
    """Return the numbers that an entry lost in a change, each with what had gone to it for this surgeon, and for those
    who have it no more either: the fax of a location is the fax of everybody there.

    Empty where there is nothing to tell: no number went, or nothing was ever sent to it.
    """
    numbers = changed(before, after) if before else ()
    found = [
        OldFax(number, tuple(_went(session, number, (after.id, *_lost_too(session, number)))))
        for number in numbers
    ]
    return [one for one in found if one.went]


def _lost_too(session: Session, number: str) -> list[str]:
    """Return the ids of the surgeons to whom something went by a number that their entries do not have any more."""
    of_number = FaxUse.number == number, FaxUse.surgeon_id.is_not(None)
    ids = session.scalars(select(FaxUse.surgeon_id).where(*of_number).distinct())
    return [one for one in ids if one and not _has(surgeons.find_by(session, one), number)]


def _has(surgeon: SurgeonRecord | None, number: str) -> bool:
    return any(phones.digits(of(place)) == number for place in (surgeon.placements if surgeon else ()))
