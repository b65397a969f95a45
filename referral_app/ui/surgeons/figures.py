"""The figures of the live check that a surgeon's office has of its own; the others are those of the Center."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import thresholds
from referral_app.clinical.thresholds import FIGURES, Own
from referral_app.ui import figure_line, tab_order
from referral_app.ui.fields import Field
from referral_app.ui.figure_line import FigureLine
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox

EMPTY = "No figure of this office's own: those of the Center count."


class Figures(QWidget):
    """A field for each figure of its own, and a list to add one from."""

    changed = Signal()

    def __init__(self, own: Own, by_center: Own) -> None:
        """Show the figures of the office; `by_center` are those that the Center chose."""
        super().__init__()
        self._usual = thresholds.put_together(by_center)
        self.lines: dict[str, FigureLine] = {}
        self.empty = labels.muted(EMPTY)
        self.choice = ChoiceBox("ownFigureChoice", (), "Figure of its own to add")
        self.add_button = buttons.outlined("Add this figure", "ownFigureAdd", icon="plus")
        self.add_button.clicked.connect(self._add_chosen)
        self._lines = column(spacing=12)
        held = column(spacing=12)
        held.addWidget(self.empty)
        held.addLayout(self._lines)
        held.addLayout(row(self.choice, self.add_button, None, spacing=12))
        self.setLayout(held)
        for figure in FIGURES:
            if figure.name in own:
                self._add(figure.name).show_value(own[figure.name])
        self._offer()

    def read(self) -> tuple[tuple[tuple[str, float], ...], dict[str, str]]:
        """Return the figures that differ from the Center's, and a sentence for each that cannot be right, by path."""
        own, wrong = figure_line.read(self.lines, with_center_only=False)
        return tuple(sorted(own.items())), wrong

    def blocks(self) -> Mapping[str, Field]:
        """Return the labeled fields by their paths."""
        return {f"thresholds.{name}": line.block for name, line in self.lines.items()}

    def _add_chosen(self) -> None:
        if not (name := self.choice.value()):
            self.choice.setFocus()
            return
        line = self._add(name)
        self._offer()
        line.edit.setFocus()
        line.edit.selectAll()

    def _add(self, name: str) -> FigureLine:
        figure = thresholds.BY_NAME[name]
        line = self.lines[name] = FigureLine(
            "ownFigure", figure, getattr(self._usual, name), "The Center's", True
        )
        line.changed.connect(self.changed)
        line.back.connect(self._remove)
        self._lines.addWidget(line)
        tab_order.tab_before((self.choice,), (line,))
        return line

    def _remove(self, line: FigureLine) -> None:
        """Take a figure out again: the Center's counts."""
        del self.lines[line.figure.name]
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._offer()
        self.choice.setFocus()
        self.changed.emit()

    def _offer(self) -> None:
        left = [one for one in FIGURES if not one.center_only and one.name not in self.lines]
        self.choice.set_value("")
        self.choice.set_options([(one.name, f"{one.label}, {one.unit}") for one in left], "Choose a figure…")
        self.empty.setVisible(not self.lines)
