"""What the directory says of a surgeon."""

from __future__ import annotations

from datetime import date

from referral_app.choices import Accepting, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import LocationRecord, Placement, ProcedureRecord, SurgeonRecord
from referral_app.ui.surgeons import wording

TODAY = date(2026, 11, 23)
SITE = ProcedureRecord(
    "1", "decompression_frontal", ProcedureKind.NERVE_DECOMPRESSION, "Nerve decompression, site I (frontal)",
    "Supraorbital and supratrochlear nerves",
)  # fmt: skip
NERVE = ProcedureRecord(
    "2", "occipital_release_greater", ProcedureKind.OCCIPITAL_RELEASE,
    "Occipital release, greater occipital nerve", "Greater occipital nerve",
)  # fmt: skip
PLACE = Placement(
    LocationRecord("l", "Harbor", "100 Pier", "Suite 4", "Baltimore", "MD", "21231", phone="410-555-0100"),
    fax="410-555-0103",
)


def test_a_procedure_is_told_by_its_nerve_or_its_site() -> None:
    assert wording.detail(NERVE) == "Greater occipital nerve"
    assert wording.detail(SITE) == "Site I (frontal): supraorbital and supratrochlear nerves"
    lines = wording.procedure_lines([SITE, NERVE])
    assert [kind for kind, _ in lines] == ["Occipital release", "Migraine nerve decompression"]


def test_an_entry_of_90_days_asks_to_be_verified_again() -> None:
    fresh = SurgeonRecord("A", "B", verified_on=date(2026, 8, 26))
    stale = SurgeonRecord("A", "B", verified_on=date(2026, 8, 25))
    assert wording.freshness(fresh, TODAY) == ("verified", "Verified")
    assert wording.freshness(stale, TODAY) == ("unverified", "Verified 90 days ago")
    assert wording.freshness(SurgeonRecord("A", "B"), TODAY) == ("unverified", "Not verified")


def test_a_wait_is_said_only_for_one_who_takes_new_patients() -> None:
    assert wording.next_wait(SurgeonRecord("A", "B", next_visit_days=1)) == "Next in 1 day"
    assert wording.next_wait(SurgeonRecord("A", "B", next_visit_days=0)) == "Next today"
    assert wording.next_wait(SurgeonRecord("A", "B")) == "Wait not known"
    closed = SurgeonRecord("A", "B", next_visit_days=5, accepting=Accepting.NO)
    assert wording.next_wait(closed) == "Not accepting"


def test_ages_are_words() -> None:
    assert wording.ages(SurgeonRecord("A", "B")) == "All ages"
    assert wording.ages(SurgeonRecord("A", "B", age_min=18)) == "Ages 18 and over"
    assert wording.ages(SurgeonRecord("A", "B", age_max=21)) == "Ages up to 21"
    assert wording.ages(SurgeonRecord("A", "B", age_min=10, age_max=21)) == "Ages 10 to 21"


def test_what_is_copied_falls_back_on_the_phone_of_the_location() -> None:
    surgeon = SurgeonRecord("Ada", "Keen", degrees="MD", placements=(PLACE,))
    assert wording.block(surgeon, PLACE).splitlines() == [
        "Ada Keen, MD",
        "Harbor",
        "100 Pier, Suite 4, Baltimore, MD 21231",
        "Phone (410) 555-0100",
        "Fax (410) 555-0103",
    ]


def test_a_requirement_for_one_procedure_says_so() -> None:
    wish = Requirement(RequirementKind.BLOCK_RELIEF, 50, Level.MUST, NERVE.code)
    surgeon = SurgeonRecord("A", "B", procedures=(NERVE,), requirements=(wish,))
    assert wording.wanted(surgeon, Level.MUST) == [
        "At least 50 % relief from a nerve block (for occipital release, greater occipital nerve)"
    ]
    assert wording.wanted(surgeon, Level.WISH) == []


def test_a_requirement_for_a_kind_of_procedure_says_so() -> None:
    wish = Requirement(RequirementKind.DIARY, 28, Level.WISH, "occipital_release")
    surgeon = SurgeonRecord("A", "B", procedures=(NERVE,), requirements=(wish,))
    assert wording.wanted(surgeon, Level.WISH) == [
        "A headache diary of at least 28 days (for occipital release)"
    ]
    assert wording.whose(surgeon) == ""


def test_what_the_center_asks_for_says_who_asks() -> None:
    wish = Requirement(RequirementKind.DIARY, 28, Level.WISH, of_center=True)
    surgeon = SurgeonRecord("A", "B", procedures=(NERVE,), requirements=(wish,))
    assert wording.whose(surgeon).startswith("As the Center asks of all its surgeons")
