"""Writing a call down: with whom, how their identity was told, whether a message was left, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from referral_app.choices import IdentityCheck
from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import calls, patients
from referral_app.services.calls import CallRecord, Known
from referral_app.ui import fields, transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row, stacked
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea
from referral_app.ui.widgets.lookup import SHOWN, Answer, Hit, Lookup
from referral_app.ui.widgets.notice import Advice

ALLOWED = "A message may be left, as the patient’s entry says."
NOT_ALLOWED = "No message may be left: the patient did not allow it. Say only that you will call again."
CHECKS = tuple((str(one), one.label) for one in IdentityCheck)
UNCHECKED, NOT_CHECKED = "unchecked", "It was not checked"
CHOOSE = "Choose how the identity was checked, or that it was not."
CHECK_FIRST = (
    "Check who it is before you say anything about the patient: date of birth and address, for example."
)


class CallDialog(Framed):
    """`logged(words)` when it is stored."""

    logged = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, patient_id: str = "", referral_id: str = "") -> None:
        """Write about a patient, a referral, or whoever is chosen here."""
        super().__init__(parent, "callDialog", "Log a call", CHECK_FIRST)
        self._desk, self._referral_id = desk, referral_id
        self._known: Known | None = None
        self.patient = Lookup(
            "callPatient", "Patient", "Name, date of birth, or last four digits", "patients"
        )
        self.patient.pick.look = self._look
        self._finder = desk.background.latest(self, _hand_on, 120)
        self._latest = desk.background.latest(self, self._show)
        self.message = Advice("info", "callMessage")
        self.with_whom = LineEdit("callWith", chars=30)
        self.number = ChoiceBox("callNumber", (), empty="Another number")
        self.checked = ChoiceBox("callChecked", (*CHECKS, (UNCHECKED, NOT_CHECKED)), empty="Choose…")
        self.left_message = QCheckBox("A message was left")
        self.left_message.setObjectName("callLeft")
        self.said = TextArea("callSaid", rows=3)
        self.referral = ChoiceBox("callReferral", (), empty="None")
        self.next_step, self.follow_up = LineEdit("callNext", chars=40), LineEdit("callFollowUp", chars=20)
        self.save_button = buttons.primary("Save the call", "callSave", "save")
        self._build()
        if patient_id or referral_id:
            self._latest.ask(self._reader(patient_id, referral_id), self.failed)
            self.with_whom.setFocus()
        else:
            self.patient.setFocus()

    def save(self) -> None:
        """Write it down, or say what is wrong."""
        problems: dict[str, str] = {}
        follow_up = typed_day.read(self.follow_up.text(), "follow_up_on", problems, as_=dates.read_coming)
        left, chosen = self.left_message.isChecked(), self.checked.value()
        if self._known is None:
            problems["patient"] = "Choose the patient."
        if not (left or chosen):
            problems["checked"] = CHOOSE
        call = CallRecord(
            self._known.patient_id if self._known else "", self.with_whom.text(), self.said.toPlainText(),
            self.referral.value(), self.number.value(), "" if left or chosen == UNCHECKED else chosen, left,
            next_step=self.next_step.text(),
        )  # fmt: skip
        problems |= calls.missing(call)
        self.show_errors(problems)
        if problems:
            return
        self.save_button.setEnabled(False)
        act = partial(calls.log, call=call, follow_up_on=follow_up)
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.save_button.setEnabled(True)
        super().failed(error)

    def _build(self) -> None:
        self.blocks = {
            "patient": Field("Patient", self.patient),
            "with_whom": Field(
                "With whom", self.with_whom, "Such as the patient, her daughter, Dr. Keen’s office"
            ),
            "number": Field("Number", self.number, optional=True),
            "message_left": Field("Message", self.left_message, optional=True),
            "checked": Field("How the identity was checked", self.checked),
            "said": Field("What was said", self.said),
            "referral": Field("About the referral", self.referral, optional=True),
            "next_step": Field("Next step", self.next_step, "It becomes that of the referral", optional=True),
            "follow_up_on": Field(
                "Look at it again on", self.follow_up, typed_day.coming_hint(), optional=True
            ),
        }
        Echo(self.blocks["follow_up_on"], dates.read_coming, typed_day.coming_hint())
        self.body.addWidget(self._make_about())
        self.body.addWidget(self.blocks["patient"])
        self.body.addWidget(self.message)
        for name, block in self.blocks.items():
            if name != "patient":
                self.body.addWidget(block)
        cancel = buttons.outlined("Cancel", "callCancel")
        cancel.clicked.connect(self.reject)
        self.patient.changed.connect(self._chosen)
        self.other_button.clicked.connect(self._choose_another)
        self.left_message.toggled.connect(self._follow_message)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.lay_out((640, 780), None, cancel, self.save_button)
        self._about.hide()

    def _make_about(self) -> QWidget:
        """Return what says whom the call is about, with a way to another patient."""
        self.who, self.represented, self.on_file = labels.heading(""), labels.body(""), labels.body("")
        self.on_file.setObjectName("callOnFile")
        self.other_button = buttons.link("Another patient", "callOther")
        self.represented.hide()
        self.who.setWordWrap(True)
        head = row(self.who, self.other_button, spacing=12)
        head.setStretch(0, 1)
        self._about = QWidget()
        self._about.setLayout(stacked(head, self.on_file, self.represented, spacing=4))
        return self._about

    def _reader(self, patient_id: str, referral_id: str) -> partial[Known]:
        return partial(_read, self._desk, patient_id, referral_id)

    def _show(self, known: Known) -> None:
        self._known = known
        self.who.setText(known.name or "No name yet")
        self.represented.setText(known.represented)
        self.represented.setVisible(bool(known.represented))
        self.on_file.setText(f"On file: {known.on_file}. Ask for it, do not read it out.")
        self.other_button.setAccessibleName(f"Another patient than {known.name or 'this one'}")
        self._about.show()
        searched = self.patient.isAncestorOf(QApplication.focusWidget() or self)
        self.blocks["patient"].set_error("")
        self.blocks["patient"].hide()
        if searched:
            self.with_whom.setFocus()
        self.message.say(ALLOWED if known.message_allowed else NOT_ALLOWED)
        self.number.set_options([(one, one) for one in known.numbers], "Another number")
        self.referral.set_options(
            [(reference, f"{reference} {surgeon}".strip()) for reference, surgeon in known.referrals], "None"
        )
        wanted = next((one for one, _ in known.referrals if one == self._reference(known)), "")
        self.referral.set_value(wanted)

    def _choose_another(self) -> None:
        """Ask for the patient anew; what was written of the call stays."""
        self._known = None
        self._latest.drop()
        self._about.hide()
        self.message.say("")
        self.number.set_options((), "Another number")
        self.referral.set_options((), "None")
        self.patient.set_hit(None)
        self.blocks["patient"].show()
        fields.go_to(self.patient.pick.line)

    def _follow_message(self, left: bool) -> None:
        """Nobody is asked who they are where a machine answered."""
        self.blocks["checked"].setVisible(not left)

    def _reference(self, known: Known) -> str:
        """Return the referral meant: the one that was shown, else the latest."""
        return known.reference or (known.referrals[0][0] if known.referrals else "")

    def _chosen(self) -> None:
        hit = self.patient.hit()
        if hit is not None:
            self._latest.ask(self._reader(hit.id, ""), self.failed)

    def _look(self, text: str, answer: Answer) -> None:
        self._finder.ask(partial(_find, self._desk, text, answer))

    def _stored(self, call: CallRecord) -> None:
        self.logged.emit(f"The call with {call.with_whom} is written down")
        self.accept()


def _read(desk: Desk, patient_id: str, referral_id: str) -> Known:
    with desk.db.read() as session:
        return calls.known(session, patient_id, referral_id)


def _find(desk: Desk, text: str, answer: Answer) -> tuple[Answer, str, list[Hit]]:
    def hits(session: Session) -> list[Hit]:
        return [
            Hit(one.id, one.name, f"Born {dates.say(one.born)}" if one.born else "")
            for one in patients.find(session, text, SHOWN)
        ]

    with desk.db.read() as session:
        return answer, text, hits(session)


def _hand_on(found: tuple[Answer, str, list[Hit]]) -> None:
    answer, text, hits = found
    answer(text, hits)
