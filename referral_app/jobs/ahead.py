"""Drawing a document before it is asked for: while the pointer or the focus is on the button that will show it.

Nobody sees it, and nothing of it is noted until it is shown; whoever has the button has its referral before their eyes.
"""

from __future__ import annotations

import contextlib

from referral_app.database import Database, StoreProblem
from referral_app.services.errors import InvalidInput


def draw(db: Database, kind: str, reference: str) -> None:
    """Draw the letter or packet of a referral, to be found drawn; what cannot be drawn is said once it is asked for."""
    from referral_app.jobs import letters, packet_batch

    with contextlib.suppress(InvalidInput, StoreProblem):
        if kind == "letter":
            letters.make(db, reference, ahead=True)
        elif kind == "packet":
            packet_batch.shown(db, reference, packet_batch.Wanted(), ahead=True)
