"""Surgeons for a referral or for a few questions, ranked, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Accepting, Permission, ProcedureKind
from referral_app.models import surgeon as tables
from referral_app.services import (
    center_requirements,
    distance,
    match_reasons,
    matching,
    surgeons,
    thresholds,
    wanted_values,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import fold
from referral_app.services.match_reasons import Match, Question
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import Query, SurgeonRecord

SHOWN = 20
"""How many matches are returned: more than that nobody reads on the phone."""
POOL = 80
"""How many entries are read whole and compared."""
_EACH = 40
"""How many entries each search adds at most."""


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, question: Question, limit: int = SHOWN, today: date | None = None) -> list[Match]:
    """Return the surgeons that fit best, each with reasons and with what is not met, which excludes nobody.

    Their order: the procedures asked for, accepting, the fewest points not met, straight-line miles, next available
    (before miles where it is urgent), and then the alphabet. Raises InvalidInput for a ZIP code that is unknown.
    """
    today = today or date.today()
    question = _understood(session, question)
    found = _matches(session, _candidates(session, question), question, today)
    return sorted(found, key=lambda match: _order(match, question, today))[:limit]


@needs(Permission.SEE_DIRECTORY)
def of(
    session: Session, surgeon_ids: list[str], question: Question, today: date | None = None
) -> list[Match]:
    """Return what is said of certain surgeons, in the order in which they are named, without those that are gone."""
    question = _understood(session, question)
    found = {one.surgeon.id: one for one in _matches(session, surgeon_ids, question, today or date.today())}
    return [found[one] for one in surgeon_ids if one in found]


@needs(Permission.SEE_DIRECTORY)
def question_of(session: Session, intake: Mapping[str, Any]) -> Question:
    """Return what the answers of a referral ask for, in the names of the directory."""
    return _understood(session, match_reasons.of_intake(intake))


@needs(Permission.SEE_DIRECTORY)
def understood(session: Session, question: Question) -> Question:
    """Return a question in the names of the directory: "medicare" is "Medicare", "occipital" a kind of procedures.

    Of words that mean several the first one counts; what means nothing stays as it is.
    """
    return _understood(session, question)


def _understood(session: Session, question: Question) -> Question:
    known = {fold(name): name for name in surgeons.plans(session)} if question.plans else {}
    return replace(
        question,
        procedures=tuple(dict.fromkeys(_procedure(session, one) for one in question.procedures)),
        plans=tuple(dict.fromkeys(_plan(session, known, one) for one in question.plans)),
    )


def _plan(session: Session, known: Mapping[str, str], wanted: str) -> str:
    return known.get(fold(wanted)) or next(iter(wanted_values.plans(session, wanted)), wanted)


def _procedure(session: Session, wanted: str) -> str:
    """Return a kind or a code; for words the first kind of which they mean everything, or the first code."""
    procedures = surgeons.procedures(session)
    if wanted in set(ProcedureKind) or any(one.code == wanted for one in procedures):
        return wanted
    meant = {of.partition(" ")[2] for of in wanted_values.procedures(session, wanted)}
    for kind in ProcedureKind:
        codes = {one.code for one in procedures if one.kind is kind}
        if codes and codes <= meant:
            return str(kind)
    return next((one.code for one in procedures if one.code in meant), wanted)


def _candidates(session: Session, question: Question) -> list[str]:
    """Return the ids of entries worth comparing: those that fit everything, then those that fit less."""
    found: dict[str, None] = {}
    for query in _queries(question):
        if len(found) < POOL:
            found |= {one.surgeon.id: None for one in _asked(session, query)}
    return list(found)[:POOL]


def _asked(session: Session, query: Query) -> list[Any]:
    """Return what a search finds; a distance that cannot be measured is refused, as everywhere."""
    return list(matching.page(session, query, _EACH).rows)


def _queries(question: Question) -> Iterator[Query]:
    """Yield searches, each asking for less than the one before."""
    sort = "wait" if question.hurried else "match"
    plan = next(iter(question.plans), "")
    for procedure in question.procedures or ("",):
        whole = Query(
            procedure=procedure, zip=question.zip, plan=plan, language=question.language, age=question.age,
            accepting=True, sort=sort,
        )  # fmt: skip
        yield whole
        yield replace(whole, language="")
        yield replace(whole, plan="", language="")
        yield Query(procedure=procedure, zip=question.zip, sort=sort)
    yield Query(zip=question.zip, sort=sort)


def _matches(session: Session, ids: list[str], question: Question, today: date) -> Iterator[Match]:
    """Yield what is said of some surgeons, in no order."""
    s = tables.Surgeon
    rows = session.scalars(select(s).where(s.id.in_(ids)).options(*surgeons.loading())).all()
    procedures = surgeons.procedures(session)
    names = {one.code: one.name for one in procedures}
    by_center, figures = center_requirements.defaults(session), thresholds.of_center(session)
    # Asked here, not in SQL: SQLite would go by the index of what is archived, and so through a million entries.
    for surgeon in (surgeons.record(row) for row in rows if not row.archived):
        miles, place = _nearest(surgeon, question.zip)
        missing = sum(not match_reasons.offers(surgeon, wanted) for wanted in question.procedures)
        asked = center_requirements.asked(surgeon, by_center, procedures)
        limits = thresholds.counting(figures, surgeon)
        said = match_reasons.points(surgeon, question, miles, names, asked, today, limits)
        yield Match(surgeon, miles, place, said, missing)


def _nearest(surgeon: SurgeonRecord, zip_code: str) -> tuple[float | None, str]:
    """Return miles to the nearest place of a surgeon and its id; the first place where nothing is measured."""
    if not surgeon.placements:
        return None, ""
    first = surgeon.placements[0].location.id
    if not zip_code:
        return None, first
    if distance.place(zip_code) is None:
        raise InvalidInput({"zip": f"{zip_code} is not a ZIP code of the United States."})
    away = [
        (miles, place.location.id)
        for place in surgeon.placements
        if (miles := distance.miles(zip_code, place.location.zip)) is not None
    ]
    if not away:
        return None, first
    miles, nearest = min(away)
    return round(miles, 1), nearest


def _order(match: Match, question: Question, today: date) -> tuple[Any, ...]:
    far, late = 1e6, 1e6
    miles = far if match.miles is None else match.miles
    days = match.surgeon.next_visit_days
    wait = late if days is None else days
    accepting = {Accepting.YES: 0, Accepting.UNKNOWN: 1}.get(match.surgeon.takes_on(today), 2)
    near = (wait, miles) if question.hurried else (miles, wait)
    name = fold(match.surgeon.sort_name)
    return match.missing_procedures, accepting, len(match.words("unmet")), *near, name, match.surgeon.id
