"""The six steps below each other in one page that scrolls; the list of steps is its table of contents."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from referral_app.clinical.intake import STEPS
from referral_app.ui import theme


class WholePage(QScrollArea):
    """One section for each step, filled later; `reached` carries the step that is being read after a scroll."""

    reached = Signal(int)

    def __init__(self) -> None:
        """Make the sections empty."""
        super().__init__()
        self.setObjectName("wholeReferral")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        theme.role(inner, "page")
        column = QVBoxLayout(inner)
        theme.scale(column, margins=0, spacing=0)
        self._sections = [QWidget() for _ in STEPS]
        for section in self._sections:
            theme.scale(QVBoxLayout(section), margins=0)
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inner)
        self._kept = 0
        self._told = 1
        self._going = False
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def take(self, step: int, page: QWidget) -> None:
        """Put what a step shows into its section."""
        layout = self._sections[step - 1].layout()
        assert layout is not None
        layout.addWidget(page)
        page.show()

    def go_to(self, step: int) -> None:
        """Scroll to the top of a step, and stay there while what lies above it grows."""
        self._watch(step)
        self._told, self._going = step, True
        self.verticalScrollBar().setValue(self._sections[step - 1].y())
        self._going = False

    def keep(self, step: int) -> None:
        """Stay at a step while what lies above it grows: the focus is in it."""
        self._watch(step)
        self._told = step

    def _watch(self, step: int) -> None:
        if self._kept:
            self._sections[self._kept - 1].removeEventFilter(self)
        self._kept = step
        self._sections[step - 1].installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the section that is read when it moves down or up."""
        if isinstance(event, QMoveEvent) and watched is self._sections[self._kept - 1]:
            moved = event.pos().y() - event.oldPos().y()
            if moved and self.verticalScrollBar().value():
                QTimer.singleShot(0, self, partial(self._move, moved))
        return False

    def _move(self, by: int) -> None:
        self._going = True
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by)
        self._going = False

    def step_in_sight(self) -> int:
        """Return the step whose section lies across the upper third of what is seen."""
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.value() == bar.maximum():
            return len(STEPS)
        line = bar.value() + self.viewport().height() // 3
        return max((n for n, part in enumerate(self._sections, 1) if part.y() <= line), default=1)

    def _scrolled(self, _value: int) -> None:
        step = self.step_in_sight()
        if not self._going and step != self._told:
            self._told = step
            self._watch(step)
            self.reached.emit(step)
