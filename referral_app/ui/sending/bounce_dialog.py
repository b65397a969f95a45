"""Why an attempt came to nothing or came back, with what that reason asks for."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import BounceReason, Channel
from referral_app.clinical import dates, phones
from referral_app.services import sending
from referral_app.services.send_records import AttemptRecord, Bounce, Settled
from referral_app.ui import transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.sending import words
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea

FOLLOWS = {
    BounceReason.BUSY: "A task says to send it again. The same paper can go once more.",
    BounceReason.WRONG_NUMBER: "An incident is opened. The number is asked for again before anything more goes to it.",
    BounceReason.INCOMPLETE: "A task asks for what is marked, and the form shows it.",
    BounceReason.OUT_OF_NETWORK: "The request is declined, and the next surgeon can be asked.",
    BounceReason.REFUSED: "A task says to send it again.",
    BounceReason.OTHER: "A task says to send it again.",
}
BY_MAIL = "A task says to send it again. A letter that came back unopened is no incident."
REACHED = "It is the one on file. Was another one dialed, enter that, as on the fax report; empty it if nobody knows."
RECORDED = {
    BounceReason.WRONG_NUMBER: "Recorded, and an incident opened",
    BounceReason.INCOMPLETE: "Recorded, with a task for what is asked",
}


class Asked(Protocol):
    """Answers that are asked anew, as the window lends them: screens do not import each other."""

    def paths(self) -> tuple[str, ...]:
        """Return their paths."""
        ...

    def words(self) -> str:
        """Return them in words."""
        ...


class BounceDialog(Framed):
    """`settled(words, settled)` once it is stored."""

    settled = Signal(str, object)

    def __init__(
        self, desk: Desk, parent: QWidget, attempt: AttemptRecord, asked: Asked, asked_widget: QWidget
    ) -> None:
        """Ask for one attempt."""
        super().__init__(parent, "bounceDialog", "It did not arrive, or came back", words.title(attempt))
        self._desk, self._attempt, self.asked = desk, attempt, asked
        self.reason = Radios("bounceReason", [(str(one), one.label) for one in sending.BOUNCES])
        self.follows = labels.muted("")
        self.note, self.who = TextArea("bounceNote", rows=2), LineEdit("bounceWho", chars=40)
        self.reached = LineEdit("bounceReached", chars=40)
        self.reached.setText(phones.say(attempt.address))
        self.day = LineEdit("bounceDay", chars=20)
        self.day.setText(dates.say(date.today()))
        self.blocks = {
            "reason": Field("Why", self.reason), "fields": Field("What is asked for", asked_widget, optional=True),
            "note": Field("In words", self.note, optional=True),
            "reached": Field("Number or address that was reached", self.reached, REACHED, optional=True),
            "who_has_it": Field("Who has it", self.who, "As far as that is known", optional=True),
            "on": Field("Day", self.day),
        }  # fmt: skip
        Echo(self.blocks["on"], dates.read_happened, typed_day.happened_hint())
        for key, block in self.blocks.items():
            self.body.addWidget(block)
            if key == "reason":
                self.body.addWidget(self.follows)
        self.yes = buttons.primary("Record", "bounceYes", "save")
        no = buttons.outlined("Back", "bounceNo")
        self.reason.changed.connect(self._follow)
        self.close_with((600, 600), self.yes, no)
        self._follow()

    def accept(self) -> None:
        """Store it, or say what is missing."""
        reason = self._reason()
        if reason is None:
            self.show_errors({"reason": "Choose why."})
            return
        day = words.read_day(self, self.day)
        if day is None:
            return
        incomplete = reason is BounceReason.INCOMPLETE
        parts = (self.asked.words() if incomplete else "", self.note.toPlainText().strip())
        said = ". ".join(one for one in parts if one)
        reached = self.reached.text().strip() if reason is BounceReason.WRONG_NUMBER else None
        paths = self.asked.paths() if incomplete else ()
        bounce = Bounce(reason, day, said, paths, self.who.text(), reached)
        self.yes.setEnabled(False)
        act = partial(sending.fail, attempt_id=self._attempt.id, bounce=bounce)
        transaction.write(self._desk, self, act, self._stored, self._refused)

    def _reason(self) -> BounceReason | None:
        value = self.reason.value()
        return BounceReason(value) if value else None

    def _stored(self, settled: Settled) -> None:
        reason = settled.attempt.reason
        self.settled.emit(RECORDED.get(reason, "Recorded") if reason else "Recorded", settled)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        self.failed(error)

    def _follow(self) -> None:
        reason = self._reason()
        mailed = reason is BounceReason.WRONG_NUMBER and self._attempt.channel is Channel.MAIL
        self.follows.setText((BY_MAIL if mailed else FOLLOWS[reason]) if reason else "")
        self.follows.setVisible(reason is not None)
        self.blocks["fields"].setVisible(reason is BounceReason.INCOMPLETE)
        for key in ("reached", "who_has_it"):
            self.blocks[key].setVisible(reason is BounceReason.WRONG_NUMBER and not mailed)
