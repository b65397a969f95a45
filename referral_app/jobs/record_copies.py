"""Making the sheet for a patient who asks what was sent about them."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.clinical.fields import as_dict, given
from referral_app.database import Database
from referral_app.jobs import letters
from referral_app.jobs.papers import Made
from referral_app.services import amendments, ledger, practices, printing, referrals
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import Filter
from referral_app.services.patients import spoken_name

_ALL = 1000
"""More papers than one referral ever has."""


def make(db: Database, reference: str, today: date | None = None, *, large: bool | None = None) -> Made:
    """Return the copy-of-record sheet of a referral from the ledger; raises as reading it does.

    In large print where the patient needs it, unless told otherwise. What becomes of it is recorded by `papers.left`.
    """
    from referral_app.documents import record_copy

    with db.read() as session:
        referral = printing.read(session, reference, PaperKind.RECORD_COPY)
        papers = ledger.find(session, Filter(referral.reference), _ALL)
        said = amendments.statements(session, referral.patient_id) if referral.patient_id else []
        _, needs = printing.wishes(session, reference)
        home = practices.ours(session) or letters.sender(session, referral, today)
        try:
            surgeon = referrals.surgeon_of(session, referral)
        except InvalidInput:  # nobody was asked yet, and papers may have left all the same
            surgeon = None
    large = bool(needs & {"large_print", "low_vision"}) if large is None else large
    sheet = record_copy.Copy(
        person=spoken_name(as_dict(given(referral.intake, "patient"))),
        born=dates.stored(given(referral.intake, "patient.date_of_birth")),
        reference=referral.reference,
        surgeon=surgeon.name if surgeon else "",
        papers=papers,
        practice=home,
        printed_on=today or date.today(),
        large=large,
        invented=bool(surgeon and surgeon.invented),
        statements=said,
    )
    return Made(
        f"copy-of-record-{referral.reference}.pdf",
        record_copy.render(sheet),
        kind=PaperKind.RECORD_COPY,
        reference=referral.reference,
        number=referral.number,
        large=large,
    )
