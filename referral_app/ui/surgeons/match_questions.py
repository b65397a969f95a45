"""The questions of a match: procedure, ZIP code, plan, language and age, filled in from a referral if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from referral_app.choices import LANGUAGES
from referral_app.services.match_reasons import Question
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.surgeons.filters import AGE_ERROR, ZIP_ERROR, procedure_options, widen_list
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

SEVERAL = "several"
"""Stands for all the procedures of a referral that names more than one."""
QUIET_MS = 250


class Questions(QWidget):
    """The questions in one row that wraps; `changed` soon after the last change."""

    changed = Signal()

    def __init__(
        self, question: Question, procedures: Sequence[ProcedureRecord], plans: Sequence[str]
    ) -> None:
        """Ask them with the answers of a question."""
        super().__init__()
        self._first = question
        options = procedure_options(list(procedures))
        if len(question.procedures) > 1:
            options.insert(0, (SEVERAL, f"As in the referral ({len(question.procedures)})"))
        offered = [(name, name) for name in dict.fromkeys((*question.plans, *plans))]
        self.widgets: dict[str, QWidget] = {
            "procedure": _narrow(ChoiceBox("matchProcedure", options, empty="Any procedure")),
            "zip": LineEdit("matchZip", chars=6),
            "plan": _narrow(ChoiceBox("matchPlan", offered, empty="Any plan")),
            "language": ChoiceBox("matchLanguage", LANGUAGES.items(), empty="Any language"),
            "age": LineEdit("matchAge", chars=3),
        }
        names = {
            "procedure": "Procedure",
            "zip": "ZIP code",
            "plan": "Plan",
            "language": "Language",
            "age": "Age",
        }
        self.fields = {name: Field(words, self.widgets[name]) for name, words in names.items()}
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self.changed)
        flow = Flow(12)
        for block in self.fields.values():
            flow.add(block)
        lines: QVBoxLayout = column(spacing=0)
        lines.addWidget(flow)
        self.setLayout(lines)
        self._fill(question)
        fields.connect_changes(self.widgets, self._edited)

    def question(self) -> Question:
        """Return what is asked now; what cannot be read yet asks nothing."""
        given = fields.read(self.widgets)
        procedure = given["procedure"]
        chosen = self._first.procedures if procedure == SEVERAL else (procedure,) if procedure else ()
        plans = (
            self._first.plans
            if given["plan"] in self._first.plans
            else (given["plan"],)
            if given["plan"]
            else ()
        )
        return replace(
            self._first, procedures=chosen, zip="" if _zip_problem(given["zip"]) else given["zip"][:5], plans=plans,
            language=given["language"], age=int(given["age"]) if _is_age(given["age"]) else None,
        )  # fmt: skip

    def show_problem(self, problem: str) -> None:
        """Say beside the ZIP code that it cannot be measured from."""
        self.fields["zip"].set_error(problem)

    def take_focus(self) -> None:
        """Put the cursor into the first question."""
        self.widgets["procedure"].setFocus()

    def _fill(self, question: Question) -> None:
        several = SEVERAL if len(question.procedures) > 1 else ""
        fields.fill(self.widgets, {
            "procedure": several or next(iter(question.procedures), ""), "zip": question.zip,
            "plan": next(iter(question.plans), ""), "language": question.language, "age": question.age,
        })  # fmt: skip

    def _edited(self) -> None:
        given = fields.read(self.widgets)
        age_fine = not given["age"] or _is_age(given["age"])
        self.fields["zip"].set_error(_zip_problem(given["zip"]) if len(given["zip"]) >= 5 else "")
        self.fields["age"].set_error("" if age_fine else AGE_ERROR)
        self._soon.start()


def _narrow(box: ChoiceBox) -> ChoiceBox:
    """Let a box be narrower than its longest option, which its list shows in full."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(14)
    widen_list(box)
    return box


def _zip_problem(text: str) -> str:
    fine = not text or (text[:5].isascii() and text[:5].isdigit() and len(text) in (5, 10))
    return "" if fine else ZIP_ERROR


def _is_age(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= 120
