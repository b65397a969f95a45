"""The fields of the Headache Center, and how they become its record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from referral_app.services.center import CenterRecord
from referral_app.ui import fields
from referral_app.ui.office import address
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import LineEdit


class CenterForm:
    """Two cards of fields and the blocks around them, by name."""

    def __init__(self) -> None:
        """Make the fields, empty."""
        self.widgets: dict[str, QWidget] = address.widgets("center") | {
            "after_hours_phone": LineEdit("centerAfterHours", chars=20),
            "trial_contact": LineEdit("centerTrialContact", chars=48),
        }
        self.blocks = address.blocks(self.widgets, _LABELS)
        self.cards = [address.card("Name and address", self.blocks), self._phones()]

    def fill(self, record: CenterRecord) -> None:
        """Show the Center."""
        fields.fill(self.widgets, record)

    def read(self) -> CenterRecord:
        """Return the Center as it was typed."""
        return CenterRecord(**fields.read(self.widgets))

    def _phones(self) -> Card:
        card, block = address.empty_card("Phones, and whom to ask about trials"), self.blocks
        card.add(row(block["phone"], block["fax"], None, spacing=12, bottom=True))
        card.add(block["after_hours_phone"])
        card.add(block["trial_contact"])
        return card


_LABELS: dict[str, tuple[str, str, bool]] = address.LABELS | {
    "name": ("Name of the Center", "", False),
    "after_hours_phone": ("After-hours phone", "For patients after an operation, nights and weekends", True),
    "trial_contact": ("Whom to ask about clinical trials", "Name, what they do, and a phone number", True),
}
