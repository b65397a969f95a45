"""The fields of the office, and how they become a practice record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates, phones
from referral_app.services.practices import Letterhead, PracticeRecord
from referral_app.ui import fields
from referral_app.ui.office import address
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import LineEdit, TextArea


class OfficeForm:
    """Three cards of fields and the blocks around them, by name."""

    def __init__(self) -> None:
        """Make the fields, empty."""
        self.widgets: dict[str, QWidget] = _widgets()
        self.blocks = address.blocks(self.widgets, _LABELS)
        self.since = labels.muted("")
        self.cards = [address.card("Practice", self.blocks), self._phones(), self._letterhead()]

    def fill(self, practice: PracticeRecord) -> None:
        """Show a practice."""
        head = practice.letterhead
        values = {name: getattr(practice, name, "") for name in self.widgets}
        values |= {"heading": head.heading if head else "", "lines": "\n".join(head.lines) if head else ""}
        fields.fill(self.widgets, values)
        dated = head is not None and head.from_date != date.min
        self.since.setText(f"In use since {dates.say(head.from_date)}." if head and dated else "")
        self.since.setVisible(dated)

    def read(self, practice: PracticeRecord) -> PracticeRecord:
        """Return the practice with what was typed; a letterhead that was changed counts from today."""
        values: dict[str, Any] = fields.read(self.widgets)
        heading, lines = values.pop("heading"), tuple(values.pop("lines").splitlines())
        now = replace(practice, **values)
        return replace(now, letterhead=_letterhead(now, heading, lines))

    def _phones(self) -> Card:
        card, block = address.empty_card("Phones, and whom a surgeon’s office calls back"), self.blocks
        card.add(row(block["phone"], block["fax"], None, spacing=12, bottom=True))
        card.add(block["email"])
        card.add(row(block["callback_person"], block["callback_phone"], None, spacing=12, bottom=True))
        return card

    def _letterhead(self) -> Card:
        card = address.empty_card("Letterhead")
        card.add(self.blocks["heading"])
        card.add(self.blocks["lines"])
        card.add(self.since)
        self.since.hide()
        return card


_LABELS: dict[str, tuple[str, str, bool]] = address.LABELS | {
    "name": ("Name of the practice", "", False),
    "email": ("Email", "", True),
    "callback_person": ("Call back", "Who answers questions about a referral", True),
    "callback_phone": ("Call-back phone", "A direct line, if there is one", True),
    "heading": (
        "First line of the letterhead",
        "Left empty, letters are headed by the name of the practice",
        True,
    ),
    "lines": ("Further lines", "One under the other, as they stand on your paper", True),
}


def _widgets() -> dict[str, QWidget]:
    return address.widgets("office") | {
        "email": LineEdit("officeEmail", chars=36),
        "callback_person": LineEdit("officeCallbackPerson", chars=28),
        "callback_phone": LineEdit("officeCallbackPhone", chars=20),
        "heading": LineEdit("officeHeading", chars=48),
        "lines": TextArea("officeLines", rows=3),
    }


def _letterhead(practice: PracticeRecord, heading: str, lines: tuple[str, ...]) -> Letterhead | None:
    """Return the letterhead in force, or from today the one that was typed; the first one counts from always.

    One that was emptied gives way to name and address, because the one before it would stay in force otherwise.
    """
    before = practice.letterhead
    if before is None:
        typed = heading or lines
        return Letterhead(heading or practice.name, lines) if typed else None
    if (heading, lines) == (before.heading.strip(), tuple("\n".join(before.lines).strip().splitlines())):
        return before
    if not (heading or lines):
        lines = _address(practice)
    return Letterhead(heading or practice.name, lines, date.today())


def _address(practice: PracticeRecord) -> tuple[str, ...]:
    town = ", ".join(part for part in (practice.city, f"{practice.state} {practice.zip}".strip()) if part)
    place = ", ".join(part for part in (practice.line1, practice.line2, town) if part)
    numbers = (("Phone", practice.phone), ("Fax", practice.fax))
    calls = " · ".join(f"{name} {phones.say(number)}" for name, number in numbers if number)
    return tuple(line for line in (place, calls) if line)
