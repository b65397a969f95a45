"""Making the questionnaire that a patient fills in by hand: blank, or with the name of the patient of a referral."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs import packet_batch
from referral_app.jobs.packet_batch import Wanted
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import printing
from referral_app.services.patients import spoken_name

if TYPE_CHECKING:
    from referral_app.documents.questionnaire import Questionnaire

UNREVIEWED = "A Spanish reader has not reviewed the Spanish questionnaire yet."


def make(
    db: Database,
    reference: str = "",
    *,
    language: str | None = None,
    large: bool | None = None,
    today: date | None = None,
) -> Made:
    """Return the questionnaire as a PDF: blank without a reference, else for the patient of that referral.

    Language and print size are by default as that patient needs them. It is noted as printed, or with `preview` as
    shown; a blank one is about nobody and not noted. Raises InvalidInput and NotFound as reading a referral does.
    """
    if reference:
        return gather(db, reference, language=language, large=large, today=today).make(db)
    from referral_app.documents import questionnaire

    asked = questionnaire.Questionnaire(today or date.today(), language or "en", bool(large))
    return _made(asked, 0, questionnaire.render(asked))


def gather(
    db: Database,
    reference: str,
    *,
    language: str | None = None,
    large: bool | None = None,
    today: date | None = None,
) -> Ready:
    """Return all that the questionnaire of a referral needs, read from the store, to be made anywhere."""
    from referral_app.documents import questionnaire

    with db.read() as session:
        referral = printing.read(session, reference, "questionnaire")
        wanted = packet_batch.resolved(session, reference, Wanted(language, large))
    asked = questionnaire.Questionnaire(
        today or date.today(),
        wanted.language or "en",
        bool(wanted.large),
        spoken_name(referral.intake.get("patient") or {}),
        dates.stored(given(referral.intake, "patient.date_of_birth")),
        referral.reference,
    )
    return Ready("questionnaire", asked, partial(_made, asked, referral.number))


def _made(asked: Questionnaire, number: int, content: bytes) -> Made:
    notes = (UNREVIEWED,) if asked.language == "es" else ()
    name = "-".join(part for part in ("questionnaire", asked.reference, asked.language) if part)
    return Made(
        f"{name}.pdf", content, notes, "questionnaire", asked.reference, number, asked.language, asked.large
    )
