"""What the surgeons of a file mean for the directory: who is new, who is changed and how, and who is as before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct, Permission
from referral_app.clinical import dates
from referral_app.models import surgeon as tables
from referral_app.models.directory_index import IndexStage
from referral_app.services import (
    directory_history,
    import_merging,
    import_places,
    surgeon_parts,
    surgeon_rules,
)
from referral_app.services.import_places import Places
from referral_app.services.import_records import NPPES, Judged, Outcome, Told, agree, where
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
def judge(session: Session, chunk: Sequence[Told], places: Places | None = None) -> list[Judged]:
    """Return what each surgeon of a chunk of a file means, in its order; nothing is written.

    Surgeons are known by their NPI, without one by their name and city or ZIP code where only one entry has these.
    `places` are the locations that the chunks of the file before told.
    """
    known, places = _known(session, chunk), places or Places()
    return [_judge(session, told, known, places) for told in chunk]


def _judge(session: Session, told: Told, known: Known, places: Places) -> Judged:
    old, others = _old(told, known)
    if (stays := _stays(session, told, old, others, known)) is not None:
        return stays
    try:
        after = import_merging.new(told) if old is None else import_merging.merged(old, told)
    except import_merging.Unclear as error:
        return Judged(Outcome.REFUSED, told.row, sentence=f"Row {told.row}: {error}", name=told.name)
    left_out: tuple[str, ...] = ()
    if told.source != NPPES:  # the national file tells nothing of a location but its address
        after, left_out = import_places.settle(session, places, told.row, after)
        if wrong := surgeon_rules.problems_alone(after):
            name, said = next(iter(wrong.items()))
            sentence = f"Row {told.row}, {import_merging.label(name)}: {said}"
            return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)
    if old is None:
        maybe = tuple(_named(one) for one in others)
        if told.apart:
            maybe = (f"{told.name} in another place, in an earlier row of this file", *maybe)
        return Judged(Outcome.NEW, told.row, after=after, maybe=maybe, name=told.name, left_out=left_out)
    found = import_merging.differences(old, after)
    outcome = Outcome.CHANGED if found else Outcome.UNCHANGED
    return Judged(outcome, told.row, old, after, found, name=told.name, left_out=left_out)


def _stays(
    session: Session, told: Told, old: SurgeonRecord | None, others: Sequence[SurgeonRecord], known: Known
) -> Judged | None:
    """Return why nothing is taken of a row whatever it tells, None where it is taken."""
    if old is None:
        if told.npi or len(near := _near(told, others)) < 2:
            return None
        sentence = (
            f"Row {told.row}: {len(near)} entries are named {told.sort_name}. Add the NPI to say which."
        )
        return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)
    if old.merged_into_id:
        return _merged_away(told, old)
    if old.archived:
        return _out(session, told, old)
    if told.npi != old.npi and told.npi in known.by_npi:
        other = known.by_npi[told.npi]
        sentence = (
            f"Row {told.row}: the entry {old.name} has another NPI; {told.npi} is that of {other.name}."
        )
        return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)
    return None


def _out(session: Session, told: Told, old: SurgeonRecord) -> Judged:
    """Return what an entry means that somebody took out: it comes back by hand, and the national file goes by."""
    if told.source == NPPES:
        return Judged(Outcome.UNCHANGED, told.row, old, old)
    out = [one for one in directory_history.of(session, old.id) if one.act is DirectoryAct.ARCHIVED]
    when = f" on {dates.say(out[0].at.astimezone().date())}" if out else ""
    sentence = f"Row {told.row}: {old.name} was taken out of the directory{when}. Put the entry back first."
    return Judged(Outcome.REFUSED, told.row, sentence=sentence, name=told.name)


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
    there = _near(told, same)
    return (there[0], []) if len(there) == 1 else (None, there or same)


def _near(told: Told, same: Sequence[SurgeonRecord]) -> list[SurgeonRecord]:
    """Return those of one name who may be the surgeon of the file: namesakes elsewhere are other people."""
    return [one for one in same if agree(told.where, where(place.location for place in one.placements))]


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
