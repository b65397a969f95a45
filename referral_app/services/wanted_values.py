"""Which procedures and plans a filter means: exactly as they are called, or by words of their names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import ProcedureKind
from referral_app.models.procedure import Procedure
from referral_app.models.surgeon import Plan
from referral_app.services.folding import fold
from referral_app.services.index_entries import value
from referral_app.services.surgeon_records import Query


def values(session: Session, query: Query) -> Iterator[list[str]]:
    """Yield, for each filter by a value, the values of the index of which an entry must have one."""
    if query.procedure:
        yield procedures(session, query.procedure)
    if query.plan:
        yield [value("plan", name) for name in plans(session, query.plan)]
    if query.language:
        yield [value("language", query.language)]
    if query.state:
        yield [value("state", query.state.upper())]


def procedures(session: Session, wanted: str) -> list[str]:
    """Return the values of a kind, a code, or all procedures whose names have words that begin as those given.

    Nerves and sites count only where no name fits: "occipital" is not meant to find blocks of the occipital nerve.
    """
    if wanted in set(ProcedureKind):
        return [value("kind", wanted)]
    rows = session.execute(select(Procedure.code, Procedure.kind, Procedure.name, Procedure.detail)).all()
    if any(row.code == wanted for row in rows):
        return [value("procedure", wanted)]
    named = [row for row in rows if _fits(wanted, f"{row.code} {row.kind.value} {row.kind.label} {row.name}")]
    found = named or [row for row in rows if _fits(wanted, f"{row.name} {row.detail}")]
    return [value("procedure", row.code) for row in found]


def plans(session: Session, wanted: str) -> list[str]:
    """Return the plan of a name, or else all plans whose names have words that begin as those given."""
    names = session.scalars(select(Plan.name).order_by(Plan.name)).all()
    return [wanted] if wanted in names else [name for name in names if _fits(wanted, name)]


def _fits(wanted: str, name: str) -> bool:
    """Tell whether each word wanted is the beginning of a word of a name."""
    words, there = fold(wanted).split(), fold(name).split()
    return bool(words) and all(any(one.startswith(word) for one in there) for word in words)
