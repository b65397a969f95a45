"""The reports over the requests of a period: where time goes, what was completed, waits, what was missing, the index.

Each is one act with one event in the audit. They count and never judge: the index before and after is no proof of an
effect, as nothing else is compared (reference/clinical.md 2.6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.services import events, report_counts, report_words
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, needs
from referral_app.services.report_counts import Canceled, Progress, Stopped
from referral_app.services.report_records import Change, Part, Report, Wanted

__all__ = ["KINDS", "Kind", "Part", "Report", "Stopped", "Wanted", "make"]


@dataclass(frozen=True)
class Kind:
    """A report: what it is called, and what a person should know who reads it."""

    title: str
    note: str = ""


KINDS = {
    "steps": Kind(
        "Time in each step",
        "Days are whole days between the day of one step and that of the next, of those that reached both. Percentiles "
        "are of the nearest rank.",
    ),
    "completion": Kind("How many were completed, and why not"),
    "waits": Kind(
        "Waits for each surgeon",
        "From the day of sending to the day of the visit, or of the first operation. Fewer than five are too few for a "
        "figure. Who still waits is not counted.",
    ),
    "missing": Kind("What was missing at signature"),
    "index": Kind(
        "Headache index, first and latest reading",
        "Patients with two referrals or more, each compared with themselves. No other treatment, season or chance is "
        "accounted for: this is no proof that a referral or an operation helped.",
    ),
}  # fmt: skip
"""The reports by key, in their order."""


def _steps(session: Session, wanted: Wanted, progress: Progress, canceled: Canceled) -> tuple[Part, ...]:
    return report_words.steps(report_counts.steps(session, wanted, progress, canceled))


def _completion(session: Session, wanted: Wanted, progress: Progress, canceled: Canceled) -> tuple[Part, ...]:
    found = report_counts.steps(session, wanted, progress, canceled)
    return report_words.completion(replace(found, reasons=report_counts.reasons(session, wanted)))


def _waits(session: Session, wanted: Wanted, _progress: Progress, canceled: Canceled) -> tuple[Part, ...]:
    consultations = report_counts.consultations(session, wanted, canceled)
    return report_words.waits(consultations, report_counts.operations(session, wanted))


def _missing(session: Session, wanted: Wanted, progress: Progress, canceled: Canceled) -> tuple[Part, ...]:
    return report_words.gaps(report_counts.gaps(session, wanted, progress, canceled))


def _index(session: Session, wanted: Wanted, _progress: Progress, canceled: Canceled) -> tuple[Part, ...]:
    pairs = report_counts.readings(session, wanted, canceled)
    if not pairs:
        return report_words.change(Change(0))
    first, latest = zip(*pairs, strict=True)
    return report_words.change(
        Change(
            len(pairs), round(median(first), 1), round(median(latest), 1),
            round(median(after - before for before, after in pairs), 1),
            sum(after <= before / 2 for before, after in pairs if before > 0),
        )
    )  # fmt: skip


_MAKE: dict[str, Callable[[Session, Wanted, Progress, Canceled], tuple[Part, ...]]] = {
    "steps": _steps, "completion": _completion, "waits": _waits, "missing": _missing, "index": _index,
}  # fmt: skip


@needs(Permission.SEE_PATIENTS)
def make(
    session: Session,
    key: str,
    wanted: Wanted,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> Report:
    """Return a report by its key of KINDS, over what the person who acts may see.

    Raises InvalidInput by field where the period ends before it begins or there is no such report, Stopped where it
    was canceled, Denied.
    """
    if key not in KINDS:
        raise InvalidInput({"report": f"There is no report {key!r}."})
    if wanted.until < wanted.since:
        raise InvalidInput({"until": "The period ends before it begins. Choose a later end."})
    parts = _MAKE[key](session, wanted, progress, canceled)
    events.record(
        session, AuditAction.SEARCHED, "report", key, since=wanted.since.isoformat(),
        until=wanted.until.isoformat(), practice=wanted.practice_id, surgeon=wanted.surgeon_id,
    )  # fmt: skip
    kind = KINDS[key]
    return Report(key, kind.title, wanted.words, parts, kind.note)


@needs(Permission.SEE_PATIENTS)
def exported(session: Session, keys: Sequence[str], about: str) -> None:
    """Note that the tables of some reports are taken out as a file, and of what; raises Denied."""
    events.record(session, AuditAction.EXPORTED, "report", ",".join(keys), about=about)


@needs(Permission.SEE_PATIENTS)
def sees_every_practice(session: Session) -> bool:
    """Tell whether the person who acts may choose between practices."""
    return actor(session).sees_every_practice
