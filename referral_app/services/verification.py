"""How fresh the directory is: verifying an entry and each of its faxes, and the worklist of those that are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct, Permission
from referral_app.clinical import dates, phones
from referral_app.models.directory_index import IndexStage
from referral_app.models.location import Location
from referral_app.models.surgeon import Placement, Surgeon
from referral_app.services import fax_numbers, surgeons
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord, spoken_name

STALE_DAYS = 90
"""From so many days on an entry asks to be verified again (reference/referral-systems.md section 3, line 7)."""

HOW = ("Phone", "Fax sheet", "Letter", "Website")
"""The ways in which an office confirms an entry."""


@dataclass(frozen=True)
class Due:
    """An entry of the worklist: when it was verified last, and which of its faxes wait to be."""

    id: str
    name: str
    sort_name: str
    specialty: str
    verified_on: date | None
    verified_by: str
    place: str
    phone: str
    faxes: tuple[str, ...]


def due_on(surgeon: SurgeonRecord, days: int = STALE_DAYS) -> date | None:
    """Return when an entry or one of its faxes is to be verified next; None stands for at once, it never was."""
    seen = [surgeon.verified_on, *(p.fax_verified_on for p in surgeon.placements if fax_numbers.of(p))]
    return None if None in seen else min(day for day in seen if day) + timedelta(days)


def warning(verified_on: date | None, today: date | None = None, days: int = STALE_DAYS) -> str:
    """Return a warning where something was never verified, or so many days ago and more; else ""."""
    if verified_on is None:
        return "Never verified. Ask the office before you rely on it."
    passed = ((today or date.today()) - verified_on).days
    if passed < days:
        return ""
    return (
        f"Last verified {passed} days ago, on {dates.say(verified_on)}. Ask the office before you rely on it."
    )


@needs(Permission.CHANGE_DIRECTORY)
def verify(
    session: Session,
    surgeon_id: str,
    *,
    by: str,
    how: str,
    on: date,
    entry: bool = True,
    faxes: Mapping[str, str] | None = None,
    version: int | None = None,
    waits: bool = False,
    plans: bool = False,
) -> SurgeonRecord:
    """Keep that an office confirmed an entry, its faxes, or both, and return the entry.

    `by` is who said so at their office, `faxes` the ids of the locations whose fax was read back, each with the last
    four digits as typed; `waits` and `plans` tell that these were read out and are right, so that they are of this day
    too. Raises InvalidInput by field (by, how, on, what, fax.ID), Conflict where the entry was changed
    since `version`, NotFound.
    """
    found = surgeons.get(session, surgeon_id)
    if version is not None and version != found.version:
        raise Conflict("Someone else changed this entry in the meantime. Open it again and compare.")
    wanted = dict(faxes or {})
    if problems := _problems(by, how, on, entry, wanted):
        raise InvalidInput(problems)
    _confirm(session, found, wanted)
    told: dict[str, Any] = {"fax_verified_on": on, "fax_verified_by": by.strip(), "fax_verified_how": how}
    places = tuple(replace(p, **told) if p.location.id in wanted else p for p in found.placements)
    whole: dict[str, Any] = (
        {"verified_on": on, "verified_by": by.strip(), "verified_how": how} if entry else {}
    )
    whole |= _seen(found, on, waits, plans)
    return surgeons.save(session, replace(found, placements=places, **whole), DirectoryAct.VERIFIED)


def _seen(surgeon: SurgeonRecord, on: date, waits: bool, plans: bool) -> dict[str, Any]:
    """Return since when waits and plans are known, where they were confirmed; what was told later stays."""
    values: dict[str, Any] = {}
    if waits and not (surgeon.next_visit_days is None and surgeon.next_surgery_days is None):
        values["waits_claimed_on"] = max(on, surgeon.waits_claimed_on or on)
    if plans:
        before = dict(surgeon.plans_verified)
        values["plans_verified"] = tuple((plan, max(on, before.get(plan, on))) for plan in surgeon.plans)
    return values


def _problems(by: str, how: str, on: date, entry: bool, faxes: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not by.strip() and how != "Website":
        found["by"] = "Enter who at their office said so."
    if not how:
        found["how"] = "Choose how it was verified."
    if on > date.today():
        found["on"] = "This day has not come yet."
    if not entry and not faxes:
        found["what"] = "Tick what was verified: the entry, a fax, or both."
    return found


def _confirm(session: Session, surgeon: SurgeonRecord, faxes: Mapping[str, str]) -> None:
    """Confirm the digits typed for each fax, as part of the verification; raises InvalidInput naming each wrong one."""
    problems: dict[str, str] = {}
    places = {place.location.id: place for place in surgeon.placements}
    for key, last_four in faxes.items():
        place = places.get(key)
        if place is None or not fax_numbers.of(place):
            problems[f"fax.{key}"] = "There is no fax at this location any more."
            continue
        try:
            fax_numbers.read_back(session, fax_numbers.of(place), last_four)
        except InvalidInput as error:
            where = place.location.name or place.location.line1
            problems[f"fax.{key}"] = f"Fax at {where}: {error.fields['last_four']}"
    if problems:
        raise InvalidInput(problems)


@needs(Permission.SEE_DIRECTORY)
def stale(
    session: Session, days: int = STALE_DAYS, limit: int = 200, offset: int = 0, today: date | None = None
) -> list[Due]:
    """Return a page of the entries to verify: those never or so many days ago, the oldest first, then the others that
    have such a fax.
    """
    cutoff = _cutoff(days, today)
    rows = _page(session, _old(cutoff), limit, offset)
    if len(rows) < limit:
        before = _number(session, _old(cutoff))
        rows += _page(session, _waiting(cutoff), limit - len(rows), max(offset - before, 0))
    return _with_places(session, rows, cutoff)


@needs(Permission.SEE_DIRECTORY)
def count(session: Session, days: int = STALE_DAYS, today: date | None = None) -> int:
    """Return how many entries are to be verified."""
    cutoff = _cutoff(days, today)
    return _number(session, _old(cutoff)) + _number(session, _waiting(cutoff))


def _cutoff(days: int, today: date | None) -> date:
    return (today or date.today()) - timedelta(days)


def _old(cutoff: date) -> ColumnElement[bool]:
    """Return the condition of entries never verified or too long ago, as the index of days is read from its start."""
    return func.coalesce(Surgeon.verified_on, date.min) <= cutoff


def _waiting(cutoff: date) -> ColumnElement[bool]:
    """Return the condition of the other entries with a fax that waits."""
    return and_(
        Surgeon.verified_on > cutoff, exists().where(Placement.surgeon_id == Surgeon.id, _fax_is_due(cutoff))
    )


def _page(session: Session, wanted: ColumnElement[bool], limit: int, offset: int) -> list[Any]:
    """Return some rows in the order of the index, which tells those of one day and name apart by itself."""
    s = Surgeon
    columns = (
        s.id, s.given_name, s.family_name, s.degrees, s.sort_name, s.specialty, s.verified_on, s.verified_by,
    )  # fmt: skip
    of = select(*columns).where(s.archived.is_(False), wanted, _in_view(session))
    return list(session.execute(of.order_by(s.verified_on, s.sort_name).limit(limit).offset(offset)))


def _number(session: Session, wanted: ColumnElement[bool]) -> int:
    of = select(func.count()).select_from(Surgeon)
    return session.scalar(of.where(Surgeon.archived.is_(False), wanted, _in_view(session))) or 0


def _fax_is_due(cutoff: date) -> ColumnElement[bool]:
    of_place = exists().where(Location.id == Placement.location_id, Location.fax != "")
    old = or_(Placement.fax_verified_on.is_(None), Placement.fax_verified_on <= cutoff)
    return and_(old, or_(Placement.fax != "", of_place))


def _in_view(session: Session) -> ColumnElement[bool]:
    """Leave out the entries of an import that is not taken over yet."""
    staged = IndexStage.live.is_(False)
    if session.scalar(select(IndexStage.first).where(staged).limit(1)) is None:
        return true()
    within = IndexStage.first <= Surgeon.number, IndexStage.last >= Surgeon.number
    return ~exists().where(staged, *within)


def _with_places(session: Session, rows: Sequence[Any], cutoff: date) -> list[Due]:
    ids = [row.id for row in rows]
    placed = session.scalars(
        select(Placement).where(Placement.surgeon_id.in_(ids)).order_by(Placement.position)
    )
    places: dict[str, list[Placement]] = {}
    for one in placed:
        places.setdefault(one.surgeon_id, []).append(one)
    return [_row(row, places.get(row.id, []), cutoff) for row in rows]


def _row(row: Any, places: Sequence[Placement], cutoff: date) -> Due:
    first = places[0] if places else None
    town = f"{first.location.city}, {first.location.state}".strip(", ") if first else ""
    number = (first.phone or first.location.phone) if first else ""
    faxes = [
        phones.say(one.fax or one.location.fax)
        for one in places
        if (one.fax or one.location.fax) and (one.fax_verified_on is None or one.fax_verified_on <= cutoff)
    ]
    return Due(
        row.id, spoken_name(row.given_name, row.family_name, row.degrees), row.sort_name, row.specialty,
        row.verified_on, row.verified_by, town, phones.say(number) if number else "", tuple(faxes),
    )  # fmt: skip
