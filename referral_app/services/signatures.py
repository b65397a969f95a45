"""The signature of an intake: who signed when, who may, and the answers without it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from referral_app.clinical.fields import given
from referral_app.services.folding import fold
from referral_app.services.permissions import Actor


def of(intake: Mapping[str, Any]) -> tuple[str, datetime | None]:
    """Return who signed an intake and when, in UTC; "" and None where nobody did."""
    by, at = given(intake, "signature.signed_by"), given(intake, "signature.signed_at")
    if not by or not at:
        return "", None
    return str(by), datetime.fromisoformat(str(at)).astimezone(UTC)


def is_own(who: Actor, name: str) -> bool:
    """Tell whether a person may sign in a name: their own, with or without degrees; without people, in any."""
    return not who.person_id or _without_degrees(name) == _without_degrees(who.name)


def without(intake: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of an intake without the group of its signature."""
    return {name: value for name, value in intake.items() if name != "signature"}


def stamp(moment: datetime) -> str:
    """Return a moment in UTC as a signature keeps it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _without_degrees(name: str) -> str:
    return fold(name.partition(",")[0])
