"""One row of a table in words: what it is, and then what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from referral_app.clinical.fields import Field, answered
from referral_app.ui import answer_words

Values = Mapping[str, Any]
Words = tuple[str, str]


def of(field: Field, values: Values) -> Words:
    """Return the title and the details of a row; both "" for an empty one."""
    said = {child.name: answer_words.answer(child, values.get(child.name)) for child in field.fields}
    rest = _ROWS.get(field.name)
    if rest is None:
        return " · ".join(words for words in said.values() if words), ""
    return rest(said, values)


def line(field: Field, values: Values) -> str:
    """Return a row in one line."""
    return " – ".join(part for part in of(field, values) if part)


def _join(*words: str, by: str = " · ") -> str:
    return by.join(word for word in words if word)


def _treatment(said: dict[str, str], _values: Values) -> Words:
    dose = _join(said["dose"], said["unit"], by=" ")
    weeks = f"{said['weeks_at_target']} at target" if said["weeks_at_target"] else ""
    when = _join(said["started"], said["stopped"], by=" to ")
    effect = f"effect: {said['effect'].lower()}" if said["effect"] else ""
    title = _join(said["name"], dose, by=" ") or said["class"]
    return title, _join(
        said["class"] if title != said["class"] else "", weeks, when, said["stop_reason"], effect
    )


_STEROID = {"True": "with steroid", "False": "without steroid"}


def _injection(said: dict[str, str], values: Values) -> Words:
    title = _join(said["kind"], _join(said["site"], said["side"].lower(), by=", "), by=": ")
    steroid = _STEROID.get(str(values.get("steroid")), "")
    before, after = values.get("pain_before"), values.get("pain_after")
    pain = f"pain {before} to {after}" if answered(before) and answered(after) else ""
    lasted = f"relief for {said['relief_hours']}" if said["relief_hours"] else ""
    cycle = f"cycle {said['cycle']}" if said["cycle"] else ""
    return title, _join(said["date"], said["agent"], steroid, said["units"], pain, lasted, cycle)


def _imaging(said: dict[str, str], _values: Values) -> Words:
    title = _join(said["type"], said["region"].lower(), by=", ")
    return title, _join(said["date"], said["result"], said["note"])


def _coverage(said: dict[str, str], _values: Values) -> Words:
    member = f"member {said['member_id']}" if said["member_id"] else ""
    group = f"group {said['group']}" if said["group"] else ""
    prior = f"authorization: {said['authorization']}" if said["authorization"] else ""
    claim = f"claim {said['claim_number']}" if said["claim_number"] else ""
    subscriber = f"subscriber {said['subscriber']}" if said["subscriber"] else ""
    return _join(said["kind"], _join(said["payer"], said["plan"], by=", "), by=": "), _join(
        member, group, subscriber, claim, said["injury_date"], prior
    )


def _pair(first: str, *others: str) -> Callable[[dict[str, str], Values], Words]:
    def words(said: dict[str, str], _values: Values) -> Words:
        return said[first], _join(*(said[name] for name in others))

    return words


def _attachment(said: dict[str, str], values: Values) -> Words:
    pages = said["pages"]
    counted = f"{pages} page" if pages == "1" else f"{pages} pages" if pages else ""
    called = said["title"] if values.get("kind") == "other" else ""
    title = called or said["kind"] or ("Document" if said["sha256"] else "")
    if why := said["not_available"]:
        return title, f"not available: {why}"
    return title, _join(said["date"], counted, "enclosed on paper" if not said["sha256"] else "")


_ROWS: dict[str, Callable[[dict[str, str], Values], Words]] = {
    "treatments": _treatment,
    "injections": _injection,
    "imaging": _imaging,
    "coverage": _coverage,
    "allergies": _pair("substance", "reaction"),
    "medications": _pair("name", "dose", "frequency"),
    "attachments": _attachment,
}
