"""Finding surgeons in the directory, best first, and saying why."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import LANGUAGES, Accepting, AuditAction, Permission, ProcedureKind
from referral_app.models.location import Location
from referral_app.models.procedure import Procedure
from referral_app.models.surgeon import (
    Placement,
    Plan,
    Surgeon,
    SurgeonLanguage,
    SurgeonPlan,
    SurgeonProcedure,
)
from referral_app.services import distance, events, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import fold, like
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import Found, Query, SurgeonRecord

EVERY_ENTRY = 1_000_000
FAR = 100000.0
"""Miles that stand for an unknown distance in sorting."""


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, query: Query, limit: int = 200, offset: int = 0) -> list[Found]:
    """Return the surgeons that fit, best first, ties by name; raises InvalidInput for a ZIP code that is unknown."""
    return _find(session, query, limit, offset)


def _find(session: Session, query: Query, limit: int, offset: int = 0) -> list[Found]:
    near = _miles(session, query)
    rows = session.scalars(
        _filtered(select(Surgeon), query, near)
        .order_by(*_order(query, near), Surgeon.sort_name, Surgeon.id)
        .limit(limit)
        .offset(offset)
        .options(*surgeons.loading())
    )
    return [_found(surgeons.record(row), query, near) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def count(session: Session, query: Query) -> int:
    """Return how many surgeons fit."""
    near = _miles(session, query)
    return session.scalar(_filtered(select(func.count()).select_from(Surgeon), query, near)) or 0


@needs(Permission.ADMINISTER)
def exported(session: Session) -> list[SurgeonRecord]:
    """Return every surgeon of the directory by name, for a file; the export is noted."""
    found = [item.surgeon for item in _find(session, Query(sort="name"), EVERY_ENTRY)]
    events.record(session, AuditAction.EXPORTED, "surgeons", count=len(found))
    return found


@needs(Permission.SEE_DIRECTORY)
def refuse_unknown(session: Session, query: Query) -> None:
    """Raise InvalidInput, with what there is, for a procedure, plan or language that does not exist."""
    kinds = [str(kind) for kind in ProcedureKind]
    codes = [item.code for item in surgeons.procedures(session)]
    known = {"procedure": [*kinds, *codes], "plan": surgeons.plans(session)}
    problems = {
        name: f"There is no {name} {value!r}. There are: {', '.join(values)}."
        for name, values in known.items()
        if (value := getattr(query, name)) and value not in values
    }
    if query.language and query.language not in LANGUAGES:
        problems["language"] = f"{query.language!r} is not a language code such as en or es."
    if problems:
        raise InvalidInput(problems)


def _miles(session: Session, query: Query) -> dict[str, float]:
    """Return the miles from the query's ZIP code to each location; empty without a ZIP code."""
    if not query.zip.strip():
        return {}
    if distance.place(query.zip.strip()) is None:
        raise InvalidInput({"zip": f"{query.zip.strip()} is not a ZIP code of the United States."})
    rows = session.execute(select(Location.id, Location.zip)).all()
    found = ((row.id, distance.miles(query.zip.strip(), row.zip)) for row in rows)
    return {place: miles for place, miles in found if miles is not None}


def _filtered(statement: Select[Any], query: Query, near: dict[str, float]) -> Select[Any]:
    return statement.where(*_conditions(query, near))


def _conditions(query: Query, near: dict[str, float]) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [Surgeon.archived.is_(False)]
    parts += [Surgeon.folded.like(like(word)) for word in _words(query.text)]
    if query.procedure:
        named = or_(Procedure.code == query.procedure, Procedure.kind == _kind(query.procedure))
        parts.append(Surgeon.procedures.any(SurgeonProcedure.procedure.has(named)))
    if query.plan:
        parts.append(Surgeon.plans.any(SurgeonPlan.plan.has(Plan.name == query.plan)))
    if query.language:
        parts.append(Surgeon.languages.any(SurgeonLanguage.code == query.language))
    if query.age is not None:
        parts.append(or_(Surgeon.age_min.is_(None), Surgeon.age_min <= query.age))
        parts.append(or_(Surgeon.age_max.is_(None), Surgeon.age_max >= query.age))
    if query.accepting:
        parts.append(Surgeon.accepting == Accepting.YES)
    if query.max_wait is not None:
        parts.append(Surgeon.next_visit_days <= query.max_wait)
    if query.within is not None and near:
        places = [place for place, miles in near.items() if miles <= query.within]
        parts.append(Surgeon.placements.any(Placement.location_id.in_(places)))
    return parts


def _words(text: str) -> list[str]:
    """Return the words to find; a phone or fax number, however it is written, is one word of digits."""
    digits = "".join(re.findall(r"\d", text, re.ASCII))
    if re.fullmatch(r"[\d\s().+/-]+", text, re.ASCII) and len(digits) in (7, 10, 11):
        return [digits[1:] if len(digits) == 11 and digits[0] == "1" else digits]
    return fold(text).split()


def _kind(text: str) -> ProcedureKind | None:
    return ProcedureKind(text) if text in set(ProcedureKind) else None


def _order(query: Query, near: dict[str, float]) -> list[Any]:
    wait = func.coalesce(Surgeon.next_visit_days, FAR)
    if query.sort == "wait":
        return [wait]
    if query.sort == "verified":
        return [Surgeon.verified_on.desc().nulls_last()]
    if query.sort == "name":
        return []
    if query.sort == "distance":
        return [_nearest(near)] if near else []
    words = fold(query.text).split()
    by_name = (
        [case((and_(*(Surgeon.folded_name.like(like(word)) for word in words)), 0), else_=1)] if words else []
    )
    accepting = case(
        (Surgeon.accepting == Accepting.YES, 0), (Surgeon.accepting == Accepting.EXISTING, 1), else_=2
    )
    return [*by_name, accepting, *([_nearest(near)] if near else []), wait]


def _nearest(near: dict[str, float]) -> Any:
    """Return the expression for the miles to a surgeon's nearest location."""
    miles = case(*((Placement.location_id == place, away) for place, away in near.items()), else_=FAR)
    return (
        select(func.coalesce(func.min(miles), FAR))
        .where(Placement.surgeon_id == Surgeon.id)
        .correlate(Surgeon)
        .scalar_subquery()
    )


def _found(surgeon: SurgeonRecord, query: Query, near: dict[str, float]) -> Found:
    away = [near[place.location.id] for place in surgeon.placements if place.location.id in near]
    miles = round(min(away), 1) if away else None
    return Found(surgeon, miles, tuple(_reasons(surgeon, query, miles)))


def _reasons(surgeon: SurgeonRecord, query: Query, miles: float | None) -> list[str]:
    reasons = [p.name for p in surgeon.procedures if query.procedure and query.procedure in (p.code, p.kind)]
    if query.plan:
        reasons.append(f"In network with {query.plan}")
    if query.language:
        reasons.append(f"Speaks {LANGUAGES.get(query.language, query.language)}")
    if query.age is not None:
        reasons.append(f"Sees patients aged {query.age}")
    if surgeon.accepting is Accepting.YES:
        reasons.append(Accepting.YES.label)
    if miles is not None:
        reasons.append(f"{miles:g} straight-line miles away")
    if surgeon.next_visit_days is not None:
        reasons.append(f"Next available in {surgeon.next_visit_days} days")
    return reasons
