"""Pages and forms that scroll where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from referral_app.ui import theme


def scrolled(content: QWidget, name: str = "") -> QScrollArea:
    """Return an area in which a widget scrolls; it is no stop of the Tab key."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    theme.role(content, "page")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


def centered(content: QWidget, max_width: int) -> QWidget:
    """Return a widget that keeps its content at the left, no wider than `max_width`."""
    made = QWidget()
    theme.role(made, "page")
    row = QHBoxLayout(made)
    theme.scale(row, margins=0, spacing=0)
    theme.scale(content, max_width=max_width)
    row.addWidget(content, 100)
    row.addStretch(1)
    return made


def fit(dialog: QDialog, area: QScrollArea, width: int) -> None:
    """Give a dialog the size of its scrolling body, as far as the screen has room."""
    body = area.widget() or area
    wide = max(theme.px(width), body.minimumSizeHint().width() + theme.px(48))
    tall = body.heightForWidth(wide) if body.hasHeightForWidth() else body.sizeHint().height()
    rest = dialog.sizeHint().height() - area.sizeHint().height()
    room = dialog.screen().availableSize()
    dialog.resize(min(wide, room.width() - 40), min(tall + rest + theme.px(8), room.height() - 80))
