"""Making the response form of a stored referral, and the cover sheet of the fax that its letter goes with."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind, Urgency
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs import letters
from referral_app.jobs.papers import Made
from referral_app.services import printing, referrals


def make(db: Database, reference: str, today: date | None = None, *, number: int = 0) -> Made:
    """Return the response form of a referral; raises InvalidInput naming what stands in the way.

    `number` asks for the form of an older version. What becomes of it is recorded by `papers.left`.
    """
    from referral_app.documents import response_form

    with db.read() as session:
        referral = printing.read(session, reference, PaperKind.RESPONSE_FORM, number)
        surgeon = referrals.surgeon_of(session, referral)
        practice = letters.sender(session, referral, today)
    content = response_form.render(
        response_form.Form(referral.reference, referral.intake, surgeon, practice, surgeon.invented)
    )
    name = f"response-form-{referral.reference}.pdf"
    return Made(
        name, content, kind=PaperKind.RESPONSE_FORM, reference=referral.reference, number=referral.number
    )


def cover(
    db: Database, reference: str, today: date | None = None, *, pages: int = 0, number: int = 0
) -> Made:
    """Return the fax cover sheet of a referral, of so many pages in total; with 0 the number is left to be written.

    Raises InvalidInput naming what stands in the way. What becomes of it is recorded by `papers.left`.
    """
    from referral_app.documents import fax_cover, offices

    with db.read() as session:
        referral = printing.read(session, reference, PaperKind.FAX_COVER, number)
        surgeon = referrals.surgeon_of(session, referral)
        practice = letters.sender(session, referral, today)
    urgency = given(referral.intake, "request.urgency")
    place, phone, fax = offices.of_surgeon(surgeon, referral.intake)
    made = fax_cover.Cover(
        referral.reference, surgeon.name, practice, today or date.today(), place, phone, fax,
        Urgency(urgency).label if urgency in set(Urgency) else "", pages, surgeon.invented,
    )  # fmt: skip
    return Made(
        f"fax-cover-{referral.reference}.pdf",
        fax_cover.render(made),
        kind=PaperKind.FAX_COVER,
        reference=referral.reference,
        number=referral.number,
    )
