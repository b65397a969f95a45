"""Single answers on both sides of what their field takes."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical import answers, intake

PHONE = "Type the phone number with its area code, such as 410-555-0142."
TIME = "Give date and time, such as 2026-03-27T14:30Z."
MONTH = "Type the month as a number from 1 to 12 or as a name, such as 5/2019."
NERVES = "Choose from Greater occipital nerve, Lesser occipital nerve or Third occipital nerve."
SKETCH = "This head sketch cannot be read; draw it again."
DAYS = "Enter a number from 0 to 30."


@pytest.mark.parametrize(
    ("path", "fits", "refused", "sentence"),
    [
        ("last_30_days.headache_days", 30, 31, DAYS),
        ("last_30_days.headache_days", 0, -1, DAYS),
        ("last_30_days.headache_days", 5.0, 5.5, "Enter a whole number from 0 to 30."),
        ("last_30_days.headache_days", 1, True, DAYS),
        ("last_30_days.headache_days", 1, "1", DAYS),
        ("last_30_days.headache_days", 1, float("nan"), DAYS),
        ("last_30_days.headache_days", 1, 10**400, DAYS),
        ("last_30_days.hours_per_headache_day", 24, 24.1, "Enter a number from 0 to 24 hours."),
        ("safety.height_cm", 280, 281, "Enter a number from 30 to 280 cm."),
        ("pain.average", 10, 11, "Enter a number from 0 to 10."),
        ("scores.midas_total", 276, 277, "Enter a number from 0 to 276."),
        ("scores.hit6", 36, 35, "Enter a number from 36 to 78."),
        ("scores.phq9", 27, 28, "Enter a number from 0 to 27."),
        ("patient.sex", "other", "x", "Choose Female, Male, Other or Unknown."),
        ("patient.sex", "other", ["other"], "Choose Female, Male, Other or Unknown."),
        ("treatments.class", "device", "drug", "Choose one of the list."),
        ("pain.nerves", ["greater", "third"], ["greater", "greater"], "Choose each only once."),
        ("pain.nerves", ["greater"], "greater", NERVES),
        ("diagnosis.prior_procedures", ["none"], ["none", "craniotomy"], "Choose either None or what applies."),
        ("patient.message_ok", False, "yes", "Answer yes or no."),
        ("patient.message_ok", True, 1, "Answer yes or no."),
        ("patient.phone", "410-555-0142", "5550", PHONE),
        ("patient.phone", "410-555-0142", 4105550142, PHONE),
        ("patient.phone", "410-555-0142", "410-555-0142\u202e", PHONE),
        ("patient.email", "a.b@c.example", "a.b@c", "Type the email address with @, such as office@example.org."),
        ("patient.email", "a@c.org", "a b@c.org", "Type the email address with @, such as office@example.org."),
        ("patient.address.zip", "21287", "2128", "Type five digits, or nine as 21287-0001."),
        ("patient.address.zip", "21287-0001", "21287-001", "Type five digits, or nine as 21287-0001."),
        ("patient.address.zip", "21287", "\u0662\u0661\u0662\u0668\u0667", "Type five digits, or nine as 21287-0001."),
        ("patient.address.state", "DC", "Maryland", "Type the two letters of the state, such as MD."),
        ("patient.language", "es", "xx", "Choose a language from the list."),
        ("referrer.npi", "1234567893", "1234567890", "Check this NPI: one of its digits is mistyped."),
        ("referrer.npi", "1234567893", 1234567893, "Type the ten digits of the NPI."),
        ("request.surgeon", "9000000015", "9000000016", "Check this NPI: one of its digits is mistyped."),
        ("request.surgeon", "6f1c2d34-9d5b-4a75-8f0e-0123456789ab", "x" * 101, "Choose one of the directory."),
        ("request.question", "Does it help him", "Does it help", "Write 15 to 300 characters; this has 12."),
        ("request.question", "x" * 300, "x" * 301, "Write 15 to 300 characters; this has 301."),
        ("request.procedures", ["revision"], ["revision", " "], "Type one on each line."),
        ("referrer.copy_to", ["Dr. A"], ["Dr.\u202eA"], "This text holds hidden characters; type it again."),
        ("diagnosis.icd10cm", ["M54.81"], ["M54.81", "M54.81"], "Choose each code only once."),
        ("diagnosis.icd10cm", ["M54.81"], "M54.81", "Choose codes such as M54.81."),
        ("patient.date_of_birth", "2007-03-27", "13/45/2007", "Month first, such as 3/27/2007."),
        ("patient.date_of_birth", "2007-03-27", "3/27/2007", "Write this in the form 2007-03-27."),
        ("patient.date_of_birth", "2007-03-27", 20070327, "Type this as text, such as 2007-03-27."),
        ("diagnosis.onset", "2019-05", "2019-13", MONTH),
        ("signature.signed_at", "2026-03-16T19:42:00Z", "2026-03-16", TIME),
        ("signature.signed_at", "2026-03-16T19:42+05:00", "2026-02-30T10:00Z", TIME),
        ("patient.family_name", "Đặng", "Жук", "Type the name in Latin letters, as on the insurance card."),
        ("patient.family_name", "x" * 1000, "x" * 1001, "Shorten this to 1,000 characters."),
        ("patient.family_name", "Ann", 5, "Type this as words."),
        ("goals.patient_goal", "x" * 10_000, "x" * 20_001, "Shorten this to 20,000 characters."),
        ("pain.sketch", {"regions": ["back"]}, "drawn", SKETCH),
        ("pain.sketch", {"strokes": [{"points": [[0, 1]]}]}, {"a": [[[[[[[[[1]]]]]]]]]}, SKETCH),
    ],
)  # fmt: skip
def test_takes_what_fits_and_says_what_does_not(path: str, fits: Any, refused: Any, sentence: str) -> None:
    field = intake.find(path)
    assert answers.problem(field, fits) == ""
    assert answers.problem(field, refused) == sentence


def test_measures_depth_without_recursion() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert not answers.shallow(deep, 8, 1000)
    assert answers.shallow([[1]], 2, 1000)
    assert not answers.shallow([[1]], 1, 1000)
    assert not answers.shallow([0] * 1000, 2, 1000)
