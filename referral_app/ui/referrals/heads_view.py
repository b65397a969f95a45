"""The four heads on the form: drawn at any size, and drawn on with mouse, finger or pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from referral_app.clinical import heads, sketch, strokes
from referral_app.clinical.heads import Curve, Point
from referral_app.clinical.sketch import Mark
from referral_app.clinical.strokes import Ink
from referral_app.ui import theme

LEAST, LARGE, GAP, NAME = 118, 236, 8, 20
"""At 100 %: the least width of a head, usually and with larger heads, the room between, the height of a name."""
_INKS = {"outline": ("text", 1.6), "detail": ("text", 1.0), "landmark": ("muted", 1.2)}
"""Color and width at 100 % of the lines of a head."""
_MARGIN = 8.0
"""How far beside a head, in its units, a finger may still mean it."""
Places = Sequence[tuple[str, str]]


class HeadsView(QWidget):
    """Four heads side by side, two by two where there is little room; `drawn` carries each mark that a hand makes.

    Touch and pen come as the mouse does: Qt turns into it what nobody takes otherwise.
    """

    drawn = Signal(object)
    missed = Signal()

    def __init__(self) -> None:
        """Make them empty; `tool` is 0 for a start, else the intensity of a spread."""
        super().__init__()
        self.tool = 0
        self._larger = False
        self._marks: dict[str, list[Ink]] = {}
        self._preview: Places = ()
        self._stroke: list[Point] = []
        self._view = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show marks instead of those before."""
        starts_last = sorted(marks, key=lambda mark: mark["kind"] == sketch.START)
        self._marks = {
            view: [ink for mark in starts_last if mark["view"] == view for ink in strokes.inks(mark)]
            for view in heads.VIEWS
        }
        self.update()

    def preview(self, places: Places) -> None:
        """Show where named regions lie, none to show none."""
        self._preview = places
        self.update()

    def enlarge(self, larger: bool) -> None:
        """Draw the heads two by two, or side by side where there is room."""
        self._larger = larger
        self.updateGeometry()
        self.update()

    # Where things are

    def _columns(self, width: int) -> int:
        least = theme.px(LARGE if self._larger else LEAST)
        fitting = (width + theme.px(GAP)) // (least + theme.px(GAP))
        return 4 if fitting >= 4 else 2 if fitting >= 2 else 1

    def _cell(self, width: int) -> tuple[int, int]:
        """Return the width and height of a head's place in a row of this width."""
        columns = self._columns(width)
        wide = (width - (columns - 1) * theme.px(GAP)) // columns
        return wide, round(wide * heads.HEIGHT / heads.WIDTH) + theme.px(NAME)

    def cells(self) -> Iterator[tuple[str, QRect]]:
        """Yield each view with the rectangle that it is drawn in, without its name."""
        wide, high = self._cell(self.width())
        columns, gap = self._columns(self.width()), theme.px(GAP)
        for number, view in enumerate(heads.VIEWS):
            row, column = divmod(number, columns)
            top = row * (high + gap) + theme.px(NAME)
            yield view, QRect(column * (wide + gap), top, wide, high - theme.px(NAME))

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        rows = len(heads.VIEWS) // self._columns(width)
        return rows * self._cell(width)[1] + (rows - 1) * theme.px(GAP)

    def sizeHint(self) -> QSize:
        """Return the size of four heads side by side."""
        wide = 4 * theme.px(LEAST) + 3 * theme.px(GAP)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the size of one head, the least that can be drawn on."""
        return QSize(theme.px(LEAST), theme.px(LEAST))

    def _at(self, spot: QPointF) -> tuple[str, Point] | None:
        """Return the view below a spot and its point in the room of that view."""
        for view, cell in self.cells():
            if QRectF(cell).contains(spot):
                return view, _point(spot, cell)
        return None

    # Drawing by hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, or set a start; another button gives up a stroke."""
        found = self._at(event.position())
        self._stroke = []
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            self.update()
            return
        view, point = found
        if self.tool:
            self._view, self._stroke = view, [point]
            self.update()
        elif heads.on_head(view, point, _MARGIN):
            self.drawn.emit(sketch.start(view, point))
        else:
            self.missed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a stroke, which stays on the head that it began on."""
        if self._stroke:
            cell = next(cell for view, cell in self.cells() if view == self._view)
            self._stroke.append(_point(event.position(), cell))
            self.update(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish a stroke."""
        if not self._stroke or event.button() != Qt.MouseButton.LeftButton:
            return
        points, self._stroke = self._stroke, []
        self.drawn.emit(sketch.spread(self._view, points, self.tool))
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give up a stroke that nobody can finish."""
        self._stroke = []
        super().hideEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heads with their marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, cell in self.cells():
            if not event.rect().intersects(cell.adjusted(0, -theme.px(NAME), 0, 0)):
                continue
            self._paint_frame(painter, view, cell)
            painter.save()
            painter.setClipRect(cell)
            painter.translate(cell.topLeft())
            painter.scale(cell.width() / heads.WIDTH, cell.width() / heads.WIDTH)
            self._paint_preview(painter, view)
            self._paint_head(painter, view, cell.width() / heads.WIDTH)
            for ink in self._marks.get(view, ()):
                _paint_ink(painter, ink)
            self._paint_stroke(painter, view)
            painter.restore()
        painter.end()

    def _paint_frame(self, painter: QPainter, view: str, cell: QRect) -> None:
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(12))
        above = QRect(cell.left(), cell.top() - theme.px(NAME), cell.width(), theme.px(NAME))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, heads.VIEWS[view])

    def _paint_head(self, painter: QPainter, view: str, scale: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in heads.strokes(view):
            color, width = _INKS[stroke.kind]
            pen = QPen(theme.color(color), width * theme.current().scale / scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            if stroke.kind == "landmark":
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawPath(_curve(stroke.curve))
        painter.setPen(theme.color("text"))
        font = theme.font(12, bold=True)
        font.setPixelSize(max(1, round(font.pixelSize() / scale)))
        painter.setFont(font)
        for letter, (x, y) in heads.letters(view):
            painter.drawText(QRectF(x - 20, y - 20, 40, 40), Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_preview(self, painter: QPainter, view: str) -> None:
        pen = QPen(theme.color("accent"), 2.4)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(theme.color("accent_soft"))
        for region, side in self._preview:
            if edge := heads.area(region, side, view):
                painter.drawPolygon(_polygon(edge))

    def _paint_stroke(self, painter: QPainter, view: str) -> None:
        if self._stroke and view == self._view:
            points = [[x, y] for x, y in self._stroke]
            line = {"kind": sketch.LINE, "points": [*points, points[-1]], "intensity": self.tool}
            for ink in strokes.inks(line):
                _paint_ink(painter, ink)


def _point(spot: QPointF, cell: QRect) -> Point:
    """Return a spot of the widget in the room of a head, as far as it lies in there."""
    x = (spot.x() - cell.left()) / cell.width() * heads.WIDTH
    y = (spot.y() - cell.top()) / cell.width() * heads.WIDTH
    return min(max(x, 0.0), heads.WIDTH), min(max(y, 0.0), heads.HEIGHT)


def _paint_ink(painter: QPainter, ink: Ink) -> None:
    pen = QPen(theme.color("accent"), ink.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if ink.dash:
        pen.setDashPattern([part / ink.width for part in ink.dash])
    painter.setPen(pen if ink.width else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QBrush(theme.color("surface")) if ink.ground else QBrush(Qt.BrushStyle.NoBrush))
    if ink.closed:
        painter.drawPolygon(_polygon(ink.points))
    else:
        painter.drawPolyline(_polygon(ink.points))


def _polygon(points: Sequence[Point]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _curve(curve: Curve) -> QPainterPath:
    start, pieces = curve
    path = QPainterPath(QPointF(*start))
    for first, second, end in pieces:
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path
