"""Intakes that the tests start from."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import walk
from referral_app.clinical.intake import INTAKE

TODAY = date(2026, 11, 23)
_FULL = json.loads((Path(__file__).parents[1] / "data" / "referral-full.json").read_text(encoding="utf-8"))


PATHS = sorted({place.path for place in walk(INTAKE, with_computed(_FULL, TODAY))})
"""Every path of the example that applies, tables with the numbers of their rows."""


def full() -> dict[str, Any]:
    """Return a fresh copy of the complete example."""
    return copy.deepcopy(_FULL)


def with_answer(path: str, value: Any, intake: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the intake (the complete example where none is given) with one answer changed or, by None, taken out."""
    intake = full() if intake is None else intake
    *holders, name = path.split(".")
    group = intake
    for holder in holders:
        group = group[int(holder)] if isinstance(group, list) else group.setdefault(holder, {})
    if value is None:
        group.pop(name, None)
    else:
        group[name] = value
    return intake


def with_answers(*changes: tuple[str, Any]) -> dict[str, Any]:
    """Return the complete example with several answers changed."""
    intake = full()
    for path, value in changes:
        with_answer(path, value, intake)
    return intake
