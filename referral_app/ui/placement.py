"""Where the main window stands when it was never placed before."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

FIRST_SIZE = QSize(1280, 800)
FRAME = 40
"""Pixels that the title bar takes at most; what is on the screen says nothing of it before the window is shown."""


def first_place(room: QRect) -> QRect:
    """Return where a window stands that was never placed: in the middle of what a screen leaves free, all of it in."""
    free = room.adjusted(0, FRAME, 0, 0)
    place = QRect(free.topLeft(), FIRST_SIZE.boundedTo(free.size()))
    place.moveCenter(free.center())
    return place
