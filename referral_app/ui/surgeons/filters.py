"""The filters of the directory: procedure, distance, plan, language, age, wait, accepting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QWidget

from referral_app.choices import LANGUAGES, ProcedureKind
from referral_app.services.surgeon_records import ProcedureRecord, Query
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.scroll import scrolled

MILES = [(str(miles), f"{miles} miles") for miles in (5, 10, 25, 50, 100, 250)]
WAITS = [(str(days), f"{days} days") for days in (7, 14, 30, 60, 90)]
ZIP_ERROR = "Type the five digits of a ZIP code."
DISTANCE_NEEDS_ZIP = "Type a ZIP code to measure from."
AGE_ERROR = "Type the age in years, 0 to 120."


class Filters(QFrame):
    """The filter pane; `changed` whenever the search has to be asked anew, `hidden` when it should fold away."""

    changed = Signal()
    hidden = Signal()

    def __init__(self) -> None:
        """Make it with nothing chosen."""
        super().__init__()
        self.setObjectName("surgeonFilters")
        theme.role(self, "sidebar")
        self.widgets: dict[str, QWidget] = {
            "procedure": _box("filterProcedure", "Any procedure"),
            "zip": LineEdit("filterZip", chars=6),
            "within": _box("filterWithin", "Any distance", MILES),
            "plan": _box("filterPlan", "Any plan"),
            "language": _box("filterLanguage", "Any language", LANGUAGES.items()),
            "age": LineEdit("filterAge", chars=3),
            "max_wait": _box("filterWait", "Any time", WAITS),
            "accepting": QCheckBox("Accepting new patients"),
        }
        self.widgets["accepting"].setObjectName("filterAccepting")
        self.reset_button = buttons.outlined("Reset filters", "resetFilters")
        self.reset_button.clicked.connect(self.reset)
        self.fields = self._blocks()
        self._lay_out()
        fields.connect_changes(self.widgets, self._edited)
        self._edited()

    def offer(self, procedures: list[ProcedureRecord], plans: list[str]) -> None:
        """Offer the procedures and plans of the directory."""
        box, plan = self.widgets["procedure"], self.widgets["plan"]
        assert isinstance(box, ChoiceBox)
        assert isinstance(plan, ChoiceBox)
        box.set_options(_procedure_options(procedures), "Any procedure")
        plan.set_options([(name, name) for name in plans], "Any plan")
        for one in (box, plan):
            _widen_list(one)

    def query(self) -> Query:
        """Return what is asked; what is not readable yet asks nothing."""
        given = fields.read(self.widgets)
        zip_code = given["zip"][:5] if not self._zip_problem(given) else ""
        return Query(
            procedure=given["procedure"],
            zip=zip_code,
            within=float(given["within"]) if given["within"] and zip_code else None,
            plan=given["plan"],
            language=given["language"],
            age=int(given["age"]) if given["age"] and not _age_problem(given) else None,
            accepting=given["accepting"],
            max_wait=int(given["max_wait"]) if given["max_wait"] else None,
        )

    def count(self) -> int:
        """Return how many filters are in use."""
        return sum(1 for value in fields.read(self.widgets).values() if value)

    def reset(self) -> None:
        """Take all filters away, asking once."""
        self.blockSignals(True)
        fields.fill(self.widgets, {})
        self.blockSignals(False)
        self._edited()

    def show_problem(self, problem: str) -> None:
        """Say beside the ZIP code that the directory does not know it."""
        self.fields["zip"].set_error(problem)

    def _edited(self) -> None:
        given = fields.read(self.widgets)
        self.fields["zip"].set_error("")
        self.fields["within"].set_hint(DISTANCE_NEEDS_ZIP if given["within"] and not given["zip"] else "")
        self.fields["age"].set_error(_age_problem(given))
        self.reset_button.setEnabled(bool(self.count()))
        self.changed.emit()

    def _left_zip(self) -> None:
        self.fields["zip"].set_error(self._zip_problem(fields.read(self.widgets)))

    def _zip_problem(self, given: dict[str, str]) -> str:
        text = given["zip"]
        fine = not text or (text[:5].isdigit() and len(text) in (5, 10))
        return "" if fine else ZIP_ERROR

    def _blocks(self) -> dict[str, Field]:
        names = {
            "procedure": "Procedure", "zip": "Near ZIP code", "within": "Straight-line miles", "plan": "Plan",
            "language": "Language", "age": "Patient's age", "max_wait": "Next available within",
        }  # fmt: skip
        return {name: Field(label, self.widgets[name]) for name, label in names.items()}

    def _lay_out(self) -> None:
        zip_line = self.widgets["zip"]
        assert isinstance(zip_line, LineEdit)
        zip_line.editingFinished.connect(self._left_zip)
        hide = buttons.tool("close", "Hide filters", "hideFilters", "F9")
        hide.clicked.connect(self.hidden)
        inside = QWidget()
        lines = column(spacing=14, margins=(16, 4, 16, 16))
        inside.setLayout(lines)
        for name in ("procedure", "zip", "within", "plan", "language", "age", "max_wait"):
            lines.addWidget(self.fields[name])
        lines.addWidget(self.widgets["accepting"])
        lines.addStretch(1)
        whole = column(spacing=0)
        whole.addLayout(row(labels.heading("Filters"), None, hide, margins=(16, 8, 8, 4)))
        whole.addWidget(scrolled(inside, "surgeonFiltersArea"), 1)
        whole.addLayout(row(self.reset_button, margins=(16, 12, 16, 12)))
        self.setLayout(whole)


def with_text(query: Query, text: str, sort: str) -> Query:
    """Return the query with the search text and the order."""
    return replace(query, text=text, sort=sort)


def _age_problem(given: dict[str, str]) -> str:
    text = given["age"]
    fine = not text or (text.isascii() and text.isdigit() and int(text) <= 120)
    return "" if fine else AGE_ERROR


def _box(name: str, empty: str, options: Iterable[tuple[str, str]] = ()) -> ChoiceBox:
    made = ChoiceBox(name, options, empty=empty)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made


def _procedure_options(procedures: list[ProcedureRecord]) -> list[tuple[str, str]]:
    """Return each kind, and below it its single procedures."""
    found: list[tuple[str, str]] = []
    for kind in ProcedureKind:
        single = [one for one in procedures if one.kind is kind]
        if single:
            found.append((str(kind), kind.label))
        if len(single) > 1:
            found += [(one.code, f"    {wording.detail(one)}") for one in single]
    return found


def _widen_list(box: ChoiceBox) -> None:
    """Let the list that drops down show its longest line."""
    metrics = box.fontMetrics()
    longest = max((metrics.horizontalAdvance(box.itemText(at)) for at in range(box.count())), default=0)
    box.view().setMinimumWidth(longest + theme.px(40))
