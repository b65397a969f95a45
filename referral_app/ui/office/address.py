"""The fields that our office and the Center have in common: name, address, phone and fax."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from referral_app.choices import STATES
from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

LABELS: dict[str, tuple[str, str, bool]] = {
    "line1": ("Street address", "", True),
    "line2": ("Suite or building", "", True),
    "city": ("City", "", True),
    "state": ("State", "", True),
    "zip": ("ZIP code", "", True),
    "phone": ("Phone", "", True),
    "fax": ("Fax", "", True),
}
"""Label, hint, and whether it may be left empty."""


def widgets(prefix: str) -> dict[str, QWidget]:
    """Return the inputs, their object names beginning with `prefix`."""
    return {
        "name": LineEdit(f"{prefix}Name", chars=48),
        "line1": LineEdit(f"{prefix}Line1", chars=48),
        "line2": LineEdit(f"{prefix}Line2", chars=48),
        "city": LineEdit(f"{prefix}City", chars=22),
        "state": ChoiceBox(f"{prefix}State", [(code, code) for code in sorted(STATES)], empty="–"),
        "zip": LineEdit(f"{prefix}Zip", chars=10),
        "phone": LineEdit(f"{prefix}Phone", chars=20),
        "fax": LineEdit(f"{prefix}Fax", chars=20),
    }


def blocks(inputs: Mapping[str, QWidget], words: Mapping[str, tuple[str, str, bool]]) -> dict[str, Field]:
    """Return each input under its label."""
    return {name: Field(words[name][0], widget, *words[name][1:]) for name, widget in inputs.items()}


def card(heading: str, block: Mapping[str, Field]) -> Card:
    """Return the card of name and address."""
    made = empty_card(heading)
    for name in ("name", "line1", "line2"):
        made.add(block[name])
    made.add(row(block["city"], block["state"], block["zip"], None, spacing=12, bottom=True))
    return made


def empty_card(heading: str) -> Card:
    """Return an empty card with the space that fields want."""
    made = Card(heading)
    theme.scale(made.column, spacing=14)
    return made
