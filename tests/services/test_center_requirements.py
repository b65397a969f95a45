"""What the Center asks for by default: built in, chosen, nothing at all, and never beside what an office asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from referral_app.choices import Level, RequirementKind
from referral_app.clinical.requirements import BUILT_IN, Requirement
from referral_app.database import Database
from referral_app.services import center, matching, referrals, surgeons
from referral_app.services.center_requirements import asked, defaults, for_surgeon, listed, save_defaults
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from tests.clinical.intakes import TODAY, full
from tests.services.test_audit import noted

K = RequirementKind
OWN = (
    Requirement(K.PREVENTIVES, 2),
    Requirement(K.BLOCK_RELIEF, 60, Level.WISH, "occipital_release"),
    Requirement(K.OWN_FORM, detail="Center intake"),
)
FAIRWEATHER = "Fairweather"


def _surgeon(session: Any, family_name: str) -> SurgeonRecord:
    query = surgeons.Query(text=family_name)
    return next(
        one.surgeon for one in matching.find(session, query) if one.surgeon.family_name == family_name
    )


def _stored(db: Database) -> tuple[Requirement, ...]:
    with db.read() as session:
        return defaults(session)


def test_an_untouched_center_asks_for_what_is_built_in(db: Database) -> None:
    assert _stored(db) == BUILT_IN


def test_what_the_center_chose_is_asked_in_its_order(db: Database) -> None:
    with db.begin() as session:
        save_defaults(session, OWN)
    assert _stored(db) == OWN
    with db.begin() as session:
        save_defaults(session, OWN[::-1])
    assert _stored(db) == OWN[::-1]


def test_a_center_may_ask_for_nothing_and_go_back(db: Database) -> None:
    with db.begin() as session:
        save_defaults(session, ())
    assert _stored(db) == ()
    with db.begin() as session:
        save_defaults(session, None)
    assert _stored(db) == BUILT_IN


def test_choosing_what_is_built_in_is_going_back(db: Database) -> None:
    with db.begin() as session:
        save_defaults(session, OWN)
        save_defaults(session, BUILT_IN)
        before = center.get(session)
    assert _stored(db) == BUILT_IN
    assert before.name == "Headache Center"


def test_saving_the_center_leaves_its_requirements(filled: Database) -> None:
    with filled.begin() as session:
        save_defaults(session, OWN)
        center.save(session, replace(center.get(session), city="Towson"))
    assert _stored(filled) == OWN


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Requirement(K.BLOCK_RELIEF, 101), "requirements[1].amount"),
        (Requirement(K.BODY_MASS_INDEX), "requirements[1].amount"),
        (Requirement(K.DOCUMENT), "requirements[1].detail"),
        (Requirement(K.DIARY, procedure="occipital_release_greater"), "requirements[1].procedure"),
        (Requirement(K.PREVENTIVES, 3), "requirements[1].kind"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_field_and_nothing_is_stored(
    db: Database, wrong: Requirement, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused, db.begin() as session:
        save_defaults(session, (Requirement(K.PREVENTIVES, 2), wrong))
    assert refused.value.fields.keys() == {field}
    assert _stored(db) == BUILT_IN


def test_an_office_that_asks_for_something_is_asked_alone(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
        found = for_surgeon(session, keen)
    assert found == keen.requirements
    assert not any(one.of_center for one in found)


def test_an_office_that_asks_for_nothing_has_what_the_center_asks_for(filled: Database) -> None:
    with filled.begin() as session:
        save_defaults(session, OWN)
        found = for_surgeon(session, _surgeon(session, FAIRWEATHER))
    assert [(one.kind, one.amount, one.of_center) for one in found] == [
        (K.PREVENTIVES, 2, True), (K.BLOCK_RELIEF, 60, True), (K.OWN_FORM, None, True)
    ]  # fmt: skip
    assert found[1].codes == (
        "occipital_release_greater", "occipital_release_lesser", "occipital_release_third",
    )  # fmt: skip


def test_without_a_surgeon_nothing_is_asked(filled: Database) -> None:
    with filled.read() as session:
        assert for_surgeon(session, None) == ()
    assert asked(None, BUILT_IN, ()) == ()


def test_a_requirement_for_a_kind_is_stored_and_read_with_its_procedures(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        wanted = (
            Requirement(K.DIARY, 28, procedure="occipital_release"),
            Requirement(K.NO_NICOTINE, None, Level.WISH, "occipital_release_third"),
        )
        kept = surgeons.save(session, replace(keen, requirements=wanted))
        assert kept.requirements == wanted
        found = for_surgeon(session, surgeons.by_npi(session, "9000000015"))
    assert "occipital_release_lesser" in found[0].codes
    assert found[1].codes == ()


def test_a_requirement_for_what_is_no_procedure_is_refused(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    wrong = replace(keen, requirements=(Requirement(K.DIARY, procedure="haircut"),))
    with pytest.raises(InvalidInput) as refused, filled.begin() as session:
        surgeons.save(session, wrong)
    assert refused.value.fields.keys() == {"requirements[0].procedure"}


def test_a_requirement_for_a_procedure_that_the_surgeon_does_not_do_any_more_is_kept(
    filled: Database,
) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        wanted = (Requirement(K.DIARY, procedure="decompression_frontal"),)
        assert surgeons.save(session, replace(keen, requirements=wanted)).requirements == wanted


def test_the_check_of_a_referral_reads_the_rules_as_they_are_now(filled: Database) -> None:
    intake = full()

    def told() -> list[str]:
        with filled.read() as session:
            intake["request"]["surgeon"] = _surgeon(session, FAIRWEATHER).id
            found = referrals.checked(session, intake, TODAY)
        return [line.text for line in (*found.supports, *found.review) if ".requirement." in line.id]

    assert len([text for text in told() if text.startswith("The Center ")]) == 5
    with filled.begin() as session:
        save_defaults(session, (Requirement(K.BLOCK_RELIEF, 76),))
    assert told() == ["The Center asks for at least 76 % relief from a nerve block: not met."]
    with filled.begin() as session:
        surgeons.save(
            session, replace(_surgeon(session, FAIRWEATHER), requirements=(Requirement(K.BLOCK_RELIEF, 75),))
        )
    assert told() == ["This surgeon's office asks for at least 75 % relief from a nerve block: recorded."]


def test_a_change_is_noted_once_and_saving_the_same_is_not(filled: Database) -> None:
    for wanted, events in ((OWN, 1), (OWN, 0), (None, 1), (None, 0), (BUILT_IN, 0), ((), 1)):
        before = len(noted(filled))
        with filled.begin() as session:
            save_defaults(session, wanted)
        found = noted(filled)[before:]
        assert [one["kind"] for one in found] == ["center_requirements"] * events


def test_what_is_said_of_a_surgeon_leaves_out_kinds_that_are_not_done_there(filled: Database) -> None:
    with filled.read() as session:
        keen, blocks = surgeons.by_npi(session, "9000000015"), _surgeon(session, FAIRWEATHER)
    assert listed(keen, BUILT_IN) == keen.requirements
    found = listed(blocks, BUILT_IN)
    assert {one.procedure for one in found} == {None}
    assert len(found) == 4
