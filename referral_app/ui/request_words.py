"""How what patients asked for is told in words: how many, how many are late, the oldest, and the first day due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from referral_app.clinical import dates
from referral_app.ui import pile_words

if TYPE_CHECKING:
    from referral_app.services.patient_requests import RequestPile

TITLES = {"copies": "Copies asked for", "corrections": "Corrections asked for"}
_NOUNS = {"copies": ("copy", "copies"), "corrections": ("correction", "corrections")}


def state(pile: RequestPile) -> str:
    """Return the state of widgets.states that a pile shows."""
    return "review" if pile.late else "waiting"


def late(pile: RequestPile, today: date | None = None) -> str:
    """Return how many are late, or the age of the oldest where none is."""
    old = ((today or date.today()) - pile.oldest).days if pile.oldest else 0
    age = f"oldest {pile_words.days(old)}" if old else "oldest today"
    return f"{pile.late:,} overdue · {age}" if pile.late else age.capitalize()


def due(pile: RequestPile, today: date | None = None) -> str:
    """Return the first day due, which may have passed."""
    if pile.due_on is None:
        return ""
    verb = "Was due" if pile.due_on < (today or date.today()) else "Due"
    return f"{verb} {dates.say(pile.due_on)}"


def line(pile: RequestPile) -> str:
    """Return a pile in one line: "2 copies asked for, 1 overdue"."""
    one, many = _NOUNS[pile.kind]
    words = f"{pile.all:,} {one if pile.all == 1 else many} asked for"
    return f"{words}, {pile.late:,} overdue" if pile.late else words
