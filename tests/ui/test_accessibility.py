"""Every page and dialog: names, object names, tab order, sizes of targets, nothing cut at 200 %.

The scenes are those of tests/screenshots.py, so that a screen with a picture is also a screen under test.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Generator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.widgets.labels import Elided
from tests.screenshots import SCENES, Stage

SCREENS = pytest.mark.parametrize("scene", list(SCENES))
TARGET = 24
LEADS = {"asked-form", "referral-headache", "referral-safety", "form-pasted"}
"""Scenes that lead to a field; others scroll on to show what stands below."""
CARD = 120
"""Rows higher than this at 200 % are cards."""
TARGETS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


@pytest.fixture
def stage(qtbot: QtBot, filled_desk: Desk, reference: str) -> Generator[Stage]:
    made = Stage(filled_desk, reference)
    qtbot.addWidget(made.window)
    yield made
    made.close_dialogs()
    filled_desk.background.wait()


def _shown(stage: Stage, scene: str, zoom: int = 100) -> QWidget:
    """Return the screen of a scene: the open dialog, or the window."""
    if zoom != 100:
        stage.desk.settings.zoom = zoom
        stage.window.settings_changed()
    SCENES[scene](stage)
    stage.settle(0.2)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return stage.front or (dialogs[0] if dialogs else stage.window)


def _stops(screen: QWidget) -> list[QWidget]:
    """Return what the Tab key stops at, in its order."""
    found: list[QWidget] = []
    at = screen.nextInFocusChain()
    while at is not None and at is not screen:
        tabbed = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.focusProxy() is None
        if tabbed and at.isVisible() and at.isEnabled() and at.window() is screen:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def _says(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r}"


@SCREENS
def test_controls_have_names_and_room_and_tab_goes_down_through_all(stage: Stage, scene: str) -> None:
    """Each scene is built once for the five kinds of problem: building it takes most of the time."""
    screen = _shown(stage, scene)
    stops = _stops(screen)
    assert len(stops) == len(set(stops))
    found = {
        "without a name, or with its hint as one": _unnamed(stops),
        "without an object name of its own": _alike(stops),
        "too small to press": _small(stops),
        "above the control before it": _upwards(screen, stops),
        "without the key of a main button": _keyless(screen),
    }
    assert {kind: those for kind, those in found.items() if those} == {}


def _keyless(screen: QWidget) -> list[str]:
    """Return the main button of a dialog that Ctrl+Enter does not press, and any that destroys and Enter presses."""
    made = screen.findChildren(QPushButton) if isinstance(screen, Framed) else []
    return [
        _named(button)
        for button in made
        if (
            button.property("role") == "primary"
            and button.shortcut().isEmpty()
            and not _within_page(button, screen)
        )
        or (button.property("role") == "danger" and (button.isDefault() or not button.shortcut().isEmpty()))
    ]


def _within_page(button: QPushButton, screen: QWidget) -> bool:
    """Tell whether a button stands in the body of a dialog, not at its foot."""
    at = button.parentWidget()
    while at is not None and at is not screen:
        if isinstance(at, QAbstractScrollArea):
            return True
        at = at.parentWidget()
    return False


def _unnamed(stops: list[QWidget]) -> list[str]:
    return [_named(one) for one in stops if not _says(one) or _says(one) == _hint(one)]


def _hint(widget: QWidget) -> str | None:
    is_bare = isinstance(widget, QLineEdit) and not widget.accessibleName()
    return widget.placeholderText() if is_bare else None


def _alike(stops: list[QWidget]) -> list[str]:
    times = Counter(widget.objectName() for widget in stops)
    return [_named(widget) for widget in stops if not widget.objectName() or times[widget.objectName()] > 1]


def _small(stops: list[QWidget]) -> list[str]:
    return [
        f"{_named(widget)}: {widget.width()} x {widget.height()}"
        for widget in stops
        if isinstance(widget, TARGETS) and min(widget.width(), widget.height()) < TARGET
    ]


def _upwards(screen: QWidget, stops: list[QWidget]) -> list[str]:
    """Return what stands above the control before it in the same place."""
    return [
        f"{_named(after)} stands above {_named(before)}"
        for before, after in itertools.pairwise(stops)
        if before.parentWidget() is after.parentWidget()
        and after.mapTo(screen, QPoint(0, after.height())).y() <= before.mapTo(screen, QPoint(0, 0)).y()
    ]


@SCREENS
def test_nothing_is_cut_covered_or_out_of_reach_at_twice_the_size(stage: Stage, scene: str) -> None:
    """As above, each scene is built once for all kinds of problem."""
    screen = _shown(stage, scene, 200)
    found = {
        "cut": [words for widget in screen.findChildren(QWidget) if (words := _cut(widget))],
        "covered": [words for widget in screen.findChildren(QLabel) if (words := _covered(widget))],
        "with fewer rows in sight than three": _low_lists(screen),
        "larger than the window": _too_large(stage.window, screen),
        "with the focus and out of sight": _unseen(screen) if scene in LEADS else [],
    }
    assert {kind: those for kind, those in found.items() if those} == {}


def _covered(label: QLabel) -> str:
    """Return the words of a label over which something else stands in the same place."""
    holder = label.parentWidget()
    if not label.isVisible() or holder is None or not (label.text() or not label.pixmap().isNull()):
        return ""
    beside = [
        one for one in holder.children() if isinstance(one, QWidget) and one is not label and one.isVisible()
    ]
    over = [one for one in beside if isinstance(one, (QLabel, *TARGETS)) and _overlap(label, one)]
    return f"{label.text()[:40]!r} and {_named(over[0])}" if over else ""


def _overlap(one: QWidget, other: QWidget) -> bool:
    shared = one.geometry().intersected(other.geometry())
    return shared.width() > 4 and shared.height() > 4


def _low_lists(screen: QWidget) -> list[str]:
    """Return the lists that show less than three of their rows, the third by half, or than one card of a surgeon."""
    return [
        f"{_named(table)}: {table.viewport().height()} for rows of {table.rowHeight(0)}"
        for table in screen.findChildren(QTableView)
        if table.isVisible() and (rows := table.model().rowCount())
        if table.viewport().height()
        < min(rows, 2.5 if table.rowHeight(0) <= CARD else 1) * table.rowHeight(0) - 2
    ]


def _unseen(screen: QWidget) -> list[str]:
    """Return what has the focus and lies where nobody sees it."""
    has = screen.focusWidget()
    hidden = has is not None and has.isVisible() and has.visibleRegion().isEmpty()
    return [_named(has)] if has is not None and hidden else []


def _too_large(window: QWidget, screen: QWidget) -> list[str]:
    """Return a dialog whose foot or edge would lie outside the window."""
    inside = screen.height() <= window.height() and screen.width() <= window.width()
    return [] if inside or screen is window else [f"{_named(screen)}: {screen.size()}"]


def _cut(widget: QWidget) -> str:
    """Return what is cut off in a widget, "" where all is seen."""
    if not widget.isVisible() or isinstance(widget, Elided | QScrollBar):
        return ""
    if isinstance(widget, QLabel) and widget.text():
        return _cut_label(widget) or _outside(widget)
    if isinstance(widget, QAbstractButton) and widget.text():
        wanted = widget.sizeHint()
        if widget.hasHeightForWidth():  # what wraps needs less height where it is wider than usual
            wanted.setHeight(widget.heightForWidth(widget.width()))
        if widget.width() < wanted.width() - 2 or widget.height() < wanted.height() - 2:
            return f"{_named(widget)}: {widget.text()!r} has {widget.width()} of {wanted.width()}"
    return _outside(widget)


def _cut_label(label: QLabel) -> str:
    inside = label.contentsRect()
    flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    room = QRect(0, 0, inside.width() if label.wordWrap() else 100_000, 100_000)
    need = label.fontMetrics().boundingRect(room, flags, label.text())
    slack = label.fontMetrics().height() // 3
    if need.width() > inside.width() + slack or need.height() > inside.height() + slack:
        return f"{label.text()[:50]!r} needs {need.size()} of {inside.size()}"
    return ""


def _outside(widget: QWidget) -> str:
    """Return a name where a control lies outside what holds it, and nothing scrolls there."""
    holder = widget.parentWidget()
    if (
        not isinstance(widget, (QLabel, *TARGETS))
        or holder is None
        or isinstance(holder.parentWidget(), QAbstractScrollArea)
    ):
        return ""
    inside = holder.rect().adjusted(-2, -2, 2, 2)
    return "" if inside.contains(widget.geometry()) else f"{_named(widget)} lies outside {_named(holder)}"
