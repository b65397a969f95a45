"""One line of the live check: icon, words that wrap, its source, and a jump to the field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip

from referral_app.clinical.check import Line
from referral_app.ui import icons, theme
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

SOURCES = {
    "ASPN 2021": "American Society of Peripheral Nerve, 2021",
    "SNNOOP10 (Do et al. 2019)": "SNNOOP10, the list of red flags of headache (Do and others, 2019)",
    "MIDAS": "Migraine Disability Assessment",
    "HIT-6": "Headache Impact Test",
}
"""Sources whose short name says little, spelled out."""


def reason(line: Line) -> str:
    """Return why a line is there and where its rule comes from; "" for a line that only leads to another step."""
    if not line.source:
        return ""
    parts = [SOURCES.get(part, part) for part in line.source.split("; ")]
    return f"{WHY[line.status]} Source: {'; '.join(parts)}."


class CheckLine(QAbstractButton):
    """A line that is pressed to go to its field."""

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
        self._hover = False
        self._heights: dict[tuple[int, str], int] = {}
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show another line in the same place."""
        self._line = line
        self._heights.clear()
        self.setText(line.text.replace("&", "&&"))
        self.setAccessibleName(line.text)
        self._why = reason(line)
        self.setAccessibleDescription(self._why)
        self.setToolTip(self._why)
        self.setObjectName(f"check.{line.id}")
        self.updateGeometry()
        self.update()

    def _choose(self) -> None:
        self.chosen.emit(self._line.field)

    def _at_mark(self, spot: QPoint) -> bool:
        return bool(self._line.source) and spot.x() >= self.width() - theme.px(30)

    def show_why(self) -> None:
        """Show why the line is there and where the rule comes from, under its mark."""
        if self._why:
            QToolTip.showText(
                self.mapToGlobal(QPoint(self.width() - theme.px(22), theme.px(22))), self._why, self
            )

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
        left, right = theme.px(32), theme.px(30 if self._line.source else 8)
        return QRect(left, theme.px(6), max(theme.px(40), width - left - right), height)

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        rect = self._words_rect(width, 10000)
        metrics = self.fontMetrics()
        tall = metrics.boundingRect(
            rect, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, self._line.text
        ).height()
        return max(theme.px(28), tall + theme.px(12))

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
        """Draw icon, words, source mark and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon, tone = STATES[self._line.status]
        painter.drawPixmap(theme.px(8), theme.px(7), icons.pixmap(icon, 16, TONES[tone]))
        if self._line.source:
            where = self.width() - theme.px(22)
            painter.drawPixmap(where, theme.px(8), icons.pixmap("help", 14, "muted"))
        font = painter.font()
        font.setUnderline(self._hover)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if self._hover else "text"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(self._words_rect(self.width(), self.height()), int(flags), self._line.text)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
