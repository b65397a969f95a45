"""What an entry says in words for patients."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import Accepting, AttachmentKind, Booking, Level, ProcedureKind, RequirementKind
from referral_app.clinical import readability
from referral_app.clinical.requirements import Requirement
from referral_app.documents import surgeon_words
from referral_app.services.surgeon_records import Handout, LocationRecord, ProcedureRecord, SurgeonRecord
from tests.documents.directory_people import BARE, FULL, PRINTED
from tests.documents.test_patient_text import FORBIDDEN

CALL = "(410) 555-0100"


def comes(surgeon: SurgeonRecord) -> str:
    return " ".join(filter(None, surgeon_words.comes(surgeon, PRINTED, CALL)))


def brings(*requirements: Requirement) -> list[str]:
    return list(surgeon_words.brings(replace(FULL, requirements=requirements)))


def every_sentence() -> str:
    """Return every sentence of ours, with numbers in it, as it is read aloud."""
    fixed = [
        *(f"{name}: {what}" for name, what in surgeon_words.KINDS.values()),
        *surgeon_words.NEW_PATIENTS.values(), *surgeon_words.BOOKINGS.values(), *surgeon_words.WHEELCHAIR.values(),
        surgeon_words.WALK_IN, surgeon_words.TELEHEALTH, surgeon_words.INTERPRETER.format("us"),
        surgeon_words.ALWAYS, *surgeon_words.ALONE.values(), *surgeon_words.DOCUMENTS.values(),
        *(words.format(3) for words in surgeon_words.COUNTED.values()),
    ]  # fmt: skip
    return "\n\n".join(fixed)


def test_our_sentences_ask_for_no_more_than_sixth_grade() -> None:
    read = readability.grade(every_sentence())
    assert read.flesch_kincaid <= readability.MOST_GRADE
    assert read.words_per_sentence <= readability.MOST_WORDS
    assert FORBIDDEN.search(every_sentence()) is None


def test_every_choice_has_its_words() -> None:
    assert set(surgeon_words.KINDS) == set(ProcedureKind)
    assert set(surgeon_words.NEW_PATIENTS) == set(Accepting)
    assert set(surgeon_words.BOOKINGS) == set(Booking)
    assert set(surgeon_words.ALONE) == set(RequirementKind)


def test_procedures_are_told_by_kind_with_place_and_practice() -> None:
    own = ProcedureRecord(
        "p9", "own", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, both", "Both nerves"
    )
    known = ProcedureRecord(
        "p8", "decompression_temporal", ProcedureKind.NERVE_DECOMPRESSION, "Nerve decompression, site II"
    )
    said = list(surgeon_words.does(replace(FULL, procedures=(*FULL.procedures, own, known))))
    assert said == [
        "<b>Occipital release</b>: surgery to free a nerve at the back of the head: greater occipital nerve "
        "(since 2009, 40 a year); both nerves",
        "<b>Nerve block</b>: a shot that numbs a nerve, to see if it eases the pain: Diagnostic occipital nerve block",
        "<b>Nerve decompression</b>: surgery to take pressure off a nerve where migraine may start: temple",
    ]


def test_who_can_come_and_how() -> None:
    assert comes(FULL) == (
        "Sees new patients. Sees people who are 18 to 75 years old. The wait for a first visit was 18 days on "
        "November 2, 2026. The surgeon’s office will call you to set a time. You may call there on your own, too. "
        "Speaks English, Spanish. You can have an interpreter for free: call (410) 555-0100."
    )
    assert comes(BARE) == "Sees new patients. You can have an interpreter for free: call (410) 555-0100."
    assert "18 or older" in comes(replace(FULL, age_max=None))
    assert "up to the age of 75" in comes(replace(FULL, age_min=None))
    assert "The wait for a first visit is 1 day." in comes(
        replace(FULL, next_visit_days=1, waits_claimed_on=None)
    )


@pytest.mark.parametrize(("changes", "says"), [
    ({"accepting": Accepting.EXISTING}, "Sees only people who have been there before."),
    ({"away_from": date(2026, 11, 20), "away_to": date(2026, 12, 20)},
     "Does not see new patients now. Call us, and we will look for someone else. Away from November 20, 2026 until "
     "December 20, 2026."),
    ({"away_from": date(2026, 11, 20)}, "Away from November 20, 2026."),
    ({"accepting_from": date(2027, 1, 4)}, "New patients can come from January 4, 2027 on."),
    ({"last_day": date(2027, 1, 31)}, "Sees new patients. The last day there is January 31, 2027."),
    ({"last_day": date(2026, 11, 1)}, "Does not see new patients now."),
])  # fmt: skip
def test_comings_and_goings_are_told(changes: dict[str, object], says: str) -> None:
    assert comes(replace(FULL, **changes)).startswith(says) or says in comes(replace(FULL, **changes))


def test_a_leave_that_is_over_is_not_told() -> None:
    over = replace(
        FULL, away_from=date(2026, 1, 1), away_to=date(2026, 2, 1), accepting_from=date(2026, 3, 1)
    )
    assert comes(over) == comes(FULL)


def test_what_the_office_wants_is_told_with_its_numbers_must_haves_first() -> None:
    assert brings(
        Requirement(RequirementKind.DIARY, level=Level.WISH),
        Requirement(RequirementKind.DOCUMENT, level=Level.WISH, detail="MRI of the neck on a disk"),
        Requirement(RequirementKind.PREVENTIVES, 3),
        Requirement(RequirementKind.BOTULINUM_CYCLES, 1),
        Requirement(RequirementKind.OWN_FORM, detail="form 12"),
        Requirement(RequirementKind.IMAGING_MONTHS, 24, procedure="release-gon"),
    ) == [
        "A list of what you took to prevent headaches, and how it went. They ask for at least 3.",
        "Notes on your botulinum toxin shots: when, and if they helped. They ask for at least 1 round.",
        "The form of this office, filled in by your doctor (form 12)",
        "The pictures and the report of an MRI or CT scan, for this: Occipital release, greater occipital nerve. "
        "It should be no more than 24 months old.",
        "If you have it: your headache diary",
        "If you have it: MRI of the neck on a disk",
        surgeon_words.ALWAYS,
    ]


def test_how_to_get_there_says_what_is_known() -> None:
    place = LocationRecord(
        access="Ramp at the side door.",
        parking="Garage",
        wheelchair=False,
        telehealth=True,
        website="a.example",
    )
    assert surgeon_words.getting_there(place) == (
        "<b>Getting in: </b>Ramp at the side door. There are steps. Call first if you use a wheelchair or a walker. "
        "<b>Parking: </b>Garage. You can ask for a visit by video or phone. <b>Web: </b>a.example"
    )
    assert surgeon_words.getting_there(LocationRecord()) == ""


def test_a_handout_is_named_with_its_language() -> None:
    assert surgeon_words.reads(Handout("Before", "es", "at the desk")) == "Before (Spanish): at the desk"
    assert surgeon_words.reads(Handout("Before")) == "Before"


@pytest.mark.parametrize("kind", AttachmentKind)
def test_each_document_that_an_office_can_ask_for_has_words_of_its_own(kind: AttachmentKind) -> None:
    (words,) = brings(Requirement(RequirementKind.DOCUMENT, detail=str(kind)))[:-1]
    assert words == surgeon_words.DOCUMENTS[kind]
    assert "_" not in words


def test_a_paper_for_a_kind_of_operation_names_the_kind() -> None:
    words = brings(Requirement(RequirementKind.DIARY, procedure="occipital_release"))[0]
    assert words.endswith("for this: Occipital release")
