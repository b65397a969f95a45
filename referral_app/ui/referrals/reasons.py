"""What is done to a referral for a reason: taking back, holding, canceling."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import referrals, replies, requests, sending
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.reason_dialog import ReasonDialog


class Reasons(QObject):
    """Asks for a reason over a widget and acts with it; `done(words)` says what was done."""

    done = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        """Make it for no referral yet; `referral_id` is set to the one that is shown."""
        super().__init__(over)
        self._desk, self._over, self.referral_id = desk, over, ""

    def take_back(self, entry: str, number: int, words: str) -> None:
        """Take back what was entered last; an entry of "" is that the patient was told."""
        hint = "It stays in the list, struck, with this reason. A visit that was booked with it is canceled."
        title = f"Take back “{words}”"
        act = partial(replies.undo, entry=entry, number=number) if entry else requests.take_back_told
        self._ask(title, "Why is it taken back?", hint, "Take back", act, "Taken back")

    def hold(self, on_hold: bool) -> None:
        """Put the referral on hold, or let it go on."""
        hint = (
            "Such as: the patient travels until May. While it is on hold, nothing counts as late. It comes up to be "
            "followed up on its day, in 30 days where none is set."
        )
        title, said = ("Put on hold", "On hold") if on_hold else ("Let it go on", "It goes on")
        act = partial(requests.hold, on_hold=on_hold)
        self._ask(title, "Why?", hint if on_hold else "", title, act, said)

    def reopen(self, attempt_id: str) -> None:
        """Take back what was recorded of an attempt."""
        hint = "The attempt waits again. An incident or task that followed stays."
        act = partial(_reopen, attempt_id=attempt_id)
        title = "Take back what was recorded"
        self._ask(title, "Why is it taken back?", hint, "Take back", act, "Taken back")

    def cancel(self) -> None:
        """Cancel the referral."""
        title, verb, hint = (
            "Cancel this referral",
            "Cancel referral",
            "It stays in the list with this reason.",
        )
        question, said = "Why is it canceled?", "Referral canceled"
        self._ask(title, question, hint, verb, referrals.cancel, said, danger=True)

    def _ask(
        self, title: str, question: str, hint: str, verb: str,
        service: Callable[..., Any], said: str, danger: bool = False,
    ) -> None:  # fmt: skip
        if self.referral_id:
            act = partial(self._do, self.referral_id, service, said)
            ReasonDialog(self._over, title, question, hint, verb, act, danger).open()

    def _do(self, referral_id: str, service: Callable[..., Any], said: str, why: str) -> None:
        def act(session: Session) -> str:
            service(session, referral_id, why=why)
            return said

        transaction.write(self._desk, self._over, act, self.done.emit)


def _reopen(session: Session, _name: str, why: str, attempt_id: str) -> None:
    sending.reopen(session, attempt_id, why)
