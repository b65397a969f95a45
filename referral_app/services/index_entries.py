"""What the search index holds of one entry of the directory: its words, values, numbers and the row a list shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from referral_app.choices import LANGUAGES, Accepting, ProcedureKind
from referral_app.clinical import phones
from referral_app.services.folding import fold
from referral_app.services.surgeon_records import Placement, SurgeonRecord
from referral_app.services.surgeon_rows import SurgeonRow

PREFIX = 3
"""Beginnings of words up to so many letters have a term of their own; longer ones are a range of words."""

SHOWN = "s"
"""The term of all entries that are in the directory."""

UNKNOWN = 0xFFFF
"""A wait that is not known; also what a longer one is cut to."""

_NO_DIGIT = re.compile(r"\D", re.ASCII)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_ACCEPTING = {str(one): one for one in Accepting}
_KINDS = {str(one): one for one in ProcedureKind}

YOUNGEST, OLDEST = 0, 255


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the index holds it.

    `name` is the folded name, last name first; `words` are the folded words found elsewhere in the entry; `private`
    those of its private note alone, found only by who may change the directory; `values` are what filters ask for,
    such as "language es" (see `value`); waits are in days, `verified` is a day number or 0, `zips` are the ZIP codes of
    its locations as numbers, `absent` the day numbers between which nobody is taken; `row` is what
    a list shows (`row_text`).
    """

    name: str
    words: frozenset[str]
    values: frozenset[str]
    row: str
    wait: int = UNKNOWN
    surgery: int = UNKNOWN
    verified: int = 0
    age_min: int = YOUNGEST
    age_max: int = OLDEST
    zips: tuple[int, ...] = ()
    absent: tuple[tuple[int, int], ...] = ()
    shown: bool = True
    private: frozenset[str] = frozenset()

    def terms(self) -> Iterator[str]:
        """Yield every whole term of the entry, without those for beginnings of words."""
        yield from ("n" + word for word in self.name.split())
        yield from ("o" + word for word in self.words)
        yield from ("f" + value for value in self.values)
        yield from ("p" + word for word in self.private)


def beginnings(term: str) -> tuple[str, ...]:
    """Return the terms for the beginnings of a word's term, none for other terms."""
    kind, word = term[0], term[1:]
    if kind not in "nop":
        return ()
    return tuple(kind.upper() + word[:length] for length in range(1, min(PREFIX, len(word)) + 1))


def all_terms(entry: Entry | None) -> set[str]:
    """Return every term under which an entry is found; none for no entry."""
    if entry is None:
        return set()
    whole = set(entry.terms())
    short = {short for term in whole for short in beginnings(term)}
    return whole | short | ({SHOWN} if entry.shown else set())


def value(field: str, of: str) -> str:
    """Return the value of a filter: field is procedure, kind, plan, language, state or accepting."""
    return f"{field} {of}"


def entry_of(record: SurgeonRecord) -> Entry:
    """Return what the index holds of an entry of the directory."""
    words = frozenset(_words(record))
    return Entry(
        name=fold(f"{record.family_name} {record.given_name}"),
        words=words,
        values=frozenset(_values(record)),
        row=row_text(row_of(record)),
        wait=days(record.next_visit_days),
        surgery=days(record.next_surgery_days),
        verified=record.verified_on.toordinal() if record.verified_on else 0,
        age_min=_age(record.age_min, YOUNGEST),
        age_max=_age(record.age_max, OLDEST),
        zips=_zips(record.placements),
        absent=tuple(_absent(record)),
        shown=not record.archived,
        private=frozenset(fold(record.notes).split()) - words if record.notes else frozenset(),
    )


def days(number: int | None) -> int:
    """Return a wait as the index holds it."""
    return UNKNOWN if number is None else min(max(number, 0), UNKNOWN - 1)


def zip_number(text: str) -> int:
    """Return the first five digits of a ZIP code as a number, 0 where there are none."""
    return int(text[:5]) if len(text) >= 5 and text[:5].isascii() and text[:5].isdigit() else 0


def digit_words(number: str) -> tuple[str, ...]:
    """Return what people type of a phone number, as words: area code, exchange, last four."""
    if len(number) == 10 and number.isascii() and number.isdigit():
        return number[:3], number[3:6], number[6:]
    plain = _NO_DIGIT.sub("", number)
    if len(plain) != 10:
        plain = phones.digits(number) if number else ""
    return (plain[:-7], plain[-7:-4], plain[-4:]) if len(plain) >= 10 else (plain,) if plain else ()


