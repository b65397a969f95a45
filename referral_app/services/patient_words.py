"""The words by which lists find patients: every word of their names, folded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    delete,
    func,
    insert,
    intersect,
    or_,
    select,
)
from sqlalchemy.orm import Session

from referral_app.models.patient import Patient, PatientWord
from referral_app.services.folding import forgiven, like

FREQUENT = 5_000
"""From so many patients on, a word narrows a list so little that a page is found sooner along its order."""
_LAST = "\U0010ffff"
_MOST_NEAR = 100


def follow(session: Session, patient_id: str, before: str, after: str) -> None:
    """Let a patient be found by the words of the folded text `after`, and no more by those of `before`."""
    had, has = set(before.split()), set(after.split())
    with session.no_autoflush:
        if gone := had - has:
            mine = PatientWord.patient_id == patient_id, PatientWord.word.in_(gone)
            session.execute(delete(PatientWord).where(*mine))
        if new := has - had:
            rows = [{"word": word, "patient_id": patient_id} for word in sorted(new)]
            session.execute(insert(PatientWord), rows)


def are_frequent(session: Session, words: Sequence[str]) -> bool:
    """Tell whether very many patients have words that begin with each of some folded ones; asked once a session."""
    told: dict[tuple[str, ...], bool] = session.info.setdefault("frequent words of patients", {})
    key = tuple(words)
    if key not in told:
        told[key] = bool(words) and all(_is_frequent(session, word) for word in words)
        if told[key] and len(words) > 1:
            told[key] = count(session, words) >= FREQUENT
    return told[key]


def having(session: Session, words: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition of patients who have words that begin with each of some folded ones, found by the rarest."""
    rare = [word for word in words if not _is_frequent(session, word)]
    if rare:
        found = Patient.id.in_(select(PatientWord.patient_id).where(_begins(rare[0])))
        return and_(found, *(Patient.folded.like(like(word)) for word in words if word != rare[0]))
    return Patient.id.in_(_all_of(words))


def having_one(words: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition of patients who have one of some words whole."""
    return Patient.id.in_(select(PatientWord.patient_id).where(PatientWord.word.in_(words)))


def count(session: Session, words: Sequence[str]) -> int:
    """Return how many patients, but for the merged ones, have words that begin so, without looking at each of them."""
    found = _all_of(
        words, PatientWord.patient_id.not_in(select(Patient.id).where(Patient.merged_into_id.is_not(None)))
    )
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def near(session: Session, word: str) -> list[str]:
    """Return the words of patients that differ from one by a slip, or begin with it, the nearest first."""
    first = or_(*(_begins(letter) for letter in sorted(set(word[:2]))))
    known = session.scalars(select(PatientWord.word).where(first).distinct())
    found = sorted((distance, one) for one in known if (distance := apart(word, one)) <= forgiven(len(word)))
    return [one for _, one in found[:_MOST_NEAR]]


def apart(word: str, name: str) -> int:
    """Return by how many letters a word differs from a name or from the beginning of one, 3 for more than two."""
    from rapidfuzz.distance import OSA

    if name.startswith(word):
        return 0
    begun = (
        OSA.distance(word, name[: len(word)], score_cutoff=2)
        if len(word) > 4 and len(name) > len(word)
        else 3
    )
    return min(begun, OSA.distance(word, name, score_cutoff=2))


def _all_of(words: Sequence[str], *also: ColumnElement[bool]) -> Select[str] | CompoundSelect[str]:
    each = [select(PatientWord.patient_id).where(_begins(one), *also).distinct() for one in words]
    return intersect(*each) if len(each) > 1 else each[0]


def _is_frequent(session: Session, word: str) -> bool:
    some = select(PatientWord.patient_id).where(_begins(word)).limit(FREQUENT).subquery()
    return session.scalar(select(func.count()).select_from(some)) == FREQUENT


def _begins(word: str) -> ColumnElement[bool]:
    return PatientWord.word.between(word, word + _LAST)
