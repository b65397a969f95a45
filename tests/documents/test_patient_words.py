"""What a record says, in words that ask for no arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.documents import packet_language, patient_words


def said(computed: dict[str, Any] | None = None, **intake: Any) -> list[str]:
    return list(patient_words.counts(intake, computed or {}))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (30, "You had head pain on 30 of the last 30 days. That is every day."),
        (22, "You had head pain on 22 of the last 30 days. That is about 5 days each week."),
        (5, "You had head pain on 5 of the last 30 days. That is about one day each week."),
        (1, "You had head pain on 1 of the last 30 days."),
    ],
)
def test_days_are_said_by_the_week(days: int, words: str) -> None:
    assert said(last_30_days={"headache_days": days}) == [words]


@pytest.mark.parametrize(
    ("hours", "words"),
    [(24, "all day and all night"), (8, "about 8 hours"), (1, "about 1 hour"), (0.5, "less than an hour"),
     (8.5, "between 8 and 9 hours")],
)  # fmt: skip
def test_hours_are_said_as_people_say_them(hours: float, words: str) -> None:
    assert said(last_30_days={"hours_per_headache_day": hours}) == [f"On a day with pain, it lasted {words}."]


@pytest.mark.parametrize(
    ("score", "word"), [(0, "mild"), (3.9, "mild"), (4, "medium"), (7, "strong"), (10, "strong")]
)
def test_pain_is_said_by_its_strength(score: float, word: str) -> None:
    assert said(pain={"average": score})[0].endswith(f"That is {word} pain.")


@pytest.mark.parametrize(("relief", "words"), [(100, "all or almost all"), (86, "most"), (60, "more than half"),
                                               (50, "half"), (20, "less than half")])  # fmt: skip
def test_relief_is_said_as_a_share(relief: float, words: str) -> None:
    assert said({"block_relief": relief}) == [
        f"After your best nerve block, {words} of the pain went away for a time."
    ]


@pytest.mark.parametrize("value", ["many", None, True, 99, -1, {"unavailable": "no diary"}])
def test_what_cannot_be_read_is_not_said(value: Any) -> None:
    assert said(last_30_days={"headache_days": value}) == []


def test_what_was_tried_never_says_that_a_person_failed() -> None:
    rows = [{"class": "triptan", "name": "Sumatriptan", "stop_reason": reason} for reason in
            ("no_benefit", "side_effect", "contraindicated", "cost", "ongoing", "who knows", None)]  # fmt: skip
    assert list(patient_words.tried({"treatments": rows})) == [
        "Sumatriptan: did not help enough", "Sumatriptan: stopped because of side effects",
        "Sumatriptan: not safe for you", "Sumatriptan: stopped because of the cost", "Sumatriptan: you still have it",
        "Sumatriptan", "Sumatriptan",
    ]  # fmt: skip


def test_the_topic_follows_the_working_diagnosis() -> None:
    topics = {name: patient_words.topic({"diagnosis": {"working": name}}) for name in
              ("occipital_neuralgia", "migraine", "chronic_migraine", "facial_pain", "nonsense")}  # fmt: skip
    assert topics == {
        "occipital_neuralgia": "occipital-neuralgia", "migraine": "migraine", "chronic_migraine": "migraine",
        "facial_pain": "other", "nonsense": "other",
    }  # fmt: skip


def test_plans_on_file_are_named() -> None:
    assert patient_words.coverage({"coverage": [{"payer": "A"}, {"payer": "B"}]}) == (
        "The plan we have on file for you is A and B."
    )
    assert patient_words.coverage({}) == ""


def test_spanish_says_the_same_in_spanish() -> None:
    spanish = packet_language.words("es")
    intake = {
        "last_30_days": {"headache_days": 22, "hours_per_headache_day": 8.5}, "pain": {"average": 7},
        "treatments": [{"class": "triptan", "name": "Sumatriptan", "stop_reason": "no_benefit"}],
        "injections": [{"kind": "nerve_block"}, {"kind": "nerve_block"}],
        "coverage": [{"payer": "A"}, {"payer": "B"}],
    }  # fmt: skip
    assert list(patient_words.counts(intake, {"block_relief": 86}, spanish)) == [
        "Tuvo dolor de cabeza en 22 de los últimos 30 días. Es decir, cerca de 5 días por semana.",
        "En un día con dolor, le duró entre 8 y 9 horas.",
        "Casi siempre el dolor fue de 7 en la escala de 0 a 10. Es un dolor fuerte.",
        "Tras su mejor bloqueo de nervio, se le quitó la mayor parte del dolor por un tiempo.",
    ]
    assert list(patient_words.tried(intake, spanish)) == [
        "Sumatriptan: no le ayudó lo suficiente", "Bloqueos de nervio: dos veces",
    ]  # fmt: skip
    assert patient_words.coverage(intake, spanish) == "El plan que tenemos para usted es A y B."
