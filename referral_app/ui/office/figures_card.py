"""The figures of the live check that the Center may change: what each means, and the way back to the program's."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical.thresholds import FIGURES, Own
from referral_app.ui import fields, figure_line
from referral_app.ui.figure_line import FigureLine
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.card import Card, row

WHAT = (
    "From these figures on, the live check says that something supports, is for review, or is worth a note. Nothing is "
    "refused by them. A clinician of the Center should agree to each change; surgeons may have figures of their own."
)
SAME = "All are the program's own."
CHANGED = "{} of them {} from the program's."


class FiguresCard(Card):
    """A field for each figure, grouped."""

    changed = Signal()

    def __init__(self) -> None:
        """Show the program's figures."""
        super().__init__("Figures of the live check")
        self.setObjectName("centerFigures")
        self.lines = {
            one.name: FigureLine("centerFigure", one, one.usual, "The program's") for one in FIGURES
        }
        self.whose = labels.muted(SAME)
        self.back_button = buttons.outlined(
            "Back to the program's figures", "centerFiguresBack", icon="history"
        )
        self.back_button.clicked.connect(self._all_back)
        self.add(labels.muted(WHAT))
        self.add(self.whose)
        groups = dict.fromkeys(one.group for one in FIGURES)
        for group in groups:
            self.add(labels.strong(group))
            lines = tuple(line for line in self.lines.values() if line.figure.group == group)
            for first, second in zip(lines[::2], (*lines[1::2], None), strict=False):
                self.add(Beside(first, second, wide=(first, second)) if second else first)
        self.add(row(self.back_button, None))
        for line in self.lines.values():
            line.changed.connect(self._typed)
        self._say()

    def show_own(self, own: Own) -> None:
        """Show the figures that count, those that the Center chose among them."""
        for name, line in self.lines.items():
            line.show_value(own.get(name, line.usual))
        self._say()

    def read(self) -> tuple[dict[str, float], dict[str, str]]:
        """Return the figures that differ from the program's, and a sentence for each field that cannot be right."""
        return figure_line.read(self.lines)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its figure."""
        fields.show_errors({f"thresholds.{name}": line.block for name, line in self.lines.items()}, errors)

    def widget(self, path: str) -> QWidget | None:
        """Return the field that an error is about."""
        line = self.lines.get(path.removeprefix("thresholds."))
        return line.edit if line else None

    def _all_back(self) -> None:
        self.show_own({})
        next(iter(self.lines.values())).edit.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        own, wrong = self.read()
        count = len(own.keys() | {path.removeprefix("thresholds.") for path in wrong})
        self.whose.setText(CHANGED.format(count, "differs" if count == 1 else "differ") if count else SAME)
        self.back_button.setEnabled(bool(count))
