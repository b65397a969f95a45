"""How an entry of the directory becomes text in a form and back; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from referral_app.choices import Accepting, Booking
from referral_app.clinical import dates
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.surgeons.offers import Offers

__all__ = ["Offers"]

Read = TypeVar("Read")

NUMBERS = {"age_min": 120, "age_max": 120, "next_visit_days": 1825, "next_surgery_days": 1825}
"""The numbers of the form with their highest sensible value."""
DATES = ("waits_claimed_on", "verified_on", "accepting_from", "last_day", "away_from", "away_to")
TEXTS = (
    "given_name", "family_name", "degrees", "npi", "specialty", "refuses", "verified_by", "verified_how", "source",
    "how_to_refer", "email", "portal", "authorization_contact", "away_note", "public_note", "notes",
)  # fmt: skip


def shown(surgeon: SurgeonRecord) -> dict[str, Any]:
    """Return the plain values of an entry as the form shows them."""
    values: dict[str, Any] = {name: getattr(surgeon, name) for name in TEXTS}
    values |= {name: "" if (number := getattr(surgeon, name)) is None else str(number) for name in NUMBERS}
    values |= {name: said(getattr(surgeon, name)) for name in DATES}
    return values | {
        "accepting": surgeon.accepting, "booking": surgeon.booking or "", "self_referral": surgeon.self_referral,
    }  # fmt: skip


def read(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the plain values of an entry, and one sentence for each that cannot be read."""
    found: dict[str, Any] = {name: values[name] for name in TEXTS}
    found["npi"] = "".join(values["npi"].split())
    found["accepting"] = Accepting(values["accepting"] or Accepting.YES)
    found["booking"] = Booking(values["booking"]) if values["booking"] else None
    found["self_referral"] = values["self_referral"]
    problems: dict[str, str] = {}
    for name in (*NUMBERS, *DATES):
        try:
            found[name] = number(values[name], NUMBERS[name]) if name in NUMBERS else day(values[name])
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


def day(text: str) -> date | None:
    """Return a day, None for nothing; raises ValueError with a sentence."""
    return dates.read_date(text) if text else None


def year(text: str) -> int | None:
    """Return a year of four digits, None for nothing; raises ValueError with a sentence."""
    if not text:
        return None
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise ValueError("Type the year with four digits, such as 2012.")


def said(day: date | None) -> str:
    """Return a day as the form shows it."""
    return dates.say(day) if day else ""


def try_read(read: Callable[[str], Read], text: str, path: str, problems: dict[str, str]) -> Read | None:
    """Return what a function makes of a text; what it says against it goes to the problems under a path."""
    try:
        return read(text)
    except ValueError as error:
        problems[path] = str(error)
        return None


def with_values(before: SurgeonRecord | None, values: Mapping[str, Any]) -> SurgeonRecord:
    """Return the entry with new values, or a new one."""
    return replace(before or SurgeonRecord("", ""), **values)
