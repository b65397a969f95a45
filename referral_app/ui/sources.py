"""Where the rows of a list come from: a service that counts and finds, or one that returns all there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from referral_app.database import Database, Session
from referral_app.ui.tables import Source


def paged(db: Database, count: Callable[[Session], int], find: Callable[..., Sequence[Any]]) -> Source:
    """Return the rows that `find(session, limit=, offset=)` returns, in the order of the service."""

    def counted() -> int:
        with db.read() as session:
            return count(session)

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Any]:
        with db.read() as session:
            return find(session, limit=limit, offset=offset)

    return Source(fetch, counted)


def whole(db: Database, find: Callable[[Session], Sequence[Any]]) -> Source:
    """Return all the rows that `find(session)` returns, read once whenever they are counted."""
    found: Sequence[Any] = ()

    def counted() -> int:
        nonlocal found
        with db.read() as session:
            found = find(session)
        return len(found)

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Any]:
        return found[offset : offset + limit]

    return Source(fetch, counted)
