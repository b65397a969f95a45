"""Answers in words, for summaries on screen; documents have words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from referral_app.choices import LANGUAGES
from referral_app.clinical import codes, dates, sketch_words
from referral_app.clinical.fields import Field, Kind, answered, unavailable
from referral_app.ui import moments

NOT_PROVIDED = "Not provided"
Say = Callable[[Field, Any], str]


def answer(field: Field, value: Any) -> str:
    """Return one answer as a person reads it; "" where nothing was answered."""
    reason = unavailable(value)
    if reason is not None:
        return f"Not available: {reason}" if reason else "Not available"
    if not answered(value):
        return ""
    if field.kind is Kind.SKETCH and not isinstance(value, str):
        return sketch_words.words(value) or sketch_words.UNDRAWN
    if isinstance(value, list):
        return _several(field, cast(list[Any], value))
    if isinstance(value, Mapping):
        return group(field, cast(Mapping[str, Any], value))
    words = _one(field, value)
    return f"{words} {_UNITS.get(field.unit, field.unit)}" if field.unit and field.kind in _NUMBERS else words


_NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
_UNITS = {"0 to 10": "of 10", "days of 30": "of 30 days"}


def _row(field: Field, values: Any) -> str:
    from referral_app.ui import row_words

    return (
        row_words.line(field, cast(Mapping[str, Any], values)) if isinstance(values, Mapping) else str(values)
    )


def _one(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.kind is Kind.ROWS and value == field.none:
        return field.none_label
    if field.choices is not None:
        return next((member.label for member in field.choices if member.value == value), str(value))
    if field.kind is Kind.DATE:
        day = dates.stored(value)
        return dates.say(day) if day else str(value)
    if field.kind is Kind.TIMESTAMP:
        return moment(str(value))
    if field.kind is Kind.MONTH:
        return dates.say_month(str(value))
    if field.kind is Kind.LANGUAGE:
        return LANGUAGES.get(str(value), str(value))
    if field.kind is Kind.CODES:
        return f"{value} {codes.title(str(value)) or ''}".strip()
    return str(value)


def moment(value: str) -> str:
    """Return a stored date and time as a person reads it, or as it is where it cannot be read."""
    try:
        return moments.say(datetime.fromisoformat(value))
    except ValueError:
        return value


def _several(field: Field, values: list[Any]) -> str:
    if field.kind is Kind.ROWS:
        return "\n".join(_row(field, item) for item in values)
    return (", " if field.kind is not Kind.CODES else "\n").join(_one(field, value) for value in values)


def group(field: Field, values: Mapping[str, Any]) -> str:
    """Return the answers of a group, one after the other; an address as it is written on an envelope."""
    if {"city", "state", "zip"} <= field.by_name.keys():
        return _address(field, values)
    return ", ".join(words for child in field.fields if (words := answer(child, values.get(child.name))))


def _address(field: Field, values: Mapping[str, Any]) -> str:
    said = {name: answer(child, values.get(name)) for name, child in field.by_name.items()}
    last = f"{said.pop('state')} {said.pop('zip')}".strip()
    return ", ".join(words for words in (*said.values(), last) if words)
