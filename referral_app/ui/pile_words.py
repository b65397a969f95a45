"""How piles of waiting referrals are told in words, with the state that stands beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referral_app.services.waiting_lists import Pile

NOTHING = "Nothing waits"


def due(pile: Pile) -> str:
    """Return how many are due, as a person says it."""
    return f"{pile.due:,} due" if pile.due else "None due"


def state(pile: Pile) -> str:
    """Return the state of widgets.states that a pile shows."""
    return "review" if pile.due else "ok" if not pile.all else "waiting"


def oldest(pile: Pile, today: date | None = None) -> str:
    """Return since when the oldest waits; a visit or a day that is still to come is told as such."""
    if pile.oldest is None:
        return NOTHING
    passed = ((today or date.today()) - pile.oldest).days
    if passed < 0:
        return f"First in {days(-passed)}"
    return f"Oldest {days(passed)}" if passed else "Oldest today"


def days(number: int) -> str:
    """Return a number of days in words."""
    return f"{number:,} day{'' if number == 1 else 's'}"
