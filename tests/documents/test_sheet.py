"""The intake as it is laid out."""

from __future__ import annotations

from typing import Any

from referral_app.documents.sheet import Sheet


def sheet(intake: dict[str, Any], marks: frozenset[str] = frozenset(), **computed: Any) -> Sheet:
    return Sheet(intake, computed, marks)


def test_what_was_taken_is_not_said_again() -> None:
    made = sheet({"pain": {"side": "left", "average": 7}})
    assert made.take("pain.side") == "Left"
    assert made.rest("pain") == [("Average pain", "7 of 10")]
    assert made.rest("pain") == []


def test_private_answers_wait_for_their_mark() -> None:
    intake = {"scores": {"phq2": 4, "hit6": 60}}
    assert sheet(intake).rest("scores") == [("HIT-6", "60")]
    assert sheet(intake, frozenset({"scores.phq2"})).rest("scores") == [("HIT-6", "60"), ("PHQ-2", "4")]


def test_gaps_are_listed_with_their_reason() -> None:
    made = sheet(
        {"pain": {"sketch": {"unavailable": "seen by video"}}, "exam": {"unavailable": "no visit yet"}}
    )
    assert made.gaps() == ["Pain: Head sketch: seen by video", "Examination: no visit yet"]


def test_answers_that_the_user_took_back_are_not_printed() -> None:
    made = sheet({"safety": {"blood_thinner": "no", "blood_thinner_name": "Apixaban"}})
    assert ("Blood thinner", "Apixaban") not in made.rest("safety")


def test_blood_tests_are_printed_even_where_they_were_not_needed() -> None:
    assert sheet({"labs": {"esr_mm_h": 12}}, onset_at_50_or_later=False).rest("labs") == [("ESR", "12 mm/h")]
