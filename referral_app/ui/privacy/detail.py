"""One request for a correction, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.choices import Permission
from referral_app.services.amendments import AmendmentRecord
from referral_app.ui.desk import Desk
from referral_app.ui.privacy import wording
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.states import StateLabel

ACTS = (
    ("accept", "Correct…", "ok"), ("deny", "Do not correct…", "close"), ("extend", "More time…", "waiting"),
    ("edit", "Edit…", "edit"), ("tell", "Told of it…", "phone"), ("state", "Their statement…", "note"),
    ("open", "Open the referral", "referrals"),
)  # fmt: skip


class CorrectionDetail(RecordDetail):
    """Shows one request; `acted(key, request)` carries what a button asks for."""

    acted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        hint = "What is to be corrected, by when, and what became of it appears here."
        super().__init__(
            "correctionDetail", EmptyState("edit", "Choose a request", hint, name="correctionNone")
        )
        self._desk = desk
        self._request: AmendmentRecord | None = None
        self.buttons: dict[str, QPushButton] = {}
        for number, (key, words, icon) in enumerate(ACTS):
            make = buttons.outlined if number else buttons.primary
            self.buttons[key] = self.offer(make(words, f"correction{key.capitalize()}", icon), self._act)
            self.buttons[key].setProperty("act", key)

    def show_request(self, one: AmendmentRecord | None) -> None:
        """Show a request, or that none is chosen."""
        self._request = one
        self.show_content(_content(one) if one else None)
        if one:
            offered = _offered(one) if self._desk.may(Permission.MERGE) else {"open"} & _offered(one)
            for key, button in self.buttons.items():
                button.setVisible(key in offered)

    def _act(self) -> None:
        pressed = self.sender()
        if self._request is not None:
            self.acted.emit(str(pressed.property("act")), self._request)


def _offered(one: AmendmentRecord) -> set[str]:
    offered = {"open"} if one.referral_id else set[str]()
    if one.is_open:
        return offered | {"accept", "deny", "edit"} | (set() if one.extended_why else {"extend"})
    return offered | ({"tell"} if one.accepted else {"state"})


def _content(one: AmendmentRecord) -> QWidget:
    state = row(StateLabel(wording.due_state(one), wording.due(one)), None)
    return sheet(one.patient or "Patient", state, facts(wording.lines(one)))
