"""A plot on screen: the shapes of `clinical.plots`; arrow keys read its bars one by one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from referral_app.clinical import plots
from referral_app.clinical.plots import Box, Plot, Words
from referral_app.ui import theme

LARGEST = 1.15
"""How many pixels a unit is at 100 % where there is room."""
_LETTER = 13.0
"""How high letters are: pixels at 100 %, and units at most where the plot is narrower than its words would like."""
_EDGE = 6
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_HOW = "Arrow keys read each bar; the table below has the same figures."


class PlotView(QWidget):
    """One plot; `current` is the bar that is read out, -1 before the first."""

    def __init__(self, plot: Plot, name: str) -> None:
        """Make it of a plot, with an object name."""
        super().__init__()
        self.setObjectName(name)
        self.plot, self.current = plot, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(plot.title)
        self.setAccessibleDescription(f"{plot.alternative} {_HOW}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return round(self.plot.height * self._unit(width)) + 2 * theme.px(_EDGE)

    def sizeHint(self) -> QSize:
        """Return the size at which words are as large as those of the page."""
        wide = round(plots.WIDTH * LARGEST * theme.current().scale) + 2 * theme.px(_EDGE)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return half of that size."""
        wide = self.sizeHint().width() // 3
        return QSize(wide, self.heightForWidth(wide))

    def step(self, by: int) -> None:
        """Read the next bar or the one before."""
        self.read(max(0, min(len(self.plot.bars) - 1, self.current + by)))

    def read(self, number: int) -> None:
        """Make a bar the current one, which a screen reader then reads."""
        self.current = number
        place = f"{number + 1} of {len(self.plot.bars)}"
        self.setAccessibleName(f"{self.plot.bars[number].words}. {place}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from bar to bar."""
        key = Qt.Key(event.key())
        if key in _STEPS and self.plot.bars:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.plot.bars:
            self.read(0 if key == Qt.Key.Key_Home else len(self.plot.bars) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the bar below the mouse the current one."""
        number = plots.at(self.plot, (event.position().y() - theme.px(_EDGE)) / self._unit(self.width()))
        if number is not None:
            self.read(number)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be named by the title again."""
        super().focusOutEvent(event)
        self.current = -1
        self.setAccessibleName(self.plot.title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, and a ring around the current one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self._unit(self.width())
        painter.translate(theme.px(_EDGE), theme.px(_EDGE))
        for shape in plots.shapes(self.plot):
            if isinstance(shape, Words):
                _write(painter, shape, unit)
            else:
                _fill(painter, shape, unit)
        if self.hasFocus():
            self._ring(painter, unit)
        painter.end()

    def _ring(self, painter: QPainter, unit: float) -> None:
        left, top, wide, high = (
            plots.place(self.current) if self.current >= 0 else (0, 0, plots.WIDTH, self.plot.height)
        )
        painter.setPen(QPen(theme.color("focus"), 2 * theme.current().scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = QRectF(left * unit, top * unit, wide * unit, high * unit)
        painter.drawRoundedRect(ring.adjusted(-4, -1, 4, 1), theme.px(4), theme.px(4))

    def _unit(self, width: int) -> float:
        """Return how many pixels a unit is."""
        fitting = max(1, width - 2 * theme.px(_EDGE)) / plots.WIDTH
        return min(LARGEST * theme.current().scale, fitting)


def _write(painter: QPainter, words: Words, unit: float) -> None:
    font = theme.font(plots.SIZE, bold=words.bold)
    font.setPixelSize(max(1, round(_LETTER * min(theme.current().scale, unit))))
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(round(words.x * unit), round(words.y * unit), words.text)


def _fill(painter: QPainter, box: Box, unit: float) -> None:
    color = theme.color("accent")
    brush = {
        plots.SOLID: QBrush(color), plots.HATCH: QBrush(color, Qt.BrushStyle.BDiagPattern),
    }.get(box.pattern, QBrush(Qt.BrushStyle.NoBrush))  # fmt: skip
    painter.setPen(QPen(color, max(1.0, unit)))
    painter.setBrush(brush)
    painter.drawRect(QRectF(box.x * unit, box.y * unit, box.width * unit, box.height * unit))
