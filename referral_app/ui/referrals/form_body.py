"""The body of the form: steps, the step that is shown, the live check; folded by what fits at the present zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from referral_app.ui import theme
from referral_app.ui.referrals.check_panel import CheckPanel
from referral_app.ui.referrals.step_list import NARROW, WIDE, StepList

COLUMN = 560 + 2 * 16 + 2 * 16 + 12
"""Width that the form's column takes at 100 %: fields, card, margins, scroll bar."""
LEAST = 540
"""Least comfortable width of that column at 100 %, when all else is folded."""
PANEL = 340


class FormBody(QWidget):
    """First the steps fold to icons, then the live check into a drawer; `folded` tells of the drawer."""

    folded = Signal(bool)

    def __init__(self) -> None:
        """Take little for a least size: a narrow window is never pushed wider, and what stands above is never cut."""
        super().__init__()
        theme.scale(self, min_width=320, min_height=120)
        self.steps, self.stack, self.panel = StepList(), QStackedWidget(), CheckPanel()
        self._drawer = self._open = False
        self._row = QHBoxLayout(self)
        theme.scale(self._row, margins=0, spacing=0)
        self._row.addWidget(self.steps)
        self._row.addWidget(self.stack, 1)
        self._row.addWidget(self.panel)
        self.panel.closed.connect(self.close_drawer)

    @property
    def drawer_open(self) -> bool:
        """Tell whether the live check lies over the form."""
        return self._drawer and self._open

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by what fits."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Fold anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            QTimer.singleShot(0, self, self._fold)

    def _fold(self) -> None:
        room = self.width()
        self.steps.fold(room < theme.px(WIDE + COLUMN + PANEL))
        drawer = room < theme.px(NARROW + LEAST + PANEL)
        if drawer != self._drawer:
            self._drawer, self._open = drawer, False
            self.folded.emit(drawer)
            self._place()
        elif drawer:
            self._place()

    def _place(self) -> None:
        self.panel.close_button.setVisible(self._drawer)
        if not self._drawer:
            self._row.addWidget(self.panel)
            self.panel.show()
            return
        self._row.removeWidget(self.panel)
        self.panel.setVisible(self._open)
        width = min(self.panel.width(), self.width())
        self.panel.setGeometry(self.width() - width, 0, width, self.height())
        self.panel.raise_()

    def toggle_drawer(self) -> None:
        """Open or close the drawer with the live check."""
        self._open = not self._open
        self._place()
        if self._open:
            QTimer.singleShot(0, self.panel.close_button, self._focus_panel)

    def _focus_panel(self) -> None:
        self.panel.close_button.setFocus()

    def close_drawer(self) -> None:
        """Close the drawer, where there is one."""
        if self.drawer_open:
            self._open = False
            self._place()
