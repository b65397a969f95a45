"""Making the list of disclosures for a patient who asks."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.jobs import askers
from referral_app.jobs.papers import Made
from referral_app.services import disclosures
from referral_app.services.disclosures import MOST_YEARS
from referral_app.services.errors import InvalidInput


def make(
    db: Database,
    reference: str,
    today: date | None = None,
    *,
    years: int | None = None,
    care_too: bool = False,
    large: bool | None = None,
) -> Made:
    """Return the list of disclosures of the patient of a referral, over so many years back (six where it is None).

    In large print where the patient needs it, unless told otherwise. Raises as `disclosures.find` does.
    """
    from referral_app.documents import disclosure_sheet

    today = today or date.today()
    since = dates.later_by_years(today, -(years or MOST_YEARS))
    with db.read() as session:
        referral, _, asker = askers.read(session, reference, PaperKind.DISCLOSURES, large, today)
        if not referral.patient_id:
            raise InvalidInput({"": "This referral has no patient yet."})
        found = disclosures.find(session, referral.patient_id, since, today, care_too=care_too, today=today)
    sheet = disclosure_sheet.Accounting(asker, since, today, care_too, found)
    return Made(
        f"disclosures-{referral.reference}.pdf", disclosure_sheet.render(sheet), kind=PaperKind.DISCLOSURES,
        reference=referral.reference, number=referral.number, large=asker.large,
    )  # fmt: skip
