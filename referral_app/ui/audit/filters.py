"""Which events are shown: of whom, about whom, what, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from referral_app.choices import AuditAction
from referral_app.clinical import dates
from referral_app.services.audit import Filter
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.patient_box import PatientBox
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.scroll import scrolled

ACTIONS = sorted(((str(one), one.label) for one in AuditAction), key=lambda pair: pair[1])


class Filters(QFrame):
    """The fields at the left; `changed` after each settled change."""

    changed = Signal()
    hidden = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it with nothing left out."""
        super().__init__()
        self.setObjectName("auditFilters")
        self.person = _box("auditPerson", "Everybody")
        self.action = _box("auditAction", "Everything", ACTIONS)
        self.start, self.end = LineEdit("auditFrom", chars=16), LineEdit("auditTo", chars=16)
        self.patient = PatientBox(desk, "audit")
        self.blocks = {
            "from_": Field("From", self.start),
            "to": Field("To", self.end),
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

    def words(self) -> str:
        """Return what is asked for, as it is noted in the audit; "" where nothing is left out."""
        boxes = [box.currentText() for box in (self.person, self.action) if box.value()]
        period = [
            f"{name} {line.text()}" for name, line in (("from", self.start), ("to", self.end)) if line.text()
        ]
        return " · ".join([*boxes, *([self.patient.name] if self.patient.patient_id else []), *period])

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
        hide = buttons.tool("close", "Hide filters", "hideAuditFilters", "F9")
        hide.clicked.connect(self.hidden)
        inside = QWidget()
        lines = column(spacing=14, margins=(16, 4, 16, 16))
        lines.addWidget(Field("Person", self.person))
        lines.addWidget(Field("Patient", self.patient))
        lines.addWidget(Field("Action", self.action))
        for block in self.blocks.values():
            lines.addWidget(block)
        lines.addStretch(1)
        inside.setLayout(lines)
        whole = column(spacing=0)
        whole.addLayout(row(labels.heading("Filters"), None, hide, margins=(16, 8, 8, 4)))
        whole.addWidget(scrolled(inside, "auditFiltersArea"), 1)
        whole.addLayout(row(self.reset, margins=(16, 12, 16, 12)))
        self.setLayout(whole)


def _box(name: str, empty: str, options: Iterable[tuple[str, str]] = ()) -> ChoiceBox:
    made = ChoiceBox(name, options, empty=empty)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    widest = max(made.fontMetrics().horizontalAdvance(made.itemText(at)) for at in range(made.count()))
    made.view().setMinimumWidth(widest + theme.px(48))
    return made
