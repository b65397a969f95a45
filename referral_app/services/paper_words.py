"""Finding documents of the ledger by words: names of patients, reference numbers, and what a document is about."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select

from referral_app.models.paper import Paper
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services.folding import fold


def has(word: str) -> ColumnElement[bool]:
    """Tell whether a document holds a word as it is typed: with accents and hyphens, which no index has, or without."""
    parts = fold(word).split()
    of_referral = select(Referral.id).where(*(Referral.folded.contains(part) for part in parts))
    of_patient = select(Patient.id).where(*(Patient.folded.contains(part) for part in parts))
    alone = and_(Paper.referral_id.is_(None), Paper.patient_id.in_(of_patient))
    said = (one.icontains(word, autoescape=True) for one in (Paper.subject, Paper.reference))
    return or_(Paper.referral_id.in_(of_referral) if parts else false(), alone if parts else false(), *said)
