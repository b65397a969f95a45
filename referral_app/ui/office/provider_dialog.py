"""The dialog for one referring provider."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.choices import Role
from referral_app.clinical import npi, phones
from referral_app.services.practices import ProviderRecord
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.inputs import LineEdit, Radios
from referral_app.ui.widgets.scroll import fit, scrolled

WIDTH = 580


class ProviderDialog(QDialog):
    """Name, profession, NPI and phone; `done_with` carries the record."""

    done_with = Signal(object)

    def __init__(self, provider: ProviderRecord, parent: QWidget) -> None:
        """Make it for a provider, or for an empty record."""
        super().__init__(parent)
        self.setObjectName("providerDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._provider = provider
        self.setWindowTitle("Change provider" if provider.family_name else "Add provider")
        self.widgets: dict[str, QWidget] = {
            "given_name": LineEdit("providerGiven", chars=24),
            "family_name": LineEdit("providerFamily", chars=24),
            "degrees": LineEdit("providerDegrees", chars=14),
            "role": Radios("providerRole", Role),
            "npi": LineEdit("providerNpi", chars=14),
            "phone": LineEdit("providerPhone", chars=20),
        }
        self.blocks = self._blocks()
        self._errors = ErrorSummary("providerErrors")
        self._errors.chosen.connect(self._go_to)
        self._lay_out()
        fields.fill(self.widgets, provider)

    def accept(self) -> None:
        """Hand the record on, or say what is wrong with it."""
        values = fields.read(self.widgets)
        errors = problems(values)
        fields.show_errors(self.blocks, errors)
        self._errors.show_errors(errors)
        if errors:
            fit(self, self._area, WIDTH)
            return
        values["role"] = Role(values["role"])
        self.done_with.emit(replace(self._provider, **values))
        super().accept()

    def _blocks(self) -> dict[str, Field]:
        widgets = self.widgets
        return {
            "given_name": Field("First name", widgets["given_name"]),
            "family_name": Field("Last name", widgets["family_name"]),
            "degrees": Field("Degrees", widgets["degrees"], "Such as MD or NP", optional=True),
            "role": Field("Profession", widgets["role"]),
            "npi": Field("NPI", widgets["npi"], "Ten digits; the last one is checked", optional=True),
            "phone": Field("Phone", widgets["phone"], optional=True),
        }

    def _lay_out(self) -> None:
        body, block = QWidget(), self.blocks
        column = QVBoxLayout(body)
        theme.scale(column, margins=24, spacing=14)
        column.addWidget(labels.title(self.windowTitle()))
        column.addWidget(self._errors)
        column.addLayout(row(block["given_name"], block["family_name"], None, spacing=12, bottom=True))
        column.addWidget(block["degrees"])
        column.addWidget(block["role"])
        column.addWidget(block["npi"])
        column.addWidget(block["phone"])
        column.addStretch(1)
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        self._area = scrolled(body, "providerArea")
        whole.addWidget(self._area, 1)
        whole.addLayout(self._buttons())
        fit(self, self._area, WIDTH)

    def _buttons(self) -> QHBoxLayout:
        cancel = buttons.outlined("Cancel", "providerCancel")
        keep = buttons.primary("Keep provider", "providerSave")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        keep.setDefault(True)
        return row(None, cancel, keep, margins=(24, 8, 24, 16))

    def _go_to(self, name: str) -> None:
        fields.go_to(self.widgets[name])


def problems(values: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with a provider, one sentence for each field."""
    found: dict[str, str] = {}
    if not values["family_name"]:
        found["family_name"] = "Enter a last name."
    if not values["role"]:
        found["role"] = "Choose a profession."
    if values["npi"] and (problem := npi.problem(values["npi"])):
        found["npi"] = problem
    if values["phone"] and (problem := phones.problem(values["phone"])):
        found["phone"] = problem
    return found
