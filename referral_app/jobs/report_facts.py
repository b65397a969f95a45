"""Reading what the reports count of referrals that were sent before an upgrade, in the background and a few at a time.

Nobody waits for it: each few are read, judged without any lock, and written in a transaction of their own, so that it
can be canceled or cut short at any moment and goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from referral_app.database import Database
from referral_app.services import request_facts, request_facts_making

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
CHUNK = 20
"""So many are written at once: a transaction of a few milliseconds."""
REST_SECONDS = 0.005
"""Pause after each request, in which the window has the interpreter for itself."""


def is_needed(db: Database) -> bool:
    """Tell whether there are requests of which nobody noted what was missing."""
    with db.read() as session:
        return bool(request_facts_making.find(session, "", 1))


def fill(
    db: Database, progress: Progress, canceled: Canceled, *, rest: float = REST_SECONDS, chunk: int = CHUNK
) -> int:
    """Read them all unless it is canceled, and return how many were written."""
    with db.read() as session:
        of, figures = request_facts_making.count(session), request_facts_making.figures(session)
    done, last = 0, ""
    while not canceled():
        with db.read() as session:
            found = request_facts_making.find(session, last, chunk)
        if not found:
            break
        facts: dict[str, request_facts.Facts] = {}
        for one in found:
            facts[one.id] = request_facts.read(one.intake, one.sent_on, figures)
            time.sleep(rest)
        with db.begin() as session:
            request_facts_making.write(session, facts)
        last, done = found[-1].id, done + len(found)
        progress(done, max(of, done))
    return done
