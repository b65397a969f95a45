"""What happened to a referral, for other programs: the steps of its requests, always as the table lists them."""

from __future__ import annotations

from typing import Any

from referral_app.database import Database
from referral_app.services import referrals, requests
from referral_app.services.request_records import RequestRecord, StepRecord


def events(db: Database, reference: str) -> list[dict[str, Any]]:
    """Return the steps that stand of every request of a referral, the first request first.

    What was taken back is not among them, so that each step begins where the one before ended. Raises NotFound,
    InvalidInput for a mistyped number, Denied.
    """
    with db.read() as session:
        record = referrals.get(session, reference)
        found = [
            (one, requests.steps(session, record.id, one.number)) for one in requests.find(session, record.id)
        ]
    return [
        _event(request, step)
        for request, steps in reversed(found)
        for step in steps
        if step.undone_at is None
    ]


def _event(request: RequestRecord, step: StepRecord) -> dict[str, Any]:
    return {
        "request": request.number,
        "surgeon": request.surgeon,
        "tid": step.tid,
        "act": str(step.act),
        "from": str(step.before),
        "to": str(step.after),
        "happened_on": step.happened_on.isoformat(),
        "recorded_at": step.recorded_at.isoformat(timespec="seconds"),
        "side": str(step.by),
        "by": step.recorded_by,
        "why": step.why,
        "note": step.note,
        "inferred": step.inferred,
    }


def line(event: dict[str, Any]) -> str:
    """Return an event as a person reads it."""
    said = event["why"] or event["note"]
    inferred = " (inferred)" if event["inferred"] else ""
    return (
        f"{event['request']}  {event['happened_on']}  {event['act']:<14}  {event['from']} > {event['to']}"
        f"{inferred}  {event['by']}  {said}".rstrip()
    )
