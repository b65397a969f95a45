"""Sending a referral: which way, whereto, what in which order; the paper leaves and is recorded in one act."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Channel
from referral_app.database import Database, StoreProblem
from referral_app.jobs import papers
from referral_app.jobs import sending as job
from referral_app.jobs.paper_printing import Ticket
from referral_app.jobs.papers import Made
from referral_app.jobs.sending import Outgoing
from referral_app.services.errors import InvalidInput
from referral_app.services.send_records import AttemptRecord, Sending
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.sending.look_dialog import LookDialog
from referral_app.ui.sending.outlet import DONE, GONE, PRINT, SAVE, Outlet
from referral_app.ui.sending.parts_list import PartsList
from referral_app.ui.sending.whereto import Whereto
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.inputs import Radios
from referral_app.ui.widgets.notice import Advice

EMERGENCY = "An emergency has not been cleared by a clinician. Nothing can be sent before that."
MAKING = "Making the set…"
MAILING, TOO_LATE = "Sending the mail", "It was too late to cancel: the mail server had the mail. "
BACK, STOP, STOPPING = "Back", "Cancel sending", "Canceling…"
SEEN_GAPS = 3


class SendDialog(Framed):
    """`sent(words)` once it left and is recorded; `to_print` carries what the window prints: paper, act, ticket."""

    sent = Signal(str)
    to_print = Signal(object, object, object)

    def __init__(
        self, desk: Desk, parent: QWidget, out: Outgoing, again: AttemptRecord | None = None
    ) -> None:
        """Ask for a referral as it was looked at; `again` sends the paper of an earlier attempt once more."""
        record = out.record
        sentence = f"{record.patient} · reference {record.reference} · to {out.place}"
        super().__init__(parent, "sendDialog", "Send again" if again else "Send", sentence)
        self._desk, self._out, self._again = desk, out, again
        self._is_sending = False
        self._mailing: Job | None = None
        self.made: Made | None = None
        self._latest = desk.background.latest(self, self._show_made)
        self.channel = Radios("sendChannel", Channel)
        self.whereto, self.outlet = Whereto(out), Outlet(desk, self)
        self.parts = PartsList(out.parts, out.files)
        self.state = labels.muted(MAKING)
        self.note = Advice("info", "sendNote")
        self.look_button = buttons.outlined("Look at it", "sendLook", "eye")
        self.yes = buttons.primary(DONE[PRINT], "sendYes", "send")
        self.no = buttons.outlined(BACK, "sendNo")
        self.blocks = {
            "channel": Field("How it goes", self.channel), **self.whereto.blocks,
            "parts": Field("What goes, in this order", self.parts), **self.outlet.blocks,
        }  # fmt: skip
        self._fill()
        self.look_button.clicked.connect(self._look)
        self.channel.changed.connect(self._follow)
        self.outlet.way.changed.connect(self._say_act)
        self.parts.changed.connect(self.make)
        self.close_with((600, 700), self.yes, self.no)
        self.channel.set_value(again.channel if again else Channel.FAX if out.target else Channel.MAIL)
        self._follow()
        if again is not None and again.channel is not Channel.FAX:
            self.whereto.address.setText(again.address)
        self.outlet.printing.look()
        self.make()

    def _fill(self) -> None:
        uncleared = self._out.check.uncleared
        if uncleared:
            self.body.addWidget(Advice("emergency", "sendEmergency", words=EMERGENCY))
        if gaps := self._out.gaps:
            self.body.addWidget(Advice("info", "sendGaps", words=_said_gaps(gaps)))
        for part in (self.blocks["channel"], self.whereto, self.blocks["parts"]):
            self.body.addWidget(part)
        self.blocks["parts"].setVisible(self._again is None)
        made = row(self.state, self.look_button, spacing=12)
        made.setStretch(0, 1)
        self.body.addLayout(made)
        self.body.addWidget(self.note)
        for part in self.outlet.widgets():
            self.body.addWidget(part)

    # The set

    def make(self) -> None:
        """Make the set of what is ticked."""
        self.made = None
        self.state.setText(MAKING)
        self._say_act()
        db, reference, parts, again = (
            self._desk.db,
            self._out.record.reference,
            self.parts.parts(),
            self._again,
        )
        if again is not None:
            self._latest.ask(partial(papers.kept, db, again.paper_id), self._not_made)
        else:
            self._latest.ask(partial(job.make, db, reference, parts), self._not_made)

    def _show_made(self, made: Made) -> None:
        self.made = made
        pages = papers.pages(made.content)
        same = "The same paper as before: " if self._again else "The set is ready: "
        self.state.setText(f"{same}{pages} page{'' if pages == 1 else 's'}")
        self.note.say(" ".join(made.notes))
        self._say_act()

    def _not_made(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        self.state.setText("The set could not be made")
        self.show_errors({"": _words(error)})

    def _look(self) -> None:
        if self.made is not None:
            LookDialog(self, self.made.content).open()

    # What is asked

    def _follow(self) -> None:
        channel = self._channel()
        if channel is None:
            return
        self.whereto.show_channel(channel)
        self.outlet.show_channel(channel)
        self.parts.with_cover(channel is Channel.FAX)
        self._say_act()

    def _channel(self) -> Channel | None:
        value = self.channel.value()
        return Channel(value) if value else None

    def _say_yes(self, words: str) -> None:
        """Let the button say something; Qt takes its key away with the words."""
        self.yes.setText(words)
        self.yes.setShortcut("Ctrl+Return")

    def _say_act(self) -> None:
        self._say_yes(DONE[self.outlet.value()])
        blocked = self._out.check.uncleared or bool(self.whereto.problem())
        self.yes.setEnabled(self.made is not None and not blocked)
        self.look_button.setEnabled(self.made is not None)
        self.yes.setToolTip(
            EMERGENCY if self._out.check.uncleared else self.whereto.problem() or "Ctrl+Enter"
        )

    def wanted(self) -> Sending:
        """Return what is sent as it is chosen."""
        parts = self._again.parts if self._again else self.parts.parts()
        return Sending(
            self._channel() or Channel.MAIL, self.whereto.value(), parts, self.whereto.digits.text(),
            self.whereto.shown(), self._out.record.version,
        )  # fmt: skip

    # The act

    def accept(self) -> None:
        """Let it leave and record that, or say what is missing."""
        problems = self.outlet.problems()
        if self._channel() is None:
            problems["channel"] = "Choose how it goes."
        ticket = None
        if self.outlet.value() == PRINT and not problems and self.made:
            ticket = self.outlet.printing.ticket(papers.pages(self.made.content))
            if ticket is None:
                return
        self.show_errors(problems)
        if problems or self.made is None:
            return
        db, made, wanted = self._desk.db, self.made, self.wanted()
        self._wait(True)
        if self._channel() is Channel.EMAIL:
            leaving = self._desk.background.is_closing
            act = partial(_mail, db, made, wanted, self.outlet.password(), leaving)
            self._mailing = self._desk.background.job(self, MAILING, act, self._mailed, self._refused)
            self.no.setText(STOP)
        else:
            act = partial(job.rehearse, db, made, wanted)
            self._desk.background.run(self, act, partial(self._go, made, wanted, ticket), self._refused)

    def _go(self, made: Made, wanted: Sending, ticket: Ticket | None, _answer: object) -> None:
        """Do it, now that nothing will refuse it."""
        if ticket is not None:
            self.to_print.emit(made, wanted, ticket)
            super().accept()
        elif self.outlet.value() == SAVE:
            self._wait(False)
            ask.save_file(
                self, "Save what goes out", made.name, "PDF (*.pdf)", partial(self._save, made, wanted)
            )
        elif self.outlet.value() == GONE:
            self._desk.background.run(
                self, partial(job.record, self._desk.db, made, wanted), self._sent, self._refused
            )

    def _save(self, made: Made, wanted: Sending, path: Path) -> None:
        self._wait(True)
        act = partial(job.save, self._desk.db, made, wanted, path, self.outlet.password())
        self._desk.background.run(self, act, self._sent, self._refused)

    def _mailed(self, attempt: AttemptRecord) -> None:
        """Say that it is out, also to who canceled it too late."""
        late = self._mailing is not None and self._mailing.stopped.is_set()
        self._sent(attempt, TOO_LATE if late else "")

    def _sent(self, attempt: AttemptRecord, more: str = "") -> None:
        self.outlet.forget()
        self.sent.emit(f"{more}Marked as sent: {attempt.said}")
        super().accept()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        self.show_errors(error.fields if isinstance(error, InvalidInput) else {"": str(error)})

    def _wait(self, is_waiting: bool) -> None:
        self._is_sending = is_waiting
        self.yes.setEnabled(not is_waiting)
        self.no.setEnabled(True)
        if not is_waiting:
            self._mailing = None
            self.no.setText(BACK)
        if is_waiting:
            self._say_yes("Sending…" if self._channel() is Channel.EMAIL else "Please wait…")
        else:
            self._say_act()

    def reject(self) -> None:
        """Forget the password and go; a mail that leaves is canceled, of the rest what became of it is waited for."""
        if self._mailing is not None:
            self._mailing.cancel()
            self.no.setText(STOPPING)
            self.no.setEnabled(False)
        if self._is_sending:
            return
        self.outlet.forget()
        super().reject()


def _mail(
    db: Database, made: Made, wanted: Sending, password: str, leaving: Canceled, _progress: Progress,
    canceled: Canceled,
) -> AttemptRecord:  # fmt: skip
    """Send the mail as a job that can be canceled, and that ends where the program closes (`leaving`)."""
    return job.email(db, made, wanted, password, canceled, leaving)


def _said_gaps(gaps: tuple[str, ...]) -> str:
    """Return what is missing in one sentence: it is listed in the letter and holds nothing up."""
    named = "; ".join(one.rstrip(".") for one in gaps[:SEEN_GAPS])
    more = f"; and {len(gaps) - SEEN_GAPS} more" if len(gaps) > SEEN_GAPS else ""
    thing = "1 gap is" if len(gaps) == 1 else f"{len(gaps)} gaps are"
    return f"{thing} listed in the letter: {named}{more}. It can be sent all the same."


def _words(error: Exception) -> str:
    return " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
