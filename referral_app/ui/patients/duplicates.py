"""Those who may be the same person as the one being entered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from referral_app.services.patients import PatientRecord
from referral_app.ui import theme
from referral_app.ui.patients import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row


class Duplicates(QFrame):
    """Says "2 people like this", each to be opened; `wanted_new` when it is somebody else after all."""

    opened = Signal(str)
    wanted_new = Signal()

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__()
        self.setObjectName("patientDuplicates")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.role(self, "card")
        self.title = labels.heading("")
        self.new_button = buttons.outlined("Save as a new patient", "saveNewPatient")
        self.new_button.clicked.connect(self.wanted_new)
        self._people = column(spacing=8)
        lines = column(spacing=12, margins=16)
        lines.addLayout(row(labels.picture("review", 20, "warning"), self.title, None))
        lines.addWidget(
            labels.muted("A patient is entered once: where it is the same person, open that entry.")
        )
        lines.addLayout(self._people)
        lines.addLayout(row(self.new_button, None))
        self.setLayout(lines)
        self.hide()

    def show_people(self, found: list[PatientRecord]) -> None:
        """Show these people."""
        clear(self._people)
        words = "1 person like this" if len(found) == 1 else f"{len(found)} people like this"
        self.title.setText(f"{words} on file")
        self.setAccessibleName(f"{words} on file: {'; '.join(one.spoken for one in found)}")
        for number, one in enumerate(found):
            button = buttons.outlined("Open", f"openDuplicate{number}")
            button.setAccessibleName(f"Open {one.spoken}")
            button.setProperty("patient", one.id)
            button.clicked.connect(self._open)
            facts = " · ".join(
                part for part in (wording.born(one), wording.number(one), wording.record_number(one)) if part
            )
            words_of = column(spacing=0)
            words_of.addWidget(labels.strong(one.name))
            words_of.addWidget(labels.muted(facts))
            line = row(words_of, button)
            line.setStretch(0, 1)
            self._people.addLayout(line)
        self.show()

    def _open(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.opened.emit(pressed.property("patient"))
