"""The list of surgeons: a row of three lines each, name and wait, distance and place, procedures."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from referral_app.services.surgeon_records import Found
from referral_app.ui import icons, theme
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import wording
from referral_app.ui.table_view import RecordList, RowDelegate
from referral_app.ui.tables import ROW_ROLE, Column, Index
from referral_app.ui.widgets.states import STATES, TONES

ROW = 92
"""The height of a row at 100 %."""


def _name(found: Found) -> str:
    return found.surgeon.name


class SurgeonList(RecordList):
    """Surgeons found, best first."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        column = Column("Surgeon", _name, 300, detail=wording.spoken, stretch=True)
        super().__init__(desk, "surgeons", "Surgeons found", [column], ("surgeons", "No surgeon here yet"))
        self.table.setItemDelegate(_Delegate(self.table))
        self.table.horizontalHeader().hide()

    def _set_height(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(
            theme.px(ROW - (16 if theme.current().compact else 0))
        )


class _Delegate(RowDelegate):
    """Draws the three lines of a row."""

    def _content(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        found: Any = index.data(ROW_ROLE)
        if not isinstance(found, Found):
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

    def _headline(self, painter: QPainter, line: QRect, found: Found, selected: bool) -> None:
        surgeon = found.surgeon
        wait = wording.next_wait(surgeon)
        tone = "text" if wait.startswith("Next") else "muted"
        taken = _right(painter, line, theme.font(tabular=True), wait, "selection_text" if selected else tone)
        left = line.adjusted(0, 0, -taken - theme.px(12), 0)
        used = _left(
            painter, left, theme.font(bold=True), surgeon.name, "selection_text" if selected else "text"
        )
        if surgeon.invented:
            rest = left.adjusted(used + theme.px(8), 0, 0, 0)
            _left(painter, rest, theme.font(12), "Invented", "selection_text" if selected else "muted")

    def _where(self, painter: QPainter, line: QRect, found: Found, selected: bool) -> None:
        state, words = wording.freshness(found.surgeon)
        icon, kind = STATES[state]
        ink = "selection_text" if selected else TONES[kind]
        taken = _right(painter, line, theme.font(12), words, ink)
        side = theme.px(16)
        at = QPoint(line.right() - taken - side - theme.px(4), line.center().y() - side // 2 + 1)
        painter.drawPixmap(at, icons.pixmap(icon, 16, ink))
        where = " · ".join(part for part in (wording.miles(found), wording.places(found.surgeon)) if part)
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


def _chips(painter: QPainter, line: QRect, found: Found, selected: bool) -> None:
    font = theme.font(12)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = "selection_text" if selected else "muted"
    x, words = line.left(), wording.short_procedures(found.surgeon)
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
