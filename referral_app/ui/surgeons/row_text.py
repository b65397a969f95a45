"""What a list says of a surgeon; pure functions of the short rows that a search returns."""

from __future__ import annotations

from datetime import date

from referral_app.choices import Accepting
from referral_app.clinical import dates, phones
from referral_app.services.surgeon_rows import FoundRow, SurgeonRow
from referral_app.ui.surgeons import wording


def kinds(row: SurgeonRow) -> list[str]:
    """Return one or two words for each kind of procedure."""
    return [words for kind, words in wording.SHORT_KINDS.items() if kind in row.kinds]


def miles(found: FoundRow) -> str:
    """Return how far away the nearest location is, "" where that is not known."""
    if found.miles is None:
        return ""
    return f"{found.miles:g} straight-line mile{'' if found.miles == 1 else 's'}"


def places(row: SurgeonRow) -> str:
    """Return the towns of a surgeon."""
    return " · ".join(row.towns) or "No location on file"


def next_wait(row: SurgeonRow, today: date | None = None) -> str:
    """Return when the next new patient can be seen, or why nobody can."""
    today = today or date.today()
    if row.away_from is not None and row.away_from <= today <= (row.away_to or date.max):
        return f"Away until {dates.say(row.away_to)}" if row.away_to else "Away"
    if row.last_day is not None and row.last_day < today:
        return "Has left"
    state = row.accepts_on(today)
    if state is not Accepting.YES:
        return state.label
    leaves = row.leaves(today)
    if missed := row.visit_missed(today):
        return leaves if leaves and "last day" in missed else f"Next visit {missed}"
    known = row.next_visit_days is not None
    wait = f"Next {wording.days(row.next_visit_days or 0)}" if known else "Wait not known"
    return f"{wait} · {leaves[:1].lower()}{leaves[1:]}" if leaves else wait


def waits(number: int | None) -> str:
    """Return a wait in a table: "today", "9 days", "" where it is not known."""
    if number is None:
        return ""
    return "today" if number <= 0 else f"{number:,} day{'' if number == 1 else 's'}"


def freshness(row: SurgeonRow, today: date | None = None) -> tuple[str, str]:
    """Return the state (verified, unverified) and the words of how fresh an entry is."""
    if row.verified_on is None:
        return "unverified", "Not verified"
    passed = ((today or date.today()) - row.verified_on).days
    if passed >= wording.STALE_DAYS:
        return "unverified", f"Verified {passed} days ago"
    return "verified", "Verified"


def verified(row: SurgeonRow) -> str:
    """Return the day of the last verification in a table."""
    return dates.say(row.verified_on) if row.verified_on else "Not verified"


def accepting(row: SurgeonRow) -> tuple[str, str]:
    """Return the state and the words of whether new patients are taken today."""
    now = row.accepts_on(date.today())
    words = {Accepting.YES: "Yes", Accepting.UNKNOWN: "Not known", Accepting.EXISTING: "Existing only"}
    return wording.ACCEPTING_STATES[now], words.get(now, "No")


def number(text: str) -> str:
    """Return a phone or fax number as it is said."""
    return phones.say(text) if text else ""


def spelled(found: FoundRow) -> str:
    """Return which word was taken for the one typed: "Spelled Villareal", "" where all was found as typed."""
    return next((words for words in found.reasons if words.startswith("Spelled ")), "")


def spoken(found: FoundRow) -> str:
    """Return what a screen reader says of a row after the name."""
    row = found.surgeon
    parts = [
        spelled(found), next_wait(row), miles(found), places(row), *kinds(row), freshness(row)[1],
        "Invented" if row.invented else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)
