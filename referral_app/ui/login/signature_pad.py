"""A field to draw a signature in with mouse, finger or pen, and the strokes as they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import HEIGHT, WIDTH, Handwriting, Point
from referral_app.ui import theme

SIDE, PEN, BASE = 416, 2.2, 0.78
"""At 100 %: how wide it is, how thick a line; and where the line to sign on lies, as a share of the height."""


class SignaturePad(QWidget):
    """`changed` says that a stroke was finished or taken away.

    Touch and pen come as the mouse does: Qt turns into it what nobody takes otherwise.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Field to draw your signature in")
        self.setAccessibleDescription("For mouse, finger or pen. By keyboard, choose “Type it” above.")
        self._strokes: list[list[Point]] = []
        self._stroke: list[Point] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def written(self) -> Handwriting:
        """Return what is drawn."""
        return handwriting.drawn(self._strokes)

    def undo(self) -> None:
        """Take the latest stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Take everything away."""
        self._strokes = []
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # Where things are

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return round(width * HEIGHT / WIDTH)

    def sizeHint(self) -> QSize:
        """Return the size."""
        wide = theme.px(SIDE)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the least size that can be drawn in."""
        return QSize(theme.px(200), self.heightForWidth(theme.px(200)))

    def _room(self) -> QRectF:
        """Return where the room of a signature lies: as large as it fits, in the middle."""
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        wide, high = WIDTH * scale, HEIGHT * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _point(self, spot: QPointF) -> Point:
        room = self._room()
        x, y = (spot.x() - room.left()) / room.width(), (spot.y() - room.top()) / room.height()
        return x * WIDTH, y * HEIGHT

    # Drawing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; another button gives one up."""
        self._stroke = []
        if event.button() == Qt.MouseButton.LeftButton:
            self._stroke = [self._point(event.position())]
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a stroke."""
        if self._stroke:
            self._stroke.append(self._point(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish a stroke."""
        if self._stroke and event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append(self._stroke)
            self._stroke = []
            self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give up a stroke that nobody can finish."""
        self._stroke = []
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with its line, and the strokes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        room = self._room()
        base, edge = room.top() + room.height() * BASE, room.width() * 0.06
        painter.setPen(QPen(theme.color("muted"), 1))
        painter.drawLine(QPointF(room.left() + edge, base), QPointF(room.right() - edge, base))
        pen = QPen(theme.color("text"), PEN * theme.current().scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in (*self._strokes, self._stroke):
            _draw(painter, room, stroke)
        painter.end()


def _draw(painter: QPainter, room: QRectF, stroke: Sequence[Point]) -> None:
    scale = room.width() / WIDTH
    spots = [QPointF(room.left() + x * scale, room.top() + y * scale) for x, y in stroke]
    if len(spots) == 1:
        painter.drawPoint(spots[0])
    elif spots:
        painter.drawPolyline(QPolygonF(spots))
