"""Making the list of disclosures for a patient who asks."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.clinical.fields import as_dict, given
from referral_app.database import Database
from referral_app.jobs import letters
from referral_app.jobs.papers import Made
from referral_app.services import disclosures, practices, printing, referrals
from referral_app.services.disclosures import MOST_YEARS
from referral_app.services.errors import InvalidInput
from referral_app.services.patients import spoken_name


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
        referral = printing.read(session, reference, PaperKind.DISCLOSURES)
        if not referral.patient_id:
            raise InvalidInput({"": "This referral has no patient yet."})
        found = disclosures.find(session, referral.patient_id, since, today, care_too=care_too, today=today)
        _, needs = printing.wishes(session, reference)
        home = practices.ours(session) or letters.sender(session, referral, today)
        try:
            surgeon = referrals.surgeon_of(session, referral)
        except InvalidInput:  # nobody was asked yet
            surgeon = None
    large = bool(needs & {"large_print", "low_vision"}) if large is None else large
    sheet = disclosure_sheet.Accounting(
        person=spoken_name(as_dict(given(referral.intake, "patient"))),
        born=dates.stored(given(referral.intake, "patient.date_of_birth")),
        reference=referral.reference,
        since=since,
        to=today,
        care_too=care_too,
        found=found,
        practice=home,
        large=large,
        invented=bool(surgeon and surgeon.invented),
    )
    return Made(
        f"disclosures-{referral.reference}.pdf", disclosure_sheet.render(sheet), kind=PaperKind.DISCLOSURES,
        reference=referral.reference, number=referral.number, large=large,
    )  # fmt: skip
