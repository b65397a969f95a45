"""What the directory says of a surgeon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from referral_app.choices import Accepting, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Handout,
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)
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


def test_leave_leaving_and_beginning_are_said_with_their_days() -> None:
    here = SurgeonRecord("A", "B")
    assert wording.presence(here, TODAY) == ("accepting", "Accepting new patients")
    away = replace(here, away_from=date(2026, 11, 1), away_to=TODAY, away_note="Dr. C stands in.")
    assert wording.presence(away, TODAY) == ("not_accepting", "Away until November 23, 2026")
    assert wording.presence(replace(away, away_to=None), TODAY)[1] == "Away until further notice"
    assert wording.presence(away, date(2026, 11, 24))[0] == "accepting"
    assert wording.coming(away, date(2026, 10, 1)) == [
        "Away from November 1, 2026 to November 23, 2026.",
        "Dr. C stands in.",
    ]
    assert wording.coming(away, date(2026, 11, 24)) == []
    left = replace(here, last_day=date(2026, 11, 22))
    assert wording.presence(left, TODAY) == ("not_accepting", "Left on November 22, 2026")
    assert wording.coming(replace(here, last_day=TODAY), TODAY) == [
        "Leaves: the last day is November 23, 2026."
    ]
    later = replace(here, accepting_from=date(2026, 12, 1))
    assert wording.presence(later, TODAY) == ("not_accepting", "Accepting from December 1, 2026")


def test_a_fax_of_90_days_asks_to_be_verified_again() -> None:
    fresh = replace(
        PLACE, fax_verified_on=date(2026, 8, 26), fax_verified_by="Ana", fax_verified_how="test fax"
    )
    assert wording.fax_freshness(fresh, TODAY) == ("verified", "Fax number verified")
    assert wording.fax_checked(fresh) == "Fax verified on August 26, 2026 by Ana (test fax)"
    stale = replace(fresh, fax_verified_on=date(2026, 8, 25))
    assert wording.fax_freshness(stale, TODAY) == ("unverified", "Fax number verified 90 days ago")
    assert wording.fax_freshness(PLACE, TODAY) == ("unverified", "Fax number not verified")
    assert wording.fax_freshness(replace(PLACE, fax=""), TODAY) == ("unverified", "")


def test_experience_is_said_as_far_as_it_is_known() -> None:
    assert wording.experience(Experience("x", 2010, 60, "Also children")) == (
        "Since 2010, about 60 a year. Also children"
    )
    assert wording.experience(Experience("x", per_year=0)) == "About 0 a year"
    assert wording.experience(Experience("x", note="Endoscopic")) == "Endoscopic"
    surgeon = SurgeonRecord("A", "B", procedures=(NERVE, SITE), experience=(Experience(NERVE.code, 2010),))
    assert wording.experienced(surgeon) == [
        ("Occipital release", [("Greater occipital nerve", "Since 2010")]),
        ("Migraine nerve decompression", [("Site I (frontal): supraorbital and supratrochlear nerves", "")]),
    ]


def test_credentials_plans_and_handouts_are_said_in_a_line() -> None:
    assert (
        wording.credential(Credential("license", "D1", "MD", 2008, 2028)) == "D1 (license), MD, 2008 to 2028"
    )
    assert wording.credential(Credential("fellowship", "Hand", until=2028)) == "Hand (fellowship), to 2028"
    assert wording.handout(Handout("Before", "es", "At the desk")) == "Before (Spanish), At the desk"
    surgeon = SurgeonRecord("A", "B", plans=("Gold", "Silver"), plans_verified=(("Gold", TODAY),))
    assert wording.plans(surgeon) == ["Gold, November 23, 2026", "Silver"]
