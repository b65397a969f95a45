"""The detail of a surgeon: everything a scheduler needs while on the phone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from referral_app.services.surgeon_records import Found, SurgeonRecord
from referral_app.ui import theme
from referral_app.ui.chores import Chores
from referral_app.ui.surgeons import sections
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.scroll import scrolled


class SurgeonCard(QWidget):
    """Shows one surgeon; `referred(id)` and `edited(record)` are what its buttons ask for."""

    referred = Signal(str)
    edited = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("surgeonCard")
        self._found: Found | None = None
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
        self._area = scrolled(QWidget(), "surgeonCardArea")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_found(self, found: Found | None) -> None:
        """Show a surgeon, or that none is chosen."""
        if found == self._found:
            return
        self._found, self._lines = found, None
        self._stack.setCurrentIndex(0 if found is None else 1)
        if found is not None:
            content, self._lines = sections.begin(found)
            theme.role(content, "page")
            self._area.setWidget(content)
            self._area.verticalScrollBar().setValue(0)
            self._chores.add(*(partial(self._add, self._lines, part) for part in sections.LOWER))

    def surgeon(self) -> SurgeonRecord | None:
        """Return the surgeon shown."""
        return self._found.surgeon if self._found else None

    def _add(self, lines: QVBoxLayout, part: sections.Part) -> None:
        """Add a lower part after the upper ones are seen, unless another surgeon is shown by now."""
        if self._found and lines is self._lines and (section := part(self._found.surgeon)) is not None:
            lines.insertLayout(lines.count() - 1, section)

    def _lay_out(self) -> QWidget:
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(self.edit_button, None, self.refer_button, margins=(20, 12, 20, 12)))
        made = QWidget()
        full = column(spacing=0)
        full.addWidget(self._area, 1)
        full.addWidget(foot)
        made.setLayout(full)
        return made

    def _refer(self) -> None:
        if self._found:
            self.referred.emit(self._found.surgeon.id)

    def _edit(self) -> None:
        if self._found:
            self.edited.emit(self._found.surgeon)
