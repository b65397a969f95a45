"""The live check of a full referral against its two milliseconds."""

from __future__ import annotations

import json

from referral_app.clinical import check
from referral_app.paths import resource
from tests.benchmarks.figures import Figure, medians

LIMIT_MS = 2.0


def measure() -> list[Figure]:
    """Return the median time of a check."""
    intake = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    took = medians({"check": lambda: check.check(intake)}, turns=300)
    return [Figure("check of a full referral", took["check"], "ms", "limit", LIMIT_MS)]
