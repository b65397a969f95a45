"""The fields of the office, and how they become a practice record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates, phones
from referral_app.services.errors import InvalidInput
from referral_app.services.practices import ROOM_INCHES, Letterhead, PracticeRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.office import address
from referral_app.ui.office.logo import LogoBlock
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import LineEdit, TextArea


class OfficeForm:
    """Three cards of fields and the blocks around them, by name."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields, empty."""
        self.widgets: dict[str, QWidget] = _widgets()
        self.logo = LogoBlock(desk)
        self.sample_button = buttons.outlined("Show a sample letter…", "officeSample", "letter")
        self.blocks = address.blocks(self.widgets, _LABELS)
        self.since = labels.muted("")
        self.cards = [address.card("Practice", self.blocks), self._phones(), self._letterhead()]

    def fill(self, practice: PracticeRecord) -> None:
        """Show a practice."""
        head = practice.letterhead
        values = {name: getattr(practice, name, "") for name in self.widgets}
        room = head.preprinted_inches if head else None
        values |= {"heading": head.heading if head else "", "lines": "\n".join(head.lines) if head else ""}
        values |= {"from_date": "", "preprinted_inches": f"{room:g}" if room else ""}
        fields.fill(self.widgets, values)
        self.logo.say("")
        self.logo.show_logo(head.logo if head else None)
        said = _since(practice)
        self.since.setText(said)
        self.since.setVisible(bool(said))

    def read(self, practice: PracticeRecord) -> PracticeRecord:
        """Return the practice with what was typed; a letterhead that was changed counts from its day, else from today.

        Raises InvalidInput where the day or the room for printed paper cannot be read.
        """
        values: dict[str, Any] = fields.read(self.widgets)
        heading, lines = values.pop("heading"), tuple(values.pop("lines").splitlines())
        day, room = _day(values.pop("from_date")), _inches(values.pop("preprinted_inches"))
        now = replace(practice, **values)
        typed = Letterhead(heading, lines, day or date.min, room, self.logo.png)
        return replace(now, letterhead=_letterhead(now, typed, day))

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
        card.add(self.logo)
        card.add(
            row(self.blocks["preprinted_inches"], self.blocks["from_date"], None, spacing=12, bottom=True)
        )
        card.add(self.since)
        card.add(row(self.sample_button, None))
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
    "preprinted_inches": (
        "Room on preprinted paper, in inches",
        "Then no letterhead is printed, and so much stays free at the top",
        True,
    ),
    "from_date": ("Changes count from", "Such as 6/1/2026; left empty, from today", True),
}


def _widgets() -> dict[str, QWidget]:
    return address.widgets("office") | {
        "email": LineEdit("officeEmail", chars=36),
        "callback_person": LineEdit("officeCallbackPerson", chars=28),
        "callback_phone": LineEdit("officeCallbackPhone", chars=20),
        "heading": LineEdit("officeHeading", chars=48),
        "lines": TextArea("officeLines", rows=3),
        "preprinted_inches": LineEdit("officePreprinted", chars=8),
        "from_date": LineEdit("officeHeadingFrom", chars=16),
    }


def _letterhead(practice: PracticeRecord, typed: Letterhead, day: date | None) -> Letterhead | None:
    """Return the letterhead in force, or from its day the one that was typed; the first one counts from always.

    One that was emptied gives way to name and address, because the one before it would stay in force otherwise.
    """
    before = practice.letterhead
    empty = not (typed.heading or typed.lines or typed.logo or typed.preprinted_inches)
    if before is None:
        return None if empty else replace(typed, heading=typed.heading or practice.name)
    if day is None and replace(typed, from_date=before.from_date) == _trimmed(before):
        return before
    lines = typed.lines if typed.heading or typed.lines else _address(practice)
    return replace(typed, heading=typed.heading or practice.name, lines=lines, from_date=day or date.today())


def _trimmed(head: Letterhead) -> Letterhead:
    lines = tuple("\n".join(head.lines).strip().splitlines())
    return replace(head, heading=head.heading.strip(), lines=lines)


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return dates.read_date(typed)
    except ValueError as error:
        raise InvalidInput({"from_date": str(error)}) from error


def _inches(typed: str) -> float | None:
    if not typed:
        return None
    low, high = ROOM_INCHES
    try:
        inches = float(typed.removesuffix("in").removesuffix('"').strip())
    except ValueError as error:
        raise InvalidInput({"preprinted_inches": "Enter a number of inches, such as 1.5."}) from error
    if not low <= inches <= high:
        raise InvalidInput({"preprinted_inches": f"Enter the room in inches, from {low:g} to {high:g}."})
    return inches


def _since(practice: PracticeRecord) -> str:
    """Return since when the letterhead is in use, and from when another one is."""
    head = practice.letterhead
    dated = head is not None and head.from_date != date.min
    said = [f"In use since {dates.say(head.from_date)}."] if head is not None and dated else []
    said += [
        f"From {dates.say(one.from_date)} on: {one.heading or 'another one'}." for one in practice.coming
    ]
    return " ".join(said)


def _address(practice: PracticeRecord) -> tuple[str, ...]:
    town = ", ".join(part for part in (practice.city, f"{practice.state} {practice.zip}".strip()) if part)
    place = ", ".join(part for part in (practice.line1, practice.line2, town) if part)
    numbers = (("Phone", practice.phone), ("Fax", practice.fax))
    calls = " · ".join(f"{name} {phones.say(number)}" for name, number in numbers if number)
    return tuple(line for line in (place, calls) if line)
