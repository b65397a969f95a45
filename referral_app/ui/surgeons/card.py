"""The detail of a surgeon: everything a scheduler needs while on the phone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from referral_app.services.surgeon_records import Found, SurgeonRecord
from referral_app.ui import theme
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
        self._area = _area(QWidget())
        self._stack = QStackedWidget()
        self._full = column(spacing=0)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_found(self, found: Found | None) -> None:
        """Show a surgeon, or that none is chosen."""
        if found == self._found:
            return
        self._found = found
        self._stack.setCurrentIndex(0 if found is None else 1)
        if found is not None:
            old, self._area = self._area, _area(sections.make(found))
            self._full.replaceWidget(old, self._area)
            old.hide()
            old.deleteLater()

    def surgeon(self) -> SurgeonRecord | None:
        """Return the surgeon shown."""
        return self._found.surgeon if self._found else None

    def _lay_out(self) -> QWidget:
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(self.edit_button, None, self.refer_button, margins=(20, 12, 20, 12)))
        made = QWidget()
        self._full.addWidget(self._area, 1)
        self._full.addWidget(foot)
        made.setLayout(self._full)
        return made

    def _refer(self) -> None:
        if self._found:
            self.referred.emit(self._found.surgeon.id)

    def _edit(self) -> None:
        if self._found:
            self.edited.emit(self._found.surgeon)


def _area(content: QWidget) -> QScrollArea:
    return scrolled(content, "surgeonCardArea")
