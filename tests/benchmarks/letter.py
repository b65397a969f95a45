"""Making a letter against a bare ReportLab document of the same flowables."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate

from referral_app.documents import letter
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet
from referral_app.services import practices, referrals, surgeons, worklists
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure, medians

MOST = 1.5


class _Bare(Canvas):
    """ReportLab's own canvas, deaf to what our headings tell ours."""

    def heading(self, entry: object) -> None:
        """Leave the bookmark out."""


def measure() -> list[Figure]:
    """Return the median time of a whole letter, and of its flowables, made and laid out without anything of ours."""
    content = _content()
    took = medians({"ours": lambda: letter.render(content), "bare": lambda: _bare(content)}, turns=25)
    return [Figure("a letter", took["ours"], "ms", "bare document of the same flowables", took["bare"], MOST)]


def _content() -> letter.Letter:
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


def _bare(content: letter.Letter) -> bytes:
    sheet = Sheet(content.intake, content.check.computed, content.marks)
    story = letter.story(content, sheet, Styles(11, 14.5))
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=LETTER).build(story, canvasmaker=_Bare)
    return target.getvalue()
