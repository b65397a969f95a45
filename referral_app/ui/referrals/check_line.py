"""One line of the live check: icon, words that wrap, why it is there with its source, and a jump to the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from referral_app.clinical.check import Line
from referral_app.ui import icons, theme
from referral_app.ui.rule_sources import source
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.buttons import ARROWS
from referral_app.ui.widgets.states import STATES, TONES

WHY = {
    "emergency": "Urgent: the referral is not signed or sent before a clinician was told or cleared it.",
    "cleared": "A clinician was told of it or cleared it.",
    "missing": "The surgeon's office needs this answer. Answer it, or say why it is not available.",
    "gap": "The letter says that this is not available, and why.",
    "supports": "This speaks for the referral. The surgeon decides.",
    "review": "Worth another look before the referral goes out. It stops nothing.",
    "note": "Good to know. It stops nothing.",
}
"""Why a line of each status is there."""


def reason(line: Line) -> str:
    """Return why a line is there, its rule and where that comes from; "" for one that only leads to another step."""
    if not line.source:
        return ""
    rule = f"{line.why} " if line.why else ""
    return f"{WHY[line.status]} {rule}Source: {source(line.source)}."


class CheckLine(QAbstractButton):
    """A line that is pressed to go to its field; its mark, or the key ?, shows why it is there below its words."""

    chosen = Signal(str)

    def __init__(self, line: Line) -> None:
        """Show a line."""
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._choose)
        self._hover = self._explained = False
        self._heights: dict[int, int] = {}
        self._line: Line | None = None
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show another line in the same place; nothing is drawn anew where it is the same."""
        if line == self._line:
            return
        self._line = line
        self._heights.clear()
        self.setText(line.text.replace("&", "&&"))
        self.setAccessibleName(line.text)
        self._why = reason(line)
        self.setAccessibleDescription(self._why)
        self.setToolTip(labels.tip(self._why))
        self.setObjectName(f"check.{line.id}")
        self.updateGeometry()
        self.update()

    @property
    def line(self) -> Line:
        """The line that is shown."""
        assert self._line is not None
        return self._line

    def _choose(self) -> None:
        self.chosen.emit(self.line.field)

    def _at_mark(self, spot: QPoint) -> bool:
        return bool(self._why) and spot.x() >= self.width() - theme.px(30)

    @property
    def explained(self) -> bool:
        """Whether it says below its words why it is there."""
        return self._explained and bool(self._why)

    def explain(self, on: bool) -> None:
        """Say below the words why the line is there and where its rule comes from, or no more."""
        if on != self._explained:
            self._explained = on
            self._heights.clear()
            self.updateGeometry()
            self.update()

    def show_why(self) -> None:
        """Turn the explanation on or off, and read it out."""
        if self._why:
            self.explain(not self._explained)
            if self._explained:
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def mousePressEvent(self, e: QMouseEvent) -> None:
        """Explain at the mark; everywhere else the press leads to the field."""
        if self._at_mark(e.position().toPoint()):
            self.show_why()
        else:
            super().mousePressEvent(e)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Explain with the key ?, scroll with the arrow keys."""
        if e.text() == "?":
            self.show_why()
        elif e.key() in ARROWS:
            e.ignore()
        else:
            super().keyPressEvent(e)

    def _words_rect(self, width: int, height: int) -> QRect:
        left, right = theme.px(32), theme.px(30 if self._why else 8)
        return QRect(left, theme.px(6), max(theme.px(40), width - left - right), height)

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words, and of the explanation where it is shown."""
        if width not in self._heights:
            tall = self._tall(width, self.line.text) + theme.px(12)
            more = self._tall(width, self._why) + theme.px(6) if self.explained else 0
            self._heights[width] = max(theme.px(28), tall + more)
        return self._heights[width]

    def _tall(self, width: int, words: str) -> int:
        return self.fontMetrics().boundingRect(self._words_rect(width, 10000), _WRAPPED, words).height()

    def changeEvent(self, e: QEvent) -> None:
        """Measure anew in another font."""
        if e.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
        super().changeEvent(e)

    def sizeHint(self) -> QSize:
        """Return the size at the usual width."""
        width = theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme.px(120), theme.px(28))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Underline under the mouse."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        """End the underline."""
        self._hover = False
        self.update()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw icon, words, mark, explanation and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon, tone = STATES[self.line.status]
        painter.drawPixmap(theme.px(8), theme.px(7), icons.pixmap(icon, 16, TONES[tone]))
        if self._why:
            mark = "up" if self.explained else "help"
            painter.drawPixmap(self.width() - theme.px(22), theme.px(8), icons.pixmap(mark, 14, "muted"))
        self._draw_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)

    def _draw_words(self, painter: QPainter) -> None:
        font, rect = painter.font(), self._words_rect(self.width(), self.height())
        font.setUnderline(self._hover)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if self._hover else "text"))
        painter.drawText(rect, _WRAPPED, self.line.text)
        if self.explained:
            font.setUnderline(False)
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            rect.translate(0, self._tall(self.width(), self.line.text) + theme.px(6))
            painter.drawText(rect, _WRAPPED, self._why)


_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
