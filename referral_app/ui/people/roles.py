"""The roles of a person as check boxes, each with a line that says what it permits."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.choices import StaffRole
from referral_app.ui import theme
from referral_app.ui.people import wording
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column


class RoleBoxes(QWidget):
    """One box a role; roles add up."""

    changed = Signal()

    def __init__(self) -> None:
        """Make it with nothing ticked."""
        super().__init__()
        self.setObjectName("roles")
        self.setAccessibleName("Roles")
        self.boxes: dict[StaffRole, QCheckBox] = {}
        lines = column(spacing=2)
        for role in StaffRole:
            box = QCheckBox(role.label)
            box.setObjectName(f"roles_{role}")
            box.setAccessibleName(f"Role: {role.label}")
            box.setAccessibleDescription(wording.may(role))
            box.toggled.connect(self.changed)
            words = labels.muted(wording.may(role))
            theme.scale(words, min_width=200)
            indented = column(margins=(27, 0, 0, 6))
            indented.addWidget(words)
            lines.addWidget(box)
            lines.addLayout(indented)
            self.boxes[role] = box
        self.setLayout(lines)
        self.setFocusProxy(self.boxes[StaffRole.OFFICE_STAFF])

    def values(self) -> frozenset[StaffRole]:
        """Return the roles ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def set_values(self, held: Iterable[StaffRole]) -> None:
        """Tick these roles."""
        ticked = set(held)
        for role, box in self.boxes.items():
            box.setChecked(role in ticked)
