"""Making what is printed of the directory: cards for patients, the list of a search, sheets to verify entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from referral_app.choices import LANGUAGES
from referral_app.database import Database, Session
from referral_app.jobs import patient_texts
from referral_app.jobs.papers import Made
from referral_app.services import center, center_requirements, directory_printing, matching, surgeons
from referral_app.services import verification as due_entries
from referral_app.services.center_requirements import listed
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Found, Query, SurgeonRecord

if TYPE_CHECKING:
    from referral_app.documents.directory_list import Directory

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]

CARD, DIRECTORY, VERIFICATION = KINDS = ("card", "directory", "verification")
MOST_SURGEONS = 200
"""The most cards or sheets in one document."""
MOST_LISTED = 10_000
"""The most surgeons on a list: three thousand pages and half a minute; nobody leafs through more."""
NOTHING = "Choose at least one surgeon."
NOTHING_STALE = f"Every entry of the directory was verified within {due_entries.STALE_DAYS} days."
_PAGE = 200
_SORTS = {
    "match": "best match first", "distance": "the nearest first", "wait": "the next available visit first",
    "surgery": "the next available surgery first", "name": "by last name", "verified": "the latest verified first",
}  # fmt: skip
_TURNED = {
    "distance": "the farthest first", "wait": "the longest wait first", "surgery": "the longest wait for surgery first",
    "name": "by last name from Z to A", "verified": "the longest unverified first",
}  # fmt: skip


class _Stopped(Exception):
    """The work was canceled."""


def cards(
    db: Database,
    surgeon_ids: Sequence[str],
    *,
    large: bool = False,
    today: date | None = None,
) -> Made:
    """Return the cards of surgeons for patients as one document; raises InvalidInput naming what stands in the way.

    What becomes of them is recorded by `papers.left`.
    """
    from referral_app.documents import surgeon_card

    day = today or date.today()
    with db.read() as session:
        chosen = _chosen(session, surgeon_ids)
        photos = [surgeons.photo(session, one.id) for one in chosen]
        home = center.get(session)
        by_center = center_requirements.defaults(session)
        asked = [replace(one, requirements=listed(one, by_center)) for one in chosen]
        texts = patient_texts.in_force(session, "en").markdown
        directory_printing.shown(session, CARD, [one.id for one in chosen])
    broken = {
        one.id
        for one, photo in zip(chosen, photos, strict=True)
        if photo and not surgeon_card.readable(photo)
    }
    made = [
        surgeon_card.Card(one, home, day, None if one.id in broken else photo, large, texts)
        for one, photo in zip(asked, photos, strict=True)
    ]
    notes = (f"The photo of {one.name} cannot be read and is left out." for one in chosen if one.id in broken)
    return _paper(CARD, "surgeon-card", day, surgeon_card.render(made), chosen, tuple(notes))


def verification(
    db: Database,
    surgeon_ids: Sequence[str] | None = None,
    *,
    today: date | None = None,
) -> Made:
    """Return sheets to verify entries, as one document; None for all that are to be verified.

    Raises InvalidInput naming what stands in the way.
    """
    from referral_app.documents import verification_sheet

    day = today or date.today()
    left_out = 0
    with db.read() as session:
        if surgeon_ids is None:
            chosen, left_out = _stale(session, day)
        else:
            chosen = _chosen(session, surgeon_ids)
        home = center.get(session)
        directory_printing.shown(session, VERIFICATION, [one.id for one in chosen])
    content = verification_sheet.render([verification_sheet.Sheet(one, home, day) for one in chosen])
    notes = (
        (f"{left_out:,} more entries are to be verified; print again when these are.",) if left_out else ()
    )
    return _paper(VERIFICATION, "verification", day, content, chosen, notes)


def directory(
    db: Database,
    query: Query,
    *,
    progress: Progress | None = None,
    canceled: Canceled | None = None,
    today: date | None = None,
) -> Made | None:
    """Return the surgeons of a search as a list, in its order, or None where it was canceled.

    Raises InvalidInput naming what stands in the way.
    """
    from referral_app.documents import directory_list

    day = today or date.today()

    try:
        with db.read() as session:
            found = _list(session, query, day)
            content = directory_list.render(found, partial(_tell, progress, canceled))
            details = {"words": query.said, "count": found.count - found.left_out}
            directory_printing.shown(session, DIRECTORY, (), **details)
    except _Stopped:
        return None
    note = f"The list leaves {found.left_out:,} surgeons out. Narrow the search to print them."
    notes = (note,) if found.left_out else ()
    name = f"surgeon-directory-{day.isoformat()}.pdf"
    return Made(name, content, notes, DIRECTORY, subject=found.searched, details=details)


def _list(session: Session, query: Query, day: date) -> Directory:
    """Return what the list of a search is made from."""
    from referral_app.documents.directory_list import Directory

    count = matching.count(session, query)
    return Directory(
        _found(session, query), count, center.get(session), day, searched(query), order(query),
        max(0, count - MOST_LISTED),
    )  # fmt: skip


def _tell(progress: Progress | None, canceled: Canceled | None, done: int, of: int) -> None:
    """Say how far a list is, or stop it where it was canceled."""
    if canceled and canceled():
        raise _Stopped
    if progress:
        progress(done, of)


def named(db: Database, names: Sequence[str]) -> list[str]:
    """Return the ids of surgeons that are named by id, NPI or words that only one of them has; raises InvalidInput."""
    with db.read() as session:
        return [_named(session, name.strip()) for name in names]


def searched(query: Query) -> str:
    """Return what was searched in words, "" for the whole directory."""
    parts = [
        f"“{query.text.strip()}”" if query.text.strip() else "",
        f"procedure {query.procedure.replace('_', ' ')}" if query.procedure else "",
        f"ZIP code {query.zip}" if query.zip else "",
        f"within {query.within:g} straight-line miles" if query.within is not None else "",
        f"state {query.state}" if query.state else "",
        f"plan {query.plan}" if query.plan else "",
        f"speaks {LANGUAGES.get(query.language, query.language)}" if query.language else "",
        f"patient aged {query.age}" if query.age is not None else "",
        "accepting new patients" if query.accepting else "",
        f"next visit within {query.max_wait} days" if query.max_wait is not None else "",
        f"not verified for {query.stale_days} days" if query.stale_days is not None else "",
        "favorites" if query.favorites_of else "",
    ]
    return ", ".join(filter(None, parts))


def order(query: Query) -> str:
    """Return in words in which order the surgeons of a search stand."""
    return (_TURNED if query.descending else _SORTS).get(query.sort, "")


def _found(session: Session, query: Query) -> Iterator[Found]:
    """Yield what is found page by page, so that no more than a page is in memory."""
    for offset in range(0, MOST_LISTED, _PAGE):
        found = matching.find(session, query, _PAGE, offset)
        yield from found
        if len(found) < _PAGE:
            return


def _named(session: Session, name: str) -> str:
    if not name:
        raise InvalidInput({"": NOTHING})
    if known := surgeons.known_as(session, name):
        return known[0]
    found = [item.surgeon for item in matching.find(session, Query(text=name), 4)]
    exact = [one for one in found if name.casefold() in (one.family_name.casefold(), one.name.casefold())]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) == 1:
        return chosen[0].id
    some = ", ".join(f"{one.name}{f' (NPI {one.npi})' if one.npi else ''}" for one in chosen[:3])
    more = " and others" if len(chosen) > 3 else ""
    sentence = f"Several surgeons are found for “{name}”: {some}{more}. Give the NPI of one."
    raise InvalidInput({"": sentence if chosen else f"No surgeon is found for “{name}”."})


def _chosen(session: Session, surgeon_ids: Sequence[str]) -> list[SurgeonRecord]:
    named = list(dict.fromkeys(surgeon_ids))
    if not named:
        raise InvalidInput({"": NOTHING})
    if len(named) > MOST_SURGEONS:
        raise InvalidInput({"": f"Choose at most {MOST_SURGEONS} surgeons; {len(named):,} are chosen."})
    return [surgeons.get(session, one) for one in named]


def _stale(session: Session, day: date) -> tuple[list[SurgeonRecord], int]:
    """Return the entries to be verified, the longest unverified first, and how many more there are."""
    due = due_entries.stale(session, limit=MOST_SURGEONS, today=day)
    if not due:
        raise InvalidInput({"": NOTHING_STALE})
    return [surgeons.get(session, one.id) for one in due], due_entries.count(session, today=day) - len(due)


def _paper(
    kind: str, name: str, day: date, content: bytes, chosen: Sequence[SurgeonRecord], notes: tuple[str, ...]
) -> Made:
    """Return the paper under a name that says no more than is needed: one surgeon by NPI, several by their count."""
    about = chosen[0].npi if len(chosen) == 1 and chosen[0].npi else f"{len(chosen)}-{day.isoformat()}"
    ids = tuple(one.id for one in chosen)
    subject = ", ".join(one.name for one in chosen[:3]) + (" and others" if len(chosen) > 3 else "")
    return Made(f"{name}-{about}.pdf", content, notes, kind, subject=subject, surgeon_ids=ids)
