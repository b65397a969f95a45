"""How a referral was sent: each attempt with what became of it, and what can be recorded of those that wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.choices import AttemptState
from referral_app.clinical import clock, dates
from referral_app.services.send_records import AttemptRecord
from referral_app.ui import moments
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel

STATES = {AttemptState.WAITING: "waiting", AttemptState.CONFIRMED: "ok", AttemptState.FAILED: "warning"}


class AttemptsView(QWidget):
    """The latest first; its signals carry the id of an attempt."""

    confirm_wanted = Signal(str)
    bounce_wanted = Signal(str)
    resend_wanted = Signal(str)
    reopen_wanted = Signal(str)

    def __init__(self, attempts: Sequence[AttemptRecord], may_send: bool) -> None:
        """Show them; what can be done with them is for those who may send."""
        super().__init__()
        self.setObjectName("attempts")
        lines = column(spacing=8)
        lines.addWidget(labels.strong("How it was sent"))
        for at, one in enumerate(attempts):
            for part in _facts(one):
                lines.addWidget(part)
            if may_send and (offered := self._offered(one, is_last=at == 0)):
                flow = Flow(8)
                for button in offered:
                    flow.add(button)
                lines.addWidget(flow)
        self.setLayout(lines)

    def _offered(self, one: AttemptRecord, is_last: bool) -> list[QPushButton]:
        found: list[QPushButton] = []
        if one.is_waiting:
            found.append(self._button("It arrived…", "attemptConfirm", "ok", one, self._confirm))
            found.append(self._button("It came back…", "attemptBounce", "close", one, self._bounce))
        if is_last and one.state is AttemptState.FAILED and one.may_be_repeated:
            found.append(self._button("Send again…", "attemptAgain", "send", one, self._again))
        if is_last and not one.is_waiting:
            found.append(self._button("Take back…", "attemptReopen", "undo", one, self._reopen))
        return found

    def _button(self, words: str, name: str, icon: str, one: AttemptRecord, act: object) -> QPushButton:
        made = buttons.outlined(words, f"{name}{one.number}", icon)
        made.setAccessibleName(f"{words} Attempt {one.number}, {one.said}")
        made.setProperty("attempt", one.id)
        made.clicked.connect(act)
        return made

    def _confirm(self) -> None:
        self.confirm_wanted.emit(self._pressed())

    def _bounce(self) -> None:
        self.bounce_wanted.emit(self._pressed())

    def _again(self) -> None:
        self.resend_wanted.emit(self._pressed())

    def _reopen(self) -> None:
        self.reopen_wanted.emit(self._pressed())

    def _pressed(self) -> str:
        return str(self.sender().property("attempt"))


def _facts(one: AttemptRecord) -> list[QWidget]:
    at = moments.local(one.started_at)
    who = f" · {one.started_by}" if one.started_by else ""
    pages = f" · {one.pages} page{'' if one.pages == 1 else 's'}" if one.pages else ""
    found: list[QWidget] = [
        StateLabel(STATES[one.state], f"{one.number}. {one.state_words}"),
        labels.body(one.said),
        labels.muted(f"{dates.say(at.date())}, {clock.say(at)}{who}{pages}"),
    ]
    if one.parts:
        found.append(labels.muted(", then ".join(one.parts_words)))
    for words in (one.confirmation, one.note):
        if words:
            found.append(labels.body(words))
    return found
