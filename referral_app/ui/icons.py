"""Icons drawn for this project, colored from the look in use."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from referral_app.paths import resource
from referral_app.ui import theme

APART = 4
"""Pixels between the icon of a button and its words, which Qt gives at every zoom."""


def icon(name: str, color: str = "text", size: int = 20, on: str = "", apart: int = 0) -> QIcon:
    """Return an icon in the color of a token: grayed when disabled, its own when selected, `on` when checked.

    `apart` is room right of it in pixels.
    """
    made = QIcon(_beside(pixmap(name, size, color), apart))
    made.addPixmap(_beside(pixmap(name, size, "disabled"), apart), QIcon.Mode.Disabled)
    made.addPixmap(_beside(pixmap(name, size, "selection_text"), apart), QIcon.Mode.Selected)
    if on:
        made.addPixmap(_beside(pixmap(name, size, on), apart), QIcon.Mode.Normal, QIcon.State.On)
    return made


def _beside(drawn: QPixmap, apart: int) -> QPixmap:
    """Return a picture with room right of it."""
    if not apart:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(apart * ratio), drawn.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


def pixmap(name: str, size: int = 20, color: str = "text") -> QPixmap:
    """Return the picture of an icon; `size` is for 100 % zoom, `color` a token or #RRGGBB."""
    ink = color if color.startswith("#") else str(getattr(theme.current().tokens, color))
    ratio = _ratio()
    side = round(theme.px(size) * ratio)
    key = f"{name} {side} {ink}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = _draw(name, side, ink)
        QPixmapCache.insert(key, found)
    found.setDevicePixelRatio(ratio)
    return found


def put(
    widget: QAbstractButton | QLabel, name: str, size: int = 20, color: str = "text", on: str = ""
) -> None:
    """Show an icon on a button or label; it follows the look and the zoom from then on."""
    widget.setProperty("icon_drawn", [name, size, color, on])
    repaint(widget)


def repaint(widget: QWidget) -> None:
    """Draw the icon of a widget anew, where it has one."""
    drawn: Any = widget.property("icon_drawn")
    if not drawn:
        return
    name, size, color, on = drawn
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, size, color))
        widget.setFixedSize(theme.px(size), theme.px(size))
    elif isinstance(widget, QAbstractButton):
        apart = max(0, theme.px(APART) - APART) if isinstance(widget, QPushButton) and widget.text() else 0
        widget.setIconSize(QSize(theme.px(size) + apart, theme.px(size)))
        widget.setIcon(icon(name, color, size, on, apart))


def _ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0


def logo(size: int = 28) -> QPixmap:
    """Return the logo, which has its own colors."""
    return QPixmap.fromImage(_render(resource("logo.svg").read_bytes(), theme.px(size)))


def _draw(name: str, side: int, ink: str) -> QPixmap:
    """Return the shape of an icon filled with one color."""
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawImage(0, 0, _shape(name, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(made.rect(), QColor(ink))
    painter.end()
    return made


@cache
def _shape(name: str, side: int) -> QImage:
    """Return an icon in black: drawn once for all colors."""
    return _render(resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", b"#000"), side)


def _render(drawing: bytes, side: int) -> QImage:
    made = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return made
