"""The two ways to show the list of surgeons: one column of cards, or a table of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from referral_app.services.surgeon_rows import FoundRow
from referral_app.ui.surgeons import row_text
from referral_app.ui.tables import Column


@dataclass
class Around:
    """What rows do not carry, since it is no part of the search: plans and faxes to verify, and favorites."""

    plans: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    favorites: frozenset[str] = frozenset()
    fax_due: frozenset[str] = frozenset()

    def take_plans(self, found: Mapping[str, tuple[str, ...]]) -> None:
        """Remember the plans of some rows."""
        self.plans |= found

    def plans_of(self, found: FoundRow) -> str:
        """Return the plans of a row."""
        return ", ".join(self.plans.get(found.surgeon.id, ()))

    def favorite(self, found: FoundRow) -> str:
        """Return the word for a favorite."""
        return "Favorite" if found.surgeon.id in self.favorites else ""

    def freshness(self, found: FoundRow) -> tuple[str, str]:
        """Return the state and the words of how fresh an entry is; a fax to verify comes before "Verified"."""
        state, words = row_text.freshness(found.surgeon)
        return (
            ("unverified", "Fax to verify")
            if state == "verified" and found.surgeon.id in self.fax_due
            else (state, words)
        )

    def spoken(self, found: FoundRow) -> str:
        """Return what a screen reader says of a row after the name."""
        fax = "Fax to verify" if found.surgeon.id in self.fax_due else ""
        return ", ".join(part for part in (self.favorite(found), row_text.spoken(found), fax) if part)


def _name(found: FoundRow) -> str:
    return found.surgeon.name


def _marked(found: FoundRow) -> str:
    """Return the name, and that the surgeon is invented where that is so."""
    return f"{found.surgeon.name} (invented)" if found.surgeon.invented else found.surgeon.name


def cards(around: Around) -> tuple[Column, ...]:
    """Return the one column of the cards."""
    return (Column("Surgeon", _name, 300, detail=around.spoken, stretch=True),)


def table(around: Around) -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column("Name", _marked, 230, "name"),
        Column("Procedures", lambda found: ", ".join(row_text.kinds(found.surgeon)), 200),
        Column("Place", lambda found: row_text.places(found.surgeon), 170),
        Column("Miles", _miles, 72, "distance", numeric=True),
        Column("Next visit", lambda found: row_text.waits(found.surgeon.next_visit_days), 96, "wait", True),
        Column("Surgery", lambda found: row_text.waits(found.surgeon.next_surgery_days), 96, "surgery", True),
        Column("Plans", around.plans_of, 180),
        Column(
            "Accepting", lambda found: row_text.accepting(found.surgeon)[1], 130,
            icon=lambda found: row_text.accepting(found.surgeon)[0],
        ),
        Column(
            "Verified", lambda found: row_text.verified(found.surgeon), 160, "verified",
            icon=lambda found: row_text.freshness(found.surgeon)[0],
        ),
        Column("Phone", lambda found: row_text.number(found.surgeon.phone), 130),
        Column("Fax", lambda found: row_text.number(found.surgeon.fax), 130),
        Column("Favorite", around.favorite, 90, hidden=True),
        Column("NPI", lambda found: found.surgeon.npi, 110, hidden=True),
        Column("Specialty", lambda found: found.surgeon.specialty, 150, hidden=True),
        Column("Found because", lambda found: " · ".join(found.reasons), 260, hidden=True),
    )  # fmt: skip


def _miles(found: FoundRow) -> str:
    return "" if found.miles is None else f"{found.miles:.1f}"
