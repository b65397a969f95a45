"""Notes, on both sides of their thresholds."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.check import check
from tests.clinical.intakes import TODAY, with_answers


def notes(*changes: tuple[str, Any]) -> set[str]:
    result = check(with_answers(*changes), today=TODAY)
    return {line.id.removeprefix("note.") for line in result.review if line.status == "note"}


@pytest.mark.parametrize(
    ("key", "quiet", "raised"),
    [
        ("phq2", ("scores.phq2", 2), ("scores.phq2", 3)),
        ("midas_total", ("scores.midas_total", 270), ("scores.midas_total", 271)),
        ("years_since_onset", ("diagnosis.onset", "2023-12"), ("diagnosis.onset", "2023-11")),
        ("recall", ("last_30_days.source", "diary"), ("last_30_days.source", "recall")),
        ("diary_days", ("last_30_days.diary_to", "2026-03-09"), ("last_30_days.diary_to", "2026-03-08")),
        ("worst_pain", ("pain.worst", 6), ("pain.worst", 5)),
        ("short_trials", ("treatments.0.weeks_at_target", 8), ("treatments.0.weeks_at_target", 7)),
        ("effects", ("treatments.0.effect", "unknown"), ("treatments.0.effect", None)),
        ("imaging_age", ("imaging.0.date", "2025-11-23"), ("imaging.0.date", "2025-11-22")),
        ("worse_after.0", ("injections.0.pain_after", 7), ("injections.0.pain_after", 8)),
    ],
)
def test_raises_a_note_and_stays_quiet(key: str, quiet: tuple[str, Any], raised: tuple[str, Any]) -> None:
    assert key not in notes(quiet)
    assert key in notes(raised)
