"""What a search text asks of patients: names in any order, dates of birth as typed, phones, record numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from referral_app.clinical import dates
from referral_app.models.patient import Patient
from referral_app.services import patient_words
from referral_app.services.folding import fold, forgiven, like
from referral_app.services.permissions import in_scope

Conditions = ColumnElement[bool]

MOST_SLIPS = 50
"""So many patients are shown where nobody is found as typed, and a letter may be wrong."""
_MOST_MERGED = 200
_MOST_ALIKE = 5_000
_NUMBERS = re.compile(r"(\d{1,2})[\s/.,-]+(\d{1,2})[\s/.,-]+(\d{4}|\d{2})")
_SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
_LONGEST_DATE = 4
"""Words of a typed date: "March 27 , 2007"."""


def current() -> Conditions:
    """Return the condition of patients who were not merged into another.

    It is written so that no index is used for it: nearly all fit, and one that finds few would be left aside.
    """
    return func.coalesce(Patient.merged_into_id, literal_column("''")) == literal_column("''")


def mine(session: Session) -> Conditions:
    """Return the condition of patients whom the person who acts sees, likewise without an index."""
    practice = func.nullif(Patient.practice_id, literal_column("''"), type_=Patient.practice_id.type)
    return in_scope(session, practice)


def wanted(session: Session, text: str) -> list[Conditions]:
    """Return the conditions of the patients that fit a text, those merged into others led to the kept ones.

    Ways to read the text are tried one after the other, the plainest first; where none finds anybody, names that
    differ by a slip are taken.
    """
    text = text.strip()
    if not text:
        return [current()]
    for condition in _ways(session, text):
        kept = _kept_of_merged(session, condition)
        either = or_(condition, Patient.id.in_(kept)) if kept else condition
        if kept or _any(session, condition):
            return [current(), either]
    return [current(), Patient.id.in_(slips(session, text))]


def frequent_words(session: Session, text: str) -> list[str]:
    """Return the folded words of a text where all that it asks for are names, and each one is very frequent."""
    words = [] if any(mark.isdigit() for mark in text) else fold(text).split()
    return words if patient_words.are_frequent(session, words) else []


def days(text: str, today: date | None = None) -> list[date]:
    """Return the days that a typed date of birth may mean: also with the day first, and with two digits of the year."""
    try:
        return [dates.read_date(text, today)]
    except ValueError:
        found = _NUMBERS.fullmatch(text.strip()) or _SIX.fullmatch(text.strip())
    if not found:
        return []
    first, second, year = found.groups()
    this = (today or date.today()).year
    years = (
        [int(year)]
        if len(year) == 4
        else [one for one in (2000 + int(year), 1900 + int(year)) if one <= this]
    )
    return [day for one in years for day in _either_way(one, int(first), int(second))]


def _either_way(year: int, first: int, second: int) -> Iterator[date]:
    """Yield the month-first reading where it is a date, else the day-first one."""
    for month, day in ((first, second), (second, first)):
        try:
            yield date(year, month, day)
        except ValueError:
            continue
        return


def _ways(session: Session, text: str) -> Iterator[Conditions]:
    """Yield the readings of a text, the plainest first."""
    if found := days(text):
        yield Patient.date_of_birth.in_(found)
    if not any(mark.isdigit() for mark in text):
        yield _by_words(session, fold(text).split())
        return
    if re.fullmatch(r"\d{4}", text):
        yield or_(Patient.phone_last4 == text, Patient.phone_alt_last4 == text, Patient.mrn == text)
    elif not re.search(r"[^\d\s().+-]", text) and len(digits := re.sub(r"\D", "", text)) >= 7:
        yield _by_phone(digits)
    yield _by_number(text)
    yield _mixed(session, text)
    yield func.lower(Patient.mrn).startswith(text.lower(), autoescape=True)


def _mixed(session: Session, text: str) -> Conditions:
    """Return the condition of names beside a date, last four digits or a record number: "smith 3/27/2007"."""
    words, parts = text.split(), list[Conditions]()
    at = 0
    while at < len(words):
        size, found = _date_at(words, at)
        if found:
            parts.append(Patient.date_of_birth.in_(found))
        else:
            parts.append(_by_word(session, words[at]))
        at += size
    return and_(*parts)


def _date_at(words: Sequence[str], at: int) -> tuple[int, list[date]]:
    for size in range(min(_LONGEST_DATE, len(words) - at), 0, -1):
        text = " ".join(words[at : at + size])
        if any(mark.isdigit() for mark in text) and (found := days(text)):
            return size, found
    return 1, []


def _by_word(session: Session, word: str) -> Conditions:
    if re.fullmatch(r"\d{4}", word):
        return or_(Patient.phone_last4 == word, Patient.phone_alt_last4 == word, Patient.mrn == word)
    if any(mark.isdigit() for mark in word):
        return or_(_by_number(word), _by_words(session, fold(word).split()))
    return _by_words(session, fold(word).split())


def _by_words(session: Session, words: Sequence[str]) -> Conditions:
    """Return the condition of names with these words; where very many have them, the list is walked along its order."""
    if not words:
        return false()
    if patient_words.are_frequent(session, words):
        return and_(*(Patient.folded.like(like(word)) for word in words))
    return patient_words.having(session, words)


def _by_number(text: str) -> Conditions:
    """Return the condition of record numbers that begin so, in the ways in which they are written."""
    spellings = {text, text.upper(), text.lower()}
    return or_(*(Patient.mrn.between(one, f"{one}\U0010ffff") for one in sorted(spellings)))


def _by_phone(digits: str) -> Conditions:
    """Return the condition of a phone: found by its last four digits, then held against all that were typed."""
    last4, ten = digits[-4:], digits[-10:]

    def holds(name: str) -> Conditions:
        plain = Patient.details[name].as_string()
        for mark in "()- .+/":
            plain = func.replace(plain, mark, "")
        return plain.contains(ten)

    return or_(
        and_(Patient.phone_last4 == last4, holds("phone")),
        and_(Patient.phone_alt_last4 == last4, holds("phone_alt")),
    )


def _any(session: Session, condition: Conditions) -> bool:
    found = select(Patient.id).where(mine(session), current(), condition)
    return session.scalar(found.limit(1)) is not None


def _kept_of_merged(session: Session, condition: Conditions) -> list[str]:
    """Return those into whom patients who fit were merged, so that an old name or number leads to the one who stays."""
    merged = Patient.merged_into_id
    found = select(merged).where(mine(session), merged.is_not(None), condition).limit(_MOST_MERGED)
    return [one for one in session.scalars(found) if one]


def slips(session: Session, text: str) -> list[str]:
    """Return the ids of patients whose names are those of a text but for a slip in each, the nearest first."""
    words = fold(text).split()
    if not words or any(mark.isdigit() for mark in text) or max(map(len, words)) < 4:
        return []
    alike = [patient_words.near(session, word) for word in words]
    if not all(alike):
        return []
    rows = session.execute(
        select(Patient.id, Patient.sort_name, Patient.folded, Patient.merged_into_id)
        .where(mine(session), *(patient_words.having_one(some) for some in alike))
        .limit(_MOST_ALIKE)
    )
    found: list[tuple[int, str, str]] = []
    for row in rows:
        distance = _distance(words, row.folded.split())
        if distance is not None:
            found.append((distance, row.sort_name, row.merged_into_id or row.id))
    return [one for _, _, one in sorted(found)[:MOST_SLIPS]]


def _distance(words: Sequence[str], names: Sequence[str]) -> int | None:
    """Return by how many letters words differ from names, None where one is no name at all."""
    whole = 0
    for word in words:
        best = min((patient_words.apart(word, name) for name in names), default=9)
        if best > forgiven(len(word)):
            return None
        whole += best
    return whole
