"""How an answer of the intake reads on paper: labels for choices, dates in words, numbers with their units."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from referral_app.choices import LANGUAGES
from referral_app.clinical import codes, dates, phones, sketch_words
from referral_app.clinical.fields import Field, Kind, answered, unavailable

SKETCH_KEPT = "Recorded with the sender"
"""What is said of a sketch that cannot be drawn here."""
_OF = {"0 to 10": "of 10", "days of 30": "of 30 days"}


def say(field: Field, value: Any) -> str:
    """Return an answer in words, "" where nothing was answered; what cannot be read is returned as it was typed."""
    reason = unavailable(value)
    if reason is not None:
        return f"Not available: {reason}" if reason else "Not available"
    if not answered(value):
        return ""
    if isinstance(value, Mapping):
        return _group(field, cast(Mapping[str, Any], value))
    if isinstance(value, list):
        return _list(field, cast(list[Any], value))
    return _single(field, value)


def date(value: Any) -> str:
    """Return a stored date as March 27, 2007; what is none comes back as it is."""
    day = dates.stored(value)
    return dates.say(day) if day else plain(value)


def moment(value: Any) -> str:
    """Return the day of a stored time (ISO, UTC) where this computer stands; what is none comes back as it is."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return plain(value)
    return dates.say((read.astimezone() if read.tzinfo else read).date())


def number(value: Any) -> str:
    """Return a number without a needless ".0"; what is none comes back as it is."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(value)


def person(value: Any) -> str:
    """Return a support person, representative or subscriber on one line: name (relation), born, phone."""
    if not isinstance(value, Mapping):
        return plain(value)
    who = cast(Mapping[str, Any], value)
    name, relation = plain(who.get("name")), plain(who.get("relation"))
    first = f"{name} ({relation})" if name and relation else name or relation
    born = date(who.get("date_of_birth"))
    return ", ".join(
        part for part in (first, f"born {born}" if born else "", phones.say(plain(who.get("phone")))) if part
    )


def address(value: Any) -> list[str]:
    """Return the lines of an address."""
    if not isinstance(value, Mapping):
        return [plain(value)] if answered(value) else []
    at = cast(Mapping[str, Any], value)
    town = ", ".join(
        part
        for part in (plain(at.get("city")), f"{plain(at.get('state'))} {plain(at.get('zip'))}".strip())
        if part
    )
    return [line for line in (plain(at.get("line1")), plain(at.get("line2")), town) if line]


def _group(field: Field, value: Mapping[str, Any]) -> str:
    names = {child.name for child in field.fields}
    if field.kind is Kind.GROUP and "line1" in names:
        return ", ".join(address(value))
    if field.kind is Kind.GROUP and {"name", "relation"} <= names:
        return person(value)
    if field.kind is Kind.GROUP:
        said = ((child.label, say(child, value.get(child.name))) for child in field.fields)
        return "; ".join(
            f"{label.lower() if label != 'ID' else label} {words}" for label, words in said if words
        )
    if field.kind is Kind.SKETCH:
        return sketch_words.words(value) or SKETCH_KEPT
    return json.dumps(dict(value), ensure_ascii=False)


def _list(field: Field, value: list[Any]) -> str:
    if field.kind is Kind.CODES:
        return "; ".join(code(item) for item in value)
    if field.kind is Kind.SKETCH:
        return SKETCH_KEPT
    words = ", ".join(_single(field, item) for item in value)
    return words[:1].upper() + words[1:] if field.kind is Kind.CHOICES else words


def code(value: Any, title: str | None = None) -> str:
    """Return a diagnosis code with its title: the one given, else that of the bundled release where it knows it."""
    title = title or codes.title(plain(value))
    return f"{plain(value)} {title}" if title else plain(value)


def _single(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.none and value == field.none:
        return field.none_label
    if field.choices is not None:
        return choice(field, value)
    if field.kind in (Kind.INTEGER, Kind.DECIMAL):
        return f"{number(value)} {_OF.get(field.unit, field.unit)}".strip()
    return _WORDS.get(field.kind, plain)(value)


def choice(field: Field, value: Any) -> str:
    """Return the label of a choice; what is not in the list comes back as it is."""
    try:
        return field.choices(value).label if field.choices else plain(value)
    except ValueError:
        return plain(value)


def language(value: Any) -> str:
    """Return the English name of a language by its code; what is none comes back as it is."""
    return LANGUAGES.get(plain(value), plain(value))


def plain(value: Any) -> str:
    """Return a value as text without any wording of ours."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _month(value: Any) -> str:
    return dates.say_month(plain(value))


def _phone(value: Any) -> str:
    return phones.say(plain(value))


_WORDS = {
    Kind.DATE: date,
    Kind.MONTH: _month,
    Kind.PHONE: _phone,
    Kind.LANGUAGE: language,
    Kind.TIMESTAMP: moment,
}
