"""Enter goes on, Shift+Enter back; choices are answered by letters and digits."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, visible

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focus() -> Any:
    return QApplication.focusWidget()


def enter(qtbot: QtBot, held: Any = Qt.KeyboardModifier.NoModifier) -> str:
    qtbot.keyClick(focus(), Qt.Key.Key_Return, held)
    return focus().objectName()


def test_enter_goes_to_the_next_answer_and_shift_enter_back(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    find(form, "patient.family_name").setFocus()
    assert enter(qtbot) == "patient.given_name"
    assert enter(qtbot, SHIFT) == "patient.family_name"
    find(form, "patient.date_of_birth").setFocus()
    assert enter(qtbot) == "patient.sex.female"
    assert enter(qtbot) == "patient.mrn"
    assert enter(qtbot, SHIFT) == "patient.sex.female"


def test_enter_in_a_long_text_is_a_new_line_and_ctrl_enter_goes_on(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    find(form, "goals.patient_goal").setFocus()
    qtbot.keyClicks(focus(), "To sleep")
    assert enter(qtbot) == "goals.patient_goal"
    qtbot.keyClicks(focus(), "and work")
    assert enter(qtbot, CTRL) == "goals.expectations"
    assert form.draft.get("goals.patient_goal") == "To sleep\nand work"


def test_enter_goes_past_the_whole_of_a_row_of_ticks(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.shown.finish()
    find(form, "pain.quality.shooting").setFocus()
    qtbot.keyClicks(focus(), "shoeb")
    assert form.draft.get("pain.quality") == ["shooting", "electric", "burning"]
    assert enter(qtbot).startswith("pain.burst")


@pytest.mark.parametrize(
    ("keys", "ticked"),
    [
        ("shooting", ["shooting"]), ("st", ["stabbing"]), ("sha", ["sharp"]), ("14", ["shooting", "electric"]),
        ("ee", None), ("stshote", ["shooting", "stabbing", "electric", "throbbing"]), ("s", None), ("9", None),
    ],
)  # fmt: skip
def test_ticks_are_set_by_what_tells_a_word_from_the_others(
    qtbot: QtBot, new_form: New, keys: str, ticked: list[str] | None
) -> None:
    form = new_form(step=3)
    form.shown.finish()
    find(form, "pain.quality.shooting").setFocus()
    for key in keys:
        qtbot.keyClick(focus(), key)
    assert form.draft.get("pain.quality") == ticked


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("y", "yes"), ("n", "no"), ("a", "not_asked"), ("nn", "not_asked"), ("not", "not_asked"),
        ("3", "not_asked"), ("ny", "yes"),
    ],
)  # fmt: skip
def test_yes_no_and_not_asked_are_one_key_each(qtbot: QtBot, new_form: New, keys: str, answer: str) -> None:
    form = new_form(step=5)
    form.shown.finish()
    find(form, "safety.sleep_apnea.yes").setFocus()
    for key in keys:
        qtbot.keyClick(focus(), key)
    assert form.draft.get("safety.sleep_apnea") == answer
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert focus().objectName() == "safety.diabetes.yes"


def test_an_answer_that_stands_there_is_not_changed_by_its_own_letter(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    form.draft.put("safety.sleep_apnea", "no")
    form.view(5).load()
    find(form, "safety.sleep_apnea.no").setFocus()
    qtbot.keyClick(focus(), "n")
    assert form.draft.get("safety.sleep_apnea") == "no"


def test_the_focus_stays_when_fields_appear_and_enter_goes_into_them(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    find(form, "patient.interpreter_needed.yes").setFocus()
    qtbot.keyClick(focus(), "y")
    qtbot.waitUntil(lambda: visible(form, "patient.interpreter_language"))
    assert focus().objectName() == "patient.interpreter_needed.yes"
    assert enter(qtbot).startswith("patient.interpreter_language")


def test_a_reason_is_one_digit(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    find(form, "patient.phone").setFocus()
    form.make_unavailable()
    assert "2 Not done yet" in focus().accessibleDescription()
    qtbot.keyClick(focus(), "2")
    assert form.draft.get("patient.phone") == {"unavailable": "Not done yet"}
    assert enter(qtbot) == "patient.phone_alt"
    form.undo()
    assert form.draft.get("patient.phone") != {"unavailable": "Not done yet"}
