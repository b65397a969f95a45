"""Those who may be the same person as the one being entered, each with why; a person decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from referral_app.services.patient_duplicates import LikePatient
from referral_app.ui import theme
from referral_app.ui.patients import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row


class Duplicates(QFrame):
    """Says "2 people like this", each to be used instead; `wanted_new(ids)` when it is none of them."""

    opened = Signal(str)
    wanted_new = Signal(object)

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__()
        self.setObjectName("patientDuplicates")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.role(self, "card")
        self._ids: list[str] = []
        self.title = labels.heading("")
        self.new_button = buttons.outlined("", "saveNewPatient")
        self.new_button.clicked.connect(self._tell_apart)
        self._people = column(spacing=12)
        lines = column(spacing=12, margins=16)
        lines.addLayout(row(labels.picture("review", 20, "warning"), self.title, None))
        lines.addWidget(
            labels.muted("A patient is entered once: where it is the same person, use that entry.")
        )
        lines.addLayout(self._people)
        lines.addLayout(row(self.new_button, None))
        self.setLayout(lines)
        self.hide()

    def show_people(self, found: Sequence[LikePatient]) -> None:
        """Show these people."""
        clear(self._people)
        self._ids = [one.patient.id for one in found]
        words = "1 person like this" if len(found) == 1 else f"{len(found)} people like this"
        self.title.setText(f"{words} on file")
        self.new_button.setText(
            "They are two people: save as new" if len(found) == 1 else "None of them: save as new"
        )
        self.setAccessibleName(f"{words} on file: {'; '.join(one.patient.spoken for one in found)}")
        for number, one in enumerate(found):
            self._people.addWidget(self._line(number, one))
        self.show()

    def _line(self, number: int, one: LikePatient) -> QWidget:
        button = buttons.outlined("Use this one", f"openDuplicate{number}")
        button.setAccessibleName(f"Use {one.patient.spoken}")
        button.setProperty("patient", one.patient.id)
        button.clicked.connect(self._open)
        who = one.patient
        words = column(spacing=0)
        words.addWidget(labels.strong(who.name))
        words.addWidget(labels.muted(wording.facts(who)))
        words.addWidget(labels.body(one.why))
        made = QWidget()
        line = row(words, button)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made

    def _tell_apart(self) -> None:
        self.wanted_new.emit(list(self._ids))

    def _open(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.opened.emit(pressed.property("patient"))
