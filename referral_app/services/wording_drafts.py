"""What somebody typed into a text or paragraph and did not save yet: kept in the store, in force for nobody.

A draft is a row of the texts in a language that no text has, one for each person and text, and goes with the save.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.wording import PatientText
from referral_app.services.permissions import actor, needs

_DRAFT = "draft"
_IS_DRAFT = PatientText.language == _DRAFT


@dataclass(frozen=True)
class WordingDraft:
    """Words that were not saved yet, and the version that they were made from."""

    words: str
    seen: int


@needs(Permission.ADMINISTER)
def find(session: Session) -> dict[str, WordingDraft]:
    """Return what the person who acts has not saved yet, by the key that it was kept under."""
    mine = _mine(session)
    rows = session.scalars(
        select(PatientText).where(_IS_DRAFT, PatientText.name.startswith(mine, autoescape=True))
    )
    return {row.name.removeprefix(mine): WordingDraft(row.markdown, row.number) for row in rows}


@needs(Permission.ADMINISTER)
def keep(session: Session, key: str, words: str, seen: int) -> None:
    """Keep what was typed, in the place of what was kept before."""
    _drop(session, key)
    name = _mine(session) + key
    session.add(
        PatientText(language=_DRAFT, name=name, number=seen, markdown=words, saved_by=actor(session).name)
    )
    session.flush()


@needs(Permission.ADMINISTER)
def drop(session: Session, key: str) -> None:
    """Forget what was typed: it was saved, or is not wanted any more."""
    _drop(session, key)


def _drop(session: Session, key: str) -> None:
    session.execute(delete(PatientText).where(_IS_DRAFT, PatientText.name == _mine(session) + key))


def _mine(session: Session) -> str:
    who = actor(session)
    return f"{who.person_id or who.name}|"
