"""Sending from anywhere in the window: the dialog, printing what leaves, what became of an attempt, incidents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from referral_app.choices import BounceReason, Permission
from referral_app.database import Session
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, transaction
from referral_app.ui.desk import Desk

if TYPE_CHECKING:
    from referral_app.jobs.paper_printing import Ticket
    from referral_app.jobs.papers import Made
    from referral_app.jobs.sending import Outgoing
    from referral_app.services.incidents import IncidentRecord
    from referral_app.services.referral_records import ReferralRow
    from referral_app.services.send_records import AttemptRecord, Sending, Settled
    from referral_app.ui.main_window import MainWindow

INCIDENT = "Write down now who has it, who was told and what was done?"
INCIDENT_DETAIL = "For your privacy officer. It can be finished later: Packets, Printed and sent, Incidents."


class Posting(QObject):
    """The dialogs of sending over the window; screens meet here, since they do not import each other."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        """Belong to a window."""
        super().__init__(window)
        self._desk, self._window = desk, window

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Return what answers the signals of pages, by their names."""
        return {
            "send_wanted": self.send, "resend_wanted": self.resend, "confirm_wanted": self.confirm,
            "bounce_wanted": self.bounce,
        }  # fmt: skip

    def send(self, name: str) -> None:
        """Send a referral."""
        if self._may():
            self._look(name, self._offer)

    def resend(self, attempt_id: str) -> None:
        """Send the paper of an attempt once more."""
        if self._may():
            self._read(partial(_attempt, attempt_id=attempt_id), self._look_again)

    def confirm(self, attempt_id: str) -> None:
        """Record that an attempt arrived."""
        if self._may():
            self._read(partial(_attempt, attempt_id=attempt_id), self._ask_confirmation)

    def bounce(self, attempt_id: str) -> None:
        """Record that an attempt came to nothing."""
        if self._may():
            self._read(partial(_attempt, attempt_id=attempt_id), self._ask_reason)

    # The act

    def _offer(self, out: Outgoing, again: AttemptRecord | None = None) -> None:
        from referral_app.ui.sending.dialog import SendDialog

        dialog = SendDialog(self._desk, self._window, out, again)
        dialog.sent.connect(self._done)
        dialog.to_print.connect(self._print)
        dialog.open()

    def _look_again(self, attempt: AttemptRecord) -> None:
        self._look(attempt.referral_id, partial(self._offer, again=attempt))

    def _look(self, name: str, then: Callable[[Outgoing], object]) -> None:
        db = self._desk.db

        def work() -> Outgoing:
            from referral_app.jobs import sending

            return sending.look(db, name)

        self._desk.background.run(self._window, work, then, self._refused)

    def _print(self, made: Made, wanted: Sending, ticket: Ticket) -> None:
        """Print what leaves; it is recorded once the printer has all of it and before anything comes out."""
        from referral_app.ui import printing

        outcome = _Outcome(self, made, wanted, ticket)
        printing.start(self._window, self._desk, made.content, ticket, outcome.say, outcome.note)

    def record(self, made: Made, wanted: Sending, ticket: Ticket) -> AttemptRecord:
        """Record what is being printed; called in the background by the printing."""
        from referral_app.jobs import paper_printing, sending

        return sending.record(self._desk.db, made, wanted, paper_printing.sentence(ticket))

    def said(self, words: str, is_recorded: bool) -> None:
        """Say what the printing says, and show anew what is recorded."""
        self._window.status.say(words)
        if is_recorded:
            self._window.reload()

    # What became of it

    def _ask_confirmation(self, attempt: AttemptRecord) -> None:
        from referral_app.ui.replies.scan_line import ScanLine
        from referral_app.ui.sending.confirm_dialog import ConfirmDialog

        scan = ScanLine(self._desk, "confirmScan")
        dialog = ConfirmDialog(self._desk, self._window, attempt, scan, scan)
        dialog.settled.connect(self._done)
        dialog.open()

    def _ask_reason(self, attempt: AttemptRecord) -> None:
        from referral_app.ui.replies.asked_fields import AskedFields
        from referral_app.ui.sending.bounce_dialog import BounceDialog

        asked = AskedFields("bounceAsked")
        dialog = BounceDialog(self._desk, self._window, attempt, asked, asked)
        dialog.settled.connect(self._bounced)
        dialog.open()

    def _bounced(self, words: str, settled: Settled) -> None:
        self._done(words)
        if settled.incident_id:
            ask.confirm(
                self._window, INCIDENT, INCIDENT_DETAIL, "Write it down",
                partial(self.incident, settled.incident_id), no="Later",
            )  # fmt: skip
        elif settled.attempt.reason is BounceReason.OUT_OF_NETWORK:
            self._read(partial(_row, name=settled.attempt.referral_id), self._redirect)
        elif settled.attempt.reason is BounceReason.BUSY:
            detail = "The same paper goes once more."
            act = partial(self.resend, settled.attempt.id)
            ask.confirm(self._window, "Send it again now?", detail, "Send again", act, no="Later")

    def _redirect(self, row: ReferralRow) -> None:
        self._window.following.redirect(row, BounceReason.OUT_OF_NETWORK.label)

    def incident(self, incident_id: str) -> None:
        """Write down more of an incident."""
        self._read(partial(_incident, incident_id=incident_id), self._open_incident)

    def _open_incident(self, one: IncidentRecord) -> None:
        from referral_app.ui.sending.incident_dialog import IncidentDialog

        dialog = IncidentDialog(self._desk, self._window, one)
        dialog.saved.connect(partial(self._saved, "Incident saved"))
        dialog.sheet_wanted.connect(partial(self._window.preview, "incident_sheet"))
        dialog.open()

    def _saved(self, words: str, _record: object) -> None:
        self._done(words)

    # Small things

    def _may(self) -> bool:
        return not self._window.is_covered and self._desk.may(Permission.SEND)

    def _read(self, look: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        transaction.read(self._desk, self._window, look, then)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self._window, " ".join(error.fields.values()), warning=True)

    def _done(self, words: str) -> None:
        self._window.status.say(words)
        self._window.reload()


class _Outcome:
    """What becomes of one printing: whether it was recorded is known in the background, and said in the window."""

    def __init__(self, posting: Posting, made: Made, wanted: Sending, ticket: Ticket) -> None:
        self._posting, self._act = posting, (made, wanted, ticket)
        self._recorded = self._shown = False

    def note(self) -> None:
        """Record it; called in the background once the printer has all of it."""
        self._posting.record(*self._act)
        self._recorded = True

    def say(self, words: str) -> None:
        """Say what the printing says; the first time after it was recorded the page is shown anew."""
        fresh = self._recorded and not self._shown
        self._shown = self._shown or fresh
        self._posting.said(words, fresh)


def _attempt(session: Session, attempt_id: str) -> AttemptRecord:
    """Return an attempt; what reads it is imported here, since the start of the window need not wait for that."""
    from referral_app.services import sending

    return sending.get(session, attempt_id)


def _incident(session: Session, incident_id: str) -> IncidentRecord:
    from referral_app.services import incidents

    return incidents.get(session, incident_id)


def _row(session: Session, name: str) -> ReferralRow:
    from referral_app.services import referrals

    return referrals.get(session, name)
