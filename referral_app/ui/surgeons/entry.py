"""How an entry of the directory becomes text in a form and back; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from referral_app.choices import Accepting, Level, RequirementKind
from referral_app.clinical import dates
from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import LocationRecord, ProcedureRecord, SurgeonRecord

NUMBERS = {"age_min": 120, "age_max": 120, "next_visit_days": 1825, "next_surgery_days": 1825}
"""The numbers of the form with their highest sensible value."""
DATES = ("waits_claimed_on", "verified_on")
TEXTS = (
    "given_name", "family_name", "degrees", "npi", "specialty", "refuses", "verified_by", "verified_how", "notes",
)  # fmt: skip
COUNTED = tuple(kind for kind in RequirementKind if kind is not RequirementKind.SPECIALIST_DIAGNOSIS)
"""The requirements that may name an amount."""


@dataclass(frozen=True)
class Offers:
    """What the form offers to choose from."""

    procedures: list[ProcedureRecord]
    plans: list[str]
    locations: list[LocationRecord]


def shown(surgeon: SurgeonRecord) -> dict[str, Any]:
    """Return the plain values of an entry as the form shows them."""
    values: dict[str, Any] = {name: getattr(surgeon, name) for name in TEXTS}
    values |= {name: "" if (number := getattr(surgeon, name)) is None else str(number) for name in NUMBERS}
    values |= {name: dates.say(day) if (day := getattr(surgeon, name)) else "" for name in DATES}
    return values | {"accepting": surgeon.accepting}


def read(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the plain values of an entry, and one sentence for each that cannot be read."""
    found: dict[str, Any] = {name: values[name] for name in TEXTS}
    found["npi"] = "".join(values["npi"].split())
    found["accepting"] = Accepting(values["accepting"] or Accepting.YES)
    problems: dict[str, str] = {}
    for name in (*NUMBERS, *DATES):
        try:
            found[name] = number(values[name], NUMBERS[name]) if name in NUMBERS else _date(values[name])
        except ValueError as error:
            problems[name] = str(error)
    return found, problems


def number(text: str, highest: int) -> int | None:
    """Return a whole number, None for nothing; raises ValueError with a sentence."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= highest:
        return int(text)
    raise ValueError(f"Type a whole number from 0 to {highest}.")


def _date(text: str) -> Any:
    return dates.read_date(text) if text else None


def requirements(
    before: tuple[Requirement, ...],
    levels: Mapping[RequirementKind, str],
    amounts: Mapping[RequirementKind, str],
) -> tuple[tuple[Requirement, ...], dict[str, str]]:
    """Return the requirements that the form names; those for one procedure alone stay as they are."""
    found: list[Requirement] = []
    problems: dict[str, str] = {}
    for kind in RequirementKind:
        if not levels.get(kind):
            continue
        try:
            amount = number(amounts.get(kind, ""), 999)
            found.append(Requirement(kind, amount, Level(levels[kind])))
        except ValueError as error:
            problems[f"requirements.{kind}"] = str(error)
    return (*found, *(one for one in before if one.procedure)), problems


def with_values(before: SurgeonRecord | None, values: Mapping[str, Any]) -> SurgeonRecord:
    """Return the entry with new values, or a new one."""
    return replace(before or SurgeonRecord("", ""), **values)
