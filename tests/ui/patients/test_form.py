"""The form of a patient: every field of the declaration, nothing lost between showing and reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from referral_app.paths import resource
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.patients.form import CARDS, PatientForm, leaves

FULL: dict[str, Any] = json.loads(resource("invented/referral.json").read_text("utf-8"))["patient"]


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> PatientForm:
    made = PatientForm(FULL)
    qtbot.addWidget(made)
    return made


def test_every_field_of_the_declaration_stands_on_one_card() -> None:
    shown = [name for _, lines in CARDS for names in lines for name in names]
    assert sorted(shown) == sorted(path for path, _, _ in leaves())


def test_a_full_patient_comes_back_as_it_was(form: PatientForm) -> None:
    assert form.read() == FULL


def test_what_the_form_does_not_know_is_kept(qtbot: QtBot, desk: Desk) -> None:
    values = {**FULL, "from_elsewhere": 1, "email": {"unavailable": "has none"}}
    made = PatientForm(values)
    qtbot.addWidget(made)
    assert made.read() == values


def test_a_date_of_birth_is_read_back_with_the_age(form: PatientForm) -> None:
    fields.write(form.widgets["date_of_birth"], "3/27/2007")
    assert "March 27, 2007" in form.widgets["date_of_birth"].accessibleDescription()
    assert form.read()["date_of_birth"] == "2007-03-27"


def test_a_date_that_cannot_be_read_stays_as_typed(form: PatientForm) -> None:
    fields.write(form.widgets["date_of_birth"], "13/45/2007")
    assert form.read()["date_of_birth"] == "13/45/2007"


def test_an_emptied_field_is_no_answer(form: PatientForm) -> None:
    fields.write(form.widgets["middle_name"], "")
    for name in ("name", "relation", "phone"):
        fields.write(form.widgets[f"support_person.{name}"], "")
    values = form.read()
    assert "middle_name" not in values
    assert "support_person" not in values


def test_a_representative_is_asked_for_a_child_and_the_interpreter_when_needed(
    qtbot: QtBot, form: PatientForm
) -> None:
    form.show()
    name, language = form.blocks["legal_representative.name"], form.blocks["interpreter_language"]
    assert not name.isVisible()
    fields.write(form.widgets["date_of_birth"], "1/2/2020")
    assert name.isVisible()
    assert language.isVisible()
    fields.write(form.widgets["interpreter_needed"], False)
    assert not language.isVisible()
    assert "interpreter_language" not in form.read()
