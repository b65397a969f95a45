"""The Center: stored whole, and refused field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_app.choices import ExpertField, TrialState
from referral_app.database import Database
from referral_app.services import center, surgeons
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.errors import InvalidInput

WHOLE = CenterRecord(
    "Bay Headache Center",
    "1 Pier",
    "",
    "Baltimore",
    "MD",
    "21231-0001",
    "410-555-0100",
    "410-555-0101",
    "410-555-0199",
    "Ana Reyes",
)
EXPERT = ExpertRecord("Odile Brightwater", ExpertField.NEUROLOGY, "MD", "Plans medications", "410-555-0161")
TRIAL = TrialRecord("Early release", TrialState.RECRUITING, phone="410-555-0160", who="Adults")


def test_the_center_is_read_back_as_it_was_stored(db: Database) -> None:
    with db.begin() as session:
        center.save(session, WHOLE)
        center.replace_experts(session, [EXPERT, replace(EXPERT, name="Caspian Ferrante")])
        center.replace_trials(session, [TRIAL])
    with db.read() as session:
        assert center.get(session) == WHOLE
        assert [one.name for one in center.experts(session)] == ["Odile Brightwater", "Caspian Ferrante"]
        assert center.trials(session) == [TRIAL]


def test_a_name_alone_is_enough(db: Database) -> None:
    with db.begin() as session:
        center.save(session, CenterRecord("Bay"))
    with db.read() as session:
        assert center.get(session) == CenterRecord("Bay")


def test_a_bad_center_is_refused_field_by_field(db: Database) -> None:
    bad = CenterRecord(" ", state="ZZ", zip="2128", phone="12", fax="x", after_hours_phone="555-0100")
    with db.begin() as session, pytest.raises(InvalidInput) as refusal:
        center.save(session, bad)
    assert set(refusal.value.fields) == {"name", "state", "zip", "phone", "fax", "after_hours_phone"}


def test_a_bad_expert_is_refused_by_name(db: Database) -> None:
    wrong = [EXPERT, replace(EXPERT, name="Caspian Ferrante", phone="12"), replace(EXPERT, name="")]
    with db.begin() as session, pytest.raises(InvalidInput) as refusal:
        center.replace_experts(session, wrong)
    assert set(refusal.value.fields) == {"experts[1].phone", "experts[2].name"}
    assert refusal.value.fields["experts[1].phone"].startswith("Caspian Ferrante: ")


def test_a_bad_trial_is_refused(db: Database) -> None:
    with db.begin() as session, pytest.raises(InvalidInput) as refusal:
        center.replace_trials(session, [replace(TRIAL, title="", phone="12")])
    assert set(refusal.value.fields) == {"trials[0].title", "trials[0].phone"}


def test_what_was_not_chosen_is_asked_for() -> None:
    assert "field" in center.expert_problems({"name": "Ana", "field": "", "phone": ""})
    assert "state" in center.trial_problems({"title": "Release", "state": "", "phone": ""})


def test_a_trial_names_the_surgeons_who_run_it_and_they_name_it(filled: Database) -> None:
    with filled.begin() as session:
        keen, marin = (surgeons.by_npi(session, npi) for npi in ("9000000015", "9000000098"))
        early = replace(TRIAL, surgeons=((keen.id, keen.name), (marin.id, marin.name)))
        center.replace_trials(session, [TRIAL, early])
    with filled.read() as session:
        assert center.trials(session) == [TRIAL, early]
        assert center.trials_of(session, marin.id) == [early]
        assert center.trials_of(session, surgeons.by_npi(session, "9000000023").id) == []


def test_a_surgeon_who_left_is_not_named_any_more(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        center.replace_trials(session, [replace(TRIAL, surgeons=((keen.id, keen.name),))])
        surgeons.archive(session, keen.id)
        assert center.trials(session) == [TRIAL]


def test_a_trial_run_by_nobody_of_the_directory_is_refused(db: Database) -> None:
    bad = replace(TRIAL, surgeons=(("00000000-0000-4000-8000-000000000000", "Ada Gone, MD"),))
    with (
        db.begin() as session,
        pytest.raises(InvalidInput, match="Ada Gone, MD left the directory") as refusal,
    ):
        center.replace_trials(session, [bad])
    assert set(refusal.value.fields) == {"trials[0].surgeons"}


def test_trials_stored_again_are_no_change(filled: Database) -> None:
    with filled.begin() as session:
        before = center.trials(session)
        center.replace_trials(session, before)
        assert center.trials(session) == before
