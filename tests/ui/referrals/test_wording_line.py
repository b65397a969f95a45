"""Paragraphs of the letter in the form: what would be printed is shown, and copied only into an empty field."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from referral_app.choices import Slot
from referral_app.services import letter_templates
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.wording_line import WordingView
from tests.ui.referrals.conftest import find


def _line(form: FormPage, slot: str) -> WordingView:
    found = form.findChild(WordingView, f"letter.{slot}.wording")
    assert found is not None
    return found


@pytest.fixture
def form(qtbot: QtBot, filled_desk: Desk, saved_form: FormPage) -> FormPage:
    with filled_desk.db.begin() as session:
        letter_templates.save(session, Slot.CLOSING, "Thank you for seeing {patient}, {surgeon}.")
    saved_form.go_to(6)
    find(saved_form, "letter.closing.copy")
    return saved_form


def test_a_signed_referral_shows_the_wording_of_its_signature_and_a_changed_one_that_in_force(
    qtbot: QtBot, form: FormPage
) -> None:
    line = _line(form, "closing")
    qtbot.waitUntil(lambda: line.words.startswith("Please answer on the referral response form"))
    form.draft.put("pain.average", 3)
    qtbot.waitUntil(lambda: line.words.startswith("Thank you for seeing Marisol"))
    assert "Keen, MD" in line.words
    assert "{" not in line.words


def test_it_is_copied_into_the_field_to_be_changed_and_is_gone_then(qtbot: QtBot, form: FormPage) -> None:
    line = _line(form, "closing")
    qtbot.waitUntil(lambda: line.button.isVisible())
    line.button.click()
    assert form.draft.get("letter.closing") == line.words
    assert not line.button.isVisible()


def test_a_typed_paragraph_is_never_overwritten(qtbot: QtBot, form: FormPage) -> None:
    line: Any = _line(form, "opening")
    typed = form.draft.get("letter.opening")
    assert typed
    line.copy()
    assert form.draft.get("letter.opening") == typed
    assert not line.button.isVisible()


def test_the_wording_follows_the_answers(qtbot: QtBot, form: FormPage) -> None:
    line = _line(form, "closing")
    qtbot.waitUntil(lambda: bool(line.words))
    form.draft.put("patient.given_name", "Renamed")
    qtbot.waitUntil(lambda: "Renamed" in line.words)
