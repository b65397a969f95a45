"""Drawing a document before it is asked for: while the pointer or the focus is on the button that will show it.

Nobody sees it, and nothing of it is noted until it is shown; whoever has the button has its referral before their eyes.
"""

from __future__ import annotations

import contextlib
import json

from referral_app.database import Database, StoreProblem
from referral_app.paths import resource
from referral_app.services.errors import InvalidInput


def warm() -> None:
    """Draw an invented letter that nobody sees: fonts are read and measured with the first one."""
    from referral_app.clinical import check
    from referral_app.documents import letter
    from referral_app.jobs.letters import SAMPLE, SAMPLE_SURGEON
    from referral_app.services.practices import PracticeRecord

    intake = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    letter.render(
        letter.Letter(
            SAMPLE, intake, check.check(intake), SAMPLE_SURGEON, PracticeRecord("Invented practice")
        )
    )


def draw(db: Database, kind: str, reference: str) -> None:
    """Draw the letter or packet of a referral, to be found drawn; what cannot be drawn is said once it is asked for."""
    from referral_app.jobs import letters, packet_batch

    with contextlib.suppress(InvalidInput, StoreProblem):
        if kind == "letter":
            letters.make(db, reference, ahead=True)
        elif kind == "packet":
            packet_batch.shown(db, reference, packet_batch.Wanted(), ahead=True)
