"""The 34 transitions of a request: what may happen where, and which steps were skipped where paper comes late.

Source: the table "Harmonized State Transitions" of BSeR (HL7 FHIR IG, 2.0.0-ballot), which harmonizes with IHE 360X.
Everything that it does not list is refused: no outcome straight from a missed visit, nothing after the end.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from referral_app.choices import Party
from referral_app.choices import RequestAct as Act
from referral_app.choices import RequestStatus as Status


@dataclass(frozen=True)
class Transition:
    """One row of the table: its number there, who acts, and what leads from where to where."""

    tid: str
    side: Party
    act: Act
    before: Status
    after: Status


def _rows(act: Act, after: Status, side: Party, *where: tuple[str, Status]) -> tuple[Transition, ...]:
    return tuple(Transition(tid, side, act, before, after) for tid, before in where)


_US, _THEM = Party.INITIATOR, Party.RECIPIENT
TABLE: tuple[Transition, ...] = (
    *_rows(Act.RECEIVE, Status.RECEIVED, _US, ("01", Status.SENT)),
    *_rows(Act.ACCEPT, Status.ACCEPTED, _THEM, ("02", Status.RECEIVED)),
    *_rows(
        Act.DECLINE, Status.DECLINED, _THEM, ("03", Status.RECEIVED), ("05", Status.ACCEPTED),
        ("10", Status.SCHEDULED), ("17", Status.UNATTENDED), ("25", Status.SEEN), ("33", Status.ACTIVE),
    ),
    *_rows(
        Act.ASK_CANCEL, Status.CANCEL_ASKED, _US, ("04", Status.RECEIVED), ("07", Status.ACCEPTED),
        ("14", Status.SCHEDULED), ("20", Status.UNATTENDED), ("22", Status.VISIT_CANCELED), ("28", Status.SEEN),
        ("34", Status.ACTIVE),
    ),
    *_rows(
        Act.SCHEDULE, Status.SCHEDULED, _THEM, ("06", Status.ACCEPTED), ("11", Status.SCHEDULED),
        ("18", Status.UNATTENDED), ("21", Status.VISIT_CANCELED), ("26", Status.SEEN),
    ),
    *_rows(Act.NO_SHOW, Status.UNATTENDED, _THEM, ("12", Status.SCHEDULED)),
    *_rows(
        Act.CANCEL_VISIT, Status.VISIT_CANCELED, _THEM, ("13", Status.SCHEDULED), ("19", Status.UNATTENDED),
        ("27", Status.SEEN),
    ),
    *_rows(
        Act.INTERIM_NOTE, Status.SEEN, _THEM, ("08", Status.ACCEPTED), ("15", Status.SCHEDULED), ("29", Status.SEEN),
    ),
    *_rows(
        Act.OUTCOME, Status.COMPLETED, _THEM, ("09", Status.ACCEPTED), ("16", Status.SCHEDULED),
        ("24", Status.CANCEL_ASKED), ("30", Status.SEEN),
    ),
    *_rows(Act.CONFIRM_CANCEL, Status.CANCELED, _THEM, ("23", Status.CANCEL_ASKED)),
    *_rows(Act.ACTIVATE, Status.ACTIVE, _THEM, ("31", Status.ACCEPTED), ("32", Status.ACTIVE)),
)  # fmt: skip
"""The table, by act; 01 is the receipt of what was sent, which the table calls sending."""

OVER = frozenset({Status.DECLINED, Status.CANCELED, Status.COMPLETED})
"""Where a request ends; nothing leads out of these."""

_INFERRED = (Act.RECEIVE, Act.ACCEPT, Act.SCHEDULE)
"""What may be taken for granted where a later step is on paper; nobody's refusal, absence or outcome is."""
_BY_PLACE = {(one.before, one.act): one for one in TABLE}


def find(before: Status, act: Act) -> Transition | None:
    """Return the transition of an act where a request stands, None where the table has none."""
    return _BY_PLACE.get((before, act))


def path(before: Status, act: Act) -> tuple[Transition, ...]:
    """Return the transitions that lead to an act from where a request stands, the skipped ones first.

    It is the shortest way by steps that may be inferred; empty where there is none, which is a refusal.
    """
    waiting: deque[tuple[Status, tuple[Transition, ...]]] = deque([(before, ())])
    seen = {before}
    while waiting:
        at, steps = waiting.popleft()
        if last := find(at, act):
            return (*steps, last)
        for skipped in _INFERRED:
            step = find(at, skipped)
            if step and step.after not in seen:
                seen.add(step.after)
                waiting.append((step.after, (*steps, step)))
    return ()


def acts(before: Status) -> tuple[Act, ...]:
    """Return what may be recorded where a request stands, in the order of the list, skipped steps allowed for."""
    return tuple(act for act in Act if path(before, act))
