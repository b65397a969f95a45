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
"""What a document is about: the number of a referral, surgeons by their ids, or a search."""


def made(db: Database, kind: str, about: About, language: str, large: bool) -> Made:
    """Return a document of any kind but a directory, which may take long; raises InvalidInput."""
    from referral_app.jobs import kit, letters, packets

    if kind == "kit":
        return kit.make(db)
    if kind in ("card", "verification"):
        return _of_surgeons(db, kind, about, large)
    if kind == "packet":
        return packets.make(db, str(about), language=language, large=large, preview=True)
    return letters.make(db, str(about), preview=True)


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
