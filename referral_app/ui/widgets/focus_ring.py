"""The focus ring: 2 px wide, 2 px away from whatever has the focus, in every look."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

from referral_app.ui import theme

RINGED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox)
AWAY = 4
MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class _Ring(QWidget):
    """A frame above the other widgets that the mouse does not see."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))
        painter.end()


class FocusRing(QObject):
    """Follows the focus through the application."""

    def __init__(self, app: QApplication) -> None:
        """Begin to follow."""
        super().__init__(app)
        self._ring: _Ring | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the widget and with everything that it lies in."""
        if event.type() in MOVING:
            self._place()
        return False

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
        if not isinstance(new, RINGED):
            return
        ground = self._watch(new)
        if self._ring is None or not shiboken6.isValid(self._ring):
            self._ring = _Ring(ground)
        self._ring.setParent(ground)
        self._place()

    def _watch(self, widget: QWidget) -> QWidget:
        """Follow a widget and what it lies in, up to what scrolls or to the window, which is returned."""
        at = widget
        while True:
            at.installEventFilter(self)
            self._watched.append(at)
            parent = at.parentWidget()
            if at.isWindow() or parent is None:
                return at
            area = parent.parentWidget()
            if at is not widget and isinstance(area, QScrollArea) and not isinstance(at, QSplitter):
                return at
            at = parent

    def _place(self) -> None:
        if self._ring is None or not self._watched or not shiboken6.isValid(self._ring):
            return
        widget, ground = self._watched[0], self._ring.parentWidget()
        if ground is None or not shiboken6.isValid(widget) or not widget.isVisible():
            self._ring.hide()
            return
        corner = widget.mapTo(ground, QPoint(0, 0)) if widget is not ground else QPoint(0, 0)
        self._ring.setGeometry(QRect(corner, widget.size()).adjusted(-AWAY, -AWAY, AWAY, AWAY))
        self._ring.raise_()
        self._ring.show()
