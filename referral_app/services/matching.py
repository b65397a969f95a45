"""Finding surgeons in the directory, best first, and saying why.

`page` is for lists: short rows and the count in one call, fast from a dozen entries to a million. `find` returns whole
entries. What a query means and who stands first is in `directory_search`, how it is found in `index_reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import LANGUAGES, Accepting, AuditAction, Permission, ProcedureKind
from referral_app.models.procedure import Procedure
from referral_app.models.surgeon import Surgeon
from referral_app.services import events, query_text, surgeons, wanted_values
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import fold
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import Found, Query, SurgeonRecord
from referral_app.services.surgeon_rows import FoundRow, SurgeonRow

if TYPE_CHECKING:
    from referral_app.services.directory_search import Answer

EVERY_ENTRY = 1 << 30
_SOME = 200


@dataclass(frozen=True)
class Page:
    """Some rows of a search, and how many surgeons fit in all."""

    rows: list[FoundRow]
    count: int


@needs(Permission.SEE_DIRECTORY)
def page(session: Session, query: Query, limit: int = 50, offset: int = 0, today: date | None = None) -> Page:
    """Return the rows of the surgeons at some places of the order, best first, and how many fit.

    Raises InvalidInput for a ZIP code that is unknown.
    """
    answer = _answer(session, query, today)
    numbers = answer.page(limit, offset)
    rows = answer.reading.rows(numbers)
    explained = _explained(session, answer, numbers, rows)
    found = [FoundRow(row, *why) for row, why in zip(rows, explained, strict=True)]
    return Page(found, answer.count)


@needs(Permission.SEE_DIRECTORY)
def find(
    session: Session, query: Query, limit: int = 200, offset: int = 0, today: date | None = None
) -> list[Found]:
    """Return the surgeons that fit, best first, ties by name; raises InvalidInput for a ZIP code that is unknown."""
    return _find(session, query, limit, offset, today)


def _find(
    session: Session, query: Query, limit: int, offset: int = 0, today: date | None = None
) -> list[Found]:
    answer = _answer(session, query, today)
    numbers = answer.page(limit, offset)
    entries = _entries(session, numbers)
    explained = _explained(session, answer, numbers, answer.reading.rows(numbers))
    return [Found(entry, *why) for entry, why in zip(entries, explained, strict=True)]


@needs(Permission.SEE_DIRECTORY)
def count(session: Session, query: Query, today: date | None = None) -> int:
    """Return how many surgeons fit."""
    return _answer(session, query, today).count


@needs(Permission.ADMINISTER)
def exported(session: Session) -> list[SurgeonRecord]:
    """Return every surgeon of the directory by name, for a file; the export is noted."""
    found = [item.surgeon for item in _find(session, Query(sort="name"), EVERY_ENTRY)]
    events.record(session, AuditAction.EXPORTED, "surgeons", count=len(found))
    return found


@needs(Permission.SEE_DIRECTORY)
def warm(session: Session) -> None:
    """Read in what the first searches need, so that none waits for it; meant for the background after the start."""
    from referral_app.services import distance

    answer = _answer(session, Query(), None)
    answer.page(1, 0)
    answer.reading.words()
    for name in ("name", "surgery", "verified", "age_min", "age_max", "zip"):
        answer.reading.column(name)
    distance.number("21287")


@needs(Permission.SEE_DIRECTORY)
def remarks(session: Session, text: str, query: Query) -> list[str]:
    """Return what is to be said of a search and its text: values that are none here, and what was meant."""
    return [*query_text.remarks(text), *wanted_values.remarks(session, query)]


@needs(Permission.SEE_DIRECTORY)
def refuse_unknown(session: Session, query: Query) -> None:
    """Raise InvalidInput, with what there is, for a procedure, plan or language that does not exist."""
    codes = [item.code for item in surgeons.procedures(session)]
    problems: dict[str, str] = {}
    if query.procedure and not wanted_values.procedures(session, query.procedure):
        problems["procedure"] = _unknown(
            "procedure", query.procedure, [*(str(kind) for kind in ProcedureKind), *codes]
        )
    if query.plan and not wanted_values.plans(session, query.plan):
        problems["plan"] = _unknown("plan", query.plan, surgeons.plans(session))
    if query.language and query.language not in LANGUAGES:
        problems["language"] = f"{query.language!r} is not a language code such as en or es."
    if problems:
        raise InvalidInput(problems)


def _unknown(what: str, wanted: str, known: list[str]) -> str:
    return f"There is no {what} {wanted!r}. There are: {', '.join(known)}."


def _answer(session: Session, query: Query, today: date | None) -> Answer:
    from referral_app.services import directory_search  # NumPy is read in when it is needed, not at the start

    return directory_search.answer(session, query, today or date.today())


def _entries(session: Session, numbers: Sequence[int]) -> list[SurgeonRecord]:
    """Return whole entries in the order of their numbers given."""
    found: dict[int, SurgeonRecord] = {}
    for at in range(0, len(numbers), _SOME):
        some = select(Surgeon).where(Surgeon.number.in_(numbers[at : at + _SOME]))
        rows = session.scalars(some.options(*surgeons.loading()))
        found |= {row.number: surgeons.seen(session, row) for row in rows}
    return [found[number] for number in numbers]


def _explained(
    session: Session, answer: Answer, numbers: Sequence[int], rows: Sequence[SurgeonRow]
) -> list[tuple[float | None, tuple[str, ...]]]:
    """Return how far away each entry is, and why it was found."""
    reasons = _reasons(session, answer)
    found: list[tuple[float | None, tuple[str, ...]]] = []
    for number, row in zip(numbers, rows, strict=True):
        miles = answer.miles(number)
        found.append((miles, tuple(reasons(number, row, miles))))
    return found


def _reasons(session: Session, answer: Answer) -> Callable[[int, SurgeonRow, float | None], list[str]]:
    """Return what says why an entry was found; what all entries of a page share is looked up once."""
    query, today = answer.query, answer.today
    named = _procedure_names(session, query)
    plans = wanted_values.plans(session, query.plan) if query.plan else []

    def reasons(number: int, row: SurgeonRow, miles: float | None) -> list[str]:
        found = _spelled(answer, number, row) if answer.slips else []
        found += [named[code] for code in row.procedures if code in named]
        found += [
            f"In network with {name}" for name in plans if len(plans) == 1 or _has_plan(answer, name, number)
        ]
        if query.language:
            found.append(f"Speaks {LANGUAGES.get(query.language, query.language)}")
        if query.age is not None:
            found.append(f"Sees patients aged {query.age}")
        missed, leaves = row.visit_missed(today), row.leaves(today)
        found += [Accepting.YES.label] if row.takes_on(today) is Accepting.YES else []
        found += [leaves] if leaves else []
        found += [f"{miles:g} straight-line miles away"] if miles is not None else []
        if missed:
            found.append(f"Next visit would be {missed}")
        elif row.next_visit_days is not None:
            found.append(f"Next available in {row.next_visit_days} days")
        return found

    return reasons


def _has_plan(answer: Answer, name: str, number: int) -> bool:
    from referral_app.services.index_entries import value

    return number in answer.reading.having("f" + value("plan", name))


def _procedure_names(session: Session, query: Query) -> dict[str, str]:
    """Return the names of the procedures that are asked for, by code."""
    if not query.procedure:
        return {}
    wanted = {of.partition(" ")[2] for of in wanted_values.procedures(session, query.procedure)}
    rows = session.execute(select(Procedure.code, Procedure.kind, Procedure.name))
    return {row.code: row.name for row in rows if row.code in wanted or row.kind in wanted}


def _spelled(answer: Answer, number: int, row: SurgeonRow) -> list[str]:
    """Return which words were taken for those typed, where an entry does not have these."""
    found: list[str] = []
    for slips, typed in zip(answer.slips, answer.typed, strict=False):
        if number not in typed and (meant := next((one for one in slips if number in one.entries), None)):
            found.append(f"Spelled {_as_written(meant.word, row)}")
    return found


def _as_written(word: str, row: SurgeonRow) -> str:
    """Return a word as it stands in the name, or else with a capital letter."""
    written = f"{row.given_name} {row.family_name}".split()
    return next((one for one in written if word in fold(one).split()), word.capitalize())
