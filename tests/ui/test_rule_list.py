"""The editor of rules: added, changed and removed by keyboard, each a sentence, each error beside its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from referral_app.choices import Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import BUILT_IN, Requirement
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import fields
from referral_app.ui.rule_line import RuleLine
from referral_app.ui.rule_list import RuleList

K = RequirementKind
GREATER = ProcedureRecord("1", "greater", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, greater nerve")
RULES = (Requirement(K.SPECIALIST_DIAGNOSIS), Requirement(K.PREVENTIVES, 3, Level.WISH, "occipital_release"))


@pytest.fixture
def editor(qtbot: QtBot, looks: QApplication) -> RuleList:
    made = RuleList("rule", {GREATER.code: GREATER.name}, "No rule.")
    qtbot.addWidget(made)
    made.show_requirements(RULES)
    made.show()
    made.activateWindow()
    return made


def _visible(line: RuleLine) -> set[str]:
    return {name for name, block in line.blocks.items() if not block.isHidden()}


def test_rules_are_read_as_sentences_and_unchanged(editor: RuleList) -> None:
    assert [line.sentence() for line in editor.lines] == [
        "Must have: a diagnosis confirmed by a headache specialist",
        "Good to have: preventive medications of at least 3 kinds that did not help enough or were not tolerated"
        " – for occipital release",
    ]
    assert editor.read() == (RULES, {})
    assert not any(line.is_open() for line in editor.lines)


def test_looking_at_the_fields_changes_nothing(qtbot: QtBot, editor: RuleList) -> None:
    with qtbot.assertNotEmitted(editor.changed):
        for line in editor.lines:
            line.change_button.click()
            line.change_button.click()
    assert editor.read() == (RULES, {})


def test_every_built_in_rule_survives_its_fields(editor: RuleList) -> None:
    editor.show_requirements(BUILT_IN)
    for line in editor.lines:
        line.open()
    assert editor.read() == (BUILT_IN, {})


def test_a_rule_is_added_by_keyboard_alone(qtbot: QtBot, editor: RuleList) -> None:
    editor.add_button.setFocus()
    qtbot.keyClick(editor.add_button, Qt.Key.Key_Space)
    line = editor.lines[-1]
    kind = line.widgets["kind"]
    assert isinstance(kind, QComboBox)
    assert line.sentence() == "New rule"
    assert _visible(line) == {"kind"}
    assert editor.read()[1] == {"requirements[2].kind": "Choose what is asked for, or remove this rule."}
    qtbot.keyClicks(kind, "MRI")
    amount = line.widgets["amount"]
    assert fields.value_of(amount) == "12"
    assert _visible(line) == {"kind", "amount", "level", "procedure"}
    qtbot.keyClick(amount, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(amount, "6")
    assert line.sentence() == "Good to have: an MRI or CT within 6 months"
    assert editor.read()[0] == (*RULES, Requirement(K.IMAGING_MONTHS, 6, Level.WISH))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [(K.DOCUMENT, "document"), (K.OWN_FORM, "form"), (K.BODY_MASS_INDEX, "amount"), (K.NO_NICOTINE, "")],
)
def test_only_what_a_kind_has_is_asked(editor: RuleList, kind: RequirementKind, shown: str) -> None:
    line = editor.lines[1]
    line.open()
    fields.write(line.widgets["kind"], str(kind))
    assert _visible(line) == {"kind", "level", "procedure", shown} - {""}


def test_a_document_and_a_form_are_named(editor: RuleList) -> None:
    first, second = editor.lines
    for line, kind, name, value in (
        (first, K.DOCUMENT, "document", "imaging_report"), (second, K.OWN_FORM, "form", "Keen intake"),
    ):  # fmt: skip
        line.open()
        fields.write(line.widgets["kind"], str(kind))
        assert editor.read()[1]
        fields.write(line.widgets[name], value)
    made, problems = editor.read()
    assert problems == {}
    assert [(one.kind, one.detail) for one in made] == [
        (K.DOCUMENT, "imaging_report"), (K.OWN_FORM, "Keen intake"),
    ]  # fmt: skip
    assert second.sentence() == "Good to have: the form “Keen intake”, filled in – for occipital release"


def test_an_error_opens_its_rule_and_stands_beside_the_field(editor: RuleList) -> None:
    line = editor.lines[1]
    line.open()
    fields.write(line.widgets["amount"], "many")
    line.change_button.click()
    assert not line.is_open()
    problems = editor.read()[1]
    editor.show_errors(problems)
    assert line.is_open()
    assert line.blocks["amount"].error() == "Type a whole number from 1 to 20."
    assert editor.widget("requirements[1].amount") is line.widgets["amount"]
    assert editor.widget("requirements[7].amount") is None
    assert editor.widget("given_name") is None
    fields.write(line.widgets["amount"], "2")
    editor.show_errors(editor.read()[1])
    assert line.blocks["amount"].error() == ""


def test_what_a_service_refuses_of_a_document_stands_at_the_document(editor: RuleList) -> None:
    line = editor.lines[0]
    line.open()
    fields.write(line.widgets["kind"], str(K.DOCUMENT))
    editor.show_errors({"requirements[0].detail": "Choose a document."})
    assert line.blocks["document"].error() == "Choose a document."


def test_a_rule_asked_twice_is_said_at_the_second(editor: RuleList) -> None:
    editor.show_requirements([RULES[0], RULES[0]])
    assert editor.read()[1] == {"requirements[1].kind": "Rule 1 asks for this already. Remove one."}


def test_a_removed_rule_leaves_the_focus_at_its_neighbour(qtbot: QtBot, editor: RuleList) -> None:
    first, second = editor.lines
    with qtbot.waitSignal(editor.changed):
        first.remove_button.click()
    assert editor.read() == (RULES[1:], {})
    assert editor.focusWidget() is second.remove_button
    second.remove_button.click()
    assert editor.read() == ((), {})
    assert not editor.empty.isHidden()
    assert editor.focusWidget() is editor.add_button


def test_every_button_says_which_rule_it_is_about(editor: RuleList) -> None:
    names = [
        button.accessibleName()
        for line in editor.lines
        for button in (line.change_button, line.remove_button)
    ]
    assert len(set(names)) == 4
    assert names[0] == "Change: Must have: a diagnosis confirmed by a headache specialist"
    editor.lines[0].open()
    assert editor.lines[0].change_button.accessibleName().startswith("Done: ")


def test_procedures_can_be_offered_before_and_after_the_fields_are_made(editor: RuleList) -> None:
    editor.lines[0].open()
    editor.offer([GREATER])
    for line in editor.lines:
        line.open()
        box = line.widgets["procedure"]
        assert isinstance(box, QComboBox)
        assert box.findData("greater") >= 0
    assert editor.read() == (RULES, {})
