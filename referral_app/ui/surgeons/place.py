"""The fields of a practice location in the form: address, numbers, hours and how to get there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.services.surgeon_records import LocationRecord
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit, Radios

LABELS = {
    "name": "Name of the location", "line1": "Street", "line2": "Suite", "city": "City", "state": "State",
    "zip": "ZIP code", "phone": "Main phone", "fax": "Main fax", "hours": "Hours", "access": "How to get there",
    "parking": "Parking", "website": "Website", "wheelchair": "Wheelchair access",
}  # fmt: skip
CHARS = {"state": 3, "zip": 9, "phone": 18, "fax": 18}
REQUIRED = ("name", "city", "state", "zip")
ROWS = (
    ("name",), ("line1", "line2"), ("city", "state", "zip"), ("phone", "fax"), ("hours",), ("access",), ("parking",),
    ("website",), ("wheelchair",),
)  # fmt: skip
YES_NO = (("yes", "Yes"), ("no", "No"))


class PlaceFields(QWidget):
    """Everything of a location; who else sees patients there is said on top."""

    changed = Signal()

    def __init__(self, name: str, place: LocationRecord, shared: list[str]) -> None:
        """Show a location; `shared` are the names of the other surgeons there."""
        super().__init__()
        self._before = place
        self.widgets: dict[str, QWidget] = {key: _widget(f"{name}{key.title()}", key) for key in LABELS}
        self._telehealth = QCheckBox("Visits by video or phone are offered from here")
        self._telehealth.setObjectName(f"{name}Telehealth")
        self.blocks = {
            key: Field(label, self.widgets[key], optional=key not in REQUIRED)
            for key, label in LABELS.items()
        }
        self._lay_out(shared)
        values = {key: getattr(place, key) for key in LABELS}
        fields.fill(self.widgets, values)
        self._telehealth.setChecked(place.telehealth)
        fields.connect_changes({**self.widgets, "telehealth": self._telehealth}, self.changed)

    def read(self) -> LocationRecord:
        """Return the location as it was typed."""
        values: dict[str, Any] = fields.read(self.widgets)
        values["state"] = values["state"].upper()
        values["wheelchair"] = {"yes": True, "no": False}.get(values["wheelchair"])
        return replace(self._before, **values, telehealth=self._telehealth.isChecked())

    def problems(self) -> dict[str, str]:
        """Return what has to be typed yet."""
        missing = {
            "name": "Enter a name for the location.", "city": "Enter the city.", "state": "Enter the state.",
            "zip": "Type the five digits of the ZIP code.",
        }  # fmt: skip
        given = fields.read(self.widgets)
        was = self._before
        return {
            key: sentence
            for key, sentence in missing.items()
            if not given[key] and (not was.id or getattr(was, key))
        }

    def _lay_out(self, shared: list[str]) -> None:
        lines = column(spacing=12)
        if shared:
            lines.addWidget(
                labels.muted(f"Also used by {said(shared)}: what you change here changes for them too.")
            )
        for names in ROWS:
            lines.addWidget(side_by_side(*(self.blocks[name] for name in names)))
        lines.addWidget(self._telehealth)
        self.setLayout(lines)


def said(names: list[str], most: int = 3) -> str:
    """Return names as they are said: "Ada Keen, MD; Bo Marín, MD and 2 more"."""
    more = len(names) - most
    return "; ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _widget(name: str, key: str) -> QWidget:
    return Radios(name, YES_NO) if key == "wheelchair" else LineEdit(name, chars=CHARS.get(key, 0))
