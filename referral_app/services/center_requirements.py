"""What the Center asks of referrals to surgeons whose own office asks for nothing, and who asks for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, ProcedureKind
from referral_app.clinical import requirements as rules
from referral_app.clinical.requirements import BUILT_IN, Requirement
from referral_app.models import center as tables
from referral_app.services import events, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import ProcedureRecord, SurgeonRecord


@needs(Permission.SEE_DIRECTORY)
def defaults(session: Session) -> tuple[Requirement, ...]:
    """Return what the Center asks for in its order: what it chose, else the built-in requirements."""
    return _defaults(session)


def _defaults(session: Session) -> tuple[Requirement, ...]:
    if not _chosen(session):
        return BUILT_IN
    rows = session.scalars(select(tables.DefaultRequirement).order_by(tables.DefaultRequirement.position))
    return tuple(
        Requirement(
            row.kind, row.amount, row.level, row.procedure_kind and str(row.procedure_kind), row.detail
        )
        for row in rows
    )


@needs(Permission.CHANGE_DIRECTORY)
def save_defaults(session: Session, requirements: Sequence[Requirement] | None) -> None:
    """Write what the Center asks for, perhaps nothing; None goes back to the built-in requirements.

    Each is for all procedures or for a kind of them. Raises InvalidInput by `requirements[n].field`.
    """
    chosen = None if requirements is None or tuple(requirements) == BUILT_IN else tuple(requirements)
    if problems := _problems(chosen or ()):
        raise InvalidInput(problems)
    before = _defaults(session), _chosen(session)
    session.execute(delete(tables.DefaultRequirement))
    session.add_all(_row(number, one) for number, one in enumerate(chosen or ()))
    center = session.scalar(select(tables.Center))
    if chosen is not None and center is None:
        center = tables.Center(name="Headache Center")
        session.add(center)
    if center is not None:
        center.own_requirements = chosen is not None
    session.flush()
    if before != (BUILT_IN if chosen is None else chosen, chosen is not None):
        count = len(BUILT_IN if chosen is None else chosen)
        events.record(session, AuditAction.CHANGED, "center_requirements", count=count)


@needs(Permission.SEE_DIRECTORY)
def for_surgeon(session: Session, surgeon: SurgeonRecord | None) -> tuple[Requirement, ...]:
    """Return what is asked of a referral to a surgeon, each with who asks and which procedures its kind has.

    What the surgeon's own office asks for, where it asks for anything, else what the Center asks for; nothing where no
    surgeon is chosen.
    """
    if surgeon is None:
        return ()
    by_center = () if surgeon.requirements else _defaults(session)
    named = {one.procedure for one in surgeon.requirements or by_center}
    known = surgeons.procedures(session) if named & set(ProcedureKind) else []
    return asked(surgeon, by_center, known)


def asked(
    surgeon: SurgeonRecord | None, by_center: Iterable[Requirement], procedures: Iterable[ProcedureRecord]
) -> tuple[Requirement, ...]:
    """Return what `for_surgeon` does, from the Center's requirements and the procedures of the directory."""
    if surgeon is None:
        return ()
    kinds: dict[str, list[str]] = {}
    for one in procedures:
        kinds.setdefault(one.kind, []).append(one.code)
    by_office = bool(surgeon.requirements)
    return tuple(
        replace(one, of_center=not by_office, codes=tuple(kinds.get(one.procedure or "", ())))
        for one in (surgeon.requirements if by_office else by_center)
    )


def listed(surgeon: SurgeonRecord, by_center: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return what is said of a surgeon: as `asked`, without what the Center asks for kinds that are not done there."""
    done = {None, "", *(one.kind for one in surgeon.procedures)}
    found = asked(surgeon, by_center, surgeon.procedures)
    return tuple(one for one in found if not one.of_center or one.procedure in done)


def _chosen(session: Session) -> bool:
    return bool(session.scalar(select(tables.Center.own_requirements)))


def _problems(requirements: Sequence[Requirement]) -> dict[str, str]:
    found = rules.problems(requirements)
    for number, one in enumerate(requirements):
        if one.procedure and one.procedure not in set(ProcedureKind):
            found[f"requirements[{number}].procedure"] = "Choose a kind of procedure, or all."
    return found


def _row(position: int, one: Requirement) -> tables.DefaultRequirement:
    return tables.DefaultRequirement(
        position=position, kind=one.kind, amount=one.amount, level=one.level, detail=one.detail.strip(),
        procedure_kind=ProcedureKind(one.procedure) if one.procedure else None,
    )  # fmt: skip
