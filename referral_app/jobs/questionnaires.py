"""Making the questionnaire that a patient fills in by hand: blank, or with the name of the patient of a referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from referral_app.clinical import dates, phones
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.jobs import packet_batch, patient_texts
from referral_app.jobs.packet_batch import Wanted
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import center, printing
from referral_app.services.patients import spoken_name

if TYPE_CHECKING:
    from referral_app.documents.questionnaire import Questionnaire

WAITS = (
    "This is the English questionnaire with a notice of language help: the Spanish one waits for review. An "
    "administrator records reviews under Texts."
)


def make(
    db: Database,
    reference: str = "",
    *,
    language: str | None = None,
    large: bool | None = None,
    today: date | None = None,
) -> Made:
    """Return the questionnaire as a PDF: blank without a reference, else for the patient of that referral.

    What becomes of it is recorded by `papers.left`. Raises InvalidInput and NotFound as reading a referral does.
    """
    return gather(db, reference, language=language, large=large, today=today).make(db)


def gather(
    db: Database,
    reference: str,
    *,
    language: str | None = None,
    large: bool | None = None,
    today: date | None = None,
) -> Ready:
    """Return all that a questionnaire needs, read from the store, to be made anywhere; raises as `make`.

    Language and print size are by default as its patient needs them, and English in usual print on a blank one, which
    is about nobody: nothing is noted of it.
    """
    from referral_app.documents import questionnaire

    with db.read() as session:
        asked, number = questionnaire.Questionnaire(today or date.today(), language or "en", bool(large)), 0
        if reference:
            referral = printing.read(session, reference, "questionnaire")
            wanted = packet_batch.resolved(session, reference, Wanted(language, large))
            asked = replace(
                asked,
                language=wanted.language or "en",
                large=bool(wanted.large),
                person=spoken_name(referral.intake.get("patient") or {}),
                born=dates.stored(given(referral.intake, "patient.date_of_birth")),
                reference=referral.reference,
            )
            number = referral.number
        asked, notes = _worded(session, asked)
    return Ready("questionnaire", asked, partial(_made, asked, number, notes))


def _worded(session: Session, asked: Questionnaire) -> tuple[Questionnaire, tuple[str, ...]]:
    """Return it in English with a notice of help, and a note, where nobody reviewed its words as they stand."""
    if asked.language == "en":
        return asked, ()
    told = patient_texts.in_force(session, asked.language)
    if patient_texts.QUESTIONNAIRE in told.reviewed:
        return asked, ()
    from referral_app.documents import packet_language

    phone = center.get(session).phone
    said = phones.say(phone) if phone else packet_language.words(asked.language).say("phone")
    return replace(asked, language="en", help_text=told.markdown["help"], phone=said), (WAITS,)


def _made(asked: Questionnaire, number: int, notes: tuple[str, ...], content: bytes) -> Made:
    name = "-".join(part for part in ("questionnaire", asked.reference, asked.language) if part)
    return Made(
        f"{name}.pdf", content, notes, "questionnaire", asked.reference, number, asked.language, asked.large
    )
