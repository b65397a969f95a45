"""Whether answers fit together: no day before birth or after today, no migraine without a headache day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.fields import Field, Kind, as_dict, as_list, given
from referral_app.clinical.intake import INTAKE

_OLDEST = 130
_MAY_LIE_AHEAD = frozenset({"coverage.authorization.from", "coverage.authorization.to"})
_MAY_LIE_BEFORE_BIRTH = frozenset({"patient.date_of_birth", "coverage.subscriber.date_of_birth"})

Found = dict[str, str]


def judge(intake: Mapping[str, Any], today: date, found: Found) -> None:
    """Add a sentence to `found`, by path, for each answer that another answer or the calendar contradicts.

    What `found` names already is left as it is. Source: reference/clinical.md section 11, "Validation".
    """
    for path, sentence in (*_dates(intake, today), *_pairs(intake), *_counts(intake)):
        found.setdefault(path, sentence)


def _dates(intake: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    born = dates.stored(given(intake, "patient.date_of_birth"))
    if born and born > today:
        yield "patient.date_of_birth", "The date of birth lies in the future."
        born = None
    elif born and dates.years_between(born, today) > _OLDEST:
        yield "patient.date_of_birth", f"This is more than {_OLDEST} years ago; check the year."
        born = None
    for dated in _DATED:
        for path, value in _values(intake, dated):
            sentence = _lies_wrong(value, dated[1], born, today)
            if sentence:
                yield path, sentence


def _lies_wrong(value: Any, path: str, born: date | None, today: date) -> str:
    day = dates.stored(value)
    first = day or dates.stored_month(value)
    if first is None:
        return ""
    if first.year < dates.FIRST_YEAR:
        return f"This lies before {dates.FIRST_YEAR}; check the year."
    if first > today and path not in _MAY_LIE_AHEAD:
        return "This lies in the future."
    last = day or dates.last_day(first)
    if born and last < born and path not in _MAY_LIE_BEFORE_BIRTH:
        return "This lies before the date of birth."
    return ""


def _pairs(intake: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for table, group, first, second in _ORDERED:
        listed = as_list(intake.get(table)) if table else [intake]
        for number, row in enumerate(map(as_dict, listed)):
            before, after = given(row, group + first), given(row, group + second)
            if _both_read(before, after) and before > after:
                where = f"{table}[{number}]." if table else ""
                yield where + group + second, "This lies before the date it began."


def _both_read(before: Any, after: Any) -> bool:
    return all(dates.stored(value) or dates.stored_month(value) for value in (before, after))


def _counts(intake: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    days, migraine = (
        number_at(intake, f"last_30_days.{name}") for name in ("headache_days", "migraine_days")
    )
    if days is not None and migraine is not None and migraine > days:
        yield "last_30_days.migraine_days", f"Migraine days cannot be more than headache days ({days:g})."
    upper, lower = number_at(intake, "exam.bp_systolic"), number_at(intake, "exam.bp_diastolic")
    if upper is not None and lower is not None and lower >= upper:
        yield "exam.bp_diastolic", "The lower blood pressure must be below the upper one."


def number_at(values: Mapping[str, Any], path: str) -> float | None:
    """Return the number at a path where it lies within the range of its field, else None."""
    value, field = given(values, path), _NUMBERS[path]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if (field.low or 0) <= value <= (field.high or 0) else None


_ORDERED = (
    ("", "last_30_days.", "diary_from", "diary_to"),
    ("coverage", "authorization.", "from", "to"),
    ("treatments", "", "started", "stopped"),
)

Dated = tuple[tuple[str, ...], str]


def _declared(
    fields: tuple[Field, ...], kinds: tuple[Kind, ...], prefix: str = ""
) -> Iterator[tuple[str, Field]]:
    for field in fields:
        if field.kind in kinds:
            yield prefix + field.name, field
        yield from _declared(field.fields, kinds, f"{prefix}{field.name}.")


_DATED: tuple[Dated, ...] = tuple(
    (tuple(path.split(".")), path) for path, _ in _declared(INTAKE, (Kind.DATE, Kind.MONTH))
)
_NUMBERS = dict(_declared(INTAKE, (Kind.INTEGER, Kind.DECIMAL)))


def _values(intake: Mapping[str, Any], dated: Dated) -> Iterator[tuple[str, Any]]:
    """Yield path and value of a dated field, once for each row where it lies in a table."""
    (first, *names), path = dated
    group = intake.get(first)
    if isinstance(group, list):
        rest = ".".join(names)
        for number, row in enumerate(as_list(group)):
            value = as_dict(row).get(rest) if len(names) == 1 else given(as_dict(row), rest)
            if value is not None:
                yield f"{first}[{number}].{rest}", value
    else:
        yield path, given(intake, path)
