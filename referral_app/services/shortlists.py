"""What each person keeps of the directory: favorites, surgeons opened lately, and searches under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.base import now
from referral_app.models.directory import Favorite, RecentSurgeon, SavedSearch
from referral_app.models.surgeon import Surgeon
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, needs
from referral_app.services.surgeon_records import spoken_name

RECENTS = 20
"""How many of the surgeons that a person opened are remembered."""
LONGEST_NAME = 60
WITHOUT_PEOPLE = "nobody yet"
"""Who keeps what is kept in a store without people, such as the demonstration."""


@dataclass(frozen=True)
class Kept:
    """A surgeon in a short list: the id and the spoken name."""

    id: str
    name: str


@dataclass(frozen=True)
class Search:
    """A search kept under a name; `text` is in the words of the search box."""

    id: str
    name: str
    text: str


@needs(Permission.SEE_DIRECTORY)
def person(session: Session) -> str:
    """Return whom the favorites belong to, as `Query.favorites_of` names the person who acts."""
    return _me(session)


@needs(Permission.SEE_DIRECTORY)
def favorites(session: Session) -> frozenset[str]:
    """Return the ids of the surgeons that the person who acts wants at hand."""
    mine = select(Favorite.surgeon_id).where(Favorite.person_id == _me(session))
    return frozenset(session.scalars(mine))


@needs(Permission.SEE_DIRECTORY)
def favorite(session: Session, surgeon_ids: Sequence[str], wanted: bool) -> None:
    """Put surgeons among the favorites of the person who acts, or take them out."""
    me = _me(session)
    session.execute(delete(Favorite).where(Favorite.person_id == me, Favorite.surgeon_id.in_(surgeon_ids)))
    if wanted:
        session.add_all(Favorite(person_id=me, surgeon_id=one) for one in dict.fromkeys(surgeon_ids))
    session.flush()


@needs(Permission.SEE_DIRECTORY)
def opened(session: Session, surgeon_id: str) -> None:
    """Remember that the person who acts opened an entry; the oldest beyond `RECENTS` are forgotten."""
    me = _me(session)
    row = session.get(RecentSurgeon, (me, surgeon_id))
    if row is None:
        session.add(RecentSurgeon(person_id=me, surgeon_id=surgeon_id))
    else:
        row.at = now()
    session.flush()
    latest = (
        select(RecentSurgeon.surgeon_id)
        .where(RecentSurgeon.person_id == me)
        .order_by(RecentSurgeon.at.desc(), RecentSurgeon.surgeon_id)
        .limit(RECENTS)
    )
    mine = RecentSurgeon.person_id == me
    session.execute(
        delete(RecentSurgeon).where(mine, RecentSurgeon.surgeon_id.not_in(list(session.scalars(latest))))
    )


@needs(Permission.SEE_DIRECTORY)
def recents(session: Session) -> list[Kept]:
    """Return the surgeons that the person who acts opened lately, the latest first, without archived ones."""
    rows = session.execute(
        select(Surgeon.id, Surgeon.given_name, Surgeon.family_name, Surgeon.degrees, Surgeon.archived)
        .join(RecentSurgeon, RecentSurgeon.surgeon_id == Surgeon.id)
        .where(RecentSurgeon.person_id == _me(session))
        .order_by(RecentSurgeon.at.desc(), Surgeon.sort_name)
        .limit(RECENTS)
    )
    # Archived ones are left out here: in SQL their index would lead through every entry.
    return [
        Kept(row.id, spoken_name(row.given_name, row.family_name, row.degrees))
        for row in rows
        if not row.archived
    ]


@needs(Permission.SEE_DIRECTORY)
def searches(session: Session) -> list[Search]:
    """Return the searches that the person who acts kept, in their order."""
    rows = session.scalars(
        select(SavedSearch)
        .where(SavedSearch.person_id == _me(session))
        .order_by(SavedSearch.position, SavedSearch.name, SavedSearch.id)
    )
    return [Search(row.id, row.name, row.text) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def keep(session: Session, name: str, text: str) -> Search:
    """Keep a search under a name and return it; one of the same name is replaced.

    Raises InvalidInput for a name that is empty or too long, and for a search that asks nothing.
    """
    name = _checked(name)
    if not text.strip():
        raise InvalidInput({"": "This search asks for nothing. Type a word or choose a filter first."})
    row = _named(session, name)
    if row is None:
        last = select(func.max(SavedSearch.position)).where(SavedSearch.person_id == _me(session))
        at = session.scalar(last)
        row = SavedSearch(person_id=_me(session), name=name, position=0 if at is None else at + 1)
        session.add(row)
    row.text = text.strip()
    session.flush()
    return Search(row.id, row.name, row.text)


@needs(Permission.SEE_DIRECTORY)
def rename(session: Session, search_id: str, name: str) -> None:
    """Give a search another name; raises InvalidInput where it is empty, too long or taken, NotFound."""
    name, row = _checked(name), _mine(session, search_id)
    other = _named(session, name)
    if other is not None and other.id != row.id:
        raise InvalidInput({"name": f"You already have a search called {name}."})
    row.name = name


@needs(Permission.SEE_DIRECTORY)
def remove(session: Session, search_id: str) -> None:
    """Forget a search; raises NotFound."""
    session.delete(_mine(session, search_id))
    session.flush()


@needs(Permission.SEE_DIRECTORY)
def order(session: Session, search_ids: Sequence[str]) -> None:
    """Put the searches of the person who acts in an order; raises NotFound."""
    for at, search_id in enumerate(search_ids):
        _mine(session, search_id).position = at


def _me(session: Session) -> str:
    return actor(session).person_id or WITHOUT_PEOPLE


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput({"name": "Enter a name for this search."})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": f"The name has {len(name)} letters; {LONGEST_NAME} fit."})
    return name


def _named(session: Session, name: str) -> SavedSearch | None:
    mine = SavedSearch.person_id == _me(session)
    return session.scalar(select(SavedSearch).where(mine, SavedSearch.name == name))


def _mine(session: Session, search_id: str) -> SavedSearch:
    """Return a search of the person who acts; another person's is not there for them."""
    row = session.get(SavedSearch, search_id)
    if row is None or row.person_id != _me(session):
        raise NotFound("This search is not kept any more.")
    return row
