"""Reasons in words: what speaks for a surgeon, what is not met, what is open, on both sides of each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from referral_app.choices import Accepting, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services import match_reasons
from referral_app.services.match_reasons import Question
from referral_app.services.surgeon_records import ProcedureRecord, SurgeonRecord

TODAY = date(2026, 11, 28)
RELEASE = ProcedureRecord(
    "1", "occipital_release_greater", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release"
)
KEEN = SurgeonRecord(
    "Ada", "Keen", languages=("en", "es"), procedures=(RELEASE,), plans=("Medicare",),
    plans_verified=(("Medicare", date(2026, 10, 5)),), age_min=18, age_max=70, next_visit_days=9,
)  # fmt: skip
NAMES = {"occipital_release_greater": "Occipital release", "revision_any": "Revision"}


def _said(surgeon: SurgeonRecord, question: Question, miles: float | None = None) -> list[tuple[str, str]]:
    return [
        (point.kind, point.words)
        for point in match_reasons.points(surgeon, question, miles, NAMES, surgeon.requirements, TODAY)
    ]


def test_what_fits_is_said_as_a_reason() -> None:
    question = Question(("occipital_release_greater",), "21230", ("Medicare",), "es", True, 54)
    said = _said(KEEN, question, 3.2)
    assert {kind for kind, _ in said} == {"for"}
    words = [words for _, words in said]
    assert words == [
        "Does occipital release", "Accepting new patients", "In network with Medicare (verified on October 5, 2026)",
        "Speaks Spanish", "Sees patients aged 54", "3.2 straight-line miles away", "Next available in 9 days",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(("revision_any",)), "Not on file as doing revision"),
        (Question(plans=("Sample HMO",)), "Sample HMO is not among the plans on file"),
        (Question(language="vi"), "Vietnamese is not among the languages on file"),
        (
            Question(language="vi", interpreter=True),
            "Vietnamese is not among the languages on file: an interpreter is needed",
        ),
        (Question(age=17), "Sees patients of 18 to 70 years; this one is 17"),
        (Question(age=71), "Sees patients of 18 to 70 years; this one is 71"),
    ],
)
def test_what_does_not_fit_is_said_and_excludes_nobody(question: Question, words: str) -> None:
    assert ("unmet", words) in _said(KEEN, question)


@pytest.mark.parametrize("age", [18, 70])
def test_the_limits_of_age_belong_to_it(age: int) -> None:
    assert ("for", f"Sees patients aged {age}") in _said(KEEN, Question(age=age))


def test_a_surgeon_who_is_away_takes_nobody() -> None:
    away = replace(KEEN, away_from=TODAY, away_to=TODAY)
    assert ("unmet", Accepting.NO.label) in _said(away, Question())


def test_what_is_not_known_is_open() -> None:
    bare = SurgeonRecord("Bo", "Vale", refuses="Workers' compensation")
    said = _said(bare, Question(zip="21230", plans=("Medicare",)))
    assert ("open", "No plan on file: ask about Medicare") in said
    assert ("open", "How far away is not known") in said
    assert ("open", "When the next visit is available is not known") in said
    assert (
        "open",
        "Not taken by this office: “Workers' compensation”. Does that concern this patient?",
    ) in said


def _with(level: Level = Level.MUST, procedure: str | None = None, of_center: bool = False) -> SurgeonRecord:
    asked = Requirement(
        RequirementKind.SPECIALIST_DIAGNOSIS, level=level, procedure=procedure, of_center=of_center
    )
    return replace(KEEN, requirements=(asked,))


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ("yes", "met", "The office asks for a diagnosis confirmed by a headache specialist: recorded"),
        ("no", "unmet", "The office asks for a diagnosis confirmed by a headache specialist: not met"),
        (
            None,
            "open",
            "The office asks for a diagnosis confirmed by a headache specialist: not recorded yet",
        ),
    ],
)
def test_requirements_are_held_against_the_answers(answer: Any, kind: str, words: str) -> None:
    intake = {"diagnosis": {"confirmed_by_specialist": answer} if answer else {}}
    said = _said(_with(), Question(intake=intake))
    assert (kind, words) in said


def test_without_a_referral_a_requirement_is_something_to_ask_about() -> None:
    said = _said(_with(level=Level.WISH), Question())
    assert ("open", "The office likes to see a diagnosis confirmed by a headache specialist") in said


def test_a_requirement_for_another_procedure_is_not_mentioned() -> None:
    surgeon = _with(procedure="revision_any")
    asked = _said(surgeon, Question(("occipital_release_greater",)))
    assert not any("specialist" in words for _, words in asked)
    whole = _said(surgeon, Question(("revision",)))
    assert any("specialist" in words for _, words in whole)


def test_rules_of_the_center_are_for_adults() -> None:
    surgeon = _with(of_center=True)
    intake: dict[str, Any] = {}
    assert any("The Center asks" in words for _, words in _said(surgeon, Question(age=18, intake=intake)))
    assert not any("The Center" in words for _, words in _said(surgeon, Question(age=17, intake=intake)))


def test_a_referral_says_what_it_asks_for() -> None:
    intake = {
        "patient": {
            "address": {"zip": "21230-1234"}, "language": "es", "interpreter_needed": True,
            "date_of_birth": "1984-06-21",
        },
        "coverage": [{"kind": "primary", "payer": "Medicare"}, {"kind": "self_pay"}],
        "request": {"procedures": ["occipital_release_greater"], "urgency": "urgent"},
    }  # fmt: skip
    asked = match_reasons.of_intake(intake, TODAY)
    assert asked.procedures == ("occipital_release_greater",)
    assert (asked.zip, asked.plans, asked.language) == ("21230", ("Medicare", "Self-pay"), "es")
    assert (asked.interpreter, asked.age, asked.hurried, asked.note) == (True, 42, True, "")


@pytest.mark.parametrize(
    ("given", "procedures", "part"),
    [
        ({"request": {"purpose": "diagnostic_block"}}, ("diagnostic_block",), "by what is asked for"),
        (
            {"diagnosis": {"working": "occipital_neuralgia"}},
            ("occipital_release",),
            "by the working diagnosis",
        ),
        ({"diagnosis": {"working": "other"}}, (), "surgeons of every kind"),
        ({}, (), "surgeons of every kind"),
    ],
)
def test_without_a_procedure_it_is_said_what_was_looked_for(
    given: dict[str, Any], procedures: tuple[str, ...], part: str
) -> None:
    asked = match_reasons.of_intake(given, TODAY)
    assert asked.procedures == procedures
    assert part in asked.note


@pytest.mark.parametrize("value", [None, "x", [], {"unavailable": "unknown"}, 7])
def test_odd_answers_ask_for_nothing(value: Any) -> None:
    asked = match_reasons.of_intake({"patient": value, "coverage": value, "request": value}, TODAY)
    assert (asked.procedures, asked.zip, asked.plans, asked.age) == ((), "", (), None)


@pytest.mark.parametrize(
    ("absence", "words"),
    [
        ({"last_day": date(2026, 11, 30)}, "Next visit would be after the last day"),
        (
            {"away_from": date(2026, 12, 1), "away_to": date(2026, 12, 7)},
            "Next visit would be during the leave",
        ),
    ],
)
def test_a_visit_that_is_not_to_be_had_is_said_and_not_promised(absence: dict[str, date], words: str) -> None:
    said = _said(replace(KEEN, **absence), Question())  # type: ignore[arg-type]
    assert ("unmet", words) in said
    assert not [one for _, one in said if one.startswith(("Next available", "Accepting"))]
    assert replace(KEEN, **absence).takes_on(TODAY) is Accepting.NO  # type: ignore[arg-type]


def test_a_visit_on_the_last_day_is_still_to_be_had() -> None:
    last = replace(KEEN, last_day=date(2026, 12, 7))
    assert ("for", "Next available in 9 days") in _said(last, Question())
    assert last.leaves(TODAY) == "Leaves December 7"
    assert replace(KEEN, last_day=date(2027, 1, 7)).leaves(TODAY) == "Leaves January 7, 2027"
    assert replace(KEEN, last_day=date(2026, 11, 27)).leaves(TODAY) == ""


def test_what_is_asked_twice_alike_is_said_once() -> None:
    asked = Requirement(RequirementKind.DIARY, 28, Level.WISH)
    said = _said(replace(KEEN, requirements=(asked, asked)), Question())
    assert len(said) == len(set(said))
