"""The set that goes out with a referral letter: what goes and in which order, with every file that the letter names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs import letters
from referral_app.jobs.papers import Made
from referral_app.services import enclosures
from referral_app.services.enclosures import Enclosure, Enclosures

if TYPE_CHECKING:
    from referral_app.documents.enclosing import Enclosed, Own

ATTACHMENTS = "attachments"
"""The part that stands for every enclosed file, in the order of the rows."""
LETTER_FIRST = (str(PaperKind.LETTER), ATTACHMENTS)
"""What goes where nothing else is asked for."""


def make(
    db: Database,
    reference: str,
    parts: Sequence[str] = LETTER_FIRST,
    today: date | None = None,
    *,
    number: int = 0,
) -> Made:
    """Return letter and enclosed files as one PDF, `parts` in their order: kinds of our documents, and ATTACHMENTS.

    `number` asks for an older version, whose files go with it. Raises InvalidInput naming what stands in the way.
    """
    from referral_app.documents import enclosing

    own = {part: _own(db, part, reference, today, number) for part in parts if part != ATTACHMENTS}
    letter = own[str(PaperKind.LETTER)]
    with db.read() as session:
        along = enclosures.read(session, letter.reference, letter.number)
    content: list[Own | Enclosed] = []
    for part in parts:
        if part == ATTACHMENTS:
            content += [
                enclosing.Enclosed(one.title, one.date, one.content) for one in along.items if one.content
            ]
        else:
            content.append(enclosing.Own(PaperKind(part).label, own[part].content))
    return _made(along, tuple(content), parts, [note for one in own.values() for note in one.notes])


def _own(db: Database, kind: str, reference: str, today: date | None, number: int) -> Made:
    """Return one of our own documents of the set."""
    if PaperKind(kind) is PaperKind.LETTER:
        return letters.make(db, reference, today, number=number)
    raise ValueError(kind)


def _made(
    along: Enclosures, content: Sequence[Own | Enclosed], parts: Sequence[str], notes: Sequence[str]
) -> Made:
    from referral_app.documents import enclosing, letter_front

    born = dates.stored(given(along.intake, "patient.date_of_birth"))
    bundle = enclosing.Bundle(
        f"Referral {along.reference} with its attachments",
        letter_front.full_name(along.intake) or "Name not given",
        f"born {dates.say(born)}" if born else "date of birth not given",
        along.reference, content,
    )  # fmt: skip
    enclosed = tuple(one.name for one in along.items if one.content) if ATTACHMENTS in parts else ()
    return Made(
        f"letter-with-attachments-{along.reference}.pdf", enclosing.render(bundle), (*notes, *_notes(along.items)),
        PaperKind.BUNDLE, along.reference, along.number, enclosed=enclosed,
    )  # fmt: skip


def _notes(items: Sequence[Enclosure]) -> list[str]:
    """Return what a person should know: what is on the list and goes by itself, so that nobody thinks it is here."""
    return [
        f"“{one.name}” is on the list without a file: it is not in this set and goes by itself."
        for one in items
        if not one.content and not one.not_available
    ]
