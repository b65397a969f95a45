"""The review of a referral before it is signed: each part can be marked as looked at, or changed where it is asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.referrals import review_parts
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.review_parts import Part
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, row

INTRO = "What decides. Tick what you looked at; a tick goes when the part changes."
LABEL_WIDTH = 170


class ReviewCard(Card):
    """Shows the parts; `change` carries the path of the field to go to."""

    change = Signal(str)

    def __init__(self, draft: Draft, sketch_class: FieldView) -> None:
        """Show nothing yet; `show_parts` does. The class of the sketch, which is the clinician's, is chosen here."""
        super().__init__("Review")
        self.setObjectName("card.review")
        theme.scale(self.column, spacing=12)
        self._draft, self._sketch_class = draft, sketch_class
        self.add(labels.muted(INTRO))
        self._blocks: dict[str, PartBlock] = {}

    def show_parts(self) -> None:
        """Show what the parts say by now; those that say the same stay as they are."""
        for part in review_parts.parts(self._draft):
            if part.key not in self._blocks:
                block = self._blocks[part.key] = PartBlock(part.key)
                block.change.connect(self.change)
                block.looked.connect(self._looked)
                self.add(labels.line())
                self.add(block)
                if part.path == self._sketch_class.path:
                    block.take(self._sketch_class)
            self._blocks[part.key].show_part(part, self._draft.sheet.standing.looked.get(part.key))

    def _looked(self, key: str, words: str) -> None:
        """Keep what a part said when it was looked at, "" where the tick was taken away."""
        self._draft.sheet.standing.looked[key] = words

    def first(self) -> QWidget | None:
        """Return the first tick."""
        return next(iter(self._blocks.values())).tick if self._blocks else None


class PartBlock(QWidget):
    """One part of the review: a tick with its title, a link to change it, its lines."""

    change = Signal(str)
    looked = Signal(str, str)

    def __init__(self, key: str) -> None:
        """Make it empty."""
        super().__init__()
        self._part: Part | None = None
        self._answered_here = False
        self._title = labels.strong("")
        self.tick = QCheckBox("Looked at")
        self.tick.setObjectName(f"review.{key}")
        self._link = buttons.link("Change", f"review.{key}.change")
        self.tick.toggled.connect(self._ticked)
        self._link.clicked.connect(self._change)
        self._lines = QVBoxLayout()
        theme.scale(self._lines, margins=0, spacing=4)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        column.addLayout(row(self._title, None, self.tick, self._link, spacing=12))
        column.addLayout(self._lines)

    def take(self, field: QWidget) -> None:
        """Let the part be answered here, in the place of its words."""
        self._link.hide()
        self._lines.addWidget(field)
        self._answered_here = True

    def show_part(self, part: Part, looked: str | None) -> None:
        """Show a part; its tick stays only for the words that it was given for."""
        if part == self._part and self.tick.isChecked() == (looked == part.words):
            return
        self._part = part
        self._title.setText(part.title)
        self.tick.setAccessibleName(f"Looked at: {part.title}")
        self._link.setAccessibleName(f"Change: {part.title}")
        self._link.setVisible(bool(part.path) and not self._answered_here)
        self.tick.blockSignals(True)
        self.tick.setChecked(looked == part.words)
        self.tick.blockSignals(False)
        if self._answered_here:
            return
        clear(self._lines)
        grid = QGridLayout()
        theme.scale(grid, horizontal=12, vertical=4)
        grid.setColumnStretch(1, 1)
        for label, words in part.lines:
            _add_line(grid, label, words)
        self._lines.addLayout(grid)

    def _ticked(self, on: bool) -> None:
        if self._part is not None:
            self.looked.emit(self._part.key, self._part.words if on else "")

    def _change(self) -> None:
        if self._part is not None:
            self.change.emit(self._part.path)


def _add_line(grid: QGridLayout, label: str, words: str) -> None:
    at = grid.rowCount()
    if not label:
        grid.addWidget(labels.body(words), at, 0, 1, 2)
        return
    title = labels.muted(label)
    theme.scale(title, width=LABEL_WIDTH)
    grid.addWidget(title, at, 0)
    grid.addWidget(labels.body(words), at, 1)
