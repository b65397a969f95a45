"""The detail beside a list: what is chosen, scrolling above its buttons, or a word that nothing is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.scroll import scrolled


class Detail(QStackedWidget):
    """Shows an empty state until something is chosen."""

    def __init__(self, name: str, empty: EmptyState, *foot_buttons: QWidget) -> None:
        """Make it empty; its buttons stand at the left of its foot, the last one at the right end."""
        super().__init__()
        self._area = scrolled(QWidget(), f"{name}Area")
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(*foot_buttons[:-1], None, foot_buttons[-1], margins=(20, 12, 20, 12)))
        lines = column(spacing=0)
        lines.addWidget(self._area, 1)
        lines.addWidget(foot)
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
