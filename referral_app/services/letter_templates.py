"""How a practice words the paragraphs of its letters: for every procedure or for one, each version kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, ProcedureKind, Slot
from referral_app.clinical import placeholders
from referral_app.models.practice import Practice
from referral_app.models.wording import ParagraphTemplate
from referral_app.services import events
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

BUILT_IN: dict[Slot, str] = {
    Slot.OPENING: "Thank you for seeing {patient} for {diagnosis}.",
    Slot.CLOSING: "Please answer on the referral response form, or call {callback_person}: {callback_phone}.",
}
"""The wording of the program, for who has none of their own."""


@dataclass(frozen=True)
class TemplateRecord:
    """One version of a paragraph, words with placeholders; 0 is the number of the wording of the program.

    `procedure` is a value of ProcedureKind, "" for all of them; `practice_id` None is everybody's. Blank words are
    those of a version from which on the next wider wording counts again.
    """

    slot: Slot
    words: str
    procedure: str = ""
    practice_id: str | None = None
    number: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""


@needs(Permission.SEE_DIRECTORY)
def in_force(
    session: Session,
    slot: Slot,
    procedure: str = "",
    practice_id: str | None = None,
    at: datetime | None = None,
) -> TemplateRecord:
    """Return the wording that is printed: the practice's for the procedure, else for all, else everybody's, else ours.

    With `at` it is the one that was in force at that moment, as for a letter that was signed then.
    """
    for practice, kind in _wider(procedure, practice_id):
        query = _versions(slot, kind, practice)
        if at is not None:
            query = query.where(ParagraphTemplate.saved_at <= at)
        row = session.scalar(query.limit(1))
        if row is not None and row.words.strip():
            return _record(row)
    return built_in(slot)


@needs(Permission.SEE_DIRECTORY)
def newest(
    session: Session, slot: Slot, procedure: str = "", practice_id: str | None = None
) -> TemplateRecord | None:
    """Return the last version that was saved for exactly this procedure and practice, None where there is none."""
    row = session.scalar(_versions(slot, procedure, practice_id).limit(1))
    return None if row is None else _record(row)


@needs(Permission.SEE_DIRECTORY)
def history(
    session: Session, slot: Slot, procedure: str = "", practice_id: str | None = None
) -> list[TemplateRecord]:
    """Return every version for exactly this procedure and practice, the newest first, without the program’s."""
    return [_record(row) for row in session.scalars(_versions(slot, procedure, practice_id))]


@needs(Permission.SEE_DIRECTORY)
def own(session: Session, practice_id: str | None = None) -> list[TemplateRecord]:
    """Return the wordings that a practice has of its own, the newest of each, by slot and procedure."""
    found = (
        session.scalar(_versions(slot, kind, practice_id).limit(1))
        for slot in Slot
        for kind in ("", *map(str, ProcedureKind))
    )
    return [_record(row) for row in found if row is not None and row.words.strip()]


@needs(Permission.ADMINISTER)
def save(
    session: Session, slot: Slot, words: str, procedure: str = "", practice_id: str | None = None,
    seen: int | None = None,
) -> TemplateRecord:  # fmt: skip
    """Write a new version and return it; the newest one unchanged where it says the same.

    Blank words let the next wider wording count again. `seen` is the number of the version that the writer began
    with, 0 for none. Raises InvalidInput by "words" for a placeholder that is not known, Conflict where somebody
    saved another version since, NotFound for a practice that is not there.
    """
    words = words.strip()
    if problem := placeholders.problem(words):
        raise InvalidInput({"words": problem})
    if procedure and procedure not in set(ProcedureKind):
        raise InvalidInput({"procedure": "This procedure is not on the list."})
    if practice_id and session.get(Practice, practice_id) is None:
        raise NotFound("This practice is not there any more.")
    last = session.scalar(_versions(slot, procedure, practice_id).limit(1))
    number = last.number if last else 0
    if seen is not None and seen != number:
        raise Conflict(
            "Someone else changed this paragraph in the meantime. Open it again and repeat your change."
        )
    if (last.words if last else "") == words:
        return _record(last) if last else built_in(slot)
    row = ParagraphTemplate(
        slot=slot, procedure=procedure, practice_id=practice_id or None, number=number + 1, words=words,
        saved_by=actor(session).name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    events.record(
        session, AuditAction.CHANGED, "letter_template", row.id, slot=str(slot), procedure=procedure, number=row.number
    )  # fmt: skip
    return _record(row)


@needs(Permission.ADMINISTER)
def restore(
    session: Session, slot: Slot, number: int, procedure: str = "", practice_id: str | None = None
) -> TemplateRecord:
    """Write an older version anew as the newest one and return it; 0 is the wording of the program.

    Raises NotFound where there is no such version.
    """
    if number == 0:
        return save(session, slot, BUILT_IN[slot], procedure, practice_id)
    row = session.scalar(_versions(slot, procedure, practice_id).where(ParagraphTemplate.number == number))
    if row is None:
        raise NotFound("There is no such version of this paragraph.")
    return save(session, slot, row.words, procedure, practice_id)


def built_in(slot: Slot) -> TemplateRecord:
    """Return the wording of the program."""
    return TemplateRecord(slot, BUILT_IN[slot])


def _wider(procedure: str, practice_id: str | None) -> Iterator[tuple[str | None, str]]:
    """Yield practice and procedure of the wordings that may count, the narrowest first."""
    for practice in dict.fromkeys((practice_id or None, None)):
        for kind in dict.fromkeys((procedure, "")):
            yield practice, kind


def _versions(slot: Slot, procedure: str, practice_id: str | None) -> Select[ParagraphTemplate]:
    whose = ParagraphTemplate.practice_id
    return (
        select(ParagraphTemplate)
        .where(ParagraphTemplate.slot == slot, ParagraphTemplate.procedure == procedure)
        .where(whose == practice_id if practice_id else whose.is_(None))
        .order_by(ParagraphTemplate.number.desc())
    )


def _record(row: ParagraphTemplate) -> TemplateRecord:
    return TemplateRecord(
        row.slot, row.words, row.procedure, row.practice_id, row.number, row.saved_at, row.saved_by
    )  # fmt: skip
