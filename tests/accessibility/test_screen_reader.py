"""A whole referral is filled in, saved and signed through the accessibility tree, without eyes or mouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from referral_app.choices import ReferralState
from referral_app.clinical import sketch
from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.services import patients, referrals, surgeons, worklists
from referral_app.services.referral_records import Filter, ReferralRecord
from tests.accessibility import plan
from tests.accessibility.conftest import PERSON, Start
from tests.accessibility.desktop import Desktop

FULL = Path(__file__).parents[1] / "data" / "referral-full.json"


@pytest.fixture
def intake() -> dict[str, Any]:
    whole = json.loads(FULL.read_text(encoding="utf-8"))
    place = ("greater_occipital", "right")  # by name: nobody draws through the accessibility tree
    whole["pain"]["sketch"] = sketch.made((sketch.start_at(*place), *sketch.spread_over(*place, 3)))
    whole["diagnosis"]["prior_procedures"] = ["none"]
    return whole


def surgeon_name(office: Paths, npi: str) -> str:
    db = open_database(office)
    with db.read() as session:
        found = surgeons.find_by(session, npi)
    db.close()
    assert found is not None
    return found.name


def only_referral(office: Paths) -> tuple[ReferralRecord, str, str]:
    """Return the one referral of a store, the NPI of its surgeon, and the name of its patient."""
    db = open_database(office)
    with db.read() as session:
        (row,) = worklists.find(session, Filter())
        record = referrals.get(session, row.id)
        surgeon, patient = surgeons.get(session, record.surgeon_id), patients.get(session, record.patient_id)
    db.close()
    return record, surgeon.npi, patient.name


@pytest.mark.display
@pytest.mark.slow
def test_a_whole_referral_is_filled_in_and_signed_over_at_spi(
    desktop: Desktop, office: Paths, start: Start, intake: dict[str, Any], tmp_path: Path
) -> None:
    steps = plan.steps(intake, surgeon_name(office, intake["request"]["surgeon"]))
    (tmp_path / "plan.json").write_text(json.dumps(steps), encoding="utf-8")
    application = start()
    desktop.give_keyboard(application)
    said = desktop.read_out("probe_fill_referral.py", tmp_path / "plan.json")
    assert application.said == ""
    application.end()
    record, npi, patient = only_referral(office)
    assert plan.differences(intake, record.intake) == {}
    assert npi == intake["request"]["surgeon"]
    assert record.state is ReferralState.SIGNED
    assert record.signed_by == intake["signature"]["signed_by"]
    assert record.reference in said
    assert patient == "Quintero-Vale, Marisol"


def test_the_plan_answers_every_required_field_of_every_step(intake: dict[str, Any]) -> None:
    steps = plan.steps(intake, "Marguerite Keen, MD")
    assert [len(step["tasks"]) > 5 for step in steps] == [True] * 6
    labels = {task["label"] for step in steps for task in step["tasks"]}
    asked = {place.field.label for place in plan.required(intake).values() if place.field.fields == ()}
    assert asked - labels == {"Head sketch"}  # which is put together from several boxes
    assert "Head sketch: Put on the heads" in labels
    assert PERSON in {task.get("words") for task in steps[5]["tasks"] if task["do"] == "answer"}
