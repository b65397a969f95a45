"""The filters of the directory: what each asks for, as widgets that show a query and give it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QWidget

from referral_app.choices import LANGUAGES, STATES, ProcedureKind
from referral_app.services import query_text
from referral_app.services.surgeon_records import ProcedureRecord, Query
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.scroll import scrolled

MILES = [(str(miles), f"{miles} miles") for miles in (5, 10, 25, 50, 100, 250)]
WAITS = [(str(days), f"{days} days") for days in (7, 14, 30, 60, 90)]
ZIP_ERROR = "Type the five digits of a ZIP code."
DISTANCE_NEEDS_ZIP = "Type a ZIP code to measure from."
AGE_ERROR = "Type the age in years, 0 to 120."
STALE_DAYS = wording.STALE_DAYS
NAMES = {
    "procedure": "Procedure", "zip": "Near ZIP code", "within": "Straight-line miles", "plan": "Plan",
    "language": "Language", "age": "Patient's age", "max_wait": "Next available within", "state": "State",
}  # fmt: skip
TICKS = ("accepting", "favorites", "stale")
UNITS = {"within": "miles", "max_wait": "days"}


class Filters(QFrame):
    """The filter pane; `changed` whenever the search has to be asked anew, `hidden` when it should fold away.

    `as_text` when the filters should stand in the search box as text, or no longer.
    """

    changed = Signal()
    hidden = Signal()
    as_text = Signal()

    def __init__(self, above: QWidget) -> None:
        """Make it with nothing chosen, below the short lists."""
        super().__init__()
        self.setObjectName("surgeonFilters")
        self._stale, self._above = STALE_DAYS, above
        theme.role(self, "sidebar")
        self.widgets: dict[str, QWidget] = {
            "procedure": _box("filterProcedure", "Any procedure"),
            "zip": LineEdit("filterZip", chars=6),
            "within": _box("filterWithin", "Any distance", MILES),
            "plan": _box("filterPlan", "Any plan"),
            "language": _box("filterLanguage", "Any language", LANGUAGES.items()),
            "age": LineEdit("filterAge", chars=3),
            "max_wait": _box("filterWait", "Any time", WAITS),
            "state": _box("filterState", "Any state", [(one, one) for one in sorted(STATES)]),
            "accepting": _tick("filterAccepting", "Accepting new patients"),
            "favorites": _tick("filterFavorites", "Favorites"),
            "stale": _tick("filterStale", f"Not verified for {STALE_DAYS} days"),
        }
        self.reset_button = buttons.outlined("Reset filters", "resetFilters")
        self.reset_button.clicked.connect(self.reset)
        self.text_button = buttons.link("Show as text", "filtersAsText")
        self.text_button.clicked.connect(self.as_text)
        self.fields = self._blocks()
        self._lay_out()
        fields.connect_changes(self.widgets, self._changed)
        self._edited()

    def offer(self, found: tuple[list[ProcedureRecord], list[str]]) -> None:
        """Offer the procedures and plans of the directory."""
        procedures, plans = found
        box, plan = self.widgets["procedure"], self.widgets["plan"]
        assert isinstance(box, ChoiceBox)
        assert isinstance(plan, ChoiceBox)
        box.set_options(procedure_options(procedures), "Any procedure")
        plan.set_options([(name, name) for name in plans], "Any plan")
        for one in (box, plan):
            widen_list(one)

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
            state=given["state"],
            stale_days=self._stale if given["stale"] else None,
            favorites_of=query_text.MINE if given["favorites"] else "",
        )

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show some fields of a query, asking nothing: whoever shows them asks."""
        self.blockSignals(True)
        for name, value in values.items():
            self._show_value(name, value)
        self.blockSignals(False)
        self._edited()

    def _show_stale(self, days: int | None) -> None:
        """Show after how many days an entry counts as not verified; another number than ours may be typed."""
        self._stale = days or STALE_DAYS
        tick = self.widgets["stale"]
        assert isinstance(tick, QCheckBox)
        tick.setText(f"Not verified for {self._stale} days")
        tick.setChecked(days is not None)

    def _show_value(self, name: str, value: Any) -> None:
        """Show one field; a number that no box offers is added to it."""
        if name == "stale_days":
            self._show_stale(value)
        elif name == "favorites_of":
            fields.write(self.widgets["favorites"], bool(value))
        widget = self.widgets.get(name)
        text = f"{value:g}" if isinstance(value, float | int) and not isinstance(value, bool) else value
        if isinstance(widget, ChoiceBox) and text and name in UNITS and widget.findData(str(text)) < 0:
            widget.addItem(f"{text} {UNITS[name]}", str(text))
        if widget is not None:
            fields.write(widget, text)

    def count(self) -> int:
        """Return how many filters are in use."""
        return sum(1 for value in fields.read(self.widgets).values() if value)

    def reset(self) -> None:
        """Take all filters away, asking once."""
        self.blockSignals(True)
        fields.fill(self.widgets, {})
        self.blockSignals(False)
        self._edited()
        self.changed.emit()

    def show_form(self, as_text: bool) -> None:
        """Say that the search box holds the filters as text, or does not."""
        self.text_button.setText("Words only" if as_text else "Show as text")
        words = "Take the fields out of the search box; the filters stay"
        self.text_button.setToolTip(words if as_text else "Write what the filters ask into the search box")

    def show_problem(self, problem: str) -> None:
        """Say beside the ZIP code that the directory does not know it."""
        self.fields["zip"].set_error(problem)

    def _edited(self) -> None:
        given = fields.read(self.widgets)
        self.fields["zip"].set_error("")
        self.fields["within"].set_hint(DISTANCE_NEEDS_ZIP if given["within"] and not given["zip"] else "")
        self.fields["age"].set_error(_age_problem(given))
        self.reset_button.setEnabled(bool(self.count()))

    def _changed(self) -> None:
        self._edited()
        self.changed.emit()

    def _left_zip(self) -> None:
        self.fields["zip"].set_error(self._zip_problem(fields.read(self.widgets)))

    def _zip_problem(self, given: dict[str, str]) -> str:
        text = given["zip"]
        fine = not text or (text[:5].isdigit() and len(text) in (5, 10))
        return "" if fine else ZIP_ERROR

    def _blocks(self) -> dict[str, Field]:
        return {name: Field(label, self.widgets[name]) for name, label in NAMES.items()}

    def _lay_out(self) -> None:
        zip_line = self.widgets["zip"]
        assert isinstance(zip_line, LineEdit)
        zip_line.editingFinished.connect(self._left_zip)
        hide = buttons.tool("close", "Hide filters", "hideFilters", "F9")
        hide.clicked.connect(self.hidden)
        inside = QWidget()
        lines = column(spacing=14, margins=(16, 4, 16, 16))
        inside.setLayout(lines)
        lines.addWidget(self._above)
        for name in NAMES:
            lines.addWidget(self.fields[name])
        for name in TICKS:
            lines.addWidget(self.widgets[name])
        lines.addStretch(1)
        whole = column(spacing=0)
        whole.addLayout(row(labels.heading("Filters"), None, hide, margins=(16, 8, 8, 4)))
        whole.addWidget(scrolled(inside, "surgeonFiltersArea"), 1)
        foot = Flow(8)
        foot.add(self.reset_button)
        foot.add(self.text_button)
        whole.addLayout(row(foot, margins=(16, 12, 16, 12)))
        self.setLayout(whole)


def _age_problem(given: dict[str, str]) -> str:
    text = given["age"]
    fine = not text or (text.isascii() and text.isdigit() and int(text) <= 120)
    return "" if fine else AGE_ERROR


def _tick(name: str, words: str) -> QCheckBox:
    made = QCheckBox(words)
    made.setObjectName(name)
    return made


def _box(name: str, empty: str, options: Iterable[tuple[str, str]] = ()) -> ChoiceBox:
    made = ChoiceBox(name, options, empty=empty)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made


def procedure_options(procedures: list[ProcedureRecord]) -> list[tuple[str, str]]:
    """Return each kind, and below it its single procedures."""
    found: list[tuple[str, str]] = []
    for kind in ProcedureKind:
        single = [one for one in procedures if one.kind is kind]
        if single:
            found.append((str(kind), kind.label))
        if len(single) > 1:
            found += [(one.code, f"    {wording.detail(one)}") for one in single]
    return found


def widen_list(box: ChoiceBox) -> None:
    """Let the list that drops down show its longest line."""
    metrics = box.fontMetrics()
    longest = max((metrics.horizontalAdvance(box.itemText(at)) for at in range(box.count())), default=0)
    box.view().setMinimumWidth(longest + theme.px(40))
