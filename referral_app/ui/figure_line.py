"""One figure of the live check in a form: what it means, its unit, its source, and the way back to the usual one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import thresholds
from referral_app.clinical.thresholds import Figure
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.rule_sources import source
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit

_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")


class FigureLine(QWidget):
    """The field of one figure; `back` when the usual figure is wanted again."""

    changed = Signal()
    back = Signal(object)

    def __init__(self, name: str, figure: Figure, usual: float, whose: str, removable: bool = False) -> None:
        """Show the usual figure, the program's or the Center's (`whose`); one that is removable may always go."""
        super().__init__()
        self.figure, self.usual, self._always = figure, usual, removable
        self.edit = LineEdit(f"{name}.{figure.name}", chars=5)
        hint = f"{figure.says[:1].upper()}{figure.says[1:].format('…')}. {whose} figure is {usual:g}. "
        self.block = Field(
            f"{figure.label}, {figure.unit}", self.edit, f"{hint}Source: {source(figure.source)}."
        )
        self.back_button = buttons.outlined(
            f"Back to {usual:g}", f"{name}.{figure.name}.back", icon="history"
        )
        self.back_button.setAccessibleName(f"{figure.label}: back to {usual:g}")
        self.back_button.clicked.connect(self._back)
        self.block.put_beside(self.back_button)
        held = column(spacing=0)
        held.addWidget(self.block)
        self.setLayout(held)
        self.show_value(usual)
        self.edit.textChanged.connect(self._typed)

    def show_value(self, value: float) -> None:
        """Show a figure."""
        fields.write(self.edit, f"{value:g}")
        self._offer_back()

    def read(self) -> tuple[float | None, str]:
        """Return the figure where it is not the usual one, and a sentence where it cannot be read."""
        typed: str = fields.value_of(self.edit)
        value: Any = _number(typed)
        if typed and value is None:
            return None, self.figure.problem(typed)
        if value is None or value == self.usual:
            return None, ""
        return value, self.figure.problem(value)

    def _typed(self) -> None:
        self._offer_back()
        self.changed.emit()

    def _offer_back(self) -> None:
        self.back_button.setEnabled(self._always or _number(self.edit.text().strip()) != self.usual)

    def _back(self) -> None:
        self.show_value(self.usual)
        self.edit.setFocus()
        self.back.emit(self)


def read(
    lines: Mapping[str, FigureLine], with_center_only: bool = True
) -> tuple[dict[str, float], dict[str, str]]:
    """Return the figures that are not the usual ones, and a sentence for each that cannot be right, by path."""
    found = {name: line.read() for name, line in lines.items()}
    wrong = {name: sentence for name, (_, sentence) in found.items() if sentence}
    own = {name: value for name, (value, _) in found.items() if value is not None and name not in wrong}
    wrong = thresholds.problems(own, with_center_only) | wrong
    return own, {f"thresholds.{name}": sentence for name, sentence in wrong.items()}


def _number(text: str) -> float | None:
    """Return a number of up to eight digits with a point or comma, None for anything else; 1,000 is a thousand."""
    plain = text.replace(",", "" if _THOUSANDS.fullmatch(text) else ".")
    if not plain or len(plain) > 8 or not plain.replace(".", "", 1).isdigit() or not plain.isascii():
        return None
    value = float(plain)
    return int(value) if value == int(value) else value
