"""Whether one answer fits the declaration of its field; each judge returns a plain sentence, or "" where it fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any, cast

from referral_app.choices import LANGUAGES, STATES, Choice
from referral_app.clinical import codes, dates, npi, phones, sketch, texts
from referral_app.clinical.fields import Field, Kind, answered

EMAIL = r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+"
ZIP = r"[0-9]{5}(-[0-9]{4})?"
TIMESTAMP = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
LATIN_NAMES = frozenset({"family_name", "given_name", "middle_name", "suffix"})
MOST_ROWS, MOST_ITEMS, LONGEST_EMAIL, LONGEST_KEY = 500, 100, 254, 100
SKETCH_DEPTH, SKETCH_PARTS, MOST_PARTS = 8, 20_000, 1_000_000

_TYPE_HERE = "Type this as words."


def problem(field: Field, value: Any) -> str:
    """Return what is wrong with one answer of a field that is no group and no table, "" where nothing is.

    Takes any JSON value; never raises. Source of types, ranges and lists: contract section 1.
    """
    return _JUDGES[field.kind](field, value)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return _TYPE_HERE
    if field.low is not None and len(value.strip()) < field.low:
        return f"Write {field.low:g} to {field.high:g} characters; this has {len(value.strip())}."
    if field.high is not None and len(value) > field.high:
        return f"Write {field.low or 0:g} to {field.high:g} characters; this has {len(value)}."
    several = field.kind is Kind.LONG_TEXT
    sentence = texts.problem(value, texts.LONG if several else texts.SHORT, several)
    return sentence or (texts.name_problem(value) if field.name in LATIN_NAMES else "")


def _date(field: Field, value: Any) -> str:
    return "" if dates.stored(value) else _unread(value, dates.read_date, "2007-03-27")


def _month(field: Field, value: Any) -> str:
    return "" if dates.stored_month(value) else _unread(value, dates.read_month, "2019-05")


def _unread(value: Any, read: Callable[[str], object], form: str) -> str:
    if not isinstance(value, str):
        return f"Type this as text, such as {form}."
    try:
        read(value)
    except ValueError as refused:
        return str(refused)
    return f"Write this in the form {form}."


def _timestamp(field: Field, value: Any) -> str:
    sentence = "Give date and time, such as 2026-03-27T14:30Z."
    if not isinstance(value, str) or not re.fullmatch(TIMESTAMP, value):
        return sentence
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return sentence
    return ""


def _number(field: Field, value: Any) -> str:
    low, high = field.low or 0, field.high or 0
    fits = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    if fits and field.kind is Kind.INTEGER and value != int(value):
        return f"Enter a whole number from {low:,g} to {high:,g}{_unit(field)}."
    return "" if fits else f"Enter a number from {low:,g} to {high:,g}{_unit(field)}."


def _unit(field: Field) -> str:
    return "" if not field.unit or field.unit == "days of 30" or field.unit[0].isdigit() else f" {field.unit}"


def _choice(field: Field, value: Any) -> str:
    return "" if isinstance(value, str) and value in _values(field) else f"Choose {_labels(field)}."


def _choices(field: Field, value: Any) -> str:
    listed = _items(value)
    if listed is None or any(item not in _values(field) for item in listed):
        return f"Choose from {_labels(field)}."
    if len(set(listed)) < len(listed):
        return "Choose each only once."
    if "none" in listed and len(listed) > 1:
        return "Choose either None or what applies."
    return ""


def _values(field: Field) -> dict[str, Enum]:
    return cast("type[Choice]", field.choices)._value2member_map_  # type: ignore[return-value]


def _labels(field: Field) -> str:
    labels = [choice.label for choice in cast("type[Choice]", field.choices)]
    return ", ".join(labels[:-1]) + f" or {labels[-1]}" if len(labels) <= 6 else "one of the list"


def _flag(field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else "Answer yes or no."


def _phone(field: Field, value: Any) -> str:
    if not isinstance(value, str) or texts.hidden(value):
        return phones.problem("")
    return phones.problem(value)


def _npi(field: Field, value: Any) -> str:
    return npi.problem(value) if isinstance(value, str) else npi.problem("")


def _matching(pattern: str, sentence: str) -> Callable[[Field, Any], str]:
    compiled = re.compile(pattern)

    def judge(field: Field, value: Any) -> str:
        fits = (
            isinstance(value, str)
            and len(value) <= LONGEST_EMAIL
            and compiled.fullmatch(value)
            and not texts.hidden(value)
        )
        return "" if fits else sentence

    return judge


def _among(known: frozenset[str] | dict[str, str], sentence: str) -> Callable[[Field, Any], str]:
    def judge(field: Field, value: Any) -> str:
        return "" if isinstance(value, str) and value in known else sentence

    return judge


def _surgeon(field: Field, value: Any) -> str:
    if isinstance(value, str) and len(value) == 10 and value.isdigit():
        return npi.problem(value)
    return _key(field, value)


def _key(field: Field, value: Any) -> str:
    fits = isinstance(value, str) and not texts.problem(value, LONGEST_KEY, lines=False)
    return "" if fits else "Choose one of the directory."


def _words(field: Field, value: Any) -> str:
    listed = _items(value)
    if listed is None or not all(map(answered, listed)):
        return "Type one on each line."
    return next(
        (sentence for item in listed if (sentence := texts.problem(item, texts.SHORT, lines=False))), ""
    )


def _codes(field: Field, value: Any) -> str:
    listed = _items(value)
    if listed is None:
        return "Choose codes such as M54.81."
    if len(set(listed)) < len(listed):
        return "Choose each code only once."
    return next((sentence for item in listed if (sentence := codes.problem(item))), "")


def _items(value: Any) -> list[str] | None:
    """Return a list of texts, or None where the value is anything else or far too long."""
    if not isinstance(value, list) or len(cast("list[Any]", value)) > MOST_ITEMS:
        return None
    return (
        cast("list[str]", value) if all(isinstance(item, str) for item in cast("list[Any]", value)) else None
    )


def _sketch(field: Field, value: Any) -> str:
    if not shallow(value, SKETCH_DEPTH, SKETCH_PARTS):
        return sketch.TOO_MANY_POINTS if shallow(value, SKETCH_DEPTH, MOST_PARTS) else sketch.UNREADABLE
    return sketch.problem(value)


def shallow(value: Any, depth: int, parts: int) -> bool:
    """Tell whether a JSON value is nested at most `depth` deep and has at most `parts` parts, without recursion."""
    level = [value]
    for _ in range(depth + 1):
        if parts < len(level):
            return False
        parts -= len(level)
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return True
    return False


def _parts(whole: Any) -> list[Any]:
    if isinstance(whole, dict):
        return list(cast("dict[str, Any]", whole).values())
    return cast("list[Any]", whole) if isinstance(whole, list) else []


_JUDGES: dict[Kind, Callable[[Field, Any], str]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.TIMESTAMP: _timestamp,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
    Kind.PHONE: _phone,
    Kind.EMAIL: _matching(EMAIL, "Type the email address with @, such as office@example.org."),
    Kind.ZIP: _matching(ZIP, "Type five digits, or nine as 21287-0001."),
    Kind.NPI: _npi,
    Kind.STATE: _among(STATES, "Type the two letters of the state, such as MD."),
    Kind.LANGUAGE: _among(LANGUAGES, "Choose a language from the list."),
    Kind.CODES: _codes,
    Kind.WORDS: _words,
    Kind.PROCEDURES: _words,
    Kind.SURGEON: _surgeon,
    Kind.LOCATION: _key,
    Kind.SKETCH: _sketch,
}
