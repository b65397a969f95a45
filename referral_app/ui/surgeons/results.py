"""The list of surgeons: a row of three lines each, name and wait, distance and place, procedures."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSettings, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from referral_app.services.surgeon_rows import FoundRow
from referral_app.ui import icons, theme
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import row_text, table_columns
from referral_app.ui.table_view import RecordList, RowDelegate
from referral_app.ui.tables import ROW_ROLE, Index, row_height
from referral_app.ui.widgets.states import STATES, TONES

ROW = 92
"""The height of a row at 100 %."""
MODE_KEY = "surgeons/view"


CARDS, TABLE = "cards", "table"


class SurgeonList(RecordList):
    """Surgeons found, best first, as cards or as a table; `sort_wanted(word)` when the head of a column is pressed."""

    sort_wanted = Signal(str)
    shown_as = Signal(str)

    least_rows = 1
    """A card is as high as three rows, and the page has no second scroll bar at 200 %."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty, in the form in which it was left."""
        empty = ("surgeons", "No surgeon here yet")
        self.mode, self.around = CARDS, table_columns.Around()
        super().__init__(
            desk, "surgeons", "Surgeons found", table_columns.cards(self.around), empty, many=True
        )
        self._store = QSettings(str(desk.paths.window), QSettings.Format.IniFormat)
        self.table.setItemDelegate(_Delegate(self))
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().sectionClicked.connect(self._head_pressed)
        if self._store.value(MODE_KEY) == TABLE:
            self.show_as(TABLE)

    def show_as(self, mode: str) -> None:
        """Show the same rows as cards or as a table, from now on at each start too."""
        if mode == self.mode:
            return
        self.mode = mode
        columns = table_columns.table if mode == TABLE else table_columns.cards
        self.show_columns(columns(self.around), "surgeons" if mode == CARDS else "surgeonsTable")
        header = self.table.horizontalHeader()
        self.table.setSortingEnabled(False)  # the search sorts: the order is part of what is asked
        header.setVisible(mode == TABLE)
        header.setSectionsClickable(True)
        self.table.setItemDelegate(_Delegate(self) if mode == CARDS else RowDelegate(self.table))
        self._set_height()
        self._store.setValue(MODE_KEY, mode)
        self.shown_as.emit(mode)

    def show_favorites(self, ids: frozenset[str]) -> None:
        """Mark the favorites of the person who acts."""
        self.around.favorites = ids
        self.table.viewport().update()

    def show_order(self, word: str, descending: bool) -> None:
        """Mark the column by which the search is sorted."""
        at = next((n for n, column in enumerate(self.model.columns) if column.sort == word), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(self.mode == TABLE)
        header.setSortIndicator(at, order)

    def _head_pressed(self, at: int) -> None:
        if self.mode == TABLE:
            self.sort_wanted.emit(self.model.columns[at].sort)

    def _set_height(self) -> None:
        high = row_height() if self.mode == TABLE else theme.px(ROW - (16 if theme.current().compact else 0))
        self.table.verticalHeader().setDefaultSectionSize(high)


class _Delegate(RowDelegate):
    """Draws the three lines of a row."""

    def __init__(self, records: SurgeonList) -> None:
        super().__init__(records.table)
        self._list = records

    def _content(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        found: Any = index.data(ROW_ROLE)
        if not isinstance(found, FoundRow):
            return super()._content(painter, rect, index, selected)
        inner = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        first, second = QFontMetrics(theme.font(bold=True)).height(), QFontMetrics(theme.font(12)).height()
        gap = theme.px(5)
        y = rect.top() + (rect.height() - first - 2 * second - theme.px(4) - 2 * gap) // 2
        self._headline(painter, QRect(inner.left(), y, inner.width(), first), found, selected)
        y += first + gap
        self._where(painter, QRect(inner.left(), y, inner.width(), second), found, selected)
        y += second + gap
        _chips(painter, QRect(inner.left(), y, inner.width(), second + theme.px(4)), found, selected)
        return None

    def _headline(self, painter: QPainter, line: QRect, found: FoundRow, selected: bool) -> None:
        surgeon = found.surgeon
        wait = row_text.next_wait(surgeon)
        tone = "text" if wait.startswith(("Next in", "Next today")) else "muted"
        taken = _right(painter, line, theme.font(tabular=True), wait, "selection_text" if selected else tone)
        left = line.adjusted(0, 0, -taken - theme.px(12), 0)
        used = _left(
            painter, left, theme.font(bold=True), surgeon.name, "selection_text" if selected else "text"
        )
        if surgeon.id in self._list.around.favorites:
            side = theme.px(14)
            at = QPoint(left.left() + used + theme.px(6), line.center().y() - side // 2)
            painter.drawPixmap(at, icons.pixmap("star-on", 14, "selection_text" if selected else "accent"))
            used += side + theme.px(6)
        if surgeon.invented:
            rest = left.adjusted(used + theme.px(8), 0, 0, 0)
            _left(painter, rest, theme.font(12), "Invented", "selection_text" if selected else "muted")

    def _where(self, painter: QPainter, line: QRect, found: FoundRow, selected: bool) -> None:
        state, words = self._list.around.freshness(found)
        icon, kind = STATES[state]
        ink = "selection_text" if selected else TONES[kind]
        taken = _right(painter, line, theme.font(12), words, ink)
        side = theme.px(16)
        at = QPoint(line.right() - taken - side - theme.px(4), line.center().y() - side // 2 + 1)
        painter.drawPixmap(at, icons.pixmap(icon, 16, ink))
        parts = (row_text.spelled(found), row_text.miles(found), row_text.places(found.surgeon))
        where = " · ".join(part for part in parts if part)
        left = line.adjusted(0, 0, -taken - side - theme.px(16), 0)
        _left(painter, left, theme.font(12), where, "selection_text" if selected else "muted")


def _left(painter: QPainter, rect: QRect, font: Any, text: str, ink: str) -> int:
    """Write text, cut with … where it does not fit; return its width."""
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)


def _right(painter: QPainter, rect: QRect, font: Any, text: str, ink: str) -> int:
    """Write text at the right end; return its width."""
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
    return QFontMetrics(font).horizontalAdvance(text)


def _chips(painter: QPainter, line: QRect, found: FoundRow, selected: bool) -> None:
    font = theme.font(12)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = "selection_text" if selected else "muted"
    x, words = line.left(), row_text.kinds(found.surgeon)
    for number, one in enumerate(words):
        wide = metrics.horizontalAdvance(one) + theme.px(16)
        rest = f"+{len(words) - number}"
        room = 0 if number == len(words) - 1 else metrics.horizontalAdvance(rest) + theme.px(6)
        if x + wide + room > line.right():
            _left(painter, QRect(x, line.top(), line.right() - x, line.height()), font, rest, ink)
            break
        _chip(painter, QRectF(x + 0.5, line.top() + 0.5, wide - 1, line.height() - 1), one, selected)
        x += wide + theme.px(6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _chip(painter: QPainter, box: QRectF, words: str, selected: bool) -> None:
    contrast = theme.current().name == "contrast"
    edge = "selection_text" if selected else "border" if contrast else "accent_soft"
    painter.setPen(QPen(theme.color(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if selected else theme.color("accent_soft"))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(theme.color("selection_text" if selected else "text"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
