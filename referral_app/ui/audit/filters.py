"""Which events are shown: of whom, about whom, what, and when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_app.choices import AuditAction
from referral_app.clinical import dates
from referral_app.services.audit import Filter
from referral_app.ui import theme
from referral_app.ui.audit.patient_box import PatientBox
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.scroll import scrolled

ACTIONS = sorted(((str(one), one.label) for one in AuditAction), key=lambda pair: pair[1])


class Filters(QFrame):
    """The fields at the left; `changed` after each settled change."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it with nothing left out."""
        super().__init__()
        self.setObjectName("auditFilters")
        self.person = ChoiceBox("auditPerson", [], empty="Everybody")
        self.action = ChoiceBox("auditAction", ACTIONS, empty="Everything")
        self.start, self.end = LineEdit("auditFrom", chars=16), LineEdit("auditTo", chars=16)
        self.patient = PatientBox(desk)
        self.blocks = {
            "from_": Field("From", self.start, optional=True),
            "to": Field("To", self.end, optional=True),
        }
        self.reset = buttons.outlined("Clear filters", "auditClear", "close")
        self._lay_out()
        for box in (self.person, self.action):
            box.currentIndexChanged.connect(self.changed)
        for line in (self.start, self.end):
            line.editingFinished.connect(self._dated)
        self.patient.changed.connect(self.changed)
        self.reset.clicked.connect(self.clear)

    def offer_people(self, people: list[tuple[str, str]]) -> None:
        """Offer these people (id, name), keeping the one chosen."""
        self.person.set_options(people, "Everybody")

    def wanted(self, text: str) -> Filter:
        """Return what is asked for; a date that cannot be read is said beside its field and left out."""
        start, end = self._day("from_"), self._day("to")
        if start and end and start > end:
            self.blocks["to"].set_error("The end lies before the beginning.")
        return Filter(self.person.value(), self.patient.patient_id, self.action.value(), start, end, text)

    def clear(self) -> None:
        """Leave nothing out."""
        for box in (self.person, self.action):
            box.blockSignals(True)
            box.set_value("")
            box.blockSignals(False)
        for line in (self.start, self.end):
            line.clear()
        self.patient.clear()
        self.changed.emit()

    def _dated(self) -> None:
        if self.start.isModified() or self.end.isModified():
            self.start.setModified(False)
            self.end.setModified(False)
            self.changed.emit()

    def _day(self, name: str) -> date | None:
        block = self.blocks[name]
        typed = block.widget.text().strip() if isinstance(block.widget, LineEdit) else ""
        try:
            day = dates.read_date(typed) if typed else None
        except ValueError as error:
            block.set_error(str(error))
            return None
        block.set_error("")
        block.set_hint(dates.say(day) if day else "")
        return day

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = column(spacing=14, margins=(20, 16, 20, 16))
        lines.addWidget(labels.heading("Show"))
        lines.addWidget(Field("Person", self.person, optional=True))
        lines.addWidget(Field("Patient", self.patient, optional=True))
        lines.addWidget(Field("Action", self.action, optional=True))
        for block in self.blocks.values():
            lines.addWidget(block)
        lines.addLayout(row(self.reset, None))
        lines.addStretch(1)
        inside.setLayout(lines)
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        whole.addWidget(scrolled(inside, "auditFiltersArea"))
