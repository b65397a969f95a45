"""Answers that cannot be: each a plain sentence at its field, and what was typed stays there."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.ui.referrals.form import FormPage
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, type_into

NEXT_YEAR = datetime.date.today().year + 1


def said(form: FormPage, path: str) -> str:
    return find(form, path).accessibleDescription().partition("Error: ")[2]


def leave(qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("step", "path", "typed", "kept", "words"),
    [
        (3, "last_30_days.headache_days", "31", 31, "Enter a number from 0 to 30."),
        (3, "last_30_days.migraine_days", "-1", -1, "Enter a number from 0 to 30."),
        (3, "last_30_days.headache_days", "many", "many", "Enter a number from 0 to 30."),
        (3, "last_30_days.hours_per_headache_day", "25", 25, "from 0 to 24"),
        (3, "diagnosis.onset", f"1/{NEXT_YEAR}", f"{NEXT_YEAR}-01", "This lies in the future."),
        (4, "scores.midas_total", "277", 277, "Enter a number from 0 to 276."),
        (1, "patient.date_of_birth", f"1/1/{NEXT_YEAR}", f"{NEXT_YEAR}-01-01", "lies in the future."),
        (1, "patient.date_of_birth", "6/21/84", "6/21/84", "Type the year with four digits"),
        (1, "patient.address.zip", "2123", "2123", "Type five digits"),
        (1, "patient.address.state", "Ontario", "Ontario", "two letters of the state"),
        (2, "referrer.npi", "9000000214", "9000000214", "one of its digits is mistyped"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_field_and_kept(
    qtbot: QtBot, new_form: New, step: int, path: str, typed: str, kept: Any, words: str
) -> None:
    form = new_form(step=step)
    form.shown.finish()
    find(form, path).setFocus()
    find(form, path).selectAll()
    qtbot.keyClicks(find(form, path), typed)
    assert said(form, path) == ""
    leave(qtbot)
    assert words in said(form, path)
    assert form.draft.get(path) == kept
    assert find(form, path).text() == typed


def test_migraine_days_above_headache_days_are_said_whichever_comes_last(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.shown.finish()
    type_into(qtbot, form, "last_30_days.headache_days", "10")
    leave(qtbot)
    type_into(qtbot, form, "last_30_days.migraine_days", "12")
    leave(qtbot)
    words = "Migraine days cannot be more than headache days (10)."
    assert said(form, "last_30_days.migraine_days") == words
    find(form, "last_30_days.headache_days").setFocus()
    find(form, "last_30_days.headache_days").selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "20")
    leave(qtbot)
    assert said(form, "last_30_days.migraine_days") == ""
    assert form.draft.get("last_30_days.migraine_days") == 12


@pytest.mark.parametrize(
    ("path", "typed", "kept", "echo"),
    [
        ("safety.height_cm", "5'5\"", 165.1, "165.1 cm"), ("safety.height_cm", "5 ft 5 in", 165.1, "165.1 cm"),
        ("safety.height_cm", "165 cm", 165, ""), ("safety.weight_kg", "150 lb", 68.0, "68 kg"),
        ("safety.weight_kg", "68.5", 68.5, ""), ("safety.weight_kg", "68.5kg", 68.5, ""),
    ],
)  # fmt: skip
def test_height_and_weight_are_taken_as_people_write_them(
    qtbot: QtBot, new_form: New, path: str, typed: str, kept: Any, echo: str
) -> None:
    form = new_form(step=5)
    form.shown.finish()
    type_into(qtbot, form, path, typed)
    assert form.draft.get(path) == kept
    assert echo in find(form, path).accessibleDescription()


@pytest.mark.parametrize(
    ("step", "path", "typed", "kept"),
    [
        (1, "patient.address.state", "md", "MD"), (1, "patient.address.state", "new york", "NY"),
        (1, "patient.address.state", "N.Y.", "NY"), (1, "patient.address.zip", "21230 0001", "21230-0001"),
        (1, "patient.address.zip", "212300001", "21230-0001"), (2, "referrer.npi", "900-000 0213", "9000000213"),
        (1, "patient.date_of_birth", "06211984", "1984-06-21"),
        (1, "patient.date_of_birth", "21 Jun 1984", "1984-06-21"),
        (1, "patient.phone", "4105550142", "4105550142"), (3, "diagnosis.onset", "May 2019", "2019-05"),
    ],
)  # fmt: skip
def test_usual_ways_of_typing_are_understood(
    qtbot: QtBot, new_form: New, step: int, path: str, typed: str, kept: str
) -> None:
    form = new_form(step=step)
    form.shown.finish()
    find(form, path).setFocus()
    find(form, path).selectAll()
    qtbot.keyClicks(find(form, path), typed)
    leave(qtbot)
    assert form.draft.get(path) == kept
    assert said(form, path) == ""


def test_a_zip_code_fills_in_state_and_city_and_undo_takes_them_back(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.shown.finish()
    type_into(qtbot, form, "patient.address.zip", "21230")
    qtbot.waitUntil(lambda: form.draft.get("patient.address.state") == "MD")
    assert find(form, "patient.address.city").text() == "Baltimore"
    form.undo()
    assert form.draft.get("patient.address") == {"zip": "21230"}
    assert find(form, "patient.address.city").text() == ""


def test_a_block_without_pain_before_is_said_at_the_field(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=4)
    form.shown.finish()
    form.draft.put("injections", [{"kind": "nerve_block", "site": "GON", "pain_after": 0}])
    form.view(4).load()
    form.jump("injections[0].pain_before")
    qtbot.keyClicks(QApplication.focusWidget(), "0")
    leave(qtbot)
    assert form.draft.get("injections[0].pain_before") == 0
    assert "no pain before" in find(form, "injections[0].pain_before").accessibleDescription()
