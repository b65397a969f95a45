"""What the surgeon answers before an operation, in the surgeon's own words, and whether that is usual."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from referral_app.services.surgery_plans import ANSWERS, PlanRecord
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea

TITLE = "What the surgeon wants before and after the surgery"
SENTENCE = (
    "These words are printed large, as they stand here. Write days and clock times, not hours to count back."
)
USUAL = "What is shown is what this surgeon usually wants. Confirm it for this patient, then save."
_QUESTIONS = {
    "fasting": ("Eating and drinking: when to stop", "Such as: no food after 11:00 PM on Monday", 3),
    "medications": (
        "Medications: what to take and what to leave out",
        "Blood thinners too, and who decides",
        3,
    ),
    "ride": ("Ride home and who stays", "Who drives, and who stays for the first day", 2),
    "aftercare": ("Care at home", "What the patient does with the cut, or how to sleep", 3),
}


class SurgeryAnswers(Card):
    """The fields of a plan; `changed` when the user changes one."""

    changed = Signal()

    def __init__(self) -> None:
        """Make them empty."""
        super().__init__(TITLE)
        self._plan = PlanRecord("")
        self.operation = ChoiceBox("planOperation", (), empty="Not chosen")
        self.answers = {
            name: TextArea(f"plan{name.title()}", rows=rows) for name, (_, _, rows) in _QUESTIONS.items()
        }
        self.answered_by = LineEdit("planAnsweredBy", chars=32)
        self.usual = QCheckBox("Keep these answers as usual for this surgeon")
        self.usual.setObjectName("planUsual")
        self.begun = labels.muted("")
        self.blocks = self._blocks()
        self.add(labels.muted(SENTENCE))
        self.add(self.begun)
        for block in self.blocks.values():
            self.add(block)
        self.add(self.usual)
        fields.connect_changes(self._widgets(), self.changed)
        self.usual.toggled.connect(self.changed)

    def show_plan(self, plan: PlanRecord) -> None:
        """Show answers without counting that as a change."""
        self._plan = plan
        self.blockSignals(True)
        self.operation.set_options([(name, name) for name in plan.offered], "Not chosen")
        fields.fill(self._widgets(), plan)
        self.usual.setChecked(False)
        self.usual.setText(f"Keep these answers as usual for {plan.surgeon or 'this surgeon'}")
        self.blockSignals(False)
        begun = not plan.version and any(getattr(plan, name) for name in ANSWERS)
        self.begun.setText(USUAL if begun else "")
        self.begun.setVisible(begun)

    def plan(self) -> PlanRecord:
        """Return the answers as they are typed now, on top of those that were read."""
        return replace(self._plan, **fields.read(self._widgets()))

    def allow(self, allowed: bool) -> None:
        """Let the answers be changed, or only read."""
        for widget in (*self._widgets().values(), self.usual):
            if isinstance(widget, TextArea | LineEdit):
                widget.setReadOnly(not allowed)
            else:
                widget.setEnabled(allowed)

    def _widgets(self) -> dict[str, ChoiceBox | TextArea | LineEdit]:
        return {"operation": self.operation, **self.answers, "answered_by": self.answered_by}

    def _blocks(self) -> dict[str, Field]:
        made = {"operation": Field("Operation", self.operation, optional=True)}
        for name, (label, hint, _) in _QUESTIONS.items():
            made[name] = Field(label, self.answers[name], hint, optional=name == "aftercare")
        made["answered_by"] = Field("Who at the surgeon’s office gave these answers", self.answered_by)
        return made
