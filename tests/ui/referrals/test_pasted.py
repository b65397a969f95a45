"""What a paste brings along that cannot be seen: taken out and said at the field, everything else kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.clinical import texts
from referral_app.ui.referrals import pasted
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New

CTRL = Qt.KeyboardModifier.ControlModifier


def paste(qtbot: QtBot, form: object, path: str, text: str) -> object:
    QApplication.clipboard().setText(text)
    edit = find(form, path)
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_V, CTRL)
    return edit


@given(text=st.text(), several=st.booleans())
def test_nothing_that_can_be_seen_is_lost(text: str, several: bool) -> None:
    kept, said = pasted.clean(text, several)
    assert not texts.hidden(kept)
    assert [one for one in kept if not one.isspace()] == [
        one for one in text if not one.isspace() and not texts.hidden(one)
    ]
    assert (kept == text) or said


@pytest.mark.parametrize(
    ("text", "kept", "words"),
    [
        ("Qu\u202eill", "Quill", "right-to-left override, U+202E"),
        ("Qu\x00i\x1bll", "Quill", "null, U+0000, escape, U+001B"),
        ("Qu\ufeffill", "Quill", "byte order mark"),
        ("Quill\nAda", "Quill Ada", "Ends of lines became blanks"),
    ],
)
def test_a_line_says_what_was_taken_out(
    qtbot: QtBot, new_form: New, text: str, kept: str, words: str
) -> None:
    form = new_form()
    form.shown.finish()
    edit = paste(qtbot, form, "patient.family_name", text)
    assert edit.text() == kept  # type: ignore[attr-defined]
    assert form.draft.get("patient.family_name") == kept
    assert words in edit.accessibleDescription()  # type: ignore[attr-defined]
    qtbot.keyClicks(edit, "e")
    assert "Error" not in edit.accessibleDescription()  # type: ignore[attr-defined]


def test_a_paste_into_the_middle_keeps_what_stood_there(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    edit = find(form, "patient.family_name")
    qtbot.keyClicks(edit, "Quill")
    edit.setCursorPosition(2)
    paste(qtbot, form, "patient.family_name", "X\u202eY")
    assert edit.text() == "QuXYill"
    assert edit.cursorPosition() == 4


def test_a_long_text_keeps_its_lines_and_says_what_was_taken_out(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.shown.finish()
    edit = paste(qtbot, form, "goals.patient_goal", "To sleep\n\u2067again\u2069\x07")
    assert form.draft.get("goals.patient_goal") == "To sleep\nagain"
    assert "right-to-left isolate" in edit.accessibleDescription()  # type: ignore[attr-defined]
    form.undo()
    assert form.draft.get("goals.patient_goal") is None


def test_a_very_long_paste_is_kept_and_said(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    edit = paste(qtbot, form, "patient.family_name", "x" * 40_000)
    assert len(form.draft.get("patient.family_name")) == 40_000
    assert edit.text() == "x" * 40_000  # type: ignore[attr-defined]
