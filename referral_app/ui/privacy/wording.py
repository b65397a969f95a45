"""Corrections, holds and days of deletion in words."""

from __future__ import annotations

from datetime import date

from referral_app.choices import DenialBasis
from referral_app.clinical import dates
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.legal_holds import HoldRecord
from referral_app.services.retention import Kept
from referral_app.ui import moments

BASES = [(str(one), one.label) for one in DenialBasis]


def due(one: AmendmentRecord, today: date | None = None) -> str:
    """Return by when an answer is due, or what it was."""
    if one.accepted is not None and one.decided_on:
        return f"{'Corrected' if one.accepted else 'Not corrected'} {dates.say(one.decided_on)}"
    if one.due_on is None:
        return ""
    left = (one.due_on - (today or date.today())).days
    if left < 0:
        return f"Overdue by {-left} day" + ("" if left == -1 else "s")
    return "Due today" if left == 0 else f"Due {dates.say(one.due_on)}"


def due_state(one: AmendmentRecord, today: date | None = None) -> str:
    """Return the state of a request as it is drawn."""
    if one.accepted is not None:
        return "ok" if one.accepted else "canceled"
    return "warning" if one.due_on and one.due_on <= (today or date.today()) else "waiting"


def lines(one: AmendmentRecord) -> list[tuple[str, str]]:
    """Return what is known of a request, a label before each."""
    told = "; ".join(f"{who.who}, {dates.say(who.on)}" for who in one.told)
    return [
        ("Asked by", one.asked_by), ("Asked on", dates.say(one.asked_on)),
        ("Due", dates.say(one.due_on) if one.due_on else ""), ("Put off", one.extended_why), ("To correct", one.what),
        ("Referral", one.reference), ("Answered by", one.decided_by), ("Reason", one.basis.label if one.basis else ""),
        ("In words", one.why), ("They say", one.statement), ("Told", told), ("Entered by", one.recorded_by),
    ]  # fmt: skip


def hold(one: HoldRecord) -> str:
    """Return who placed a hold when, and who lifted it."""
    placed = f"Placed {moments.say(one.placed_at)}{_by(one.placed_by)}"
    if one.lifted_at is None:
        return placed
    return f"{placed}; lifted {moments.say(one.lifted_at)}{_by(one.lifted_by)}: {one.lifted_why}"


def kept_until(one: Kept, today: date | None = None) -> str:
    """Return until when a record is kept."""
    over = one.keep_until <= (today or date.today())
    return f"{'Was kept' if over else 'Kept'} until {dates.say(one.keep_until)}"


def may_go(one: Kept) -> str:
    """Return whether a record may be deleted, or why it may not."""
    return " ".join(one.against) or "May be deleted"


def may_go_state(one: Kept) -> str:
    """Return the state of that as it is drawn."""
    return "warning" if one.against else "ok"


def _by(who: str) -> str:
    return f" by {who}" if who else ""


def born(one: Kept) -> str:
    """Return the date of birth of a record."""
    return f"born {dates.say(one.born)}" if one.born else "date of birth not given"


def born_line(one: Kept) -> str:
    """Return the same as a line of its own."""
    words = born(one)
    return words[0].upper() + words[1:]


def day(one: date) -> str:
    """Return a day as it is said."""
    return dates.say(one)


def asked(one: AmendmentRecord) -> str:
    """Return when it was asked."""
    return f"Asked {dates.say(one.asked_on)}"


def referrals(number: int) -> str:
    """Return how many referrals: "no referral", "1 referral", "3 referrals"."""
    return f"{number or 'no'} referral" + ("s" if number > 1 else "")


def with_it(one: Kept) -> str:
    """Return what goes along with a record."""
    return f"With {referrals(one.referrals)}"


def last_used(one: Kept) -> str:
    """Return when a record was last used."""
    return f"Last used {dates.say(one.last_on)}"
