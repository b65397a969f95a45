"""What a dialog about a reply shows: the referral of a number with where it stands, or which one may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from referral_app.choices import LANGUAGES
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.services import near_references, referrals, requests, search, surgeons, whereabouts
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.referral_records import ReferralRecord, ReferralRow
from referral_app.services.request_records import RequestRecord, StepRecord
from referral_app.services.surgeon_records import Placement
from referral_app.services.whereabouts import Place

MOST = 6
"""Referrals of a patient, or of several, that are offered."""


@dataclass(frozen=True)
class Found:
    """The referral of a number, None where there is none: then `said` says why, and others are offered.

    `near` are those whose number may be meant, `fits` the open ones whose patient fits what was typed.
    """

    text: str
    record: ReferralRecord | None = None
    request: RequestRecord | None = None
    steps: Sequence[StepRecord] = ()
    place: Place | None = None
    places: Sequence[Placement] = ()
    asked_place: str = ""
    interpreter: str = ""
    near: Sequence[ReferralRow] = ()
    fits: Sequence[ReferralRow] = ()
    said: str = ""


def look(db: Database, text: str) -> Found:
    """Return what a typed number, or the id of a referral, stands for."""
    with db.read() as session:
        try:
            record = referrals.get(session, text)
        except Denied as refused:
            return Found(text, said=str(refused))
        except InvalidInput as refused:
            near = near_references.find(session, text)
            known = {one.id for one in near}
            fits = [one for one in search.open_referrals(session, text, MOST) if one.id not in known]
            return Found(text, near=near, fits=fits, said=str(refused))
        request = requests.current(session, record.id)
        surgeon = surgeons.find_by(session, request.surgeon_id) if request and request.surgeon_id else None
        return Found(
            text, record, request, requests.steps(session, record.id) if request else (),
            whereabouts.find(session, [record.id]).get(record.id), surgeon.placements if surgeon else (),
            str(given(record.intake, "request.location") or ""), _interpreter(record),
        )  # fmt: skip


def _interpreter(record: ReferralRecord) -> str:
    if given(record.intake, "patient.interpreter_needed") is not True:
        return ""
    code = given(record.intake, "patient.interpreter_language")
    return f"The patient needs one: {LANGUAGES.get(str(code), 'language not named')}"
