"""Making the list of disclosures for a patient who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.database import Database, Session
from referral_app.jobs import askers
from referral_app.jobs.papers import Made
from referral_app.services import disclosures
from referral_app.services.disclosures import MOST_YEARS
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from referral_app.documents.asker import Asker


def make(
    db: Database,
    name: str,
    today: date | None = None,
    *,
    years: int | None = None,
    care_too: bool = False,
    large: bool | None = None,
) -> Made:
    """Return the list of disclosures of the patient of a referral, over so many years back (six where it is None).

    Of a patient without one, `name` is `disclosures.OF_PATIENT` with the patient's id behind it.

    In large print where the patient needs it, unless told otherwise. Raises as `disclosures.find` does.
    """
    from referral_app.documents import disclosure_sheet

    today = today or date.today()
    since = dates.later_by_years(today, -(years or MOST_YEARS))
    with db.read() as session:
        number, patient_id, asker = _who(session, name, large, today)
        found = disclosures.find(session, patient_id, since, today, care_too=care_too, today=today)
    sheet = disclosure_sheet.Accounting(asker, since, today, care_too, found)
    return Made(
        f"disclosures-{asker.reference or today.isoformat()}.pdf", disclosure_sheet.render(sheet),
        kind=PaperKind.DISCLOSURES, reference=asker.reference, number=number, large=asker.large,
        patient_id="" if asker.reference else patient_id,
    )  # fmt: skip


def _who(session: Session, name: str, large: bool | None, today: date) -> tuple[int, str, Asker]:
    """Return the version of the referral by which somebody asks, 0 for none, the patient's id, and who asks."""
    if name.startswith(disclosures.OF_PATIENT):
        patient_id = name.removeprefix(disclosures.OF_PATIENT)
        return 0, *askers.read_patient(session, patient_id, large, today)
    referral, _, asker = askers.read(session, name, PaperKind.DISCLOSURES, large, today)
    if not referral.patient_id:
        raise InvalidInput({"": "This referral has no patient yet."})
    return referral.number, referral.patient_id, asker