def row_of(record: SurgeonRecord) -> SurgeonRow:
    """Return what a list shows of an entry."""
    first = record.placements[0] if record.placements else None
    towns = [f"{place.location.city}, {place.location.state}".strip(", ") for place in record.placements]
    return SurgeonRow(
        id=record.id, given_name=record.given_name, family_name=record.family_name, degrees=record.degrees,
        npi=record.npi, specialty=record.specialty, accepting=record.accepting,
        next_visit_days=record.next_visit_days, next_surgery_days=record.next_surgery_days,
        verified_on=record.verified_on, kinds=tuple(dict.fromkeys(item.kind for item in record.procedures)),
        procedures=tuple(item.code for item in record.procedures), towns=tuple(dict.fromkeys(filter(None, towns))),
        phone=(first.phone or first.location.phone) if first else "",
        fax=(first.fax or first.location.fax) if first else "",
        invented=record.invented, away_from=record.away_from, away_to=record.away_to, last_day=record.last_day,
        accepting_from=record.accepting_from,
    )  # fmt: skip


def row_text(row: SurgeonRow) -> str:
    """Return a row as it is stored; `read_rows` is the way back."""
    dates = (row.verified_on, row.away_from, row.away_to, row.last_day, row.accepting_from)
    return _encode(
        [
            row.id, row.given_name, row.family_name, row.degrees, row.npi, row.specialty, str(row.accepting),
            row.next_visit_days, row.next_surgery_days, [str(kind) for kind in row.kinds], row.procedures, row.towns,
            row.phone, row.fax, int(row.invented), *(day and day.toordinal() for day in dates),
        ]
    )  # fmt: skip


def read_rows(texts: Sequence[str]) -> list[SurgeonRow]:
    """Return the rows that `row_text` stored."""
    return [_row(*item) for item in json.loads(f"[{','.join(texts)}]")]


def _row(
    surgeon_id: str, given: str, family: str, degrees: str, npi: str, specialty: str, accepting: str,
    visit: int | None, surgery: int | None, kinds: list[str], procedures: list[str], towns: list[str],
    phone: str, fax: str, invented: int, *days_given: int | None,
) -> SurgeonRow:  # fmt: skip
    verified, away_from, away_to, last_day, accepting_from = map(_date, days_given)
    return SurgeonRow(
        surgeon_id, given, family, degrees, npi, specialty, _ACCEPTING[accepting], visit, surgery,
        tuple([_KINDS[kind] for kind in kinds]), tuple(procedures), tuple(towns), phone, fax, bool(invented),
        verified, away_from, away_to, last_day, accepting_from,
    )  # fmt: skip


def _date(day: int | None) -> date | None:
    return date.fromordinal(day) if day else None


def _zips(placements: Sequence[Placement]) -> tuple[int, ...]:
    return tuple(dict.fromkeys([zip_number(place.location.zip) for place in placements]))


def _age(years: int | None, unknown: int) -> int:
    return unknown if years is None else min(max(years, 0), OLDEST)


def _absent(record: SurgeonRecord) -> Iterator[tuple[int, int]]:
    """Yield the spans in which nobody is taken; `SurgeonRecord.accepts_on` says the same of one day."""
    if record.away_from is not None:
        yield record.away_from.toordinal(), (record.away_to or date.max).toordinal()
    if record.last_day is not None and record.last_day < date.max:
        yield (record.last_day + timedelta(1)).toordinal(), date.max.toordinal()
    if record.accepting_from is not None and record.accepting_from > date.min:
        yield date.min.toordinal(), (record.accepting_from - timedelta(1)).toordinal()


def _values(record: SurgeonRecord) -> set[str]:
    found = {f"accepting {record.accepting}"}
    for procedure in record.procedures:
        found |= {f"procedure {procedure.code}", f"kind {procedure.kind}"}
    found.update(f"plan {name}" for name in record.plans)
    found.update(f"language {code}" for code in record.languages)
    found.update(
        f"state {place.location.state.upper()}" for place in record.placements if place.location.state
    )
    return found


def _words(record: SurgeonRecord) -> set[str]:
    found = {*_folded(record.degrees), *_folded(record.specialty)}
    for plan in record.plans:
        found.update(_folded(plan))
    for procedure in record.procedures:
        found.update(_folded(f"{procedure.name} {procedure.detail}"))
    for code in record.languages:
        found.update(_folded(LANGUAGES.get(code, code)))
    for place in record.placements:
        found.update(_placed(place))
    if record.public_note:
        found.update(fold(record.public_note).split())
    return found


def _placed(place: Placement) -> set[str]:
    at = place.location
    found = {*_folded(at.name), *_folded(at.city), *_folded(at.state), *_folded(at.zip)}
    for number in (place.phone, place.fax, at.phone, at.fax):
        if number:
            found.update(digit_words(number))
    return found


@lru_cache(maxsize=16384)
def _folded(text: str) -> tuple[str, ...]:
    """Return the words of a text that many entries share."""
    return tuple(fold(text).split())
