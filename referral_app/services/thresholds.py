"""The figures of the live check that count: a surgeon's own before the Center's before the program's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import thresholds as figures
from referral_app.clinical.thresholds import Own, Thresholds
from referral_app.models.center import Center
from referral_app.services import events
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord

_STORED = select(Center.thresholds)


@needs(Permission.SEE_DIRECTORY)
def of_center(session: Session) -> dict[str, float]:
    """Return the figures that the Center chose, by name; none where all are those of the program."""
    return _of_center(session)


def _of_center(session: Session) -> dict[str, Any]:
    return dict(session.scalar(_STORED) or {})


@needs(Permission.SEE_DIRECTORY)
def for_surgeon(session: Session, surgeon: SurgeonRecord | None) -> Thresholds:
    """Return the figures for a referral to a surgeon, those of the Center where none is chosen."""
    return counting(_of_center(session), surgeon)


def counting(by_center: Own, surgeon: SurgeonRecord | None) -> Thresholds:
    """Return what `for_surgeon` does, from the figures that the Center chose."""
    return figures.put_together(by_center, dict(surgeon.thresholds) if surgeon else None)


@needs(Permission.CHANGE_DIRECTORY)
def save_of_center(session: Session, own: Mapping[str, float]) -> None:
    """Write the figures that the Center chose, none for those of the program; the audit notes which changed.

    One that is the program's own is left out, so that it follows the program. Raises InvalidInput by
    `thresholds.name`.
    """
    if problems := figures.problems(own):
        raise InvalidInput({f"thresholds.{name}": sentence for name, sentence in problems.items()})
    chosen = differing(own)
    before = _of_center(session)
    changed = sorted(name for name in before.keys() | chosen.keys() if before.get(name) != chosen.get(name))
    if not changed:
        return
    center = session.scalar(select(Center)) or Center(name="Headache Center")
    center.thresholds = chosen or None
    session.add(center)
    session.flush()
    now = {name: chosen.get(name, figures.BY_NAME[name].usual) for name in changed if name in figures.BY_NAME}
    events.record(session, AuditAction.CHANGED, "center_thresholds", fields=changed, now=now)


def differing(own: Mapping[str, float]) -> dict[str, float]:
    """Return the figures that are not those of the program, whole numbers as such."""
    known = {name: figures.BY_NAME[name].settled(value) for name, value in own.items()}
    return {name: value for name, value in known.items() if value != figures.BY_NAME[name].usual}
