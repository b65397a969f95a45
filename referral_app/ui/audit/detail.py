"""One event of the audit, with everything that it says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from referral_app.services.audit import AuditRecord
from referral_app.ui.audit import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.states import StateLabel


class EventDetail(RecordDetail):
    """Shows one event; `only_person` and `only_patient` when the list is to be narrowed to those of it."""

    only_person = Signal(object)
    only_patient = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        hint = "All that it says appears here."
        super().__init__("auditDetail", EmptyState("history", "Choose an event", hint, name="auditNone"))
        self._event: AuditRecord | None = None
        person = buttons.outlined("Only this person", "auditOnlyPerson", "filter")
        self.person_button = self.offer(person, self._person)
        patient = buttons.outlined("Only this patient", "auditOnlyPatient", "filter")
        self.patient_button = self.offer(patient, self._patient)

    def show_event(self, one: AuditRecord | None) -> None:
        """Show an event, or that none is chosen."""
        self._event = one
        self.show_content(_content(one) if one else None)
        if one:
            self.person_button.setVisible(bool(one.person_id))
            self.patient_button.setVisible(bool(one.patient_id))
            self.foot.setVisible(bool(one.person_id or one.patient_id))

    def _person(self) -> None:
        self.only_person.emit(self._event)

    def _patient(self) -> None:
        self.only_patient.emit(self._event)


def _content(one: AuditRecord) -> QWidget:
    parts: list[QWidget | QLayout] = []
    if one.outcome != "done":
        parts.append(row(StateLabel("warning", wording.outcome(one)), None))
    parts.append(facts(_said(one)))
    if one.details:
        parts += [labels.heading("Details"), facts(wording.details(one))]
    parts += [labels.heading("Where and how it is kept"), facts(_kept(one))]
    return sheet(one.action_words, *parts)


def _said(one: AuditRecord) -> list[tuple[str, str]]:
    return [
        ("When", f"{wording.day(one)}, {wording.clock(one)}"), ("Person", wording.person(one)),
        ("What", wording.what(one)), ("Patient", one.patient), ("Outcome", wording.outcome(one)),
        ("Reason", one.reason),
    ]  # fmt: skip


def _kept(one: AuditRecord) -> list[tuple[str, str]]:
    return [
        ("Event", f"{one.sequence:,}"), ("UTC", f"{one.at:%Y-%m-%d %H:%M:%S}"), ("Workstation", one.workstation),
        ("Login", one.login_session[:8]), ("Object", one.object_id), ("Keyed hash", f"{one.hash[:16]}…"),
    ]  # fmt: skip
