"""Making what the preview shows; the libraries that draw it are imported here, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from referral_app.database import Database
from referral_app.services import query_text
from referral_app.services.surgeon_records import Query
from referral_app.ui.background import Canceled, Progress

if TYPE_CHECKING:
    from referral_app.jobs.letters import Made

About = str | Sequence[str] | Query
"""What a document is about: the number of a referral (with VERSION and one behind), surgeons by ids, or a search."""


VERSION = ", version "
"""Stands between the number of a referral and that of the version whose letter is shown."""


def made(db: Database, kind: str, about: About, language: str | None, large: bool | None) -> Made:
    """Return a document of any kind but a directory, which may take long; raises InvalidInput.

    What patients read is written as they need it where language or print size are None.
    """
    from referral_app.jobs import kit, letters, packet_batch, questionnaires

    if kind == "kit":
        return kit.make(db)
    if kind in ("card", "verification"):
        return _of_surgeons(db, kind, about, bool(large))
    if kind == "questionnaire":
        return questionnaires.make(db, str(about), language=language, large=large, preview=True)
    if kind == "packet":
        return packet_batch.shown(db, str(about), packet_batch.Wanted(language, large))
    name, _, number = str(about).partition(VERSION)
    return letters.make(db, name, preview=True, number=int(number or 0))


def listed(db: Database, about: About, progress: Progress, canceled: Canceled) -> Made | None:
    """Return the directory of a search, given as such or as text; None where it was canceled; raises InvalidInput."""
    from referral_app.jobs import directory_papers

    query = about if isinstance(about, Query) else query_text.read(str(about))
    return directory_papers.directory(db, query, progress=progress, canceled=canceled, preview=True)


def _of_surgeons(db: Database, kind: str, about: About, large: bool) -> Made:
    from referral_app.jobs import directory_papers

    ids = [] if isinstance(about, Query) else about.split(",") if isinstance(about, str) else list(about)
    if kind == "verification":
        return directory_papers.verification(db, None if about == "" else ids, preview=True)
    return directory_papers.cards(db, [one for one in ids if one], large=large, preview=True)
