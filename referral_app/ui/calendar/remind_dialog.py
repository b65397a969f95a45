"""Reminding a patient of a visit: what to say on the phone and on a machine, that it was said, or a letter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.choices import LANGUAGES, IdentityCheck, Permission
from referral_app.clinical import dates
from referral_app.jobs.reminders import Script
from referral_app.services import reminding
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import rights, transaction, visit_words
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.notice import Advice

NO_MESSAGE = "This patient did not allow messages. Leave none on a machine: call again."
MESSAGE = "Say this and no more: no surgeon, no reason for the visit."


class RemindDialog(Framed):
    """`letter(visit)` asks for the letter, `stored(record)` when a call was recorded."""

    letter = Signal(object)
    stored = Signal(object)

    def __init__(self, desk: Desk, script: Script, parent: QWidget) -> None:
        """Show what to say."""
        visit = script.visit
        about = f"{visit.patient}, {visit_words.when(visit)}"
        super().__init__(parent, "remindDialog", f"Remind of the {visit_words.what(visit)}", about)
        self._desk, self._script, self._visit = desk, script, visit
        self.checked = ChoiceBox("remindChecked", IdentityCheck)
        self.message = QCheckBox("Nobody answered, and this message was left")
        self.message.setObjectName("remindMessage")
        self.on_file = labels.body(f"On file: {visit.patient or 'no name yet'}. {script.on_file}.")
        self.on_file.setObjectName("remindOnFile")
        self.note = LineEdit("remindNote", chars=40)
        self.blocks = {
            "checked": Field("How the identity was checked", self.checked),
            "message_left": Field("On a machine", self.message, optional=True),
            "said": Field("What the patient said", self.note, optional=True),
        }
        self.save_button = buttons.primary("Record the call", "remindSave", "phone")
        self.letter_button = buttons.outlined("Print a letter instead…", "remindLetter", "letter")
        self._build()

    def save(self) -> None:
        """Record the call, or say what is wrong."""
        self.show_errors({})
        self.save_button.setEnabled(False)
        act = partial(
            reminding.by_phone, appointment_id=self._visit.id, checked=self.checked.value(),
            message=self.message.isChecked(), said=self.note.text(),
            number=self._script.numbers[0] if self._script.numbers else "",
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._kept, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.save_button.setEnabled(True)
        super().failed(error)

    def _build(self) -> None:
        self.body.addWidget(self._call())
        machine = Card("On a machine")
        if self._script.message:
            machine.add(labels.muted(MESSAGE))
            machine.add(labels.body(self._script.message))
        else:
            machine.add(Advice("warning", "remindNoMessage", words=NO_MESSAGE))
            self.message.setEnabled(False)
        self.body.addWidget(machine)
        for block in self.blocks.values():
            self.body.addWidget(block)
        close = buttons.outlined("Close", "remindClose")
        close.clicked.connect(self.reject)
        self.letter_button.clicked.connect(self._ask_letter)
        self.save_button.clicked.connect(self.save)
        self.message.toggled.connect(self._follow)
        rights.allow(self.save_button, self._desk.db, Permission.WRITE)
        rights.allow(self.letter_button, self._desk.db, Permission.PRINT)
        self.lay_out((640, 0), close, None, self.letter_button, self.save_button)

    def _call(self) -> QWidget:
        made, script = Card("On the phone"), self._script
        numbers = " or ".join(script.numbers) or "No number is on file."
        language = LANGUAGES.get(script.language, "")
        if script.interpreter:
            numbers += f" · with an interpreter for {language or 'a language that is not named'}"
        elif language:
            numbers += f" · speaks {language}"
        made.add(labels.strong(numbers))
        made.add(self.on_file)
        if self._visit.reminded_at is not None:
            last = self._visit.reminded_at.astimezone().date()
            made.add(labels.muted(f"Last reminded on {dates.say(last)}."))
        for line in script.spoken:
            made.add(labels.body(line))
        return made

    def _follow(self, left: bool) -> None:
        self.blocks["checked"].setVisible(not left)

    def _ask_letter(self) -> None:
        self.accept()
        self.letter.emit(self._visit)

    def _kept(self, record: AppointmentRecord) -> None:
        self.stored.emit(record)
        self.accept()
