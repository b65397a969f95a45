"""The fields of the office, and how they become a practice record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.choices import STATES
from referral_app.services.practices import Letterhead, PracticeRecord
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea


class OfficeForm:
    """Three cards of fields and the blocks around them, by name."""

    def __init__(self) -> None:
        """Make the fields, empty."""
        self.widgets: dict[str, QWidget] = _widgets()
        self.blocks = {name: _block(name, widget) for name, widget in self.widgets.items()}
        self.cards = [self._practice(), self._phones(), self._letterhead()]

    def fill(self, practice: PracticeRecord) -> None:
        """Show a practice."""
        head = practice.letterhead
        values = {name: getattr(practice, name, "") for name in self.widgets}
        values |= {"heading": head.heading if head else "", "lines": "\n".join(head.lines) if head else ""}
        fields.fill(self.widgets, values)

    def read(self, practice: PracticeRecord) -> PracticeRecord:
        """Return the practice with what was typed; the letterhead is the name and address where it was left empty."""
        values: dict[str, Any] = fields.read(self.widgets)
        heading, lines = values.pop("heading"), values.pop("lines")
        head = Letterhead(
            heading,
            tuple(lines.splitlines()),
            practice.letterhead.from_date if practice.letterhead else date.min,
        )
        return replace(practice, **values, letterhead=head if heading or lines else None)

    def _practice(self) -> Card:
        card, block = Card("Practice"), self.blocks
        theme.scale(card.column, spacing=14)
        card.add(block["name"])
        card.add(block["line1"])
        card.add(block["line2"])
        card.add(row(block["city"], block["state"], block["zip"], None, spacing=12, bottom=True))
        return card

    def _phones(self) -> Card:
        card, block = Card("Phones, and whom a surgeon’s office calls back"), self.blocks
        theme.scale(card.column, spacing=14)
        card.add(row(block["phone"], block["fax"], None, spacing=12, bottom=True))
        card.add(block["email"])
        card.add(row(block["callback_person"], block["callback_phone"], None, spacing=12, bottom=True))
        return card

    def _letterhead(self) -> Card:
        card = Card("Letterhead")
        theme.scale(card.column, spacing=14)
        card.add(self.blocks["heading"])
        card.add(self.blocks["lines"])
        return card


_LABELS: dict[str, tuple[str, str, bool]] = {
    "name": ("Name of the practice", "", False),
    "line1": ("Street address", "", True),
    "line2": ("Suite or building", "", True),
    "city": ("City", "", True),
    "state": ("State", "", True),
    "zip": ("ZIP code", "", True),
    "phone": ("Phone", "", True),
    "fax": ("Fax", "", True),
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
    return {
        "name": LineEdit("officeName", chars=48),
        "line1": LineEdit("officeLine1", chars=48),
        "line2": LineEdit("officeLine2", chars=48),
        "city": LineEdit("officeCity", chars=22),
        "state": ChoiceBox("officeState", [(code, code) for code in sorted(STATES)], empty="–"),
        "zip": LineEdit("officeZip", chars=10),
        "phone": LineEdit("officePhone", chars=20),
        "fax": LineEdit("officeFax", chars=20),
        "email": LineEdit("officeEmail", chars=36),
        "callback_person": LineEdit("officeCallbackPerson", chars=28),
        "callback_phone": LineEdit("officeCallbackPhone", chars=20),
        "heading": LineEdit("officeHeading", chars=48),
        "lines": TextArea("officeLines", rows=3),
    }


def _block(name: str, widget: QWidget) -> Field:
    label, hint, optional = _LABELS[name]
    return Field(label, widget, hint, optional)
