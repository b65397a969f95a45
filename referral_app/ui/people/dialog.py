"""The dialog of one person: name, login, roles, practice, and whether they begin with invented data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QWidget

from referral_app.choices import InstallationMode
from referral_app.services.errors import InvalidInput
from referral_app.services.people import PersonRecord
from referral_app.ui import fields, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.people.roles import RoleBoxes
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.scroll import fit, scrolled

WIDTH = 560
Named = Sequence[tuple[str, str]]


class PersonDialog(QDialog):
    """Changes a person or adds one; `added(person, code)` carries the one-time code, `changed(person)` none."""

    added = Signal(object, str)
    changed = Signal(object)

    def __init__(self, desk: Desk, person: PersonRecord | None, practices: Named, parent: QWidget) -> None:
        """Show a person as read; `practices` are (id, name) of those whose records can be given to see."""
        super().__init__(parent)
        self.setObjectName("personDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Change person" if person else "Add person")
        self._desk, self._person = desk, person or PersonRecord("", "")
        self.roles = RoleBoxes()
        self.name, self.login = LineEdit("personName", chars=32), LineEdit("personLogin", chars=18)
        self.practice = ChoiceBox("personPractice", practices, empty="None")
        self.practicing = QCheckBox("Invented data first: they practice before they see patients")
        self.practicing.setObjectName("personPracticing")
        self.widgets = {
            "name": self.name, "login": self.login, "practice_id": self.practice, "practicing": self.practicing,
        }  # fmt: skip
        self.blocks = self._blocks()
        self._errors = ErrorSummary("personErrors")
        self.save_button = buttons.primary("Save" if person else "Add person", "personSave", "check")
        self._cancel = buttons.outlined("Cancel", "personCancel")
        self._area = scrolled(self._body(), "personArea")
        self._lay_out()
        fields.fill(self.widgets, self._person)
        self.roles.set_values(self._person.roles)
        self._errors.chosen.connect(self._go_to)
        self._cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setDefault(True)

    def save(self) -> None:
        """Store the person in the background, and say what is wrong beside its field."""
        db, is_new = self._desk.db, not self._person.id
        record = replace(self._person, **fields.read(self.widgets), roles=self.roles.values())

        def work() -> tuple[PersonRecord, str]:
            from referral_app.jobs import people

            return people.add(db, record) if is_new else (people.change(db, record), "")

        self.save_button.setEnabled(False)
        self._desk.background.run(self, work, self._stored, self._refused)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the fields: only now do they have the style of the window."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
            self.name.setFocus()
        super().showEvent(event)

    def _stored(self, answer: tuple[PersonRecord, str]) -> None:
        person, code = answer
        if code:
            self.added.emit(person, code)
        else:
            self.changed.emit(person)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        fields.show_errors(self.blocks, error.fields)
        self._errors.show_errors(error.fields)
        fit(self, self._area, WIDTH)

    def _blocks(self) -> dict[str, Field]:
        return {
            "name": Field("Name", self.name, "As it stands in letters and in the audit"),
            "login": Field("Login", self.login, "A short name to log in with; each person has their own"),
            "roles": Field("Roles", self.roles, "They add up"),
            "practice_id": Field(
                "Practice", self.practice, "Office staff and clinicians see its patients only", optional=True
            ),
        }

    def _body(self) -> QWidget:
        made = QWidget()
        lines = column(spacing=14, margins=24)
        lines.addWidget(labels.title(self.windowTitle()))
        lines.addWidget(self._errors)
        for block in self.blocks.values():
            lines.addWidget(block)
        self.blocks["practice_id"].setVisible(self._desk.settings.mode is InstallationMode.HEADACHE_CENTER)
        lines.addWidget(self.practicing)
        lines.addStretch(1)
        made.setLayout(lines)
        return made

    def _lay_out(self) -> None:
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, self._cancel, self.save_button, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    def _go_to(self, name: str) -> None:
        if name in self.blocks:
            fields.go_to(self.blocks[name].widget)
