"""What an import of patients would do: a list for each kind, and for each row what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from referral_app.jobs.patient_import import PatientPreview
from referral_app.services.patient_import_records import JudgedPatient, PatientAct, PatientOutcome
from referral_app.services.patients import PatientRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.patients import wording
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, row
from referral_app.ui.widgets.inputs import Radios
from referral_app.ui.widgets.notice import Advice

ORDER = tuple(PatientOutcome)
LOWEST = 120
EMPTY = {
    PatientOutcome.NEW: "Nobody is new",
    PatientOutcome.SAME: "Nobody is here already",
    PatientOutcome.MAYBE: "Nobody is in doubt",
    PatientOutcome.REFUSED: "Every row can be read",
}


class PatientPreviewView(QWidget):
    """The counts, a tab for each kind, and below what is chosen with what is done; `changed` with each choice."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `show_preview` fills it."""
        super().__init__()
        self._preview = PatientPreview()
        self.choices: dict[int, PatientAct] = {}
        self.words = labels.strong("")
        self.words.setObjectName("patientImportCounts")
        self.notes = Advice("info", "patientImportNotes")
        self.tabs = QTabBar()
        self.tabs.setObjectName("patientImportTabs")
        self.tabs.setAccessibleName("What the file means")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self.lists: dict[PatientOutcome, RecordList] = {}
        for kind in ORDER:
            self.tabs.addTab(kind.label)
            made = RecordList(
                desk,
                f"patientImport_{kind.value}",
                f"{kind.label}: patients",
                self._columns(kind),
                ("list", EMPTY[kind]),
            )
            made.chosen.connect(partial(self._chosen, kind))
            made.loaded.connect(partial(self._choose_first, kind))
            self.lists[kind] = made
            self._stack.addWidget(made)
        theme.scale(self._stack, min_height=LOWEST)
        self.card = Card()
        self.act: Radios | None = None
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=8)
        for part in (self.words, self.notes, self.tabs, self._stack, self.card):
            column.addWidget(part)
        column.setStretchFactor(self._stack, 1)
        self.card.hide()
        self.tabs.currentChanged.connect(self._choose)

    def _columns(self, kind: PatientOutcome) -> tuple[Column, ...]:
        number = Column("Row", lambda one: f"{one.row:,}", 60, numeric=True)
        name = Column("Patient", lambda one: one.told.name, 270, detail=lambda one: _born(one))
        act = Column("What is done", lambda one: self.act_of(one).label, 170)
        if kind is PatientOutcome.REFUSED:
            return number, name, Column("Why", lambda one: one.sentence, 420, stretch=True)
        if kind is PatientOutcome.NEW:
            return (
                number,
                name,
                Column("Left out", lambda one: " ".join(one.told.left_out), 280, stretch=True),
                act,
            )
        like = Column(
            "On file", lambda one: one.like.name if one.like else "", 280, detail=_why, stretch=True
        )
        return number, name, like, act

    def act_of(self, one: JudgedPatient) -> PatientAct:
        """Return what is done with a row."""
        return self.choices.get(one.row, one.suggested)

    def count(self) -> int:
        """Return with how many rows something is done."""
        return sum(self.act_of(one) is not PatientAct.SKIP for one in self._preview.rows)

    def show_preview(self, found: PatientPreview) -> None:
        """Show what was found, beginning with what needs a decision."""
        self._preview, self.choices = found, {}
        self.words.setText(f"{found.words[:1].upper()}{found.words[1:]}.")
        self.notes.say(" ".join(found.notes))
        for at, kind in enumerate(ORDER):
            self.tabs.setTabText(at, f"{kind.label} ({len(found.of(kind)):,})")
            self.lists[kind].load(_source(found.of(kind)))
        wanted = (PatientOutcome.MAYBE, PatientOutcome.NEW, PatientOutcome.SAME, PatientOutcome.REFUSED)
        first = next((kind for kind in wanted if found.of(kind)), PatientOutcome.NEW)
        self.tabs.setCurrentIndex(ORDER.index(first))
        self._choose(self.tabs.currentIndex())

    def _choose_first(self, kind: PatientOutcome, rows: int) -> None:
        shown = self.lists[kind]
        if rows and shown.current() is None:
            shown.table.choose(0)

    def _choose(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._show_whole(self.lists[ORDER[at]].current())

    def _chosen(self, kind: PatientOutcome, one: JudgedPatient | None) -> None:
        if self._stack.currentWidget() is self.lists[kind]:
            self._show_whole(one)

    def _show_whole(self, one: JudgedPatient | None) -> None:
        """Say all of a row, and what can be done with it."""
        clear(self.card.column)
        self.card.setVisible(one is not None)
        self.act = None
        if one is None:
            return
        text = labels.body("\n".join(whole(one)))
        text.setObjectName("patientImportWhole")
        self.card.add(text)
        if len(one.acts) > 1:
            self.act = Radios(
                f"patientImportAct{one.row}",
                [(act.value, one.label(act)) for act in one.acts],
                "What is done",
            )
            self.act.set_value(self.act_of(one).value)
            self.act.changed.connect(partial(self._take, one))
            self.card.add(self.act)
            every = buttons.link(f"The same for all under {one.outcome.label}", "patientImportAll")
            every.clicked.connect(partial(self._take_all, one))
            self.card.add(row_widget(every))

    def _take(self, one: JudgedPatient) -> None:
        if self.act is not None:
            self.choices[one.row] = PatientAct(self.act.value() or PatientAct.SKIP)
            self.lists[one.outcome].table.viewport().update()
            self.changed.emit()

    def _take_all(self, one: JudgedPatient) -> None:
        act = self.act_of(one)
        for other in self._preview.of(one.outcome):
            self.choices[other.row] = act if act in other.acts else PatientAct.SKIP
        self.lists[one.outcome].table.viewport().update()
        self.changed.emit()


def row_widget(part: QWidget) -> QWidget:
    """Return a widget at the left of its line."""
    made = QWidget()
    made.setLayout(row(part, None))
    return made


def whole(one: JudgedPatient) -> list[str]:
    """Return everything that is to be said of a row."""
    if one.outcome is PatientOutcome.REFUSED:
        return [one.sentence]
    lines = list(one.told.left_out)
    for like in one.likes:
        lines.append(f"On file: {_about(like.patient)}. {like.why}.")
    if one.fills:
        lines.append("Would be filled in: " + "; ".join(f"{label}: {words}" for label, words in one.fills))
    lines += [f"{label} stays {old}; the file says {new}" for label, old, new in one.differs]
    if one.likes and not one.fills:
        lines.append("Nothing is empty that the file could fill in.")
    return lines or ["Nothing stands against adding this patient."]


def _about(patient: PatientRecord) -> str:
    return " · ".join(part for part in (patient.name, wording.facts(patient)) if part)


def _born(one: JudgedPatient) -> str:
    made = PatientRecord(one.told.values)
    return " · ".join(part for part in (wording.born(made), wording.record_number(made)) if part)


def _why(one: JudgedPatient) -> str:
    return one.likes[0].why if one.likes else ""


def _source(rows: Sequence[JudgedPatient]) -> Source:
    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Any]:
        return rows[offset : offset + limit]

    return Source(fetch, lambda: len(rows), lambda one: one.row)
