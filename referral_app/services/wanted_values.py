"""Which procedures and plans a filter means: exactly as they are called, or by words of their names.

Where no name fits, one or two wrong letters of a word are forgiven, as in the search itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    if not found and (
        meant := corrected(wanted, (f"{row.kind.label} {row.name} {row.detail}" for row in rows))
    ):
        return procedures(session, meant)
    return [value("procedure", row.code) for row in found]


def plans(session: Session, wanted: str) -> list[str]:
    """Return the plan of a name, or else all plans whose names have words that begin as those given."""
    names = session.scalars(select(Plan.name).order_by(Plan.name)).all()
    if wanted in names:
        return [wanted]
    found = [name for name in names if _fits(wanted, name)]
    if not found and (meant := corrected(wanted, names)):
        return [name for name in names if _fits(meant, name)]
    return found


def remarks(session: Session, query: Query) -> list[str]:
    """Return a sentence for each procedure and plan that is not called so: what is meant, or that it is none."""
    named: list[tuple[str, str, Iterable[str]]] = []
    if query.procedure and query.procedure not in set(ProcedureKind):
        rows = session.execute(select(Procedure.code, Procedure.kind, Procedure.name, Procedure.detail)).all()
        names = [f"{row.code} {row.kind.value} {row.kind.label} {row.name} {row.detail}" for row in rows]
        named.append(("procedure", query.procedure, names))
    if query.plan:
        named.append(("plan", query.plan, session.scalars(select(Plan.name)).all()))
    return [said for what, wanted, names in named if (said := _remark(what, wanted, list(names)))]


def corrected(wanted: str, names: Iterable[str]) -> str:
    """Return words with the nearest words of some names in the place of those that no name has.

    "" where nothing is wrong, or where a word has none that is near.
    """
    from rapidfuzz.distance import OSA

    from referral_app.services.spelling import slips  # NumPy is read in when it is needed, not at the start

    there = sorted({word for name in names for word in fold(name).split()})
    found: list[str] = []
    for word in fold(wanted).split():
        if any(one.startswith(word) for one in there):
            found.append(word)
            continue
        near = min(((OSA.distance(word, one), one) for one in there), default=(slips(word) + 1, ""))
        if near[0] > slips(word):
            return ""
        found.append(near[1])
    return "" if found == fold(wanted).split() else " ".join(found)


def _remark(what: str, wanted: str, names: list[str]) -> str:
    if any(_fits(wanted, name) for name in names):
        return ""
    meant = corrected(wanted, names)
    if meant and any(_fits(meant, name) for name in names):
        return f"No {what} is called “{wanted}”: this looks for {meant}."
    return f"“{wanted}” is not a {what} here."


def _fits(wanted: str, name: str) -> bool:
    """Tell whether each word wanted is the beginning of a word of a name."""
    words, there = fold(wanted).split(), fold(name).split()
    return bool(words) and all(any(one.startswith(word) for one in there) for word in words)
