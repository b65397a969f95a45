"""Finishing what somebody with the permission to change the directory began, whoever opened the store since."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from referral_app.database import Database, Session
from referral_app.services.permissions import Actor, nobody_yet


def rights() -> Actor:
    """Return the program itself as the one who acts."""
    return nobody_yet("The program")


@contextmanager
def begin(db: Database) -> Generator[Session]:
    """Yield a session in which the program itself may act: a directory half imported would be worse than either."""
    with db.begin() as session:
        session.info["rights"] = rights()
        yield session
