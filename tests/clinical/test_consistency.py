"""Answers that contradict each other or the calendar."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.validation import validate
from tests.clinical.intakes import TODAY, with_answer, with_answers

FUTURE, UNBORN = "This lies in the future.", "This lies before the date of birth."


@pytest.mark.parametrize(
    ("path", "fits", "refused", "sentence"),
    [
        ("patient.date_of_birth", "1984-06-21", "2026-11-24", "The date of birth lies in the future."),
        ("patient.date_of_birth", "1984-06-21", "1890-01-01", "This is more than 130 years ago; check the year."),
        ("diagnosis.onset", "2026-11", "2026-12", FUTURE),
        ("diagnosis.onset", "1984-06", "1984-05", UNBORN),
        ("exam.date", "2026-11-23", "2026-11-24", FUTURE),
        ("exam.date", "1984-06-21", "1984-06-20", UNBORN),
        ("imaging.0.date", "2025-01-01", "2030-01-01", FUTURE),
        ("imaging.0.date", "2025-01-01", "1984-06-20", UNBORN),
        ("treatments.0.started", "2020-01", "1983-01", UNBORN),
        ("treatments.0.stopped", "2020-01", "2019-12", "This lies before the date it began."),
        ("last_30_days.diary_to", "2026-02-10", "2026-02-09", "This lies before the date it began."),
        ("coverage.0.authorization.to", "2027-04-01", "2026-03-31", "This lies before the date it began."),
        ("coverage.0.subscriber.date_of_birth", "1950-01-01", "2030-01-01", FUTURE),
        ("coverage.0.subscriber.date_of_birth", "1950-01-01", "1850-01-01", "This lies before 1900; check the year."),
        ("red_flags.neoplasm.cleared.on", "2026-11-23", "2026-11-24", FUTURE),
        ("last_30_days.migraine_days", 22, 23, "Migraine days cannot be more than headache days (22)."),
        ("exam.bp_diastolic", 123, 124, "The lower blood pressure must be below the upper one."),
    ],
)  # fmt: skip
def test_judges_one_answer_by_others(path: str, fits: Any, refused: Any, sentence: str) -> None:
    place = path.replace(".0", "[0]")
    assert validate(with_answer(path, fits), TODAY) == {}
    assert validate(with_answer(path, refused), TODAY)[place] == sentence


def test_judges_no_dates_by_a_birth_that_cannot_be_right() -> None:
    found = validate(with_answers(("patient.date_of_birth", "2026-11-24")), TODAY)
    assert list(found) == ["patient.date_of_birth"]


def test_names_rows_by_their_place_where_another_row_is_broken() -> None:
    intake = with_answer(
        "treatments", [5, {"class": "snri", "name": "A", "started": "2020-02", "stopped": "2020-01"}]
    )
    assert "treatments[1].stopped" in validate(intake, TODAY)


def test_keeps_the_first_sentence_about_an_answer() -> None:
    found = validate(
        with_answers(("last_30_days.migraine_days", 31), ("last_30_days.headache_days", 2)), TODAY
    )
    assert found == {"last_30_days.migraine_days": "Enter a number from 0 to 30."}
