"""Reading who asks for a sheet about themselves, by one of their referrals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.clinical.fields import as_dict, as_list, given
from referral_app.database import Session
from referral_app.jobs import letters
from referral_app.services import center, packet_people, practices, printing, referrals
from referral_app.services.errors import InvalidInput
from referral_app.services.patients import spoken_name
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgeon_records import SurgeonRecord

if TYPE_CHECKING:
    from referral_app.documents.asker import Asker


def read_patient(session: Session, patient_id: str, large: bool | None, today: date) -> tuple[str, Asker]:
    """Return the id of a patient without a referral, and the patient as who asks for a sheet; raises as `read`."""
    from referral_app.documents.asker import Asker

    found = printing.read_patient(session, patient_id)
    needs = {str(one) for one in as_list(found.values.get("needs"))}
    ours = practices.ours(session, today) or _center(session)
    is_large = bool(needs & packet_people.LARGE) if large is None else large
    return found.id, Asker(found.spoken, found.born, "", ours, is_large)


def _center(session: Session) -> PracticeRecord:
    found = center.get(session)
    return PracticeRecord(found.name, phone=found.phone)


def read(
    session: Session, reference: str, kind: PaperKind, large: bool | None, today: date
) -> tuple[ReferralRecord, SurgeonRecord | None, Asker]:
    """Return a referral for a sheet of a kind, whom it asks if anybody, and who asks for the sheet; raises as `get`.

    In large print where the patient needs it, unless told otherwise.
    """
    from referral_app.documents.asker import Asker

    referral = printing.read(session, reference, kind)
    try:
        surgeon = referrals.surgeon_of(session, referral)
    except InvalidInput:  # nobody was asked yet, and papers may have left all the same
        surgeon = None
    needs = {str(one) for one in as_list(given(referral.intake, "patient.needs"))}
    return (
        referral,
        surgeon,
        Asker(
            spoken_name(as_dict(given(referral.intake, "patient"))),
            dates.stored(given(referral.intake, "patient.date_of_birth")),
            referral.reference,
            practices.ours(session) or letters.sender(session, referral, today),
            bool(needs & packet_people.LARGE) if large is None else large,
            bool(surgeon and surgeon.invented),
        ),
    )
