"""Rules as fields and back: nothing of a requirement is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import AttachmentKind, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import AMOUNTS, Requirement, problems
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import rule_values

K = RequirementKind
GREATER = ProcedureRecord("1", "greater", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, greater nerve")
LESSER = ProcedureRecord("2", "lesser", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, lesser nerve")
AGAIN = ProcedureRecord("3", "revision", ProcedureKind.REVISION, "Revision of an earlier operation")
NAMES = {one.code: one.name for one in (GREATER, LESSER, AGAIN)}


@st.composite
def sound(draw: Any) -> Requirement:
    """Return a requirement without anything wrong."""
    kind = draw(st.sampled_from(RequirementKind))
    limits = AMOUNTS.get(kind)
    amount = draw(st.integers(limits.low, limits.high)) if limits else None
    if limits and not limits.needed and draw(st.booleans()):
        amount = None
    names = {K.DOCUMENT: [str(one) for one in AttachmentKind], K.OWN_FORM: ["Intake form", "B"]}
    return Requirement(
        kind, amount, draw(st.sampled_from(Level)), draw(st.none() | st.sampled_from([*NAMES, "occipital_release"])),
        draw(st.sampled_from(names.get(kind, [""]))),
    )  # fmt: skip


@given(sound())
def test_what_is_shown_is_read_back(requirement: Requirement) -> None:
    assert not problems([requirement])
    assert rule_values.read(rule_values.shown(requirement)) == (requirement, {})
    assert rule_values.sentence(rule_values.shown(requirement), NAMES).startswith(requirement.level.label)


@pytest.mark.parametrize(
    ("kind", "amount", "read", "wrong"),
    [
        (K.PREVENTIVES, "3", 3, False), (K.PREVENTIVES, "", None, False), (K.PREVENTIVES, "0", None, True),
        (K.PREVENTIVES, "three", None, True), (K.PREVENTIVES, "٣", None, True), (K.PREVENTIVES, "-1", None, True),
        (K.BLOCK_RELIEF, "100", 100, False), (K.BLOCK_RELIEF, "101", None, True),
        (K.BLOCK_RELIEF, "9" * 5000, None, True), (K.BODY_MASS_INDEX, "", None, True),
        (K.BODY_MASS_INDEX, "40", 40, False), (K.NO_NICOTINE, "40", None, False),
    ],
)  # fmt: skip
def test_a_number_is_read_or_refused_with_its_limits(
    kind: RequirementKind, amount: str, read: int | None, wrong: bool
) -> None:
    values = dict(rule_values.NEW) | {"kind": str(kind), "amount": amount}
    made, problems = rule_values.read(values)
    assert made is not None
    assert made.amount == read
    assert bool(problems) is wrong
    if wrong:
        assert str(AMOUNTS[kind].high) in problems["amount"]


def test_a_rule_reads_as_a_sentence() -> None:
    one = Requirement(K.DIARY, 28, Level.MUST, "greater")
    assert rule_values.sentence(rule_values.shown(one), NAMES) == (
        "Must have: a headache diary of at least 28 days – for occipital release, greater nerve"
    )
    kind = Requirement(K.NO_NICOTINE, None, Level.WISH, "occipital_release")
    assert rule_values.sentence(rule_values.shown(kind), NAMES) == (
        "Good to have: no nicotine use now – for occipital release"
    )
    assert rule_values.sentence(dict(rule_values.NEW), NAMES) == "New rule"


def test_each_kind_asks_only_for_what_it_has() -> None:
    assert rule_values.applying("") == {"kind"}
    for kind in RequirementKind:
        more = rule_values.applying(str(kind)) - {"kind", "level", "procedure"}
        expected = {"amount"} if kind in AMOUNTS else set[str]()
        expected |= {K.DOCUMENT: {"document"}, K.OWN_FORM: {"form"}}.get(kind, set())
        assert more == expected


def test_one_procedure_is_offered_by_its_name_and_several_also_by_their_kind() -> None:
    offered = rule_values.procedures([GREATER, LESSER, AGAIN], False, "", NAMES)
    assert offered == [
        ("occipital_release", "Any occipital release"), ("greater", GREATER.name), ("lesser", LESSER.name),
        ("revision", AGAIN.name),
    ]  # fmt: skip


def test_the_center_is_offered_every_kind() -> None:
    offered = rule_values.procedures([], True, "", {})
    assert [value for value, _ in offered] == [str(kind) for kind in ProcedureKind]


def test_what_was_chosen_stays_although_it_is_not_offered_any_more() -> None:
    assert rule_values.procedures([AGAIN], False, "lesser", NAMES)[-1] == ("lesser", LESSER.name)
    assert rule_values.procedures([AGAIN], False, "occipital_release", NAMES)[-1] == (
        "occipital_release", "Occipital release",
    )  # fmt: skip
