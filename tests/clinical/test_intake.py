"""The declaration of the intake holds every field of the contract."""

from __future__ import annotations

import pytest

from referral_app.clinical import intake
from referral_app.clinical.fields import Field
from referral_app.clinical.red_flags import RED_FLAGS, Tier


def test_finds_fields_by_path() -> None:
    assert intake.find("patient.address.zip").label == "ZIP code"
    assert intake.find("treatments.name").required
    for path in ("nothing", "patient.nothing", "treatments.name.x"):
        with pytest.raises(KeyError):
            intake.find(path)


def test_every_group_belongs_to_a_step() -> None:
    steps = [group.step for group in intake.INTAKE]
    assert steps == sorted(steps)
    assert set(steps) == set(range(1, len(intake.STEPS) + 1))


def test_every_condition_names_a_field_or_a_computed_value() -> None:
    def judge(field: Field, holder: Field | None) -> None:
        if field.when and field.when.in_row and holder:
            assert holder.child(field.when.names[0])
        elif field.when and not field.when.path.startswith("computed."):
            assert intake.find(field.when.path)
        for child in field.fields:
            judge(child, field)

    for group in intake.INTAKE:
        judge(group, None)


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.name)
def test_each_red_flag_can_be_answered_and_cleared(flag: object) -> None:
    group = intake.RED_FLAG_GROUP.child(flag.name)  # type: ignore[attr-defined]
    assert set(group.by_name) == {"answer", "cleared"} | ({"emergency_signs"} if flag.signs else set())  # type: ignore[attr-defined]
    assert group.child("cleared").required == (flag.tier is not Tier.REVIEW)  # type: ignore[attr-defined]
    assert set(group.child("cleared").by_name) == {"by", "on", "note"}


def test_there_are_fifteen_red_flags_with_their_signs() -> None:
    assert [flag.number for flag in RED_FLAGS] == list(range(1, 16))
    assert {flag.number for flag in RED_FLAGS if flag.signs} == {1, 5, 8, 11, 12, 13}
    assert {flag.number for flag in RED_FLAGS if flag.tier is Tier.EMERGENCY} == {3, 4, 9}
    assert {flag.number for flag in RED_FLAGS if flag.computed} == {5, 13}
