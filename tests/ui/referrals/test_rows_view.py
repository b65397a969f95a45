"""Tables of the form from the keyboard: rows are typed, left, moved and removed without a mouse."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from referral_app.clinical.intake import INTAKE
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.row_line import RowLine
from referral_app.ui.referrals.rows_view import RowsView
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, visible

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(qtbot: QtBot, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, held)


def write(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def focus() -> str:
    now = QApplication.focusWidget()
    return now.objectName() if now else ""


@pytest.fixture
def form(new_form: New) -> FormPage:
    return _at(new_form, 5)


def _at(new_form: New, step: int) -> FormPage:
    form = new_form(step=step)
    form.view(step).chores.finish()
    return form


def table(form: FormPage, path: str, rows: Any, step: int = 5) -> None:
    form.draft.put(path, rows)
    form.view(step).load()


def said(form: FormPage) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def test_medications_are_typed_one_after_the_other(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.add").setFocus()
    press(qtbot, Key.Key_Space)
    for line in (("Apixaban", "5 mg", "twice a day"), ("Levothyroxine", "75 mcg", "")):
        for word in line:
            write(qtbot, word)
            press(qtbot, Key.Key_Return)
    assert focus() == "safety.medications[2].name"
    press(qtbot, Key.Key_Return)
    assert form.draft.intake["safety"]["medications"] == [
        {"name": "Apixaban", "dose": "5 mg", "frequency": "twice a day"},
        {"name": "Levothyroxine", "dose": "75 mcg"},
    ]
    assert focus() == "safety.blood_thinner.yes"


def test_tab_goes_through_the_fields_of_a_row_too(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.allergies.add").click()
    write(qtbot, "latex")
    press(qtbot, Key.Key_Tab)
    assert focus() == "safety.allergies[0].reaction"
    write(qtbot, "hives")
    press(qtbot, Key.Key_Return)
    assert focus() == "safety.allergies[1].substance"


def test_ctrl_enter_begins_the_next_row_from_any_field(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.add").click()
    write(qtbot, "Lisinopril")
    press(qtbot, Key.Key_Return, held=CTRL)
    assert focus() == "safety.medications[1].name"


def test_escape_closes_a_row_and_takes_an_empty_one_away(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.allergies.add").click()
    write(qtbot, "latex")
    press(qtbot, Key.Key_Return, held=CTRL)
    press(qtbot, Key.Key_Escape)
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "latex"}]
    assert focus() == "safety.allergies[0].edit"


def test_arrows_go_between_rows_and_enter_opens_one(qtbot: QtBot, form: FormPage) -> None:
    table(form, "safety.allergies", [{"substance": "latex"}, {"substance": "eggs"}, {"substance": "nickel"}])
    find(form, "safety.allergies[0].edit").setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down)
    assert focus() == "safety.allergies[2].edit"
    press(qtbot, Key.Key_Up, Key.Key_Return)
    assert focus() == "safety.allergies[1].substance"
    press(qtbot, Key.Key_Return, Key.Key_Down)
    assert focus() == "safety.allergies[2].reaction"
    press(qtbot, Key.Key_Up)
    assert focus() == "safety.allergies[1].reaction"


def test_rows_are_removed_one_after_the_other_and_put_back(qtbot: QtBot, form: FormPage) -> None:
    rows = [{"substance": name} for name in ("latex", "eggs", "nickel")]
    table(form, "safety.allergies", rows)
    find(form, "safety.allergies[1].edit").setFocus()
    press(qtbot, Key.Key_Delete)
    assert focus() == "safety.allergies[1].edit"
    press(qtbot, Key.Key_Delete)
    assert focus() == "safety.allergies[0].edit"
    press(qtbot, Key.Key_Delete)
    assert focus() == "safety.allergies.add"
    assert "allergies" not in form.draft.intake["safety"]
    for _ in range(3):
        find(form, "safety.allergies.put_back").click()
    assert form.draft.intake["safety"]["allergies"] == rows
    assert not visible(form, "safety.allergies.put_back")


def test_a_removed_row_comes_back_with_undo(qtbot: QtBot, form: FormPage) -> None:
    table(form, "safety.allergies", [{"substance": "latex"}, {"substance": "eggs"}])
    find(form, "safety.allergies[0].edit").setFocus()
    press(qtbot, Key.Key_Delete)
    assert form.draft.undo()
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "latex"}, {"substance": "eggs"}]
    assert find(form, "safety.allergies[1].edit").accessibleName() == "Edit allergy 2: eggs"


def test_alt_and_an_arrow_move_a_row_with_the_focus(qtbot: QtBot, form: FormPage) -> None:
    table(form, "safety.allergies", [{"substance": "latex"}, {"substance": "eggs"}])
    find(form, "safety.allergies[0].edit").setFocus()
    press(qtbot, Key.Key_Down, held=ALT)
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "eggs"}, {"substance": "latex"}]
    assert focus() == "safety.allergies[1].edit"
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Up, held=ALT)
    assert form.draft.intake["safety"]["allergies"][0] == {"substance": "latex"}
    assert focus() == "safety.allergies[0].substance"


def test_thirty_treatments_stand_in_a_line_each(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    rows = [
        {"class": "triptan", "name": f"Sumatriptan {n}", "dose": 50, "unit": "mg a dose"} for n in range(30)
    ]
    table(form, "treatments", rows, step=4)
    qtbot.waitUntil(lambda: visible(form, "treatments[29].edit"))
    lines = [line for line in form.findChildren(RowLine) if line.isVisible()]
    assert len(lines) == 30
    qtbot.waitUntil(lambda: all(line.height() <= 40 for line in lines))
    assert lines[4].accessibleName() == "Edit treatment 5: Sumatriptan 4 50 mg a dose, Triptan"


def test_a_known_name_fills_in_class_and_unit_and_says_so(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "treatments.add").click()
    write(qtbot, "topiramate")
    assert form.draft.intake["treatments"][0] == {"name": "topiramate", "class": "anticonvulsant"}
    assert find(form, "treatments[0].class").currentText() == "Anticonvulsant"
    find(form, "treatments[0].dose").setFocus()
    write(qtbot, "100")
    assert form.draft.intake["treatments"][0]["unit"] == "mg a day"
    assert "Filled in from the name: Anticonvulsant, mg a day. Change it where it is wrong." in said(form)


def test_the_class_that_a_person_chose_stays(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "treatments.add").click()
    write(qtbot, "erenumab")
    box = find(form, "treatments[0].class")
    assert box.currentText() == "CGRP antibody"
    box.setCurrentIndex(box.findData("other"))
    box.activated.emit(box.currentIndex())
    edit = find(form, "treatments[0].name")
    edit.clear()
    edit.setFocus()
    write(qtbot, "propranolol")
    assert form.draft.intake["treatments"][0]["class"] == "other"


def test_a_class_that_was_filled_in_goes_with_the_name(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "treatments.add").click()
    write(qtbot, "PT")
    assert form.draft.intake["treatments"][0]["class"] == "physical_therapy"
    write(qtbot, "X")
    assert "class" not in form.draft.intake["treatments"][0]


def test_the_down_arrow_completes_a_name_and_up_brings_the_typing_back(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.add").click()
    write(qtbot, "ome")
    edit = find(form, "safety.medications[0].name")
    assert "↓ completes: omeprazole" in edit.accessibleDescription()
    press(qtbot, Key.Key_Down)
    assert edit.text() == "omeprazole"
    assert form.draft.intake["safety"]["medications"] == [{"name": "omeprazole"}]
    press(qtbot, Key.Key_Up)
    assert edit.text() == "ome"


def test_nothing_is_offered_for_a_name_that_stands_there(qtbot: QtBot, form: FormPage) -> None:
    table(form, "safety.medications", [{"name": "Metoprolol"}, {"name": "Lisinopril"}])
    find(form, "safety.medications[0].edit").click()
    assert "completes" not in find(form, "safety.medications[0].name").accessibleDescription()
    press(qtbot, Key.Key_Down)
    assert focus() == "safety.medications[1].name"


def test_what_is_typed_is_never_completed_by_itself(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.add").click()
    write(qtbot, "Topira")
    press(qtbot, Key.Key_Return)
    assert form.draft.intake["safety"]["medications"] == [{"name": "Topira"}]


def test_a_blood_thinner_asks_the_question_and_answers_nothing(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.add").click()
    write(qtbot, "Eliquis")
    hint = "Eliquis is a blood thinner: look at “Takes a blood thinner”."

    qtbot.waitUntil(lambda: hint in said(form))
    assert "blood_thinner" not in form.draft.intake["safety"]
    link = find(form, "safety.medications.asked0")
    assert link.accessibleName() == f"Go to it: {hint}"
    link.click()
    assert focus() == "safety.blood_thinner.yes"
    form.draft.put("safety.blood_thinner", "yes")
    qtbot.waitUntil(lambda: hint not in said(form))
    assert not link.isVisible()


def test_enter_goes_through_coverage_with_its_groups(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 1)
    find(form, "coverage.add").setFocus()
    press(qtbot, Key.Key_Space)
    assert focus() == "coverage[0].kind"
    write(qtbot, "p")
    press(qtbot, Key.Key_Return)
    assert focus() == "coverage[0].payer"
    names = []
    for _ in range(14):
        press(qtbot, Key.Key_Return)
        names.append(focus())
    assert names[:4] == [
        "coverage[0].plan", "coverage[0].member_id", "coverage[0].group", "coverage[0].subscriber.name",
    ]  # fmt: skip
    assert "coverage[0].authorization.visits" in names
    assert names[-1] != names[-2]
    assert "coverage[1].kind" in names


def test_a_wrong_answer_is_said_at_its_row_and_field(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    table(
        form,
        "injections",
        [{"kind": "nerve_block", "site": "GON", "date": "2025-01-05", "pain_before": 12}],
        4,
    )
    form.check_all()
    form.jump("injections[0].pain_before")
    assert focus() == "injections[0].pain_before"
    form.check_all()
    assert "Error: " in find(form, "injections[0].pain_before").accessibleDescription()


class Keys:
    """Types rows and counts the keys."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.count = qtbot, 0

    def row(self, *words: str) -> None:
        """Type the fields of a row, Enter after each."""
        for word in words:
            write(self._qtbot, word)
            press(self._qtbot, Key.Key_Return)
            self.count += len(word) + 1


