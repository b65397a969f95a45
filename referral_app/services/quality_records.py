"""What a request says for quality work, as it stands in the store, before anything is taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DATES = ("begun_on", "signed_on", "sent_on", "received_on", "accepted_on", "booked_on", "visit_on", "seen_on",
         "ended_on", "told_on")  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A request: whose it is by an id, coded answers, and its days by name; no name, number or free text."""

    patient: str
    born: date | None
    zip: str
    sex: str
    urgency: str
    status: str
    reason_given: bool
    missing: str | None
    headache_index: float | None
    days: dict[str, date]
