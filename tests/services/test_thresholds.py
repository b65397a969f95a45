"""The figures of the live check: the surgeon's before the Center's before the program's, kept, checked and noted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from referral_app.choices import AuditAction
from referral_app.clinical.thresholds import DEFAULTS, FIGURES
from referral_app.database import Database
from referral_app.models.center import Center
from referral_app.services import (
    center,
    directory_history,
    entry_fields,
    surgeon_json,
    surgeons,
    thresholds,
    undoing,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from tests.services.test_audit import noted

KEEN = "9000000015"
OWN = (("block_supports", 55), ("imaging_months", 6))


def _own(db: Database, *own: tuple[str, float]) -> SurgeonRecord:
    with db.begin() as session:
        return surgeons.save(session, replace(surgeons.by_npi(session, KEEN), thresholds=own))


def _counting(db: Database) -> Any:
    with db.read() as session:
        return thresholds.for_surgeon(session, surgeons.by_npi(session, KEEN))


def _of_center(db: Database, **own: float) -> None:
    with db.begin() as session:
        thresholds.save_of_center(session, own)


def test_where_nobody_chose_a_figure_the_programs_count(filled: Database) -> None:
    assert _counting(filled) is DEFAULTS
    with filled.read() as session:
        assert thresholds.for_surgeon(session, None) is DEFAULTS
        assert thresholds.of_center(session) == {}


def test_a_surgeons_figure_counts_before_the_centers_and_that_before_the_programs(filled: Database) -> None:
    _of_center(filled, block_supports=52, diary_days=56)
    _own(filled, *OWN)
    found = _counting(filled)
    assert (found.block_supports, found.diary_days, found.imaging_months) == (55, 56, 6)
    assert found.of_surgeon == {"block_supports", "imaging_months"}
    assert found.of_center == {"diary_days"}
    with filled.read() as session:
        assert thresholds.for_surgeon(session, None).block_supports == 52


def test_what_the_center_chose_is_noted_once_and_the_programs_own_is_not_kept(filled: Database) -> None:
    _of_center(filled, diary_days=56, esr_raised=50)
    with filled.read() as session:
        assert thresholds.of_center(session) == {"diary_days": 56}
    _of_center(filled, diary_days=56)
    _of_center(filled)
    with filled.read() as session:
        assert thresholds.of_center(session) == {}
        assert session.query(Center.thresholds).scalar() is None
    events = [one for one in noted(filled) if one["kind"] == "center_thresholds"]
    assert {one["action"] for one in events} == {AuditAction.CHANGED}
    assert [one["details"] for one in events] == [
        {"fields": ["diary_days"], "now": {"diary_days": 56}},
        {"fields": ["diary_days"], "now": {"diary_days": 28}},
    ]


def test_figures_are_kept_beside_what_else_the_center_is(filled: Database) -> None:
    _of_center(filled, diary_days=56)
    with filled.begin() as session:
        center.save(session, replace(center.get(session), phone="410-555-0123"))
    with filled.read() as session:
        assert thresholds.of_center(session) == {"diary_days": 56}


@pytest.mark.parametrize(
    ("own", "path"),
    [
        ({"block_supports": 5}, "thresholds.block_supports"),
        ({"block_supports": 40}, "thresholds.block_supports"),
        ({"block_weak": 50}, "thresholds.block_weak"),
        ({"block_strong": 45}, "thresholds.block_strong"),
        ({"preventives_note": 4}, "thresholds.preventives_note"),
        ({"phq2_positive": 2.5}, "thresholds.phq2_positive"),
        ({"unheard_of": 1}, "thresholds.unheard_of"),
        ({"diary_days": float("nan")}, "thresholds.diary_days"),
    ],
)
def test_what_cannot_be_a_figure_is_refused(filled: Database, own: dict[str, float], path: str) -> None:
    with pytest.raises(InvalidInput) as refused, filled.begin() as session:
        thresholds.save_of_center(session, own)
    assert list(refused.value.fields) == [path]


def test_a_surgeon_cannot_set_what_decides_about_emergencies(filled: Database) -> None:
    for name in ("esr_raised", "crp_raised"):
        with pytest.raises(InvalidInput) as refused:
            _own(filled, (name, 40))
        assert refused.value.fields == {
            f"thresholds.{name}": "It decides about emergencies: the Center alone sets it."
        }
    with pytest.raises(InvalidInput):
        _own(filled, ("block_weak", 70))


def test_figures_of_an_entry_go_through_history_undo_and_signed_files(filled: Database) -> None:
    before = _own(filled)
    after = _own(filled, *OWN)
    assert after.version > before.version
    assert surgeon_json.load(surgeon_json.dump(after)) == after
    with filled.begin() as session:
        change = directory_history.of(session, after.id)[0]
        assert change.changed == ["thresholds"]
        assert change.after is not None
        assert dict(change.after.thresholds) == dict(OWN)
        undoing.undo(session, change.sequence)
        assert surgeons.get(session, after.id).thresholds == ()
    assert entry_fields.joined("thresholds", OWN, (("block_supports", 70.0), ("diary_days", 30.0))) == (
        *OWN,
        ("diary_days", 30.0),
    )


def test_every_figure_can_be_set_to_the_ends_of_its_range_by_itself(filled: Database) -> None:
    for figure in FIGURES:
        assert not figure.problem(figure.low)
        assert not figure.problem(figure.high)
        assert figure.problem(figure.low - 0.5)
        assert figure.problem(figure.high + 0.5)
        assert figure.problem(True)
        assert figure.problem("50")
        assert figure.problem(10**400)
        assert not figure.problem(figure.usual)
