"""Documents against the same made by other roads; each side is a function of `SIDES` that returns its figures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import LETTER
from reportlab.platypus import Flowable, SimpleDocTemplate

from referral_app.documents import layout, letter
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet
from referral_app.services import practices, referrals, surgeons, worklists
from referral_app.services.referral_records import Filter
from tests.benchmarks import batches, packets_page, peers, stores
from tests.benchmarks.figures import Figure, medians

MOST = 1.5
"""A tagged letter takes at most so many times what its flowables take untagged, in ReportLab's own document."""


def measure() -> list[Figure]:
    """Return the figures of all sides, taken in one run."""
    content = demo_letter()
    return [figure for side in SIDES for figure in side(content)]


def demo_letter() -> letter.Letter:
    """Return the letter of the demonstration, as all sides make it."""
    with stores.folder() as paths, stores.filled(paths) as db, db.read() as session:
        referral = referrals.get(session, worklists.find(session, Filter())[0].reference)
        practice = practices.ours(session)
        assert practice is not None
        return letter.Letter(
            reference=referral.reference,
            intake=referral.intake,
            check=referrals.checked(session, referral.intake),
            surgeon=surgeons.get(session, referral.surgeon_id),
            practice=practice,
        )


def tagged(content: letter.Letter) -> list[Figure]:
    """Return the median time of the letter against its flowables in a bare document, made and laid out once.

    The letter may be laid out several ways until its last page is full; that is in its time. `tags` is the same one
    layout with everything that a document of ours has and a bare one has not: tree, outline, foot, metadata.
    """
    page = layout.Page("Letter", "An Nguyen", ("born March 27, 2007",), Styles(11, 14.5))
    took = medians({
        "letter": lambda: letter.render(content),
        "tags": lambda: layout.build(_story(content), page),
        "bare": lambda: _bare(content),
    }, turns=25)  # fmt: skip
    peer = "its flowables untagged in bare ReportLab"
    return [
        Figure("a tagged letter", took["letter"], "ms", peer, took["bare"], MOST),
        Figure("a letter laid out one way, with tags and foot", took["tags"], "ms", peer, took["bare"], MOST),
    ]


def _story(content: letter.Letter) -> list[Flowable]:
    sheet = Sheet(content.intake, content.check.computed, content.marks)
    return letter.story(content, sheet, Styles(11, 14.5))


def _bare(content: letter.Letter) -> bytes:
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=LETTER).build(_story(content))
    return target.getvalue()


SIDES: Sequence[Callable[[letter.Letter], list[Figure]]] = (
    tagged,
    peers.others,
    batches.many,
    packets_page.stall,
)
