"""What the Center asks of referrals by default: built in, or its own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical.requirements import BUILT_IN, Requirement
from referral_app.ui.rule_list import RuleList
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

WHAT = (
    "The live check asks this of every referral to a surgeon whose own office asks for nothing. "
    "Nothing is refused by it."
)
OF_BUILT_IN = "These are the built-in ones. All are wishes; a clinician of the Center should agree to them."
OF_CENTER = "These are the Center's own."
EMPTY = "No rule: the Center asks for nothing by default."


class RequirementsCard(Card):
    """The Center's rules, and the way back to those that are built in."""

    changed = Signal()

    def __init__(self) -> None:
        """Make it without rules."""
        super().__init__("What the Center asks for by default")
        self.rules = RuleList("centerRule", {}, EMPTY)
        self._whose = labels.muted(OF_BUILT_IN)
        self.back_button = buttons.outlined("Back to the built-in ones", "centerRulesBuiltIn", icon="history")
        self.back_button.clicked.connect(self._back)
        self.rules.changed.connect(self._changed)
        self.add(labels.muted(WHAT))
        self.add(self._whose)
        self.add(self.rules)
        self.add(row(self.back_button, None))

    def show_requirements(self, requirements: Sequence[Requirement]) -> None:
        """Show what the Center asks for."""
        self.rules.show_requirements(requirements)
        self._say_whose()

    def read(self) -> tuple[tuple[Requirement, ...], dict[str, str]]:
        """Return the rules, and a sentence for each field that cannot be right, by its path."""
        return self.rules.read()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside the field of its rule."""
        self.rules.show_errors(errors)

    def widget(self, path: str) -> QWidget | None:
        """Return the field that an error is about."""
        return self.rules.widget(path)

    def _back(self) -> None:
        self.show_requirements(BUILT_IN)
        self.rules.add_button.setFocus()
        self.changed.emit()

    def _changed(self) -> None:
        self._say_whose()
        self.changed.emit()

    def _say_whose(self) -> None:
        built_in = self.read() == (BUILT_IN, {})
        self._whose.setText(OF_BUILT_IN if built_in else OF_CENTER)
        self.back_button.setEnabled(not built_in)
