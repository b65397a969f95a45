"""One incident beside the list: what is written down, and what can be done while it is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.services.incidents import IncidentRecord
from referral_app.ui import moments, rights
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.states import StateLabel


class IncidentDetail(RecordDetail):
    """Shows one; `edited` carries it, `referral` the id of its referral, `printed` its own."""

    edited = Signal(object)
    printed = Signal(str)
    referral = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        hint = "Who has what went out, who was told and what was done appears here."
        super().__init__(
            "incidentDetail", EmptyState("note", "Choose an incident", hint, name="incidentNone")
        )
        self._shown: IncidentRecord | None = None
        edit = buttons.primary("Write down more…", "incidentEdit", "edit")
        self.edit_button = self.offer(edit, self._edit)
        sheet_button = buttons.outlined("Preview sheet", "incidentSheet", "print")
        self.print_button = self.offer(sheet_button, self._print)
        rights.allow(self.print_button, desk.db, Permission.PRINT)
        referral = buttons.outlined("Open the referral", "incidentReferral", "referrals")
        self.referral_button = self.offer(referral, self._open)

    def show_incident(self, one: IncidentRecord | None) -> None:
        """Show one, or that none is chosen."""
        self._shown = one
        self.show_content(_content(one) if one else None)
        if one:
            self.edit_button.setVisible(one.is_open)

    def _edit(self) -> None:
        self.edited.emit(self._shown)

    def _print(self) -> None:
        if self._shown is not None:
            self.printed.emit(self._shown.id)

    def _open(self) -> None:
        if self._shown is not None:
            self.referral.emit(self._shown.referral_id)


def _content(one: IncidentRecord) -> QWidget:
    state = StateLabel("warning", "Open") if one.is_open else StateLabel("ok", "Closed")
    closed = f"{moments.say(one.closed_at)}, {one.closed_by}" if one.closed_at else ""
    entered = f"{moments.say(one.recorded_at)}, {one.recorded_by}" if one.recorded_at else one.recorded_by
    told = [
        (
            "Told" if number == 0 else " ",
            ", ".join(part for part in (who.who, dates.say(who.on), who.how) if part),
        )
        for number, who in enumerate(one.told)
    ]
    said = [
        ("Patient", one.patient), ("Referral", one.reference), ("Found on", dates.say(one.found_on)),
        ("What went", one.what), ("Who has it", one.who_has_it or "Not known yet"),
        *(told or [("Told", "Nobody yet")]), ("Done", one.done or "Nothing yet"), ("Note", one.note),
        ("Entered", entered), ("Closed", closed),
    ]  # fmt: skip
    return sheet(one.said, row(state, None), facts(said))
