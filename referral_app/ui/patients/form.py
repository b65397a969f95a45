"""The form of a patient's own values, made from the declaration of the intake."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from referral_app.clinical import computed, dates
from referral_app.clinical.fields import Field, Kind, applies, as_dict
from referral_app.clinical.intake import PATIENT
from referral_app.ui import fields, theme
from referral_app.ui.patients import controls, wording
from referral_app.ui.widgets.card import Card, column, row

CARDS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("Name", (
        ("family_name", "given_name"), ("middle_name", "suffix"), ("preferred_name", "name_own_script"))),
    ("Birth and record", (("date_of_birth", "mrn"), ("sex",))),
    ("Contact", (("phone", "phone_alt"), ("message_ok",), ("email",), ("contact_preference",))),
    ("Address", (("address.line1", "address.line2"), ("address.city", "address.state", "address.zip"))),
    ("Language and needs", (("language",), ("interpreter_needed",), ("interpreter_language",), ("needs",))),
    ("Support person", (("support_person.name", "support_person.relation"), ("support_person.phone",))),
    ("Legal representative", (
        ("has_representative",), ("legal_representative.name", "legal_representative.relation"),
        ("legal_representative.phone",))),
)  # fmt: skip
"""The fields of each card, line by line; a test holds them against the declaration."""


def leaves() -> Iterator[tuple[str, Field, Field | None]]:
    """Yield the path of each field within the patient, the field, and the group that it stands in."""
    for field in PATIENT.fields:
        if field.kind is Kind.GROUP:
            for inner in field.fields:
                yield f"{field.name}.{inner.name}", inner, field
        else:
            yield field.name, field, None


class PatientForm(QWidget):
    """Everything that belongs to the patient; `changed` with every change."""

    changed = Signal()

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Show a patient's values."""
        super().__init__()
        self._before = copy.deepcopy(dict(values))
        self._declared = {path: (field, group) for path, field, group in leaves()}
        self.widgets = {
            path: controls.make(field, _object_name(path)) for path, (field, _) in self._declared.items()
        }
        self.blocks = {path: self._block(path) for path in self.widgets}
        self._lay_out()
        for path, (field, _) in self._declared.items():
            controls.show(field, self.widgets[path], _at(self._before, path))
        self._follow()
        fields.connect_changes(self.widgets, self._edited)

    def read(self) -> dict[str, Any]:
        """Return the patient's values; what the form does not know stays as it was."""
        values = copy.deepcopy(self._before)
        for path, (field, _) in self._declared.items():
            answer = controls.read(field, self.widgets[path], _at(self._before, path))
            _put(values, path, None if self.blocks[path].isHidden() else answer)
        return values

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its field; `errors` goes by the paths of the intake."""
        fields.show_errors({f"patient.{path}": block for path, block in self.blocks.items()}, errors)

    def go_to(self, name: str) -> None:
        """Give a field the focus."""
        if widget := self.widgets.get(name.removeprefix("patient.")):
            fields.go_to(widget)

    def _block(self, path: str) -> fields.Field:
        field, group = self._declared[path]
        required = field.required and (group is None or group.required)
        hint = "" if field.name in ("given_name", "suffix", "state") else field.hint
        block = fields.Field(field.label, self.widgets[path], hint, optional=not required)
        if field.kind is Kind.CHOICES:  # its boxes flow over several lines
            block.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return block

    def _lay_out(self) -> None:
        whole = column(spacing=16)
        for title, lines in CARDS:
            card = Card(title)
            theme.scale(card.column, spacing=12)
            for names in lines:
                card.add(self._line(names))
            whole.addWidget(card)
        self.setLayout(whole)

    def _line(self, names: tuple[str, ...]) -> QLayout:
        made = row(*(self.blocks[name] for name in names), spacing=16)
        for at, name in enumerate(names):
            fixed = "width" in (self.widgets[name].property("sizes") or {})
            made.setStretch(at, 0 if fixed else 1)
            made.setAlignment(self.blocks[name], Qt.AlignmentFlag.AlignBottom)
        return made

    def _edited(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Show what applies to the answers so far, and read the date of birth back."""
        values = self.read()
        born = dates.stored(values.get("date_of_birth"))
        age = dates.age(born, date.today()) if born else None
        echo = f"{dates.say(born)}, {wording.years(age)}" if born and age is not None and age >= 0 else ""
        self.blocks["date_of_birth"].set_hint(echo or self._declared["date_of_birth"][0].hint)
        whole = computed.with_computed({"patient": values})
        for path, (field, group) in self._declared.items():
            shown = applies(group or field, whole, values)
            if self.blocks[path].isHidden() == shown:
                self.blocks[path].setVisible(shown)


def _object_name(path: str) -> str:
    return "patient_" + path.replace(".", "_")


def _at(values: Mapping[str, Any], path: str) -> Any:
    found: Any = values
    for name in path.split("."):
        found = as_dict(found).get(name)
    return found


def _put(values: dict[str, Any], path: str, answer: Any) -> None:
    """Put an answer at its path; no answer takes it out, and a group that is left empty too."""
    group, _, name = path.rpartition(".")
    place: dict[str, Any] = dict(as_dict(values.get(group))) if group else values
    place.pop(name, None)
    if answer is not None:
        place[name] = answer
    if group:
        values.pop(group, None)
        if place:
            values[group] = place
