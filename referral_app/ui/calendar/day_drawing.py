"""How a day of the calendar is drawn: its number, what is closed, and as many visits as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from referral_app.clinical import clock
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import icons, theme, visit_words
from referral_app.ui.tables import Index
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.states import STATES, TONES

DAY_ROLE = Qt.ItemDataRole.UserRole
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
PAD = 6
ICON, GAP = 12, 4


@dataclass(frozen=True)
class DayFacts:
    """What is drawn of a day; `inside` tells that it belongs to the month shown."""

    day: date
    count: str
    visits: Sequence[AppointmentRecord]
    note: str
    inside: bool
    today: bool


class DayDelegate(QStyledItemDelegate):
    """Draws one day; the one that is chosen has a frame, and the focus a second one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a day."""
        facts: DayFacts = index.data(FACTS_ROLE)
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.color("surface" if facts.inside else "sunken"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawRect(rect)
        if chosen:
            self._frame(painter, rect, bool(state & QStyle.StateFlag.State_HasFocus))
        pad = theme.px(PAD)
        inside = rect.adjusted(pad, pad, -pad, -pad)
        top = self._head(painter, inside, facts)
        self._lines(painter, inside.adjusted(0, top, 0, 0), facts)
        painter.restore()

    def _frame(self, painter: QPainter, rect: QRect, focus: bool) -> None:
        painter.fillRect(rect, theme.color("accent_soft"))
        painter.setPen(QPen(theme.color("focus" if focus else "accent"), theme.px(3 if focus else 2)))
        painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5))

    def _head(self, painter: QPainter, rect: QRect, facts: DayFacts) -> int:
        """Draw number, today and what is closed; return how high that is."""
        font = theme.font(bold=facts.today, tabular=True)
        high = QFontMetrics(font).height()
        words = f"{facts.day.day} Today" if facts.today else str(facts.day.day)
        line = QRect(rect.left(), rect.top(), rect.width(), high)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if facts.today else "text" if facts.inside else "muted"))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), words)
        used = QFontMetrics(font).horizontalAdvance(words) + theme.px(8)
        if facts.note:
            left = line.adjusted(used, 0, 0, 0)
            _text(painter, left, "canceled", facts.note, "muted", Qt.AlignmentFlag.AlignRight)
        return high + theme.px(3)

    def _lines(self, painter: QPainter, rect: QRect, facts: DayFacts) -> None:
        """Draw the visits that fit, and how many more there are; where none fits, how many there are."""
        high = QFontMetrics(theme.font(12)).height() + theme.px(2)
        room = max(0, rect.height()) // high
        visits = facts.visits
        words = lines_of(visits, rect.width() - theme.px(ICON + GAP), room)
        each = len(words[0]) if words else 1
        shown = len(visits) if len(visits) * each <= room else max(0, room - 1)
        for at, one in enumerate(visits[:shown]):
            for below, part in enumerate(words[at]):
                line = QRect(rect.left(), rect.top() + (at * each + below) * high, rect.width(), high)
                _text(
                    painter, line, "" if below else visit_words.state(one), part, "text", indent=bool(below)
                )
        if shown < len(visits) and room:
            line = QRect(rect.left(), rect.top() + shown * high, rect.width(), high)
            left = len(visits) - shown
            _text(painter, line, "", f"{left:,} more" if shown else facts.count, "text")


def lines_of(visits: Sequence[AppointmentRecord], width: int, room: int) -> list[tuple[str, ...]]:
    """Return what a day says of each visit: time and family name in a line, or in two, or the name alone.

    All of a day say the same; times go only where there is no room for the name otherwise: the list beside has them.
    """
    metrics = QFontMetrics(theme.font(12))
    times, names = [_short(one) for one in visits], [one.patient.partition(",")[0] for one in visits]
    whole = [f"{time} {name}" for time, name in zip(times, names, strict=True)]
    if all(metrics.horizontalAdvance(words) <= width for words in whole):
        return [(words,) for words in whole]
    if 2 * len(visits) <= room:
        return list(zip(times, names, strict=True))
    return [(name,) for name in names]


def _short(one: AppointmentRecord) -> str:
    """Return the time as it fits into a day of a month: 9:30a; the list beside has it whole."""
    return clock.say(one.start).replace(" AM", "a").replace(" PM", "p")


def _text(
    painter: QPainter,
    rect: QRect,
    state: str,
    words: str,
    color: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    indent: bool = False,
) -> None:
    """Draw an icon of a state and words, cut where there is no room; `indent` leaves the room of an icon."""
    font = theme.font(12)
    side, gap = (theme.px(ICON), theme.px(GAP)) if state or indent else (0, 0)
    shown = labels.fitted(QFontMetrics(font), words, rect.width() - side - gap)
    wide = QFontMetrics(font).horizontalAdvance(shown)
    left = rect.right() - wide - side - gap if align is Qt.AlignmentFlag.AlignRight else rect.left()
    if state and rect.width() > side + gap:
        icon, tone = STATES[state]
        at = QPoint(left, rect.center().y() - side // 2)
        painter.drawPixmap(at, icons.pixmap(icon, 12, TONES[tone]))
    painter.setFont(font)
    painter.setPen(theme.color(color))
    where = QRect(left + side + gap, rect.top(), rect.right() - left - side - gap + 1, rect.height())
    painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
