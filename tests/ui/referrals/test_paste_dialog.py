"""A pasted list: each line beside what was understood of it, and nothing goes into the table without a tick."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.clinical.pasted import State
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.paste_dialog import PasteDialog
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New
from tests.ui.referrals.test_rows_view import focus, press, said, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(new_form: New) -> FormPage:
    form = new_form(step=5)
    form.view(5).chores.finish()
    return form


def paste(form: FormPage, text: str, path: str = "safety.medications") -> PasteDialog:
    """Press “Paste a list” with a text in the clipboard and return the dialog, all of its lines there."""
    QApplication.clipboard().setText(text)
    find(form, f"{path}.paste").click()
    dialog = opened(form)
    assert dialog is not None
    until = time.monotonic() + 5
    while not dialog.isActiveWindow() and time.monotonic() < until:
        QApplication.processEvents()
    return dialog


def opened(form: FormPage) -> Any:
    dialogs = [one for one in form.findChildren(PasteDialog) if one.isVisible()]
    if dialogs:
        dialogs[-1].chores.finish()
    return dialogs[-1] if dialogs else None


def test_ticked_lines_go_into_the_table(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "Current Medications:\n1. Lisinopril 10mg PO QD\n2. ASA 81 mg daily")
    assert [line.tick.isChecked() for line in dialog.lines] == [False, True, True]
    assert dialog.take_button.text() == "Take over 2 lines"
    dialog.lines[2].tick.click()
    dialog.take_button.click()
    assert form.draft.intake["safety"]["medications"] == [
        {"name": "Lisinopril", "dose": "10mg", "frequency": "by mouth once a day"}
    ]
    qtbot.waitUntil(lambda: focus() == "safety.medications[0].edit")


def test_taking_over_is_one_step_to_undo(qtbot: QtBot, form: FormPage) -> None:
    paste(form, "Lisinopril 10 mg\nMetformin 500 mg").take_button.click()
    assert len(form.draft.intake["safety"]["medications"]) == 2
    form.draft.undo()
    assert "medications" not in form.draft.intake.get("safety", {})


def test_nothing_goes_in_when_the_dialog_is_left(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.medications.paste").setFocus()
    paste(form, "Lisinopril 10 mg\nMetformin 500 mg").cancel_button.click()
    assert "medications" not in form.draft.intake.get("safety", {})
    qtbot.waitUntil(lambda: focus() == "safety.medications.paste")


def test_a_line_is_changed_before_it_is_taken_over(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "Lisinopril 10 mg daily")
    dialog.lines[0].change_button.click()
    assert focus() == "safety.medications[0].name"
    assert find(dialog, "safety.medications[0].done").accessibleName() == "Done with line 1"
    QApplication.focusWidget().selectAll()  # type: ignore[union-attr]
    write(qtbot, "Losartan")
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert focus() == "safety.medications[0].take"
    dialog.take_button.click()
    assert form.draft.intake["safety"]["medications"] == [
        {"name": "Losartan", "dose": "10 mg", "frequency": "daily"}
    ]


def test_what_stands_there_already_is_said_and_not_ticked(qtbot: QtBot, form: FormPage) -> None:
    form.draft.put("safety.medications", [{"name": "Topiramate"}])
    form.view(5).load()
    dialog = paste(form, "Topamax 50 mg\nLisinopril 10 mg\nlisinopril 20 mg")
    assert [line.tick.isChecked() for line in dialog.lines] == [False, True, False]
    assert "Already in row 1 of the table" in dialog.lines[0].tick.accessibleName()
    assert "Twice in this list" in dialog.lines[2].tick.accessibleName()
    dialog.take_button.click()
    assert [row["name"] for row in form.draft.intake["safety"]["medications"]] == ["Topiramate", "Lisinopril"]


def test_no_known_allergies_is_an_answer_to_confirm(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "Allergies: NKDA", "safety.allergies")
    assert dialog.lines[0].line.state is State.NONE
    assert dialog.lines[0].tick.isChecked()
    dialog.take_button.click()
    assert form.draft.intake["safety"]["allergies"] == "none_known"
    assert find(form, "safety.allergies.none_known").isChecked()


def test_none_cannot_stand_beside_rows(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "NKDA\nlatex - hives", "safety.allergies")
    assert [line.tick.isChecked() for line in dialog.lines] == [False, True]
    dialog.lines[0].tick.click()
    dialog.take_button.click()
    assert "cannot stand beside rows" in dialog.summary.accessibleDescription()
    assert dialog.isVisible()
    dialog.lines[0].tick.click()
    dialog.take_button.click()
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "latex", "reaction": "hives"}]


def test_a_heading_is_taken_over_word_by_word_where_it_is_ticked(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "Supplements:")
    assert not dialog.take_button.isEnabled()
    dialog.lines[0].tick.click()
    dialog.take_button.click()
    assert form.draft.intake["safety"]["medications"] == [{"name": "Supplements:"}]


def test_a_list_pasted_into_a_field_becomes_rows(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.allergies.add").click()
    QApplication.clipboard().setText("latex\neggs (hives)")
    press(qtbot, Qt.Key.Key_V, held=CTRL)
    dialog = opened(form)
    assert dialog is not None
    dialog.take_button.click()
    assert form.draft.intake["safety"]["allergies"] == [
        {"substance": "latex"}, {"substance": "eggs", "reaction": "hives"}
    ]  # fmt: skip


def test_one_word_pasted_into_a_field_stays_a_word(qtbot: QtBot, form: FormPage) -> None:
    find(form, "safety.allergies.add").click()
    QApplication.clipboard().setText("latex")
    press(qtbot, Qt.Key.Key_V, held=CTRL)
    assert opened(form) is None
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "latex"}]


def test_ctrl_v_on_a_row_pastes_a_list(qtbot: QtBot, form: FormPage) -> None:
    form.draft.put("safety.allergies", [{"substance": "latex"}])
    form.view(5).load()
    find(form, "safety.allergies[0].edit").setFocus()
    QApplication.clipboard().setText("eggs (hives)")
    press(qtbot, Qt.Key.Key_V, held=CTRL)
    assert opened(form) is not None


def test_too_long_a_list_is_refused_in_a_sentence(qtbot: QtBot, form: FormPage) -> None:
    QApplication.clipboard().setText("aspirin\n" * 10_000)
    find(form, "safety.medications.paste").click()
    assert opened(form) is None
    assert "This list has 10,000 lines. Paste at most 200 lines at a time." in said(form)


def test_an_empty_clipboard_is_said(qtbot: QtBot, form: FormPage) -> None:
    QApplication.clipboard().clear()
    find(form, "safety.medications.paste").click()
    assert any(words.startswith("There is no text to paste.") for words in said(form))


def test_two_hundred_lines_come_bit_by_bit(qtbot: QtBot, form: FormPage) -> None:
    QApplication.clipboard().setText("\n".join(f"Drug{n} {n} mg daily" for n in range(200)))
    find(form, "safety.medications.paste").click()
    dialog = next(one for one in form.findChildren(PasteDialog) if one.isVisible())
    assert len(dialog.lines) < 20
    assert not dialog.take_button.isEnabled()
    qtbot.waitUntil(dialog.take_button.isEnabled, timeout=20_000)
    dialog.take_button.click()
    assert len(form.draft.intake["safety"]["medications"]) == 200


def test_hidden_characters_are_said_beside_the_line(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "peni\u202ecillin (rash)", "safety.allergies")
    words = [label.text() for label in dialog.lines[0].findChildren(type(dialog.lines[0]._title))]  # noqa: SLF001
    assert "In the list: peni[U+202E]cillin (rash)" in words
    assert any("right-to-left override" in line for line in words)


def test_treatments_get_their_class(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=4)
    form.view(4).chores.finish()
    paste(
        form, "Topiramate 100 mg daily x 8 weeks, side effects\nAimovig 140 mg monthly", "treatments"
    ).take_button.click()
    assert [row["class"] for row in form.draft.intake["treatments"]] == ["anticonvulsant", "cgrp_antibody"]


@pytest.mark.parametrize("path", ["safety.medications", "safety.allergies"])
@pytest.mark.parametrize(
    ("text", "at"),
    [("Page 1 of 2\nlatex", 1), ("latex\neggs", 0), ("Supplements:", 0), ("none", 0),
     ("\n".join(["Page 1 of 2"] * 12 + ["latex"]), 12)],
)  # fmt: skip
def test_the_keys_begin_at_the_first_ticked_line_and_never_at_cancel(
    qtbot: QtBot, form: FormPage, path: str, text: str, at: int
) -> None:
    paste(form, text, path)
    assert focus() == f"{path}[{at}].take"


def test_a_denial_of_another_list_is_not_an_answer_here(qtbot: QtBot, form: FormPage) -> None:
    dialog = paste(form, "NKDA")
    (line,) = dialog.lines
    assert not line.tick.isChecked()
    assert "Belongs to another list" in line.tick.accessibleName()
    assert "Answer" not in line.tick.accessibleName()
    assert not dialog.take_button.isEnabled()
