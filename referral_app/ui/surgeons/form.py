"""The form of a directory entry: cards with fields, one dictionary of widgets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from referral_app.choices import LANGUAGES, Accepting, ProcedureKind
from referral_app.services.surgeon_records import ProcedureRecord, SurgeonRecord
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import entry, wording
from referral_app.ui.surgeons.entry import Offers
from referral_app.ui.surgeons.picker import Picker
from referral_app.ui.surgeons.placements import Placements
from referral_app.ui.surgeons.wishes import Wishes
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea

REQUIRED = ("given_name", "family_name", "accepting")
LABELS = {
    "given_name": "First name", "family_name": "Last name", "degrees": "Degrees", "npi": "NPI",
    "specialty": "Specialty", "accepting": "New patients", "age_min": "Lowest age", "age_max": "Highest age",
    "next_visit_days": "Days until a first visit", "next_surgery_days": "Days until surgery",
    "waits_claimed_on": "The office said so on", "refuses": "What is not seen here", "verified_on": "Verified on",
    "verified_by": "Verified by", "verified_how": "How", "notes": "Notes",
}  # fmt: skip
HINTS = {"verified_on": "Such as 3/27/2026"}
CHARS = {
    "degrees": 12, "npi": 12, "age_min": 4, "age_max": 4, "next_visit_days": 5, "next_surgery_days": 5,
    "waits_claimed_on": 20, "verified_on": 20, "verified_how": 14,
}  # fmt: skip
LONG = ("refuses", "notes")


class SurgeonForm(QWidget):
    """Everything of an entry that can be changed; `changed` with every change."""

    changed = Signal()

    def __init__(self, surgeon: SurgeonRecord | None, offers: Offers) -> None:
        """Show an entry, or an empty form."""
        super().__init__()
        self._offers = offers
        record = surgeon or SurgeonRecord("", "")
        self.widgets = {name: _widget(name) for name in LABELS}
        self.blocks = {
            name: Field(label, self.widgets[name], HINTS.get(name, ""), optional=name not in REQUIRED)
            for name, label in LABELS.items()
        }
        self.procedures = {kind: Ticks(kind, offers.procedures) for kind in ProcedureKind}
        self.placements = Placements(offers.locations, record.placements)
        self.languages = Picker("languages", "language", LANGUAGES.items())
        self.plans = Picker("plans", "plan", [(name, name) for name in offers.plans], free=True)
        self.wishes = Wishes(record.requirements)
        self._lay_out()
        self._fill(record)
        self._connect()

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the values of the entry, and one sentence for each that cannot be read, by field."""
        values, problems = entry.read(fields.read(self.widgets))
        wanted, wrong = self.wishes.read()
        ticked = {code for checks in self.procedures.values() for code in checks.values()}
        values |= {
            "procedures": tuple(one for one in self._offers.procedures if one.code in ticked),
            "placements": self.placements.read(),
            "languages": self.languages.values(),
            "plans": self.plans.values(),
            "requirements": wanted,
        }
        return values, problems | self.placements.problems() | wrong

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its field."""
        fields.show_errors({**self.blocks, **self.placements.blocks()}, errors)
        self.wishes.show_errors(errors)

    def widget(self, name: str) -> QWidget | None:
        """Return the widget of a field by its path."""
        block = {**self.blocks, **self.placements.blocks()}.get(name)
        return block.widget if block else self.wishes.widget(name)

    def _fill(self, record: SurgeonRecord) -> None:
        fields.fill(self.widgets, entry.shown(record))
        codes = {one.code for one in record.procedures}
        for checks in self.procedures.values():
            checks.set_values(codes)
        self.languages.set_values(record.languages)
        self.plans.set_values(record.plans)

    def _connect(self) -> None:
        fields.connect_changes(self.widgets, self.changed)
        for part in (*self.procedures.values(), self.placements, self.languages, self.plans, self.wishes):
            part.changed.connect(self.changed)

    def _lay_out(self) -> None:
        lines = column(spacing=16)
        for card in (
            self._card("Surgeon", ["given_name", "family_name", "degrees"], ["npi", "specialty"]),
            self._procedures(),
            self._holding("Locations", self.placements),
            self._card(
                "New patients and waits", ["accepting"], ["age_min", "age_max"],
                ["next_visit_days", "next_surgery_days"], ["waits_claimed_on"],
            ),
            self._holding("What to send first", self.wishes, self.blocks["refuses"]),
            self._holding("Languages", self.languages),
            self._holding("Insurance plans", self.plans),
            self._card("Verification", ["verified_on", "verified_by", "verified_how"], ["notes"]),
        ):  # fmt: skip
            lines.addWidget(card)
        self.setLayout(lines)

    def _card(self, title: str, *lines: list[str]) -> Card:
        card = Card(title)
        theme.scale(card.column, spacing=12)
        for names in lines:
            card.add(self._line(names))
        return card

    def _line(self, names: list[str]) -> QLayout:
        made = row(*(self.blocks[name] for name in names), spacing=16)
        for at, name in enumerate(names):
            made.setStretch(at, 0 if name in CHARS else 1)
            made.setAlignment(self.blocks[name], Qt.AlignmentFlag.AlignBottom)
        if all(name in CHARS for name in names):
            made.addStretch(1)
        return made

    def _procedures(self) -> Card:
        card = Card("Procedures")
        for kind, checks in self.procedures.items():
            if checks.boxes:
                card.add(labels.strong(kind.label))
                card.add(checks)
        return card

    def _holding(self, title: str, *parts: QWidget) -> Card:
        card = Card(title)
        for part in parts:
            card.add(part)
        return card


def _widget(name: str) -> QWidget:
    if name == "accepting":
        return Radios(name, Accepting)
    if name in LONG:
        return TextArea(name, rows=3)
    return LineEdit(name, chars=CHARS.get(name, 0))


class Ticks(QWidget):
    """The procedures of one kind, one a line."""

    changed = Signal()

    def __init__(self, kind: ProcedureKind, procedures: list[ProcedureRecord]) -> None:
        """Make it with nothing ticked."""
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        lines = column(spacing=0)
        for one in procedures:
            if one.kind is kind:
                box = QCheckBox(wording.detail(one) or one.name)
                box.setObjectName(f"procedure_{one.code}")
                box.setAccessibleName(one.name)
                box.toggled.connect(self.changed)
                self.boxes[one.code] = box
                lines.addWidget(box)
        self.setLayout(lines)

    def values(self) -> list[str]:
        """Return the codes ticked."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def set_values(self, codes: Collection[str]) -> None:
        """Tick these."""
        for code, box in self.boxes.items():
            box.setChecked(code in codes)
