"""The locations of a surgeon in the form, each with the phone and fax used there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from referral_app.services.surgeon_records import LocationRecord, Placement
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

NEW = "new"
ADDRESS = {
    "name": "Name of the location",
    "line1": "Street",
    "line2": "Suite",
    "city": "City",
    "state": "State",
    "zip": "ZIP code",
}
OWN = {
    "phone": "Phone for this surgeon",
    "fax": "Fax for this surgeon",
    "days": "Days",
    "contact": "Contact person",
}
CHARS = {"state": 3, "zip": 9, "phone": 18, "fax": 18}


class PlacementBlock(Card):
    """One location of the surgeon; `removed(self)` when it should go."""

    removed = Signal(object)
    changed = Signal()

    def __init__(self, at: int, locations: Sequence[LocationRecord], placement: Placement | None) -> None:
        """Show a placement, or an empty one."""
        super().__init__()
        self._locations = {one.id: one for one in locations}
        name = f"placement{at}"
        offered = [(one.id, f"{one.name} – {one.city}, {one.state}") for one in locations]
        self.where = ChoiceBox(f"{name}Location", [*offered, (NEW, "A new location…")])
        self.where.setMinimumContentsLength(20)
        self.address: dict[str, QWidget] = {
            key: LineEdit(f"{name}{key.title()}", chars=CHARS.get(key, 0)) for key in ADDRESS
        }
        self.own: dict[str, QWidget] = {
            key: LineEdit(f"{name}{key.title()}Here", chars=CHARS.get(key, 0)) for key in OWN
        }
        self.blocks = {"location": Field("Location", self.where)}
        self.blocks |= {
            key: Field(label, self.address[key], optional=key == "line2") for key, label in ADDRESS.items()
        }
        self.blocks |= {key: Field(label, self.own[key], optional=True) for key, label in OWN.items()}
        self._new = QWidget()
        self._lay_out(name)
        if placement is not None:
            self.where.set_value(placement.location.id)
            fields.fill(self.own, placement)
        self._show_address()
        self.where.currentIndexChanged.connect(self._moved)
        fields.connect_changes({**self.address, **self.own}, self.changed)

    def read(self) -> Placement:
        """Return the placement; a new location has no id yet."""
        own: dict[str, Any] = fields.read(self.own)
        chosen = self.where.value()
        if chosen == NEW:
            address = fields.read(self.address)
            place = LocationRecord(**address, phone=own["phone"], fax=own["fax"])
        else:
            place = self._locations.get(chosen, LocationRecord())
        return replace(Placement(place), **own)

    def problems(self) -> dict[str, str]:
        """Return what has to be typed yet."""
        if not self.where.value():
            return {"location": "Choose a location, or remove this one."}
        if self.where.value() != NEW:
            return {}
        missing = {
            "name": "Enter a name for the location.",
            "city": "Enter the city.",
            "state": "Enter the state.",
        }
        given = fields.read(self.address)
        found = {key: sentence for key, sentence in missing.items() if not given[key]}
        digits = given["zip"][:5]
        if not (len(digits) == 5 and digits.isdigit()):
            found["zip"] = "Type the five digits of the ZIP code."
        return found

    def _lay_out(self, name: str) -> None:
        remove = buttons.link("Remove this location", f"{name}Remove")
        remove.clicked.connect(self._remove)
        self.add(self.blocks["location"])
        inside = column(spacing=12)
        inside.addWidget(self.blocks["name"])
        inside.addLayout(_pair(self.blocks["line1"], self.blocks["line2"]))
        inside.addLayout(_pair(self.blocks["city"], self.blocks["state"], self.blocks["zip"]))
        self._new.setLayout(inside)
        theme.scale(self.column, spacing=12)
        self.add(self._new)
        self.add(_pair(self.blocks["phone"], self.blocks["fax"]))
        self.add(_pair(self.blocks["days"], self.blocks["contact"]))
        self.add(row(None, remove))

    def _moved(self) -> None:
        self._show_address()
        self.changed.emit()

    def _show_address(self) -> None:
        self._new.setVisible(self.where.value() == NEW)

    def _remove(self) -> None:
        self.removed.emit(self)


class Placements(QWidget):
    """All locations of the surgeon, and a button for one more."""

    changed = Signal()

    def __init__(self, locations: Sequence[LocationRecord], placements: Sequence[Placement]) -> None:
        """Show the placements there are."""
        super().__init__()
        self._locations = locations
        self._count = 0
        self.items: list[PlacementBlock] = []
        self._lines = column(spacing=12)
        self.empty = labels.muted("No location yet.")
        self.add_button = buttons.outlined("Add a location", "addPlacement", icon="plus")
        self.add_button.clicked.connect(self._add_empty)
        self._lines.addWidget(self.empty)
        self._lines.addLayout(row(self.add_button, None))
        self.setLayout(self._lines)
        for one in placements:
            self.add(one)
        self.empty.setVisible(not self.items)

    def add(self, placement: Placement | None = None) -> PlacementBlock:
        """Add a block."""
        block = PlacementBlock(self._count, self._locations, placement)
        self._count += 1
        block.removed.connect(self._remove)
        block.changed.connect(self.changed)
        self.items.append(block)
        self._lines.insertWidget(self._lines.count() - 1, block)
        self.empty.hide()
        return block

    def read(self) -> tuple[Placement, ...]:
        """Return all placements."""
        return tuple(block.read() for block in self.items)

    def problems(self) -> dict[str, str]:
        """Return what has to be typed yet, by path."""
        return {
            f"placements[{number}].{key}": sentence
            for number, block in enumerate(self.items)
            for key, sentence in block.problems().items()
        }

    def blocks(self) -> dict[str, Field]:
        """Return the fields of all placements by path."""
        return {
            f"placements[{number}].{key}": field
            for number, block in enumerate(self.items)
            for key, field in block.blocks.items()
        }

    def _add_empty(self) -> None:
        fields.go_to(self.add().where)
        self.changed.emit()

    def _remove(self, block: PlacementBlock) -> None:
        self.items.remove(block)
        block.hide()
        block.deleteLater()
        self.empty.setVisible(not self.items)
        self.add_button.setFocus()
        self.changed.emit()


def _pair(*parts: Field) -> QLayout:
    made = row(*parts, spacing=16)
    for at, part in enumerate(parts):
        fixed = part.widget.property("sizes") and "width" in part.widget.property("sizes")
        made.setStretch(at, 0 if fixed else 1)
        made.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
    return made
