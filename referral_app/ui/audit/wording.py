"""Events of the audit in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from referral_app.clinical import dates
from referral_app.services.audit import AuditRecord
from referral_app.ui import moments

OUTCOMES = {"done": "Done", "denied": "Denied", "failed": "Failed"}


def clock(one: AuditRecord) -> str:
    """Return the time of day of this computer."""
    return f"{moments.local(one.at):%H:%M:%S}"


def day(one: AuditRecord) -> str:
    """Return the day of this computer."""
    return dates.say(moments.local(one.at).date())


def person(one: AuditRecord) -> str:
    """Return who did it; what the program does before a login has no person."""
    return one.person or "Nobody logged in"


def what(one: AuditRecord) -> str:
    """Return what it was about: "Referral 7KQ2-M4TD-9"."""
    kind = one.kind.replace("_", " ").capitalize()
    return f"{kind} {one.reference}".strip() if one.reference else kind


def action(one: AuditRecord) -> str:
    """Return what was done, and how it ended where that is not as it should be."""
    ordinary = one.outcome == "done" or one.action == "denied"
    return one.action_words if ordinary else f"{one.action_words}: {outcome(one).lower()}"


def outcome(one: AuditRecord) -> str:
    """Return how it ended."""
    return OUTCOMES.get(one.outcome, one.outcome.capitalize())


def state(one: AuditRecord) -> str:
    """Return the state that is drawn before the action, "" for what is ordinary."""
    if one.outcome != "done":
        return "warning"
    return "emergency" if one.action == "emergency_begun" else ""


def about(one: AuditRecord) -> str:
    """Return reason and details on one line."""
    return " · ".join(
        part for part in (one.reason, *(f"{name}: {said}" for name, said in details(one))) if part
    )


def details(one: AuditRecord) -> list[tuple[str, str]]:
    """Return the details as names and words."""
    return [(name.replace("_", " ").capitalize(), _value(value)) for name, value in one.details.items()]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(one)}" for name, one in value.items())  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_value(one) for one in value) or "none"  # pyright: ignore[reportUnknownVariableType]
    return str(value).replace("_", " ") if value not in (None, "") else "none"
