"""One event of the audit, with everything that it says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from referral_app.services.audit import AuditRecord
from referral_app.ui import theme
from referral_app.ui.audit import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel


class EventDetail(QWidget):
    """Shows one event; `only_person` and `only_patient` when the list is to be narrowed to those of it."""

    only_person = Signal(object)
    only_patient = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("auditDetail")
        self._event: AuditRecord | None = None
        self.person_button = buttons.outlined("Only this person", "auditOnlyPerson", "filter")
        self.patient_button = buttons.outlined("Only this patient", "auditOnlyPatient", "filter")
        self.person_button.clicked.connect(self._person)
        self.patient_button.clicked.connect(self._patient)
        self._area = scrolled(QWidget(), "auditDetailArea")
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("history", "Choose an event", "All that it says appears here.", name="auditNone")
        )
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_event(self, one: AuditRecord | None) -> None:
        """Show an event, or that none is chosen."""
        self._event = one
        self._stack.setCurrentIndex(1 if one else 0)
        if one is None:
            return
        content = _content(one)
        theme.role(content, "page")
        self._area.setWidget(content)
        self.person_button.setVisible(bool(one.person_id))
        self.patient_button.setVisible(bool(one.patient_id))
        self._foot.setVisible(bool(one.person_id or one.patient_id))

    def _lay_out(self) -> QWidget:
        self._foot = QFrame()
        theme.role(self._foot, "foot")
        offered = Flow(8)
        for button in (self.person_button, self.patient_button):
            offered.add(button)
        self._foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        made = QWidget()
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot)
        made.setLayout(whole)
        return made

    def _person(self) -> None:
        self.only_person.emit(self._event)

    def _patient(self) -> None:
        self.only_patient.emit(self._event)


def _content(one: AuditRecord) -> QWidget:
    made = QWidget()
    lines = column(spacing=14, margins=20)
    title = labels.title(one.action_words)
    title.setWordWrap(True)
    lines.addWidget(title)
    if one.outcome != "done":
        lines.addLayout(row(StateLabel("warning", wording.outcome(one)), None))
    lines.addLayout(facts(_said(one)))
    if one.details:
        lines.addWidget(labels.heading("Details"))
        lines.addLayout(facts(wording.details(one)))
    lines.addWidget(labels.heading("Where and how it is kept"))
    lines.addLayout(facts(_kept(one)))
    lines.addStretch(1)
    made.setLayout(lines)
    return made


def _said(one: AuditRecord) -> list[tuple[str, str]]:
    said = [
        ("When", f"{wording.day(one)}, {wording.clock(one)}"), ("Person", wording.person(one)),
        ("What", wording.what(one)), ("Patient", one.patient), ("Outcome", wording.outcome(one)),
        ("Reason", one.reason),
    ]  # fmt: skip
    return [(label, words) for label, words in said if words]


def _kept(one: AuditRecord) -> list[tuple[str, str]]:
    said = [
        ("Event", f"{one.sequence:,}"), ("UTC", f"{one.at:%Y-%m-%d %H:%M:%S}"), ("Workstation", one.workstation),
        ("Login", one.login_session[:8]), ("Object", one.object_id), ("Keyed hash", f"{one.hash[:16]}…"),
    ]  # fmt: skip
    return [(label, words) for label, words in said if words]
