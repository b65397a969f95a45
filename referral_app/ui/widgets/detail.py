"""The detail beside a list: what is chosen, scrolling above its buttons, or a word that nothing is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QStackedWidget, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row, stacked
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled


class Detail(QStackedWidget):
    """Shows an empty state until something is chosen."""

    def __init__(self, name: str, empty: EmptyState, *foot: QWidget | None) -> None:
        """Make it empty; what stands at its foot is a row, in which None takes what room is left."""
        super().__init__()
        self._area = scrolled(QWidget(), f"{name}Area")
        self.foot = QFrame()
        theme.role(self.foot, "foot")
        self.foot.setLayout(row(*foot, margins=(20, 12, 20, 12)))
        lines = column(spacing=0)
        lines.addWidget(self._area, 1)
        lines.addWidget(self.foot)
        chosen = QWidget()
        chosen.setLayout(lines)
        self.addWidget(empty)
        self.addWidget(chosen)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Return the least that is needed now: the word that nothing is chosen takes no room beside what is."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Tell that the width does not matter: Qt would ask the sentences that are out of sight."""
        return False

    def show_content(self, content: QWidget | None) -> None:
        """Show something else from its top, or that nothing is chosen."""
        self.setCurrentIndex(0 if content is None else 1)
        if content is not None:
            theme.role(content, "page")
            self._area.setWidget(content)
            self.to_top()

    def to_top(self) -> None:
        """Scroll to the top."""
        self._area.verticalScrollBar().setValue(0)


class RecordDetail(Detail):
    """The detail of one record: what it says, and at its foot a flow of buttons for what can be done with it."""

    def __init__(self, name: str, empty: EmptyState) -> None:
        """Make it empty; a subclass offers its buttons."""
        offered = Flow(8)
        super().__init__(name, empty, offered)
        self.setObjectName(name)
        self._offered = offered

    def offer(self, button: QPushButton, act: Callable[[], object]) -> QPushButton:
        """Put a button at the end of the foot and return it."""
        button.clicked.connect(act)
        self._offered.add(button)
        return button

    def enter(self) -> None:
        """Put the focus on what comes next: the first button that can be pressed."""
        for button in self._offered.findChildren(QPushButton):
            if button.isEnabled() and button.isVisibleTo(self):
                button.setFocus()
                return


def sheet(title: str, *parts: QWidget | QLayout) -> QWidget:
    """Return what a detail shows: a title, and below it the parts."""
    head = labels.title(title)
    head.setWordWrap(True)
    lines = stacked(head, *parts, spacing=14, margins=20)
    lines.addStretch(1)
    made = QWidget()
    made.setLayout(lines)
    return made
