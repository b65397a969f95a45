"""The order in which the Tab key goes through what was made bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab go through widgets in this order."""
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def tab_before(below: Iterable[QWidget], parts: Iterable[QWidget]) -> None:
    """Let Tab go through what was made later, in its order, right before the widgets that stand below it.

    Only single stops are moved: Qt takes a widget with others inside it for the last one of them.
    """
    late = [stop for part in parts for stop in stops(part)]
    after = [stop for part in below for stop in stops(part)]
    if late and after:
        chain([after[-1], *late, *after])


def stops(part: QWidget) -> list[QWidget]:
    """Return what takes the focus in a widget, itself included, in the order of reading.

    That is the order in which it was put in, or what `tab_stops()` says where a widget has it.
    """
    own: Callable[[], list[QWidget]] | None = getattr(part, "tab_stops", None)
    if own is not None:
        return own()
    found = [part] if part.focusPolicy() != Qt.FocusPolicy.NoFocus else []
    if isinstance(part, QComboBox):
        return found
    inside = [child for child in part.children() if isinstance(child, QWidget) and not child.isWindow()]
    return found + [stop for child in inside for stop in stops(child)]
