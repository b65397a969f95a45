"""The live check beside the form: computed values, then Emergency, Missing, Supports and Review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from referral_app.clinical.check import Check, Line
from referral_app.clinical.fields import Values
from referral_app.clinical.intake import STEPS
from referral_app.ui import theme
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.check_line import CheckLine
from referral_app.ui.referrals.facts_view import FactsView
from referral_app.ui.referrals.flow import chain
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.states import StateLabel

LISTED = "No emergency: the referral can be signed and sent, and the letter lists what is still open."
STOPPED = "Nothing is signed or sent before the emergency is cleared."
SECTIONS = (
    ("emergency", "Emergency"),
    ("missing", "Missing"),
    ("gaps", "Listed as not available"),
    ("supports", "Supports"),
    ("review", "Review"),
)


class Section(QWidget):
    """One heading with its lines; hidden while there are none."""

    chosen = Signal(str)

    def __init__(self, key: str, title: str) -> None:
        """Make it without lines."""
        super().__init__()
        self._title = title
        self._lines: dict[str, CheckLine] = {}
        self._shown: list[Line] = []
        self._explained = False
        self.setObjectName(f"check.section.{key}")
        column = QVBoxLayout(self)
        theme.scale(column, margins=(0, 4, 0, 8), spacing=0)
        self._head = labels.strong("")
        theme.scale(self._head, min_height=24)
        self._note = labels.muted("")
        self._note.hide()
        column.addWidget(self._head)
        column.addWidget(self._note)
        self._column = QVBoxLayout()
        theme.scale(self._column, spacing=0)
        column.addLayout(self._column)
        self.hide()

    def show_lines(self, lines: Sequence[Line], count: int) -> None:
        """Show lines; those that were there already keep their place and focus."""
        if list(lines) == self._shown:
            return
        ordered = [line.id for line in lines] == [line.id for line in self._shown]
        self._shown = list(lines)
        self._head.setText(self._words(lines, count))
        if ordered:
            for line in lines:
                self._lines[line.id].show_line(line)
            return
        wanted = {line.id for line in lines}
        for key in [key for key in self._lines if key not in wanted]:
            gone = self._lines.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for position, line in enumerate(lines):
            self._place(position, line)
        chain(self.tab_stops())
        self.setVisible(bool(lines))

    def say(self, words: str) -> None:
        """Say below the heading what the lines mean together."""
        if words != self._note.text():
            self._note.setText(words)
            self._note.show()

    def explain(self, on: bool) -> None:
        """Say of every line why it is there, or of none."""
        self._explained = on
        for widget in self._lines.values():
            widget.explain(on)

    def tab_stops(self) -> list[QWidget]:
        """Return the lines as they stand."""
        return [self._lines[line.id] for line in self._shown]

    def _words(self, lines: Sequence[Line], count: int) -> str:
        cleared = bool(lines) and all(line.status == "cleared" for line in lines)
        return f"{self._title}: cleared ({count})" if cleared else f"{self._title} ({count})"

    def _place(self, position: int, line: Line) -> None:
        widget = self._lines.get(line.id)
        if widget is None:
            widget = self._lines[line.id] = CheckLine(line)
            widget.explain(self._explained)
            widget.chosen.connect(self.chosen)
            self._column.insertWidget(position, widget)
            return
        widget.show_line(line)
        if self._column.indexOf(widget) != position:
            self._column.removeWidget(widget)
            self._column.insertWidget(position, widget)


class CheckPanel(QFrame):
    """The panel; `chosen` carries the path of the field to jump to."""

    chosen = Signal(str)
    closed = Signal()
    all_wanted = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("checkPanel")
        self.setAccessibleName("Live check")
        theme.role(self, "panel")
        theme.scale(self, width=340)
        self.sections = {key: Section(key, title) for key, title in SECTIONS}
        self.facts = FactsView()
        column = QVBoxLayout(self)
        theme.scale(column, margins=(16, 12, 4, 12), spacing=8)
        column.addLayout(self._build_head())
        column.addWidget(self._build_lines(), 1)
        check_all = buttons.outlined("Check all fields", "checkAll", "check")
        check_all.setToolTip("Marks everything that is missing or wrong beside its field (Ctrl+Shift+C)")
        check_all.clicked.connect(self.all_wanted)
        column.addLayout(row(check_all, None, margins=(0, 0, 12, 0)))

    def _build_head(self) -> Any:
        self.state = StateLabel("incomplete", "")
        self.close_button = buttons.tool("close", "Close the live check", "checkClose")
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        self.why_button = buttons.tool("help", "Say why each line is there", "checkWhy")
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self._explain)
        head = (labels.heading("Live check"), self.state, None, self.why_button, self.close_button)
        return row(*head, margins=(0, 0, 12, 0))

    def _put_first(self, wanted: QWidget) -> None:
        """Begin with the emergency that nobody cleared, else with the computed values."""
        emergency, at = self.sections["emergency"], self._inside.indexOf(wanted)
        if at != 0:
            for widget, place in ((wanted, 0), (self.facts if wanted is emergency else emergency, at)):
                self._inside.removeWidget(widget)
                self._inside.insertWidget(place, widget)

    def _explain(self, on: bool) -> None:
        for section in self.sections.values():
            section.explain(on)

    def _build_lines(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        theme.scale(area, min_height=32)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        theme.role(inner, "page")
        column = self._inside = QVBoxLayout(inner)
        theme.scale(column, margins=(0, 0, 8, 0), spacing=0)
        column.addWidget(self.facts)
        column.addWidget(labels.line())
        self.facts.wanted.connect(self.chosen)
        for section in self.sections.values():
            column.addWidget(section)
            section.chosen.connect(self.chosen)
        column.addStretch(1)
        area.setWidget(inner)
        return area

    def show_check(self, check: Check, step: int, intake: Values) -> None:
        """Show what the check says of an intake; what is missing in other steps as one line a step."""
        self.state.show_state(*overall(check))
        self.facts.show_values({**intake, "computed": check.computed})
        lines: dict[str, Sequence[Line]] = {
            "emergency": check.emergency,
            "missing": waiting(check),
            "gaps": [line for line in check.missing if line.status == "gap"],
            "supports": check.supports,
            "review": check.review,
        }
        for key, section in self.sections.items():
            shown = by_step(lines[key], step) if key in ("missing", "gaps") else lines[key]
            section.show_lines(shown, len(lines[key]))
        self._put_first(self.sections["emergency"] if check.uncleared else self.facts)
        self.sections["missing"].say(STOPPED if check.uncleared else LISTED)


def waiting(check: Check) -> list[Line]:
    """Return what the person has yet to answer; the time of the signature comes with signing."""
    lines = (line for line in check.missing if line.status == "missing")
    return [line for line in lines if line.field != "signature.signed_at"]


def open_things(check: Check) -> int:
    """Return how many things the letter lists as open: what is missing, and what is not available."""
    return sum(not line.field.startswith("signature") for line in check.missing)


def with_gaps(words: str, check: Check) -> str:
    """Return the words of a button that signs or sends, with what the letter lists as open: "…, 3 gaps listed"."""
    count = open_things(check)
    return f"{words}, {count} gap{'' if count == 1 else 's'} listed" if count else words


def overall(check: Check) -> tuple[str, str]:
    """Return state and words of the whole check."""
    if check.uncleared:
        return "emergency", "Emergency"
    if check.ready:
        return "ready", "Ready"
    if check.ready_to_sign:
        return "ready", "Ready to sign"
    return "incomplete", f"{len(waiting(check))} missing"


def by_step(lines: Sequence[Line], step: int) -> list[Line]:
    """Return the lines of one step, and one line for each other step."""
    here = [line for line in lines if answers.step_of(line.field) == step]
    others: dict[int, list[Line]] = {}
    for line in lines:
        number = answers.step_of(line.field)
        if number != step:
            others.setdefault(number, []).append(line)
    return [*here, *(_others(number, found) for number, found in sorted(others.items()))]


def _others(number: int, found: list[Line]) -> Line:
    status = found[0].status
    words = f"{len(found)} {'missing' if status == 'missing' else 'not available'}"
    return Line(f"step.{number}.{status}", status, f"{STEPS[number - 1]}: {words}", "", found[0].field)
