"""The locations of a surgeon in the form, each with the numbers used there and who verified its fax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.clinical import phones
from referral_app.services.surgeon_records import LocationRecord, Placement
from referral_app.ui import fields, lookups, tab_order, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import entry
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.surgeons.place import PlaceFields, said
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.lookup import Lookup

OWN = {
    "phone": "Phone for this surgeon", "fax": "Fax for this surgeon", "days": "Days", "contact": "Contact person",
    "fax_verified_on": "Fax verified on", "fax_verified_by": "By", "fax_verified_how": "How",
}  # fmt: skip
VERIFIED = ("fax_verified_on", "fax_verified_by", "fax_verified_how")
CHARS = {"phone": 18, "fax": 18, "fax_verified_on": 17, "fax_verified_by": 16}
CHANGED_FAX = (
    "The fax number is another one now: who verified the old one is left out. Put it back to keep that."
)


class PlacementBlock(Card):
    """One location of the surgeon; `removed(self)` when it should go."""

    removed = Signal(object)
    changed = Signal()

    def __init__(self, at: int, placement: Placement | None, shared: Mapping[str, list[str]]) -> None:
        """Show a placement, or an empty one; `shared` names the other surgeons at a location."""
        super().__init__()
        self._name, self._shared = f"placement{at}", shared
        self._before = placement or Placement(LocationRecord())
        self._known = {self._before.location.id: self._before.location} if placement else {}
        self.where = Lookup(f"{self._name}Location", "Location", "Name, city or ZIP code", "pin", needed=True)
        self.own: dict[str, QWidget] = {
            key: LineEdit(f"{self._name}{key.title().replace('_', '')}Here", chars=CHARS.get(key, 0))
            for key in OWN
        }
        self.own_blocks = {key: Field(label, self.own[key], optional=True) for key, label in OWN.items()}
        self.where_block = Field("Location", self.where)
        self.place: PlaceFields | None = None
        self._note = labels.muted(CHANGED_FAX)
        self._inside = column(spacing=0)
        self.details_button = buttons.link("", f"{self._name}Details")
        self.remove_button = buttons.link("Remove this location", f"{self._name}Remove")
        self._lay_out()
        self._fill()
        self._connect()

    @property
    def blocks(self) -> dict[str, Field]:
        """The fields by name: those of the location where they are open, and those of the surgeon there."""
        place = self.place.blocks if self.place else {}
        return {"location": self.where_block, **place, **self.own_blocks}

    def read(self, problems: dict[str, str], path: str) -> Placement:
        """Return the placement, a new location without id; what cannot be read is added to the problems."""
        own: dict[str, Any] = fields.read(self.own)
        day = entry.try_read(entry.day, own.pop("fax_verified_on"), f"{path}.fax_verified_on", problems)
        return Placement(self._location(), fax_verified_on=day, **own)

    def problems(self) -> dict[str, str]:
        """Return what has to be typed yet."""
        if self.place:
            return self.place.problems()
        return {} if self.where.hit() else {"location": "Choose a location, or remove this one."}

    def change(self) -> tuple[LocationRecord, LocationRecord] | None:
        """Return a stored location before and after it was changed here, None where it was not."""
        before, after = self._chosen(), self._location()
        return (before, after) if before.id and before != after else None

    def open_place(self) -> PlaceFields:
        """Show the fields of the location; without one chosen, those of a new one."""
        if self.place is None:
            before = self._chosen()
            self.place = PlaceFields(self._name, before, self._shared.get(before.id, []))
            self.place.changed.connect(self.changed)
            self._inside.addWidget(self.place)
            tab_order.chain(self.tab_stops())
        self._show_place()
        return self.place

    def know(self, place: LocationRecord) -> None:
        """Keep a location that was found."""
        self._known[place.id] = place

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, from top to bottom."""
        place = tab_order.stops(self.place) if self.place else []
        own = [stop for widget in self.own.values() for stop in tab_order.stops(widget)]
        return [*tab_order.stops(self.where), self.details_button, *place, *own, self.remove_button]

    def _chosen(self) -> LocationRecord:
        hit = self.where.hit()
        return self._known.get(hit.id, LocationRecord()) if hit else LocationRecord()

    def _location(self) -> LocationRecord:
        return self.place.read() if self.place else self._chosen()

    def _lay_out(self) -> None:
        theme.scale(self.column, spacing=12)
        self.add(self.where_block)
        self.add(row(self.details_button, None))
        self.add(self._inside)
        self.add(side_by_side(self.own_blocks["phone"], self.own_blocks["fax"]))
        self.add(side_by_side(*(self.own_blocks[name] for name in VERIFIED)))
        self.add(self._note)
        self.add(side_by_side(self.own_blocks["days"], self.own_blocks["contact"]))
        self.add(row(None, self.remove_button))

    def _fill(self) -> None:
        place = self._before.location
        self.where.set_hit(lookups.place_hit(place) if place.id or place.name else None)
        fields.fill(self.own, self._before)
        fields.write(self.own["fax_verified_on"], entry.said(self._before.fax_verified_on))
        self._note.hide()
        self._show_place()

    def _connect(self) -> None:
        self.where.changed.connect(self._moved)
        self.details_button.clicked.connect(self._open)
        self.remove_button.clicked.connect(self._remove)
        fields.connect_changes({"fax": self.own["fax"]}, self._fax_changed)
        fields.connect_changes(self.own, self.changed)

    def _show_place(self) -> None:
        """Say what the link below the location does, and who shares it."""
        self.details_button.setVisible(self.place is None)
        new = self.where.hit() is None
        self.details_button.setText("Enter a new location" if new else "Change address, hours and access")
        shared = self._shared.get(self._chosen().id, [])
        self.where_block.set_hint(f"Also used by {said(shared)}" if shared and self.place is None else "")
        if self.place is not None and new:
            self.where_block.hide()

    def _open(self) -> None:
        fields.go_to(self.open_place().widgets["name"])

    def _moved(self) -> None:
        """Leave the fields of the location before: those of another one are asked for anew."""
        if self.place is not None:
            self.place.hide()
            self.place.deleteLater()
            self.place = None
        self._show_place()
        self.changed.emit()

    def _fax_changed(self) -> None:
        """Leave out who verified a fax number that is another one by now; with the old one it comes back."""
        was, now = self._before, fields.value_of(self.own["fax"])
        if not was.fax_verified_on:
            return
        same = phones.digits(now) == phones.digits(was.fax) if now and was.fax else now == was.fax
        shown = {name: getattr(was, name) for name in VERIFIED} | {
            "fax_verified_on": entry.said(was.fax_verified_on)
        }
        held = {name: fields.value_of(self.own[name]) for name in VERIFIED}
        if not same and held == shown:
            fields.fill({name: self.own[name] for name in VERIFIED}, dict.fromkeys(VERIFIED, ""))
        elif same and not any(held.values()):
            fields.fill({name: self.own[name] for name in VERIFIED}, shown)
        self._note.setVisible(not same)

    def _remove(self) -> None:
        self.removed.emit(self)


