"""The editor of rules: what a surgeon's office, or the Center for all of them, asks of a referral."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import requirements as rules
from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import fields
from referral_app.ui.rule_line import RuleLine
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row

PATH = re.compile(r"requirements\[(\d+)\]\.(\w+)")


class RuleList(QWidget):
    """Rules as sentences, each with what changes and removes it, and a button for one more."""

    changed = Signal()

    def __init__(self, name: str, names: Mapping[str, str], empty: str) -> None:
        """Make it empty; `names` are those of procedures by code, `empty` is said where there is no rule."""
        super().__init__()
        self.setObjectName(name)
        self.lines: list[RuleLine] = []
        self._name, self._names, self._count = name, dict(names), 0
        self._offered: tuple[Sequence[ProcedureRecord], bool] = ((), True)
        self.empty = labels.muted(empty)
        self.add_button = buttons.outlined("Add a rule", f"{name}Add", icon="plus")
        self.add_button.clicked.connect(self._add_empty)
        self._lines = column(spacing=12)
        self._lines.addWidget(self.empty)
        self._lines.addLayout(row(self.add_button, None))
        self.setLayout(self._lines)

    def show_requirements(self, requirements: Sequence[Requirement]) -> None:
        """Show these instead."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines.clear()
        for one in requirements:
            self._add(one)
        self.empty.setVisible(not self.lines)

    def offer(self, procedures: Sequence[ProcedureRecord]) -> None:
        """Offer these procedures, and kinds that hold several of them; before, only kinds are offered."""
        self._offered = procedures, False
        for line in self.lines:
            line.offer(*self._offered)

    def read(self) -> tuple[tuple[Requirement, ...], dict[str, str]]:
        """Return the requirements, and a sentence for each field that cannot be right, by its path."""
        found = [line.read() for line in self.lines]
        made = tuple(one for one, _ in found if one is not None)
        problems = {
            f"requirements[{number}].{path}": sentence
            for number, (_, wrong) in enumerate(found)
            for path, sentence in wrong.items()
        }
        if len(made) == len(found):
            problems = {**rules.problems(made), **problems}
        return made, problems

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside the field of its rule."""
        told: dict[int, dict[str, str]] = {}
        for path, sentence in errors.items():
            if named := PATH.fullmatch(path):
                told.setdefault(int(named[1]), {})[named[2]] = sentence
        for number, line in enumerate(self.lines):
            line.show_errors(told.get(number, {}))

    def widget(self, path: str) -> QWidget | None:
        """Return the field that an error is about, shown; None where it is none of a rule."""
        named = PATH.fullmatch(path)
        if named is None or int(named[1]) >= len(self.lines):
            return None
        return self.lines[int(named[1])].widget(named[2])

    def _add(self, requirement: Requirement | None) -> RuleLine:
        line = RuleLine(f"{self._name}{self._count}", requirement, self._names)
        self._count += 1
        line.offer(*self._offered)
        line.removed.connect(self._remove)
        line.changed.connect(self.changed)
        self.lines.append(line)
        self._lines.insertWidget(self._lines.count() - 1, line)
        self.empty.hide()
        return line

    def _add_empty(self) -> None:
        line = self._add(None)
        line.open()
        fields.go_to(line.widgets["kind"])
        self.changed.emit()

    def _remove(self, line: RuleLine) -> None:
        """Take a rule away, with the focus on the one that stands there now."""
        at = self.lines.index(line)
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.empty.setVisible(not self.lines)
        if self.lines:
            self.lines[min(at, len(self.lines) - 1)].remove_button.setFocus()
        else:
            self.add_button.setFocus()
        self.changed.emit()
