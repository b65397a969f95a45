"""What a surgeon's office wants to see first, in the form: each kind with how firm it is and how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from referral_app.choices import Level, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.ui import theme
from referral_app.ui.surgeons import entry
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit


class Wishes(QWidget):
    """One line for each kind of requirement."""

    changed = Signal()

    def __init__(self, requirements: Sequence[Requirement]) -> None:
        """Show the requirements that count for every procedure."""
        super().__init__()
        self._before = tuple(requirements)
        self.levels: dict[RequirementKind, ChoiceBox] = {}
        self.amounts: dict[RequirementKind, LineEdit] = {}
        self._grid = QGridLayout(self)
        theme.scale(self._grid, margins=0, horizontal=16, vertical=8)
        self._grid.setColumnStretch(0, 1)
        general = {one.kind: one for one in requirements if not one.procedure}
        for kind in RequirementKind:
            self._add(kind, general.get(kind))
        self._error = labels.muted("")
        theme.role(self._error, "error")
        self._error.hide()
        self._grid.addWidget(self._error, self._grid.rowCount(), 0, 1, 3)

    def read(self) -> tuple[tuple[Requirement, ...], dict[str, str]]:
        """Return the requirements, and a sentence for each amount that cannot be read."""
        levels = {kind: box.value() for kind, box in self.levels.items()}
        amounts = {kind: line.text().strip() for kind, line in self.amounts.items()}
        return entry.requirements(self._before, levels, amounts)

    def widget(self, path: str) -> QWidget | None:
        """Return the line that an error is about."""
        return next((line for kind, line in self.amounts.items() if path == f"requirements.{kind}"), None)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Mark the amounts that cannot be read; the words stand in the summary and below the lines."""
        for kind, line in self.amounts.items():
            sentence = errors.get(f"requirements.{kind}", "")
            line.setProperty("wrong", "true" if sentence else "false")
            line.setAccessibleDescription(f"Error: {sentence}" if sentence else "")
            theme.role(line, line.property("role") or "")
        found = [sentence for path, sentence in errors.items() if path.startswith("requirements.")]
        self._error.setText(" ".join(dict.fromkeys(found)))
        self._error.setVisible(bool(found))

    def _add(self, kind: RequirementKind, one: Requirement | None) -> None:
        at = self._grid.rowCount()
        label = labels.body(kind.label)
        level = ChoiceBox(
            f"wish_{kind}", [(str(item), item.label) for item in Level], kind.label, empty="Not asked"
        )
        level.set_value(str(one.level) if one else "")
        level.currentIndexChanged.connect(self.changed)
        self.levels[kind] = level
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(level, at, 1)
        if kind in entry.COUNTED:
            self._grid.addWidget(self._amount(kind, one), at, 2)

    def _amount(self, kind: RequirementKind, one: Requirement | None) -> QWidget:
        line = LineEdit(f"amount_{kind}", f"{kind.label}: how many", chars=4)
        line.setText("" if one is None or one.amount is None else str(one.amount))
        line.textChanged.connect(self.changed)
        self.amounts[kind] = line
        return line