class Placements(QWidget):
    """All locations of the surgeon, and a button for one more."""

    changed = Signal()

    def __init__(self, shared: Mapping[str, list[str]]) -> None:
        """Make it empty; `add` shows the placements there are."""
        super().__init__()
        self._shared, self._count = shared, 0
        self._desk: Desk | None = None
        self.items: list[PlacementBlock] = []
        self._lines = column(spacing=12)
        self.empty = labels.muted("No location yet.")
        self.add_button: QPushButton = buttons.outlined("Add a location", "addPlacement", icon="plus")
        self.add_button.clicked.connect(self._add_empty)
        self._lines.addWidget(self.empty)
        self._lines.addLayout(row(self.add_button, None))
        self.setLayout(self._lines)

    def serve(self, desk: Desk) -> None:
        """Let locations be found in the store."""
        self._desk = desk
        for one in self.items:
            self._serve(one)

    def add(self, placement: Placement | None = None) -> PlacementBlock:
        """Add a block."""
        block = PlacementBlock(self._count, placement, self._shared)
        self._count += 1
        block.removed.connect(self._remove)
        block.changed.connect(self.changed)
        self.items.append(block)
        self._lines.insertWidget(self._lines.count() - 1, block)
        self.empty.hide()
        self._serve(block)
        tab_order.tab_before([self.add_button], [block])
        return block

    def read(self, problems: dict[str, str]) -> tuple[Placement, ...]:
        """Return all placements; what cannot be read, or is missing yet, is added to the problems."""
        found: list[Placement] = []
        for number, block in enumerate(self.items):
            path = f"placements[{number}]"
            found.append(block.read(problems, path))
            problems |= {f"{path}.{key}": sentence for key, sentence in block.problems().items()}
        return tuple(found)

    def changes(self) -> dict[str, tuple[LocationRecord, LocationRecord]]:
        """Return the stored locations that were changed here, before and after, by the path of their placement."""
        found = {f"placements[{number}]": block.change() for number, block in enumerate(self.items)}
        return {path: change for path, change in found.items() if change}

    def blocks(self) -> dict[str, Field]:
        """Return the fields of all placements by path."""
        return {
            f"placements[{number}].{key}": field
            for number, block in enumerate(self.items)
            for key, field in block.blocks.items()
        }

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, the button last."""
        return [stop for one in self.items for stop in one.tab_stops()] + [self.add_button]

    def _serve(self, block: PlacementBlock) -> None:
        if self._desk is not None:
            block.where.pick.look = lookups.places(self._desk, block, block.know)

    def _add_empty(self) -> None:
        fields.go_to(self.add().where.pick.line)
        self.changed.emit()

    def _remove(self, block: PlacementBlock) -> None:
        self.items.remove(block)
        block.hide()
        block.deleteLater()
        self.empty.setVisible(not self.items)
        self.add_button.setFocus()
        self.changed.emit()
