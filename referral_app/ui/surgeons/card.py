"""The detail of a surgeon: everything a scheduler needs while on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical.requirements import Requirement
from referral_app.services import center_requirements
from referral_app.services.surgeon_records import Found, SurgeonRecord
from referral_app.ui.chores import Chores
from referral_app.ui.surgeons import sections
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.detail import Detail
from referral_app.ui.widgets.empty import EmptyState


class SurgeonCard(QWidget):
    """Shows one surgeon; `referred(id)` and `edited(record)` are what its buttons ask for."""

    referred = Signal(str)
    edited = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("surgeonCard")
        self._found: Found | None = None
        self._asked: tuple[Requirement, ...] = ()
        self._lines: QVBoxLayout | None = None
        self._chores = Chores(self)
        self.empty = EmptyState(
            "surgeons",
            "Choose a surgeon",
            "Phone, fax and what to send first appear here.",
            name="surgeonCardEmpty",
        )
        self.refer_button = buttons.primary("Refer to this surgeon", "referToSurgeon", icon="send")
        self.edit_button = buttons.outlined("Edit", "editSurgeon", icon="edit")
        self.refer_button.clicked.connect(self._refer)
        self.edit_button.clicked.connect(self._edit)
        self._detail = Detail("surgeonCard", self.empty, self.edit_button, self.refer_button)
        lines = column(spacing=0)
        lines.addWidget(self._detail)
        self.setLayout(lines)

    def show_found(self, found: Found | None) -> None:
        """Show a surgeon, or that none is chosen."""
        if found == self._found:
            return
        self._found = found
        content, self._lines = sections.begin(found) if found else (None, None)
        self._detail.show_content(content)
        if self._lines is not None:
            self._chores.add(*(partial(self._add, self._lines, part) for part in sections.LOWER))

    def show_asked(self, by_center: Sequence[Requirement]) -> None:
        """Show what the Center asks for with surgeons whose own office asks for nothing."""
        before, self._asked = self._asked, tuple(by_center)
        if self._asked != before and (found := self._found) and not found.surgeon.requirements:
            self._found = None
            self.show_found(found)

    def surgeon(self) -> SurgeonRecord | None:
        """Return the surgeon shown."""
        return self._found.surgeon if self._found else None

    def _add(self, lines: QVBoxLayout, part: sections.Part) -> None:
        """Add a lower part after the upper ones are seen, unless another surgeon is shown by now."""
        if self._found is None or lines is not self._lines:
            return
        surgeon = self._found.surgeon
        asked = center_requirements.asked(surgeon, self._asked, ())
        if (section := part(replace(surgeon, requirements=asked))) is not None:
            lines.insertLayout(lines.count() - 1, section)

    def _refer(self) -> None:
        if self._found:
            self.referred.emit(self._found.surgeon.id)

    def _edit(self) -> None:
        if self._found:
            self.edited.emit(self._found.surgeon)
