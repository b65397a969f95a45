"""Making the sheet for a patient who asks what was sent about them."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.jobs import askers
from referral_app.jobs.papers import Made
from referral_app.services import amendments, ledger, versions
from referral_app.services.ledger import Filter

_ALL = 1000
"""More papers than one referral ever has."""


def make(db: Database, reference: str, today: date | None = None, *, large: bool | None = None) -> Made:
    """Return the copy-of-record sheet of a referral from the ledger; raises as reading it does.

    In large print where the patient needs it, unless told otherwise. What becomes of it is recorded by `papers.left`.
    """
    from referral_app.documents import record_copy

    day = today or date.today()
    with db.read() as session:
        referral, surgeon, asker = askers.read(session, reference, PaperKind.RECORD_COPY, large, day)
        papers = ledger.find(session, Filter(referral.reference), _ALL)
        asked = versions.asked(session, referral.id)
        said = amendments.statements(session, referral.patient_id) if referral.patient_id else []
    sheet = record_copy.Copy(asker, surgeon.name if surgeon else "", papers, day, said, asked)
    return Made(
        f"copy-of-record-{referral.reference}.pdf", record_copy.render(sheet), kind=PaperKind.RECORD_COPY,
        reference=referral.reference, number=referral.number, large=asker.large,
    )  # fmt: skip