def test_a_whole_treatment_takes_far_fewer_keys_than_its_words(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "treatments.add").click()
    keys = Keys(qtbot)
    keys.row("Topiramate", "", "100", "", "12", "8/2020", "11/2020", "s", "u")
    keys.row("Rizatriptan", "", "10", "", "", "", "", "o", "5")
    assert focus() == "treatments[2].name"
    press(qtbot, Key.Key_Return)
    assert form.draft.intake["treatments"] == [
        {"name": "Topiramate", "class": "anticonvulsant", "dose": 100, "unit": "mg a day", "weeks_at_target": 12,
         "started": "2020-08", "stopped": "2020-11", "stop_reason": "side_effect", "effect": "under_50"},
        {"name": "Rizatriptan", "class": "triptan", "dose": 10, "unit": "mg a dose", "stop_reason": "ongoing",
         "effect": "over_50"},
    ]  # fmt: skip
    assert keys.count == 63
    assert focus() == "injections.add"


def test_a_nerve_block_is_typed_with_few_keys(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "injections.add").click()
    keys = Keys(qtbot)
    keys.row("n", "GON", "r", "6/18/2025", "Bupivacaine", "n", "7", "2", "30")
    assert form.draft.intake["injections"][0] == {
        "kind": "nerve_block", "site": "GON", "side": "right", "date": "2025-06-18", "agent": "Bupivacaine",
        "steroid": False, "pain_before": 7, "pain_after": 2, "relief_hours": 30,
    }  # fmt: skip
    assert keys.count == 39
    assert focus() == "injections[1].kind"


def test_a_study_is_typed_with_few_keys(qtbot: QtBot, new_form: New) -> None:
    form = _at(new_form, 4)
    find(form, "imaging.add").click()
    Keys(qtbot).row("m", "h", "8/11/2025", "n", "No mass.")
    assert form.draft.intake["imaging"][0] == {
        "type": "mri", "region": "head", "date": "2025-08-11", "result": "normal", "note": "No mass."
    }  # fmt: skip
    assert focus() == "imaging[1].type"


def test_thirty_treatments_and_twenty_injections_are_there_at_once(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=1)
    form.draft.put("treatments", [{"name": f"Drug {n}", "class": "other", "dose": n} for n in range(30)])
    form.draft.put(
        "injections", [{"kind": "nerve_block", "site": f"GON {n}", "side": "left"} for n in range(20)]
    )
    begun = time.perf_counter()
    for path in ("treatments", "injections"):
        view = RowsView(next(one for one in INTAKE if one.name == path), path, form.draft)
        qtbot.addWidget(view)
    assert time.perf_counter() - begun < 0.25  # some 10 ms where nothing else runs
