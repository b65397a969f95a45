"""How answers read on paper."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.intake import find
from referral_app.documents import values


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("patient.date_of_birth", "2007-03-27", "March 27, 2007"),
        ("patient.date_of_birth", "13/45/2007", "13/45/2007"),
        ("patient.phone", "4105550142", "(410) 555-0142"),
        ("patient.phone", "ask at desk", "ask at desk"),
        ("patient.language", "vi", "Vietnamese"),
        ("patient.message_ok", False, "No"),
        ("patient.needs", ["large_print", "asl"], "Large print, American Sign Language"),
        (
            "patient.support_person",
            {"name": "Minh", "relation": "son", "phone": "4105550143"},
            "Minh (son), (410) 555-0143",
        ),
        (
            "patient.address",
            {"line1": "1 Oak", "city": "Towson", "state": "MD", "zip": "21204"},
            "1 Oak, Towson, MD 21204",
        ),
        ("diagnosis.onset", "2019-05", "May 2019"),
        ("diagnosis.icd10cm", ["M54.81", "X99.99"], "M54.81 Occipital neuralgia; X99.99"),
        ("diagnosis.working", "something else", "something else"),
        ("last_30_days.headache_days", 22, "22 of 30 days"),
        ("last_30_days.headache_days", "many", "many of 30 days"),
        ("last_30_days.hours_per_headache_day", 8.0, "8 hours"),
        ("pain.average", 7, "7 of 10"),
        ("pain.sketch", {"strokes": []}, "Recorded with the sender"),
        ("treatments", "none_tried", "None tried"),
        ("safety.allergies", "none_known", "None known"),
        ("exam.tinel", "not_done", "Not done"),
        ("exam.tinel", {"unavailable": "seen by video"}, "Not available: seen by video"),
        ("exam.tinel", None, ""),
        ("scores.hit6", {"odd": 1}, '{"odd": 1}'),
        ("signature.signed_at", "not a time", "not a time"),
    ],
)
def test_an_answer_is_said_in_words(path: str, value: Any, words: str) -> None:
    assert values.say(find(path), value) == words
