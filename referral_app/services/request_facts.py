"""What the reports count of a request beside its steps, noted when it is sent: what was missing, and the reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from referral_app.clinical import check, computed, dates
from referral_app.clinical.fields import given
from referral_app.clinical.lines import Line
from referral_app.clinical.thresholds import Thresholds
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import referral_rows, thresholds

GAP = "-gap"
"""Ends the kind of what was not available, with a reason; without it nothing was said."""
_UNSENT = ("signature",)


@dataclass(frozen=True)
class Facts:
    """What was missing, as `kinds` says, and the headache index with the day to which it was counted, if any."""

    missing: str
    headache_index: float | None
    index_on: date | None


def note(session: Session, row: Referral, request: Request) -> None:
    """Fill what the reports count of a request that is sent now; part of sending, which asked already."""
    intake = referral_rows.current(session, row) or {}
    request.begun_on = row.created.astimezone().date()
    request.signed_on = row.signed_at.astimezone().date() if row.signed_at else None
    found = read(intake, request.sent_on, thresholds.for_surgeon(session, None))
    request.missing, request.headache_index, request.index_on = (
        found.missing,
        found.headache_index,
        found.index_on,
    )


def read(intake: Mapping[str, Any], sent_on: date, figures: Thresholds) -> Facts:
    """Return what was missing of a request on the day on which it was sent, and the reading that went with it."""
    found = check.open_points(intake, sent_on, figures)
    index = computed.computed(intake, sent_on)["mhi"]
    return Facts(kinds(found.missing), index, None if index is None else _counted_to(intake, sent_on))


def kinds(lines: Iterable[Line]) -> str:
    """Return the groups of the form in which something is missing or not available, in one text, each once."""
    found = {
        line.field.partition(".")[0].partition("[")[0] + (GAP if line.status == "gap" else "")
        for line in lines
    }
    return " ".join(sorted(one for one in found if one and not one.startswith(_UNSENT)))


def _counted_to(intake: Mapping[str, Any], sent_on: date) -> date:
    """Return the day to which headache days were counted: the end of the diary, else the day of sending."""
    return dates.stored(given(intake, "last_30_days.diary_to")) or sent_on
