"""A list, and beside it the detail of the row that is chosen there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.widgets.detail import RecordDetail
from referral_app.ui.widgets.panes import Panes


class ListDetail(Panes):
    """Panes in which a click or Enter brings the detail into sight, and its way back the list."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        middle: QWidget,
        records: RecordList,
        detail: RecordDetail,
        left: QWidget | None = None,
        widths: tuple[int, int, int] = (0, 620, 340),
    ) -> None:
        """Take the list with what stands around it, the detail and the filters; `widths` as those of Panes."""
        super().__init__(desk, name, middle, detail, left, widths)
        self._detail = detail
        self.closed.connect(records.enter)
        records.opened.connect(self._enter)
        records.table.clicked.connect(self.open_right)

    def _enter(self) -> None:
        if self.open_right():
            self._detail.enter()
