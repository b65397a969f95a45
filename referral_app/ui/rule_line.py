"""One rule of the editor: a sentence that can be read, and its fields while it is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from referral_app.choices import Level, RequirementKind
from referral_app.clinical.requirements import AMOUNTS, Requirement
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import fields, rule_values
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, Radios

ANY_COUNTS = "Leave it empty where any number counts"


class RuleLine(QWidget):
    """A requirement; `removed(self)` when it should go. Its fields are made when it is first changed."""

    removed = Signal(object)
    changed = Signal()

    def __init__(self, name: str, requirement: Requirement | None, names: Mapping[str, str]) -> None:
        """Show a requirement, or a rule to be chosen yet; `names` are those of procedures by code."""
        super().__init__()
        self.setObjectName(name)
        self._name, self._names = name, names
        self._values = dict(rule_values.shown(requirement) if requirement else rule_values.NEW)
        self._offered: tuple[Sequence[ProcedureRecord], bool] = ((), False)
        self.blocks: dict[str, Field] = {}
        self.widgets: dict[str, QWidget] = {}
        self._sentence = labels.body("")
        self.change_button = buttons.link("Change", f"{name}Change")
        self.remove_button = buttons.tool("trash", "Remove", f"{name}Remove")
        self.change_button.clicked.connect(self._toggle)
        self.remove_button.clicked.connect(self._remove)
        acts = row(self.change_button, self.remove_button)
        head = row(self._sentence, acts)
        head.setStretch(0, 1)
        head.setAlignment(acts, Qt.AlignmentFlag.AlignTop)
        self._lines = column(spacing=8)
        self._lines.addLayout(head)
        self._inside = QWidget()
        self._inside.hide()
        self._lines.addWidget(self._inside)
        self.setLayout(self._lines)
        self._say()

    def read(self) -> tuple[Requirement | None, dict[str, str]]:
        """Return the requirement, and a sentence for each field that cannot be read, by the end of its path."""
        made, problems = rule_values.read(self._values)
        return made, {rule_values.path_of(field): sentence for field, sentence in problems.items()}

    def sentence(self) -> str:
        """Return the rule as it is read."""
        return self._sentence.text()

    def is_open(self) -> bool:
        """Tell whether its fields are shown."""
        return not self._inside.isHidden()

    def open(self) -> None:
        """Show the fields."""
        if not self.widgets:
            self._make_fields()
        self._inside.show()
        self.change_button.setText("Done")
        self._name_buttons()

    def offer(self, procedures: Sequence[ProcedureRecord], kinds_alone: bool) -> None:
        """Offer other procedures for which the rule can be."""
        self._offered = procedures, kinds_alone
        box = self.widgets.get("procedure")
        if isinstance(box, ChoiceBox):
            box.set_options(self._procedures(), rule_values.ALL)

    def widget(self, path: str) -> QWidget:
        """Return the field that the end of an error's path is about, and show it."""
        self.open()
        return self.widgets[rule_values.field_of(path, self._values["kind"])]

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error, by the end of its path, beside its field."""
        if errors:
            self.open()
        told = {
            rule_values.field_of(path, self._values["kind"]): sentence for path, sentence in errors.items()
        }
        fields.show_errors(self.blocks, told)

    def _make_fields(self) -> None:
        name, values = self._name, self._values
        kind = ChoiceBox(f"{name}_kind", RequirementKind)
        procedure = ChoiceBox(f"{name}_procedure", self._procedures(), empty=rule_values.ALL)
        for box in (kind, procedure):
            _may_be_narrow(box)
        self.widgets = {
            "kind": kind,
            "amount": LineEdit(f"{name}_amount", chars=5),
            "document": ChoiceBox(f"{name}_document", rule_values.documents()),
            "form": LineEdit(f"{name}_form", chars=34),
            "level": Radios(f"{name}_level", Level),
            "procedure": procedure,
        }
        told = {
            "kind": "What is asked for", "amount": "How many", "document": "Which document",
            "form": "Name of the form", "level": "How firm", "procedure": "For which procedures",
        }  # fmt: skip
        self.blocks = {field: Field(told[field], self.widgets[field]) for field in self.widgets}
        fields.fill(self.widgets, values)
        fields.connect_changes(self.widgets, self._changed)
        lines = column(spacing=12, margins=(16, 0, 0, 8))
        for field in self.blocks:
            lines.addWidget(self.blocks[field])
        self._inside.setLayout(lines)
        self._fit()

    def _procedures(self) -> list[tuple[str, str]]:
        offered, kinds_alone = self._offered
        return rule_values.procedures(offered, kinds_alone, self._values["procedure"], self._names)

    def _changed(self) -> None:
        """Take over what was typed; another kind begins with its usual number."""
        before = self._values["kind"]
        self._values |= fields.read(self.widgets)
        self._values["level"] = self._values["level"] or str(Level.WISH)
        if self._values["kind"] != before:
            limits = AMOUNTS.get(RequirementKind(self._values["kind"])) if self._values["kind"] else None
            self._values["amount"] = str(limits.usual) if limits else ""
            self.widgets["amount"].blockSignals(True)
            fields.write(self.widgets["amount"], self._values["amount"])
            self.widgets["amount"].blockSignals(False)
            self._fit()
        self._say()
        self.changed.emit()

    def _fit(self) -> None:
        """Show the fields that this kind of rule has."""
        kind = self._values["kind"]
        asked = rule_values.applying(kind)
        for field, block in self.blocks.items():
            block.setVisible(field in asked)
        if limits := AMOUNTS.get(RequirementKind(kind)) if kind else None:
            self.blocks["amount"].set_label(limits.label, optional=not limits.needed)
            self.blocks["amount"].set_hint(
                f"From {limits.low} to {limits.high}" + ("" if limits.needed else f". {ANY_COUNTS}")
            )

    def _say(self) -> None:
        words = rule_values.sentence(self._values, self._names)
        self._sentence.setText(words)
        self.setAccessibleName(words)
        self._name_buttons()

    def _name_buttons(self) -> None:
        self.change_button.setAccessibleName(f"{self.change_button.text()}: {self._sentence.text()}")
        self.remove_button.setAccessibleName(f"Remove: {self._sentence.text()}")

    def _toggle(self) -> None:
        if self.is_open():
            self._inside.hide()
            self.change_button.setText("Change")
            self._name_buttons()
        else:
            self.open()
            fields.go_to(self.widgets["kind"])

    def _remove(self) -> None:
        self.removed.emit(self)


def _may_be_narrow(box: ChoiceBox) -> None:
    """Let a list with long entries shrink to the room there is."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
