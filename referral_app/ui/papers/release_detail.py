"""One request for copies, and what can be done with it while it is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services.releases import ReleaseRecord
from referral_app.ui.papers import wording
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.states import StateLabel


class ReleaseDetail(RecordDetail):
    """Shows one request; `given`, `refused`, `extended` and `edited` carry it."""

    given = Signal(object)
    refused = Signal(object)
    extended = Signal(object)
    edited = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        hint = "Who asked, for what, and what became of it appears here."
        super().__init__("releaseDetail", EmptyState("copy", "Choose a request", hint, name="releaseNone"))
        self._request: ReleaseRecord | None = None
        give = buttons.primary("Record copies given…", "releaseGive", icon="ok")
        self.give_button = self.offer(give, self._give)
        self.edit_button = self.offer(buttons.outlined("Edit…", "releaseEdit", "edit"), self._edit)
        more = buttons.outlined("More time…", "releaseExtend", "waiting")
        self.extend_button = self.offer(more, self._extend)
        refuse = buttons.outlined("No copy was given…", "releaseRefuse", "close")
        self.refuse_button = self.offer(refuse, self._refuse)

    def show_release(self, one: ReleaseRecord | None) -> None:
        """Show a request, or that none is chosen."""
        self._request = one
        self.show_content(_content(one) if one else None)
        self.foot.setVisible(one is not None and one.is_open)
        self.extend_button.setVisible(one is not None and one.may_extend)

    def _give(self) -> None:
        self.given.emit(self._request)

    def _edit(self) -> None:
        self.edited.emit(self._request)

    def _extend(self) -> None:
        self.extended.emit(self._request)

    def _refuse(self) -> None:
        self.refused.emit(self._request)


def _content(one: ReleaseRecord) -> QWidget:
    given = (
        f"{dates.say(one.given_on)}, {one.given_how[:1].lower()}{one.given_how[1:]}" if one.given_on else ""
    )
    said = [
        ("Asked by", wording.asked(one)), ("Asked on", dates.say(one.asked_on)),
        ("Due", dates.say(one.due_on) if one.due_on else ""),
        ("Put off", one.extended_why), ("Wanted", one.wanted),
        ("Identity", one.identity or "Not checked yet"), ("Referral", one.reference), ("Given", given),
        ("Documents given", wording.given(one)),
        ("Not given", one.refused_why), ("Note", one.note), ("Entered by", one.recorded_by),
    ]  # fmt: skip
    state = row(StateLabel(wording.due_state(one), wording.due(one)), None)
    return sheet(one.patient or "Patient", state, facts(said))
