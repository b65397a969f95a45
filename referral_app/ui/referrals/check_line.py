"""One line of the live check: icon, words that wrap, its source, and a jump to the field."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from referral_app.clinical.check import Line
from referral_app.ui import icons, theme
from referral_app.ui.widgets.states import STATES, TONES


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
        self.setAccessibleDescription(f"Source: {line.source}" if line.source else "")
        self.setToolTip(f"Source: {line.source}" if line.source else "")
        self.setObjectName(f"check.{line.id}")
        self.updateGeometry()
        self.update()

    def _choose(self) -> None:
        self.chosen.emit(self._line.field)

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
