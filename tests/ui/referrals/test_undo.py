"""Undo and redo through the real form: keys, buttons, where the focus goes, and what comes back together."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.services import drafts, surgeons
from referral_app.ui.desk import Desk
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, type_into

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focus() -> Any:
    return QApplication.focusWidget()


def undo(qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_Z, CTRL)


def redo(qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_Z, CTRL | SHIFT)


def test_undo_takes_back_the_last_change_wherever_it_was_and_goes_there(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    type_into(qtbot, form, "patient.family_name", "Quill")
    type_into(qtbot, form, "patient.given_name", "Ada")
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    undo(qtbot)
    assert find(form, "patient.given_name").text() == ""
    assert focus() is find(form, "patient.given_name")
    undo(qtbot)
    assert find(form, "patient.family_name").text() == ""
    assert focus() is find(form, "patient.family_name")
    redo(qtbot)
    redo(qtbot)
    assert form.draft.intake["patient"] == {"family_name": "Quill", "given_name": "Ada"}


def test_undo_goes_to_another_step_where_the_change_was(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.shown.finish()
    find(form, "pain.side.right").click()
    form.go_to(5)
    form.shown.finish()
    undo(qtbot)
    assert form.step == 3
    assert form.draft.get("pain.side") is None
    assert focus().objectName().startswith("pain.side")


def test_undo_in_a_long_text_is_the_same_undo(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    type_into(qtbot, form, "goals.patient_goal", "To sleep")
    undo(qtbot)
    assert find(form, "goals.patient_goal").toPlainText() == ""
    redo(qtbot)
    assert find(form, "goals.patient_goal").toPlainText() == "To sleep"
    assert form.draft.get("goals.patient_goal") == "To sleep"


def test_the_head_says_what_would_be_undone(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.shown.finish()
    assert not form.head.undo_button.isEnabled()
    find(form, "pain.side.right").click()
    assert form.head.undo_button.accessibleName() == "Undo: Pain side"
    assert form.head.undo_action.text() == "Undo: Pain side"
    form.head.undo_button.click()
    assert form.draft.get("pain.side") is None
    assert form.head.redo_button.accessibleName() == "Redo: Pain side"
    assert not form.head.undo_button.isEnabled()


def test_a_surgeon_goes_and_comes_back_with_the_location(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    form = new_form(step=2)
    form.shown.finish()
    with filled_desk.db.read() as session:
        surgeon = surgeons.find_by(session, "9000000015")
    assert surgeon is not None
    form.taking.take_match({"surgeon_id": surgeon.id, "location_id": surgeon.placements[0].location.id})
    qtbot.waitUntil(lambda: form.draft.surgeon is not None)
    form.undo()
    assert form.draft.surgeon is None
    assert form.draft.get("request") in (None, {})
    form.redo()
    assert form.draft.get("request.surgeon") == surgeon.id
    assert form.draft.surgeon is not None
    assert form.draft.get("request.location") == surgeon.placements[0].location.id


def test_all_flags_answered_in_one_act_are_undone_in_one(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    form.draft.put("red_flags.attested_by", "Dr. Whitcombe")
    view = form.view(5)
    view.load()
    assert view.flags is not None
    view.flags.none_button.click()
    assert form.draft.get("red_flags.neoplasm.answer") == "no"
    form.undo()
    assert form.draft.get("red_flags") == {"attested_by": "Dr. Whitcombe"}
    assert not find(form, "red_flags.neoplasm.answer.no").isChecked()


def test_an_interpreter_filled_in_goes_with_the_answer_that_asked_for_it(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    form.draft.put("patient.language", "es")
    find(form, "patient.interpreter_needed.yes").click()
    assert form.draft.get("patient.interpreter_language") == "es"
    form.undo()
    assert form.draft.get("patient.interpreter_needed") is None
    assert form.draft.get("patient.interpreter_language") is None
    form.redo()
    assert form.draft.get("patient.interpreter_language") == "es"


def test_the_wrong_patient_is_let_go_with_the_answers_and_searched_for_anew(
    qtbot: QtBot, new_form: New
) -> None:
    form = new_form()
    form.shown.finish()
    type_into(qtbot, form, "patient.find", "quintero")
    finder: Any = find(form, "patient.find").parent()
    qtbot.waitUntil(lambda: finder.found.count() == 1)
    qtbot.keyClick(find(form, "patient.find"), Qt.Key.Key_Return)
    chosen = form.draft.sheet.patient_id, form.draft.sheet.patient_version
    assert all(chosen)
    qtbot.waitUntil(lambda: bool(form.draft.get("treatments")))
    while form.draft.history.past:
        form.undo()
    assert not {"patient", "coverage", "treatments"} & form.draft.intake.keys()
    assert (form.draft.sheet.patient_id, form.draft.sheet.patient_version) == ("", 0)
    assert find(form, "patient.find").isVisible()
    while form.draft.history.future:
        form.redo()
    assert find(form, "patient.family_name").text() == "Quintero-Vale"
    assert (form.draft.sheet.patient_id, form.draft.sheet.patient_version) == chosen
    assert not find(form, "patient.find").isVisible()


def test_nothing_is_carried_over_from_a_patient_who_was_let_go_meanwhile(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    form = new_form()
    form.shown.finish()
    type_into(qtbot, form, "patient.find", "quintero")
    finder: Any = find(form, "patient.find").parent()
    qtbot.waitUntil(lambda: finder.found.count() == 1)
    qtbot.keyClick(find(form, "patient.find"), Qt.Key.Key_Return)
    form.undo()
    qtbot.wait(300)
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert not form.draft.get("treatments")


def test_a_table_row_is_undone_and_shown_again(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    form.draft.put("safety.medications", [{"name": "Apixaban"}, {"name": "Metformin"}])
    form.view(5).load()
    find(form, "safety.medications[0].remove").click()
    form.undo()
    assert form.draft.get("safety.medications") == [{"name": "Apixaban"}, {"name": "Metformin"}]
    assert find(form, "safety.medications[1].remove")


def test_what_was_undone_is_stored_so(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    form.shown.finish()
    type_into(qtbot, form, "patient.family_name", "Quill")
    form.keep()
    undo(qtbot)
    form.keep()
    with filled_desk.db.read() as session:
        assert "family_name" not in drafts.find(session)[0].intake.get("patient", {})
