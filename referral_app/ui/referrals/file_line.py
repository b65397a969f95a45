"""A row of the attachments in one line: like every closed row of a table, with a button to look at its file."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent

from referral_app.ui import theme
from referral_app.ui.referrals.row_line import RowLine
from referral_app.ui.widgets import buttons


class FileLine(RowLine):
    """A row with View before Remove; rows without a file show no such button."""

    viewed = Signal()

    def __init__(self, name: str) -> None:
        """Make it empty; `name` is the path of the row."""
        super().__init__(name)
        self.view_button = buttons.link("View", f"{name}.view")
        self.view_button.setParent(self)
        self.view_button.clicked.connect(self.viewed)
        self.view_button.hide()

    def show_file(self, what: str, has_file: bool) -> None:
        """Offer to look at the file of a row."""
        self.view_button.setAccessibleName(f"View {what}")
        if self.view_button.isHidden() == has_file:
            self.view_button.setVisible(has_file)
            self.changeEvent(QEvent(QEvent.Type.StyleChange))  # measures anew

    def _button_width(self) -> int:
        """Leave room for View in every row, so that the columns of all rows stand in line."""
        return super()._button_width() + self.view_button.sizeHint().width() + theme.px(8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep View beside Remove."""
        super().resizeEvent(event)
        size, beside = self.view_button.sizeHint(), self.remove_button.geometry()
        self.view_button.setGeometry(
            beside.left() - size.width() - theme.px(8),
            beside.center().y() - size.height() // 2,
            size.width(),
            size.height(),
        )
