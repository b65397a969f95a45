"""What surgeons and the Center ask for: met, not met and not recorded, on both sides of each threshold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import AttachmentKind, Level, RequirementKind
from referral_app.clinical.check import Requirement, check
from referral_app.clinical.computed import with_computed
from referral_app.clinical.requirement_lines import judge, months_between
from referral_app.clinical.requirements import AMOUNTS
from referral_app.clinical.thresholds import DEFAULTS
from tests.clinical.intakes import TODAY, full, with_answer, with_answers
from tests.clinical.test_requirements import REQUIREMENTS

K = RequirementKind
SAME = ("patient.suffix", None)


def judged(requirement: Requirement, *changes: tuple[str, Any]) -> bool | None:
    return judge(requirement, with_computed(with_answers(*changes), TODAY), DEFAULTS, TODAY).met


@pytest.mark.parametrize(
    ("kind", "amount", "change", "found"),
    [
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", "yes"), True),
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", "pending"), False),
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", None), None),
        (K.PREVENTIVES, 4, SAME, True),
        (K.PREVENTIVES, 5, SAME, False),
        (K.PREVENTIVES, 1, ("treatments", "none_tried"), False),
        (K.PREVENTIVES, 1, ("treatments", {"unavailable": "no chart"}), None),
        (K.BLOCK_RELIEF, 75, SAME, True),
        (K.BLOCK_RELIEF, 76, SAME, False),
        (K.BLOCK_RELIEF, 50, ("injections", None), None),
        (K.BOTULINUM_CYCLES, 3, SAME, True),
        (K.BOTULINUM_CYCLES, 4, SAME, False),
        (K.BOTULINUM_CYCLES, 1, ("injections", None), None),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2025-07-23"), True),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2025-07-22"), False),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2027-07-22"), None),
        (K.IMAGING_MONTHS, 16, ("imaging.0.type", "xray"), None),
        (K.HEADACHE_DAYS, 22, SAME, True),
        (K.HEADACHE_DAYS, 23, SAME, False),
        (K.DIARY, None, ("last_30_days.source", "diary"), True),
        (K.DIARY, None, ("last_30_days.source", "recall"), False),
        (K.DIARY, 33, ("last_30_days.diary_to", "2026-03-14"), True),
        (K.DIARY, 34, ("last_30_days.diary_to", "2026-03-14"), False),
        (K.DIARY, 28, ("last_30_days.diary_to", None), None),
        (K.NO_NICOTINE, None, ("safety.nicotine", "current"), False),
        (K.NO_NICOTINE, None, ("safety.nicotine", "former"), True),
        (K.NO_NICOTINE, None, ("safety.nicotine", "never"), True),
        (K.NO_NICOTINE, None, ("safety.nicotine", None), None),
        (K.NO_NICOTINE, None, ("safety.nicotine", {"unavailable": "not told"}), None),
        (K.NO_BLOOD_THINNER, None, ("safety.blood_thinner", "no"), True),
        (K.NO_BLOOD_THINNER, None, ("safety.blood_thinner", "not_asked"), None),
        (K.NO_BLOOD_THINNER, None, ("safety.blood_thinner", None), None),
    ],
)
def test_judges_both_sides(
    kind: RequirementKind, amount: int | None, change: Any, found: bool | None
) -> None:
    assert judged(Requirement(kind, amount), change) is found


@pytest.mark.parametrize(("prescriber", "found"), [("Dr. Ada Lund", True), (None, None)])
def test_a_blood_thinner_is_fine_where_its_prescriber_is_named(prescriber: Any, found: bool | None) -> None:
    changes = (("safety.blood_thinner", "yes"), ("safety.blood_thinner_prescriber", prescriber))
    assert judged(Requirement(K.NO_BLOOD_THINNER), *changes) is found


@pytest.mark.parametrize(
    ("height", "weight", "found"),
    [
        (170, 115.6, True), (170, 115.7, False), (170, 115.59, True), (172.5, 119.025, True), (None, 100, None),
        (170, None, None), (170, {"unavailable": "scale broken"}, None), (170, 9000, None),
    ],
)  # fmt: skip
def test_a_body_mass_index_at_the_limit_itself_is_met(height: Any, weight: Any, found: bool | None) -> None:
    changes = (("safety.height_cm", height), ("safety.weight_kg", weight))
    assert judged(Requirement(K.BODY_MASS_INDEX, 40), *changes) is found


@given(st.integers(300, 2800), st.integers(10, 5000), st.integers(AMOUNTS[K.BODY_MASS_INDEX].low, 80))
def test_a_body_mass_index_is_exact_in_tenths(height: int, weight: int, limit: int) -> None:
    changes = (("safety.height_cm", height / 10), ("safety.weight_kg", weight / 10))
    met = judged(Requirement(K.BODY_MASS_INDEX, limit), *changes)
    assert met is (weight * 100_000 <= limit * height * height)


@pytest.mark.parametrize("kind", AttachmentKind)
def test_a_document_is_met_where_one_of_its_kind_is_attached(kind: AttachmentKind) -> None:
    asked = Requirement(K.DOCUMENT, detail=str(kind))
    assert judged(asked, ("attachments", [{"kind": str(kind)}])) is True
    others = [{"kind": str(other)} for other in AttachmentKind if other is not kind]
    assert judged(asked, ("attachments", others)) is None
    assert judged(asked, ("attachments", None)) is None


@pytest.mark.parametrize(
    ("attached", "found"),
    [
        ({"kind": "other", "title": "Keen intake form"}, True),
        ({"kind": "other", "title": "  keen  INTAKE form "}, True),
        ({"kind": "other", "title": "Another form"}, None),
        ({"kind": "other"}, None),
        ({"kind": "consent", "title": "Keen intake form"}, None),
    ],
)
def test_an_own_form_is_met_where_it_is_attached_by_its_name(
    attached: dict[str, str], found: bool | None
) -> None:
    assert judged(Requirement(K.OWN_FORM, detail="Keen intake form"), ("attachments", [attached])) is found
    assert judged(Requirement(K.OWN_FORM), ("attachments", [attached])) is None


@given(REQUIREMENTS)
def test_an_answer_that_was_not_given_is_never_not_met(requirement: Requirement) -> None:
    assert judge(requirement, with_computed({}, TODAY), DEFAULTS, TODAY).met is None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "other", "diary"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(REQUIREMENTS, JSON, JSON, JSON)
def test_no_answer_of_another_type_stops_the_check(
    requirement: Requirement, one: Any, two: Any, three: Any
) -> None:
    broken = with_answers(("attachments", [one, {"kind": one, "title": two}]), ("safety", three))
    for path in ("nicotine", "height_cm", "weight_kg", "blood_thinner"):
        if isinstance(three, dict):
            three[path] = two
    check(broken, (requirement,), TODAY)


def lines(requirement: Requirement, intake: dict[str, Any] | None = None) -> set[tuple[str, str, str]]:
    found = check(intake or full(), (requirement,), TODAY)
    assert found.ready, "a requirement never blocks"
    told = [line for line in (*found.supports, *found.review) if ".requirement." in line.id]
    return {(line.status, line.text, line.source) for line in told}


OFFICE, CENTER = "This surgeon's office", "The Center"


@pytest.mark.parametrize(
    ("requirement", "status", "text", "source"),
    [
        (Requirement(K.BLOCK_RELIEF, 80), "review",
         "This surgeon's office returns referrals without at least 80 % relief from a nerve block: not met.", OFFICE),
        (Requirement(K.BLOCK_RELIEF, 80, Level.WISH), "note",
         "This surgeon's office likes to see at least 80 % relief from a nerve block: not met.", OFFICE),
        (Requirement(K.BLOCK_RELIEF, 75, Level.WISH), "supports",
         "This surgeon's office asks for at least 75 % relief from a nerve block: recorded.", OFFICE),
        (Requirement(K.BLOCK_RELIEF, 80, of_center=True), "review",
         "The Center asks for at least 80 % relief from a nerve block: not met.", CENTER),
        (Requirement(K.BLOCK_RELIEF, 80, Level.WISH, of_center=True), "note",
         "The Center likes to see at least 80 % relief from a nerve block: not met.", CENTER),
        (Requirement(K.BLOCK_RELIEF, 75, of_center=True), "supports",
         "The Center asks for at least 75 % relief from a nerve block: recorded.", CENTER),
        (Requirement(K.DOCUMENT, detail="consent"), "review",
         "This surgeon's office returns referrals without an attached signed consent: not recorded.", OFFICE),
        (Requirement(K.OWN_FORM, detail="Intake"), "review",
         "This surgeon's office returns referrals without the form “Intake”, filled in: not recorded.", OFFICE),
    ],
)  # fmt: skip
def test_a_line_tells_who_asks_and_how_firmly(
    requirement: Requirement, status: str, text: str, source: str
) -> None:
    assert lines(requirement) == {(status, text, source)}


def test_a_must_have_that_is_not_recorded_says_so() -> None:
    text = "This surgeon's office returns referrals without an MRI or CT: not recorded."
    assert lines(Requirement(K.IMAGING_MONTHS), with_answer("imaging", None)) == {("review", text, OFFICE)}


def test_the_absence_of_something_is_asked_for_without_two_negations() -> None:
    text = "This surgeon's office asks for no nicotine use now and returns other referrals: not met."
    smoker = with_answer("safety.nicotine", "current")
    assert lines(Requirement(K.NO_NICOTINE), smoker) == {("review", text, OFFICE)}


def test_a_requirement_of_another_procedure_is_left_out() -> None:
    asked = Requirement(K.DIARY, procedure="revision")
    assert lines(asked) == set()
    assert lines(asked, with_answer("request.procedures", ["revision"]))
    assert lines(asked, with_answer("request.procedures", None))


def test_two_documents_are_two_lines_with_ids_of_their_own() -> None:
    both = tuple(Requirement(K.DOCUMENT, detail=kind) for kind in ("consent", "diary"))
    found = check(full(), both, TODAY)
    ids = [line.id for line in (*found.supports, *found.review) if ".requirement." in line.id]
    assert sorted(ids) == [
        "review.requirement.document.consent.must",
        "supports.requirement.document.diary.must",
    ]


@pytest.mark.parametrize(("born", "asked"), [("2008-11-23", 1), ("2008-11-24", 0)])
def test_what_the_center_asks_for_is_left_out_under_18(born: str, asked: int) -> None:
    child = with_answers(("patient.date_of_birth", born), ("diagnosis.onset", "2024-01"))
    for of_center, expected in ((True, asked), (False, 1)):
        found = check(child, (Requirement(K.DIARY, of_center=of_center),), TODAY)
        told = [line for line in (*found.supports, *found.review) if ".requirement." in line.id]
        assert len(told) == expected


def test_counts_a_begun_month_as_one() -> None:
    assert months_between(TODAY.replace(year=2025), TODAY) == 12
    assert months_between(TODAY.replace(year=2025, day=22), TODAY) == 13
