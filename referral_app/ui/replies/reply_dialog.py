"""Recording a reply: the reference number first, then where the request stands, then what came."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Permission, ReplyKind
from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import replies, requests
from referral_app.services.referral_records import ReferralRow
from referral_app.services.replies import Reply
from referral_app.services.request_records import RequestRecord
from referral_app.ui import fields, next_field, rights, theme, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.replies import looking
from referral_app.ui.replies.looking import Found
from referral_app.ui.replies.reply_fields import ReplyFields
from referral_app.ui.settled import Settled
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.banner import PatientBanner
from referral_app.ui.widgets.card import clear, column
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.notice import Advice

QUIET_MS = 200
SENTENCE = (
    "Type the reference number, or scan its code: both stand on the referral response form. On the phone, ask for name "
    "and date of birth."
)
ASKED = "Reference number, or whose it is"
HINT = "Such as 7F3K-92QD-X; or a name, a date of birth, the last four digits of a phone"
NUMBER, SHORTEST = 9, 3
"""Letters and digits of a whole number, and how many there are at least before anything is looked for."""
MEANT = "Did you mean one of these? Compare name and date of birth with the paper."
FITS = "Choose the referral. Compare name and date of birth with the paper, or ask the caller for them."
NOBODY = "No open referral has a number, name, date of birth or phone like this."
UNSENT = "This referral was not sent yet, so there is nothing to answer. Mark it as sent first."


class ReplyDialog(Framed):
    """`recorded(referral, words)` when it is stored; `declined(referral)` where another surgeon may be asked."""

    recorded = Signal(str, str)
    declined = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, name: str = "") -> None:
        """Ask for a number, or begin with a referral, by its id or number, that is known."""
        super().__init__(parent, "replyDialog", "Record reply", SENTENCE)
        self._desk, self._found = desk, Found("")
        self._latest = desk.background.latest(self, self._show, QUIET_MS)
        self.number = LineEdit("replyNumber", chars=30)
        self.near: QVBoxLayout = column(spacing=4)
        self.banner = PatientBanner("replyBanner")
        self.standing = labels.body("")
        self.standing.setObjectName("replyStanding")
        self.history = labels.muted("")
        self.problem = Advice("warning", "replyProblem")
        self._parts: ReplyFields | None = None
        self._waits = self._goes_on = False  # for an answer, and then on to what came
        self._settled = Settled(desk, self, "referrals")
        self._place: QVBoxLayout = column(spacing=0)
        self.save_button = buttons.primary("Record", "replySave", "answered")
        self._build()
        if name:
            self._latest.ask(partial(looking.look, desk.db, name), self.failed)
        self.number.setFocus()

    @property
    def parts(self) -> ReplyFields:
        """The fields of the reply, made when a referral is first found: all at once would be a long turn."""
        if self._parts is None:
            self._parts = made = ReplyFields(self._desk)
            self.blocks |= made.blocks
            self._place.addWidget(made)
            made.changed.connect(self._follow)
        return self._parts

    def look(self) -> None:
        """Look for the number that is typed."""
        text = self.number.text().strip()
        if text and self._found.record is not None and text == self._found.record.reference:
            return
        self._show_nothing()
        self._goes_on, self._waits = False, len(text) >= SHORTEST
        if not self._waits:
            self._latest.drop()
        else:
            self._latest.ask(partial(looking.look, self._desk.db, text), self.failed)

    def record(self) -> None:
        """Record the reply, or say what is wrong."""
        reply, problems = self.parts.read()
        self.show_errors(problems)
        found = self._found
        if reply is None or found.record is None or found.request is None:
            return
        self.save_button.setEnabled(False)
        act = partial(_record, name=found.record.id, reply=reply, version=found.request.version)
        transaction.write(self._desk, self, act, partial(self._recorded, reply.kind), self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused; what is typed stays. A time of a visit that is unusual is asked about."""
        self._waits = self._goes_on = False
        self._follow()
        visit = self._parts.visit if self._parts is not None else None
        if visit is None or not visit.unusual.takes(error, visit.when()):
            super().failed(error)

    def _build(self) -> None:
        self.blocks = {"reference": Field(ASKED, self.number, HINT)}
        inside = column(spacing=4)
        theme.role(self.banner, "card")
        for part in (self.standing, self.history):
            inside.addWidget(part)
        self.body.addWidget(self.blocks["reference"])
        self.body.addWidget(self.problem)
        self.body.addLayout(self.near)
        self.body.addWidget(self.banner)
        self.body.addLayout(inside)
        self.body.addLayout(self._place)
        cancel = buttons.outlined("Cancel", "replyCancel")
        cancel.clicked.connect(self.reject)
        self.number.textChanged.connect(self.look)
        self.save_button.clicked.connect(self.record)
        self.save_button.setShortcut("Ctrl+Return")
        self.lay_out((760, 820), None, cancel, self.save_button)
        self._show_nothing()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Go on with Enter, from the number to what came and from each field to the next."""
        if not next_field.is_enter(arg__1):
            super().keyPressEvent(arg__1)
        elif self.number.hasFocus():
            self._go_on()
        elif self._parts is not None:
            self._parts.go_on(self.save_button)

    # Showing

    def _show_nothing(self) -> None:
        self._found = Found("")
        clear(self.near)
        for part in (self.banner, self.standing, self.history, self._parts):
            if part is not None:
                part.hide()
        self.problem.say("")
        self._follow()

    def _show(self, found: Found) -> None:
        self._show_nothing()
        self._found, self._waits = found, False
        self._tell(found)
        if self._goes_on:
            self._goes_on = False
            self._go_on()

    def _tell(self, found: Found) -> None:
        if found.record is None:
            self._offer(found)
            return
        if not self.number.text().strip():
            self.number.setText(found.record.reference)
        self.banner.show_intake(found.record.intake)
        self.banner.show()
        self.standing.setText(found.place.words if found.place else "")
        self.standing.show()
        if found.request is None:
            self.problem.say(UNSENT)
            return
        self.history.setText(_last_step(found))
        self.history.setVisible(bool(self.history.text()))
        self.parts.show_request(found.request, found.places, found.asked_place, found.interpreter)
        offered = bool(replies.possible(found.request))
        self.parts.setVisible(offered)
        if not offered:
            self.problem.say("This request is over and the patient was told. Nothing more can be recorded.")
        self._follow()

    def _offer(self, found: Found) -> None:
        """Say that there is no such number, and offer which may be meant; none of them is taken silently."""
        offered = [*found.near, *found.fits]
        self._settled.answered(self.number.text().strip(), len(offered))
        typed = found.text.replace("-", "").replace(" ", "")
        whole = len(typed) >= NUMBER and typed.isalnum() and any(one.isdigit() for one in typed)
        if found.near:
            self.problem.say(f"{found.said} {MEANT}")
        else:
            self.problem.say(FITS if offered else found.said if whole else NOBODY)
        for number, row in enumerate(offered):
            self.near.addWidget(self._meant(number, row))

    def _meant(self, number: int, row: ReferralRow) -> QPushButton:
        born = f", born {dates.say(row.date_of_birth)}" if row.date_of_birth else ""
        words = f"{row.reference}  {row.patient or 'No name yet'}{born} · {row.state_words}"
        button = buttons.outlined(words, f"replyNear{number}")
        button.setAccessibleName(f"Use {words}")
        button.clicked.connect(partial(self._take, row.reference))
        return button

    def _take(self, reference: str) -> None:
        self._settled.note()
        self.number.setFocus()
        self.number.setText(reference)
        self._go_on()

    def _go_on(self) -> None:
        """Go to what came once the referral is in sight, or to those that may be meant; they are still looked for."""
        offered = self.near.itemAt(0)
        if self._waits:
            self._goes_on = True
        elif self._found.request is not None and self.parts.isVisible():
            self.parts.take_focus()
        elif offered is not None and (button := offered.widget()):
            fields.go_to(button)

    def _follow(self) -> None:
        may = rights.allow(self.save_button, self._desk.db, Permission.WRITE)
        ready = (
            self._found.request is not None and self._parts is not None and self._parts.chosen() is not None
        )
        self.save_button.setEnabled(may and ready)

    def _recorded(self, kind: ReplyKind, done: tuple[RequestRecord, bool]) -> None:
        request, is_new = done
        said = "Recorded" if is_new else "It was recorded before, nothing was added"
        self.recorded.emit(request.referral_id, f"{said} for {request.reference}: {kind.label.lower()}")
        if kind is ReplyKind.DECLINED and is_new:
            self.declined.emit(request.referral_id)
        self.accept()


def _record(session: Session, name: str, reply: Reply, version: int) -> tuple[RequestRecord, bool]:
    """Record a reply, and return with the request whether that added anything: somebody may have been first."""
    before = requests.current(session, name)
    after = replies.record(session, name, reply, version)
    return after, before is None or after.version != before.version


def _last_step(found: Found) -> str:
    """Return what was entered last, by whom: a second person with the same paper sees that it is done."""
    standing = [one for one in found.steps if one.undone_at is None]
    if not standing:
        return "Nothing was recorded yet."
    last = standing[-1]
    by = f", entered by {last.recorded_by}" if last.recorded_by else ""
    words = last.why or last.note
    said = f" ({words})" if words else ""
    return f"Last recorded: {last.act.label}{said}, {dates.say(last.happened_on)}{by}."
