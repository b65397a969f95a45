"""The head sketch without a hand: a place by its name, a side, and what is felt there."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QVBoxLayout, QWidget

from referral_app.clinical import heads, sketch
from referral_app.clinical.sketch import INTENSITIES, Mark
from referral_app.ui import theme
from referral_app.ui.referrals.choice_controls import QuietBox
from referral_app.ui.referrals.flow import FlowLayout
from referral_app.ui.referrals.letters import PAUSE
from referral_app.ui.widgets import buttons, labels

_SIDES = {"Right": ("right",), "Left": ("left",), "Both sides": heads.SIDES}
START, NOTHING = "Starts here", "Nothing here: take it away"
_WHAT = (START, *(f"Spreads, {words}" for words in INTENSITIES.values()), NOTHING)


class SketchPlaces(QWidget):
    """Three boxes and a button; `pointed` carries the places that are chosen while the focus is here, to be shown."""

    put = Signal()
    pointed = Signal(object)

    def __init__(self) -> None:
        """Offer every place of the heads."""
        super().__init__()
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        column.addWidget(labels.strong("By name, without drawing"))
        self.place = _box("pain.sketch.place", [region.label for region in heads.REGIONS.values()])
        self.side = _box("pain.sketch.side", list(_SIDES))
        self.what = _box("pain.sketch.what", list(_WHAT))
        self.button = buttons.outlined("Put on the heads", "pain.sketch.put")
        self.labels = [labels.muted(words) for words in ("Place", "Side", "What is felt there", "")]
        flow = FlowLayout(gap=6, line_gap=6)
        for label, widget in zip(self.labels, self.all(), strict=True):
            flow.addWidget(_below(label, widget))
            widget.installEventFilter(self)
        column.addLayout(flow)
        self.button.clicked.connect(self.put)
        self.place.currentIndexChanged.connect(self._point)
        self.side.currentIndexChanged.connect(self._point)

    def boxes(self) -> list[QComboBox]:
        """Return the boxes."""
        return [self.place, self.side, self.what]

    def all(self) -> list[QWidget]:
        """Return what takes the focus."""
        return [*self.boxes(), self.button]

    def places(self) -> list[tuple[str, str]]:
        """Return the region with each side chosen."""
        region = list(heads.REGIONS)[self.place.currentIndex()]
        return [(region, side) for side in _SIDES[self.side.currentText()]]

    def changed(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """Return marks with what is chosen instead of what was chosen for the same places before."""
        what = self.what.currentIndex()
        for region, side in self.places():
            nothing = _WHAT[what] == NOTHING
            marks = sketch.without(
                marks, region, side, starts=nothing or what == 0, spreads=nothing or what > 0
            )
            if what == 0:
                marks = (*marks, sketch.start_at(region, side))
            elif not nothing:
                marks = (*marks, *sketch.spread_over(region, side, what))
        return marks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the places while the focus is here."""
        if event.type() == QEvent.Type.FocusIn:
            self._point()
        elif event.type() == QEvent.Type.FocusOut:
            self.pointed.emit([])
        return False

    def _point(self) -> None:
        if any(widget.hasFocus() for widget in self.all()):
            self.pointed.emit(self.places())


def _below(label: QLabel, widget: QWidget) -> QWidget:
    """Return a widget below its label, which screen readers ask for what a box is: its name is what is chosen in it."""
    made = QWidget()
    column = QVBoxLayout(made)
    theme.scale(column, margins=0, spacing=2)
    label.setWordWrap(False)
    label.setBuddy(widget)
    column.addWidget(label)
    column.addWidget(widget)
    return made


class _Found(QListView):
    """The entries of a box, found by the first letters of any of their words: nobody calls the temple by its nerve."""

    def keyboardSearch(self, search: str) -> None:
        """Choose the entry that begins with the letters typed, else the first one with a word that does."""
        now = time.monotonic()
        self._typed = (self._typed if now - self._last < PAUSE else "") + search.casefold()
        self._last = now
        model = self.model()
        words = [str(model.index(at, 0).data()).casefold() for at in range(model.rowCount())]
        for begins in (str.startswith, _has_word):
            for at, entry in enumerate(words):
                if begins(entry, self._typed):
                    self.setCurrentIndex(model.index(at, 0))
                    return

    def forget(self) -> None:
        """Begin a new word with the next letter."""
        self._typed = ""

    _typed, _last = "", 0.0


def _has_word(entry: str, begun: str) -> bool:
    return f" {begun}" in f" {entry}"


def _box(name: str, entries: list[str]) -> QComboBox:
    made = QuietBox()
    made.setObjectName(name)
    made.setView(_Found())
    made.addItems(entries)
    return made
