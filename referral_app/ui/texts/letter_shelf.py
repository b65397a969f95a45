"""The shelf of the paragraphs of the letter: for each slot, for all procedures and for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from referral_app.choices import ProcedureKind, Slot
from referral_app.clinical import placeholders
from referral_app.database import Database, Session
from referral_app.jobs import letters, patient_texts
from referral_app.services import letter_templates, practices
from referral_app.services.errors import InvalidInput
from referral_app.services.letter_templates import TemplateRecord
from referral_app.ui.texts.shelf import Entry, Problem, Reading, Version


@dataclass(frozen=True)
class Place:
    """Which paragraph is meant: of whom, in which slot, for which procedure ("" for all)."""

    slot: Slot
    procedure: str
    practice_id: str | None


class LetterShelf:
    """What the editor asks of the paragraphs of letters."""

    name = "paragraphs"
    heading = "Paragraphs of the letter"
    filter_label = "Whose letters"
    back_words = "Back to what counts without this"
    back_question = "Your versions stay in the history. From now on the next wider wording is printed."
    has_large = False

    def options(self, session: Session) -> list[tuple[str, str]]:
        """Return everybody and the practices of this installation."""
        ours = practices.ours(session)
        mine = [(ours.id, ours.name)] if ours and ours.id else []
        return [("", "Every practice"), *mine]

    def load(self, session: Session, chosen: str) -> list[Entry]:
        """Return an entry for each slot and procedure."""
        kinds = ("", *map(str, ProcedureKind))
        return [_entry(session, Place(slot, kind, chosen or None)) for slot in Slot for kind in kinds]

    def summary(self, entries: Sequence[Entry], chosen: str) -> str:
        """Say which wording counts."""
        return "The narrowest wording is printed: for the procedure before for all of them."

    def placeholders(self, entry: Entry) -> list[tuple[str, str]]:
        """Return the placeholders of letters with what each gives."""
        return [(one.name, f"{one.meaning}, such as {one.example}") for one in placeholders.KNOWN]

    def problems(self, entry: Entry, words: str) -> list[Problem]:
        """Return what keeps a paragraph from being printed."""
        problem = placeholders.problem(words)
        if not problem:
            return [(one.line, one.sentence) for one in patient_texts.not_drawn(words)]
        known = (set(placeholders.used(line)) <= set(placeholders.BY_NAME) for line in words.splitlines())
        wrong = next((number for number, fine in enumerate(known, 1) if not fine), 1)
        return [(wrong, problem)]

    def reading(self, entry: Entry, words: str) -> Reading | None:
        """A colleague reads the letter: no grade is asked of it."""
        return None

    def sample(self, db: Database, entry: Entry, words: str, large: bool) -> bytes:
        """Return the letter of an invented referral with the words in their place; raises InvalidInput."""
        if problem := placeholders.problem(words):
            raise InvalidInput({"words": problem})
        return letters.sample(db, {entry.record.slot: words}).content

    def save(self, db: Database, entry: Entry, words: str, seen: int) -> int:
        """Keep a new version and return its number."""
        place: Place = entry.record
        if lost := patient_texts.not_drawn(words):
            raise InvalidInput({"words": f"Line {lost[0].line}: {lost[0].sentence}"})
        with db.begin() as session:
            return letter_templates.save(
                session, place.slot, words, place.procedure, place.practice_id, seen
            ).number

    def back(self, db: Database, entry: Entry) -> None:
        """Let the next wider wording count again."""
        self.save(db, entry, "", entry.seen)

    def history(self, session: Session, entry: Entry) -> list[Version]:
        """Return the versions of a paragraph, what is printed without any of them at last."""
        place: Place = entry.record
        found = letter_templates.history(session, place.slot, place.procedure, place.practice_id)
        versions = [Version(one.number, one.words, one.saved_at, one.saved_by) for one in found]
        wider = _wider(session, place)
        return [*versions, Version(0, wider.words, None, _whose(wider, place))]


def _entry(session: Session, place: Place) -> Entry:
    own = letter_templates.newest(session, place.slot, place.procedure, place.practice_id)
    counts = own if own and own.words else _wider(session, place)
    has_own = counts is own
    name = ProcedureKind(place.procedure).label if place.procedure else "All procedures"
    said = f"Edited by {counts.saved_by or 'somebody'}" if has_own else _whose(counts, place)
    key = f"{place.slot}/{place.procedure}/{place.practice_id or ''}"
    return Entry(
        key, place.slot.label, name, counts.words, own.number if own else 0, "ok" if has_own else "info", said,
        own=has_own, record=place,
    )  # fmt: skip


def _wider(session: Session, place: Place) -> TemplateRecord:
    """Return the wording that counts where this place has none of its own."""
    if place.procedure:
        return letter_templates.in_force(session, place.slot, "", place.practice_id)
    if place.practice_id:
        return letter_templates.in_force(session, place.slot)
    return letter_templates.built_in(place.slot)


def _whose(counts: TemplateRecord, place: Place) -> str:
    if not counts.number:
        return "The program's"
    return "As for all procedures" if place.procedure and not counts.procedure else "As for every practice"
