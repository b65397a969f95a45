"""Which column of a file is which field: each heading with what stands below it, and a choice beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.chores import Chores
from referral_app.ui.tab_order import chain
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.notice import Advice

NOT_TAKEN = "Not imported"
REMEMBERED = "Matched as you chose for the last file with these columns."


class Looked(Protocol):
    """What a first look at a file found: headings, sample cells, and which field each heading most likely is."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings."""
        ...

    @property
    def samples(self) -> tuple[tuple[str, ...], ...]:
        """The first cells below each heading."""
        ...

    @property
    def mapping(self) -> Mapping[str, str]:
        """The field of each heading."""
        ...

    @property
    def remembered(self) -> bool:
        """Whether the matching was chosen before."""
        ...


class ColumnMatching(QWidget):
    """A row for each column; `changed` when a choice was made. Rows are made in turns: a file may have hundreds."""

    changed = Signal()

    def __init__(
        self, looked: Looked, fields: Sequence[tuple[str, str]], problem: Callable[[Mapping[str, str]], str]
    ) -> None:
        """Show what was guessed, or remembered; `fields` can be chosen, `problem` says what a matching lacks."""
        super().__init__()
        self._fields, self._problem = fields, problem
        self._looked, self._kept = looked, dict(looked.mapping)
        self.boxes: dict[str, ChoiceBox] = {}
        self.problem = Advice("warning", "columnProblem")
        card = Card("Columns of the file")
        card.add(labels.muted(REMEMBERED if looked.remembered else "Check which field each column is."))
        self._grid = QGridLayout()
        theme.scale(self._grid, spacing=8)
        for at, words in enumerate(("Column", "In the file", "Field")):
            self._grid.addWidget(labels.strong(words), 0, at)
        self._grid.setColumnStretch(1, 1)
        card.add(self._grid)
        whole = QGridLayout(self)
        theme.scale(whole, margins=0, spacing=12)
        whole.addWidget(self.problem, 0, 0)
        whole.addWidget(card, 1, 0)
        self._chores = Chores(self)
        named = [number for number, heading in enumerate(looked.headings) if heading]
        self._chores.add(*(partial(self._add, number) for number in named), self._judge)
        self._chores.begin()

    def mapping(self) -> dict[str, str]:
        """Return the field of each heading; those that are not imported are left out."""
        self._chores.finish()
        return {heading: box.value() for heading, box in self.boxes.items() if box.value()}

    def _add(self, number: int) -> None:
        heading = self._looked.headings[number]
        samples = " · ".join(text for text in self._looked.samples[number] if text.strip())
        box = ChoiceBox(f"columnField{number}", self._fields, f"Field of the column {heading}", NOT_TAKEN)
        box.setAccessibleDescription(f"In the file: {samples}" if samples else "Empty in the first rows.")
        box.set_value(self._looked.mapping.get(heading, ""))
        box.currentIndexChanged.connect(self._changed)
        shown = labels.Elided(samples.replace("\n", " "), "muted")
        name = labels.Elided(heading, "body")
        row = self._grid.rowCount()
        for at, widget in enumerate((name, shown, box)):
            self._grid.addWidget(widget, row, at, Qt.AlignmentFlag.AlignVCenter)
        chain([*list(self.boxes.values())[-1:], box])
        self.boxes[heading] = box
        theme.scale(name, min_width=140)
        theme.scale(box, min_width=210)

    @property
    def is_changed(self) -> bool:
        """Whether a field was chosen that would be lost now: a preview remembers what was chosen."""
        return self.mapping() != self._kept

    def note_kept(self, mapping: Mapping[str, str]) -> None:
        """Take what is remembered of this matching."""
        self._kept = dict(mapping)

    def _changed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        mapping = {heading: box.value() for heading, box in self.boxes.items() if box.value()}
        self.problem.say(self._problem(mapping))
