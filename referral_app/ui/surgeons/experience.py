"""The procedures of a surgeon in the form, one kind at a time, with the experience in each that is ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_app.choices import ProcedureKind
from referral_app.services.surgeon_records import Experience, ProcedureRecord
from referral_app.ui import fields, tab_order
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import entry, wording
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit

MOST = 5000
LABELS = {"since_year": "Since year", "per_year": "About per year", "note": "Note"}
CHARS = {"since_year": 4, "per_year": 4}


class Ticks(QWidget):
    """The procedures of one kind, one a line; a ticked one asks how long and how often."""

    changed = Signal()

    def __init__(self, kind: ProcedureKind, procedures: Sequence[ProcedureRecord]) -> None:
        """Make it with nothing ticked."""
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self.told: dict[str, Told] = {}
        self._names = {one.code: one.name for one in procedures}
        self._slots: dict[str, QVBoxLayout] = {}
        lines = column(spacing=0)
        for one in procedures:
            if one.kind is kind:
                box = QCheckBox(wording.detail(one) or one.name)
                box.setObjectName(f"procedure_{one.code}")
                box.setAccessibleName(one.name)
                box.toggled.connect(self._toggled)
                self.boxes[one.code], self._slots[one.code] = box, column(spacing=0)
                lines.addWidget(box)
                lines.addLayout(self._slots[one.code])
        self.setLayout(lines)

    def values(self) -> list[str]:
        """Return the codes ticked."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def experience(self, problems: dict[str, str]) -> list[Experience]:
        """Return what is told of the experience; what cannot be read is added to the problems."""
        found = [self.told[code].read(problems) for code in self.values() if code in self.told]
        return [one for one in found if one != Experience(one.procedure)]

    def set_values(self, codes: Sequence[str], experience: Sequence[Experience] = ()) -> None:
        """Tick these, with their experience."""
        for code, box in self.boxes.items():
            box.setChecked(code in codes)
        for one in experience:
            if one.procedure in self.told:
                self.told[one.procedure].fill(one)

    def blocks(self) -> dict[str, Field]:
        """Return the fields of the experience by path."""
        return {
            f"experience[{code}].{key}": block
            for code in self.values()
            if code in self.told
            for key, block in self.told[code].blocks.items()
        }

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at: each box, then what is asked of it."""
        found: list[QWidget] = []
        for code, box in self.boxes.items():
            found.append(box)
            found += tab_order.stops(self.told[code]) if code in self.told else []
        return found

    def _toggled(self) -> None:
        for code, box in self.boxes.items():
            if box.isChecked() and code not in self.told:
                self.told[code] = Told(code, self._names[code])
                self.told[code].changed.connect(self.changed)
                self._slots[code].addWidget(self.told[code])
                tab_order.chain(self.tab_stops())
            if code in self.told:
                self.told[code].setVisible(box.isChecked())
        self.changed.emit()


class Told(QWidget):
    """What is told of the experience with one procedure."""

    changed = Signal()

    def __init__(self, code: str, name: str) -> None:
        """Make it empty."""
        super().__init__()
        self._code = code
        self.widgets: dict[str, QWidget] = {
            key: LineEdit(f"experience_{code}_{key}", f"{name}: {label.lower()}", chars=CHARS.get(key, 0))
            for key, label in LABELS.items()
        }
        self.blocks = {key: Field(label, self.widgets[key], optional=True) for key, label in LABELS.items()}
        lines = column(spacing=0, margins=(26, 2, 0, 10))
        lines.addWidget(side_by_side(*self.blocks.values()))
        self.setLayout(lines)
        fields.connect_changes(self.widgets, self.changed)

    def fill(self, one: Experience) -> None:
        """Show it."""
        fields.fill(self.widgets, one)

    def read(self, problems: dict[str, str]) -> Experience:
        """Return it; what cannot be read is added to the problems."""
        typed: Mapping[str, str] = fields.read(self.widgets)
        path = f"experience[{self._code}]"
        since = entry.try_read(entry.year, typed["since_year"], f"{path}.since_year", problems)
        often = entry.try_read(
            lambda text: entry.number(text, MOST), typed["per_year"], f"{path}.per_year", problems
        )
        return Experience(self._code, since, often, typed["note"])
