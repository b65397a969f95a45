"""Typing in the form: what Tab, Escape and the mouse take, what follows from an answer, what stays in sight."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, type_into, visible


def test_the_interpreter_is_for_the_language_of_the_patient(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.view(1).chores.finish()
    form.draft.put("patient.language", "es")
    find(form, "patient.interpreter_needed.yes").click()
    assert form.draft.get("patient.interpreter_language") == "es"
    qtbot.waitUntil(lambda: visible(form, "patient.interpreter_language"))
    assert find(form, "patient.interpreter_language").currentText() == "Spanish"


def _room_below(view: Any) -> int:
    """Return how many pixels of the step are in sight below what has the focus."""
    focus = QApplication.focusWidget()
    return view.viewport().height() - focus.mapTo(view.viewport(), focus.rect().bottomLeft()).y()


def test_the_next_question_is_in_sight(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.view(1).chores.finish()
    qtbot.wait(50)
    view = form.view(1)
    find(form, "patient.family_name").setFocus()
    for _ in range(14):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.waitUntil(lambda: _room_below(view) >= 60)
    assert view.verticalScrollBar().value() > 0


def test_escape_never_leaves_the_form(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    type_into(qtbot, form, "diagnosis.icd10cm", "M54")
    finder: Any = find(form, "diagnosis.icd10cm").parent()
    qtbot.waitUntil(lambda: finder.found.isVisible())
    with qtbot.assertNotEmitted(form.closed):
        for _ in range(3):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not finder.found.isVisible()


@pytest.mark.parametrize("typed", ["M54.81", "m54.81", "occipital neu", "M54"])
def test_tab_takes_the_code_that_is_shown(qtbot: QtBot, new_form: New, typed: str) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    type_into(qtbot, form, "diagnosis.icd10cm", typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert form.draft.intake["diagnosis"]["icd10cm"] == ["M54.81"]
    assert QApplication.focusWidget() is not find(form, "diagnosis.icd10cm")
    assert find(form, "diagnosis.icd10cm").text() == ""


def test_a_whole_code_is_taken_when_the_mouse_goes_elsewhere(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    type_into(qtbot, form, "diagnosis.icd10cm", "M54.81")
    find(form, "diagnosis.text").setFocus()
    assert form.draft.intake["diagnosis"]["icd10cm"] == ["M54.81"]


def test_words_that_are_no_code_stay_with_the_error_beside_them(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    type_into(qtbot, form, "diagnosis.icd10cm", "sore neck")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    box = find(form, "diagnosis.icd10cm")
    assert box.text() == "sore neck"
    assert "“sore neck” is not a code yet" in box.accessibleDescription()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "M54.81")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert "Error" not in box.accessibleDescription()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    ("typed", "code"), [("Spa", "es"), ("vietn", "vi"), ("klingon", "klingon"), ("chi", "chi"), ("vi", "vi")]
)
def test_tab_completes_a_language(qtbot: QtBot, new_form: New, typed: str, code: str) -> None:
    form = new_form()
    form.view(1).chores.finish()
    box = find(form, "patient.language")
    box.setFocus()
    qtbot.keyClicks(box.lineEdit(), typed)
    popup = box.completer().popup()
    qtbot.keyClick(popup if popup.isVisible() else box.lineEdit(), Qt.Key.Key_Tab)
    assert form.draft.intake["patient"]["language"] == code
    assert ("Error: " in box.accessibleDescription()) == (code in ("klingon", "chi"))
