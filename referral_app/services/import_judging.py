"""What the surgeons of a file mean for the directory: who is new, who is changed and how, and who is as before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models import surgeon as tables
from referral_app.models.directory_index import IndexStage
from referral_app.services import import_merging, surgeon_parts, surgeon_rules
from referral_app.services.import_records import NPPES, Judged, Outcome, Told
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord

MOST_OF_A_NAME = 20
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Known:
    """The entries of the directory that a chunk of a file may speak of, those of the import itself apart."""

    by_id: dict[str, SurgeonRecord] = field(default_factory=dict[str, SurgeonRecord])
    by_npi: dict[str, SurgeonRecord] = field(default_factory=dict[str, SurgeonRecord])
    by_name: dict[str, list[SurgeonRecord]] = field(default_factory=dict[str, list[SurgeonRecord]])


@needs(Permission.CHANGE_DIRECTORY)
def judge(session: Session, chunk: Sequence[Told]) -> list[Judged]:
    """Return what each surgeon of a chunk of a file means, in its order; nothing is written.

    Surgeons are known by their NPI, without one by their name where only one entry has it.
    """
    known = _known(session, chunk)
    return [_judge(told, known) for told in chunk]


def _judge(told: Told, known: Known) -> Judged:
    old, others = _old(told, known)
    if old is None and len(others) > 1 and not told.npi:
        sentence = (
            f"Row {told.row}: {len(others)} entries are named {told.sort_name}. Add the NPI to say which."
        )
        return Judged(Outcome.REFUSED, told.row, sentence=sentence)
    if old is not None and old.merged_into_id:
        return _merged_away(told, old)
    if old is not None and told.npi != old.npi and told.npi in known.by_npi:
        other = known.by_npi[told.npi]
        sentence = f"Row {told.row}: the entry {old.name} has another NPI; {told.npi} is that of {other.name}."
        return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)
    after = import_merging.new(told) if old is None else import_merging.merged(old, told)
    if told.source != NPPES and (wrong := surgeon_rules.problems_alone(after)):
        name, said = next(iter(wrong.items()))
        sentence = f"Row {told.row}, {import_merging.label(name)}: {said}"
        return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)
    if old is None:
        return Judged(Outcome.NEW, told.row, after=after, maybe=tuple(_named(one) for one in others))
    found = import_merging.differences(old, after)
    outcome = Outcome.CHANGED if found else Outcome.UNCHANGED
    return Judged(outcome, told.row, old, after, found)


def _merged_away(told: Told, old: SurgeonRecord) -> Judged:
    """Return what an entry means that was merged into another: the national file will tell of it for ever."""
    if told.source == NPPES:
        return Judged(Outcome.UNCHANGED, told.row, old, old)
    sentence = (
        f"Row {told.row}: this entry was merged into another. Undo that in its history, or leave it out."
    )
    return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)


def _old(told: Told, known: Known) -> tuple[SurgeonRecord | None, list[SurgeonRecord]]:
    """Return the entry that a file speaks of, and else those that may be meant."""
    if told.id in known.by_id:
        return known.by_id[told.id], []
    if told.npi in known.by_npi:
        return known.by_npi[told.npi], []
    same = known.by_name.get(told.sort_name, [])
    if told.npi:
        return None, [one for one in same if not one.npi]
    return (same[0], []) if len(same) == 1 else (None, same)


def _named(one: SurgeonRecord) -> str:
    town = one.placements[0].location.city if one.placements else ""
    return f"{one.name} in {town}" if town else one.name


def _known(session: Session, chunk: Sequence[Told]) -> Known:
    s, known = tables.Surgeon, Known()
    if npis := {told.npi for told in chunk if told.npi}:
        known.by_npi = {one.npi: one for one in _load(session, s.npi.in_(npis))}
    if ids := {told.id for told in chunk if _ID.fullmatch(told.id)}:
        known.by_id = {one.id: one for one in _load(session, s.id.in_(ids))}
    some_have_none = session.scalar(select(s.id).where(s.npi.is_(None)).limit(1)) is not None
    all_have_one = all(told.npi for told in chunk)
    names = {told.sort_name for told in chunk if told.npi not in known.by_npi}
    if names and (some_have_none or not all_have_one):
        asked = s.sort_name.in_(names), ~s.archived, *((s.npi.is_(None),) if all_have_one else ())
        for one in _load(session, *asked, limit=len(names) * MOST_OF_A_NAME):
            known.by_name.setdefault(one.sort_name, []).append(one)
    return known


def _load(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[SurgeonRecord]:
    """Return entries in view; those that an import left out of view are no part of the directory."""
    statement = select(tables.Surgeon).where(*conditions).options(*surgeon_parts.loading()).limit(limit)
    rows = session.scalars(statement).all()
    hidden = _out_of_view(session) if rows else []
    return [
        surgeon_parts.record(row)
        for row in rows
        if not any(first <= row.number <= last for first, last in hidden)
    ]


def _out_of_view(session: Session) -> list[tuple[int, int]]:
    found = select(IndexStage.first, IndexStage.last).where(IndexStage.live.is_(False))
    return [(row.first, row.last) for row in session.execute(found)]
