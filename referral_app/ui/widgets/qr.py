"""A QR code on the screen, dark on white in every look, so that a scanner reads it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from referral_app.ui import theme

QUIET = 4
"""Modules around the code that stay white (ISO/IEC 18004)."""
SIDE = 180


class QrCode(QWidget):
    """Draws the modules of a text as squares of whole pixels."""

    def __init__(self, name: str, says: str) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._rows: list[list[int]] = []
        theme.scale(self, width=SIDE, height=SIDE)

    def show_text(self, text: str) -> None:
        """Show the code of a text, nothing for ""."""
        import segno

        self._rows = [list(row) for row in segno.make(text, error="m").matrix] if text else []
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the white ground and the dark modules."""
        if not self._rows:
            return
        painter = QPainter(self)
        module = max(1, min(self.width(), self.height()) // (len(self._rows) + 2 * QUIET))
        side = module * (len(self._rows) + 2 * QUIET)
        painter.fillRect(QRect(0, 0, side, side), Qt.GlobalColor.white)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        QRect((x + QUIET) * module, (y + QUIET) * module, module, module),
                        Qt.GlobalColor.black,
                    )
        painter.end()
