"""After how many days each worklist calls something due; administrators change it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.choices import Permission, Step
from referral_app.services import worklist_rules
from referral_app.services.worklist_rules import MOST_DAYS, USUAL, Rule
from referral_app.ui import rights, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import NumberBox

SAYS = "Counted from the day on which something began to wait. Business days leave out weekends and federal holidays."


class RulesDialog(Framed):
    """One card for each step; `saved` when the rules are stored."""

    saved = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Read the rules that hold now."""
        super().__init__(parent, "rulesDialog", "When worklists call something due", SAYS)
        self._desk = desk
        self.cards = {step: _RuleCard(step) for step in USUAL}
        for step, card in self.cards.items():
            self.blocks |= {f"{step}.days": card.days, f"{step}.urgent_days": card.urgent}
            self.body.addWidget(card)
        self.usual_button = buttons.outlined("As the program has them", "rulesUsual")
        self.usual_button.clicked.connect(self._show_usual)
        cancel = buttons.outlined("Cancel", "rulesCancel")
        cancel.clicked.connect(self.reject)
        self.save_button = buttons.primary("Save", "rulesSave", "save")
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.lay_out((680, 640), self.usual_button, None, cancel, self.save_button)
        rights.allow(self.save_button, desk.db, Permission.ADMINISTER)
        transaction.read(desk, self, worklist_rules.find, self._show, self.failed)

    def save(self) -> None:
        """Store the rules, or say what is wrong."""
        act = partial(worklist_rules.save, rules=[card.rule() for card in self.cards.values()])
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def _show(self, rules: dict[Step, Rule]) -> None:
        for step, rule in rules.items():
            self.cards[step].show_rule(rule)

    def _show_usual(self) -> None:
        self._show(USUAL)

    def _stored(self, _nothing: None) -> None:
        self.saved.emit("Rules of the worklists saved")
        self.accept()


class _RuleCard(Card):
    """The rule of one step."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.label)
        self._step = step
        self.days = self._number("days", "Due after days")
        self.urgent = self._number("urgent_days", "Urgent, after days")
        self.business = self._check("business", "Business days")
        self.shown = self._check("shown", "Shown as a worklist")
        self.add(row(self.days, self.urgent, self.business, self.shown, None, spacing=16, bottom=True))

    def show_rule(self, rule: Rule) -> None:
        """Show a rule."""
        for block, value in ((self.days, rule.days), (self.urgent, rule.urgent_days)):
            if isinstance(block.widget, NumberBox):
                block.widget.setValue(value)
        self.business.setChecked(rule.business)
        self.shown.setChecked(rule.shown)

    def rule(self) -> Rule:
        """Return the rule as it is entered."""
        days, urgent = (
            block.widget.value() if isinstance(block.widget, NumberBox) else 0
            for block in (self.days, self.urgent)
        )
        return Rule(self._step, days, urgent, self.business.isChecked(), self.shown.isChecked())

    def _number(self, name: str, label: str) -> Field:
        made = Field(label, NumberBox(f"rule.{self._step}.{name}", 0, MOST_DAYS))
        made.widget.setAccessibleName(f"{self._step.label}: {label.lower()}")
        return made

    def _check(self, name: str, label: str) -> QCheckBox:
        made = QCheckBox(label)
        made.setObjectName(f"rule.{self._step}.{name}")
        made.setAccessibleName(f"{self._step.label}: {label.lower()}")
        return made
