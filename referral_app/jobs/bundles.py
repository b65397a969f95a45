"""The set that goes out with a referral letter: what goes and in which order, with every file that the letter names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
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
COVER, LETTER, RESPONSE = str(PaperKind.FAX_COVER), str(PaperKind.LETTER), str(PaperKind.RESPONSE_FORM)
ORDER = (COVER, LETTER, ATTACHMENTS, RESPONSE)
"""All that can go, as a fax is read: the cover sheet first, the form that is sent back last."""
LETTER_FIRST = (LETTER, ATTACHMENTS)
"""What goes where nothing else is asked for."""


def make(
    db: Database,
    reference: str,
    parts: Sequence[str] = LETTER_FIRST,
    today: date | None = None,
    *,
    number: int = 0,
) -> Made:
    """Return letter and enclosed files as one PDF, `parts` in their order: of ORDER, with the letter among them.

    `number` asks for an older version, whose files go with it. Raises InvalidInput naming what stands in the way.
    """
    letter = letters.make(db, reference, today, number=number)
    with db.read() as session:
        along = enclosures.read(session, letter.reference, letter.number)
    content: dict[str, list[Own | Enclosed]] = {}
    notes = list(letter.notes)
    for part in sorted(parts, key=COVER.__eq__):  # the cover sheet, which counts all pages, comes last
        if part == ATTACHMENTS:
            content[part] = _files(along)
            notes += _notes(along.items)
        elif part == LETTER:
            content[part] = _document(letter)
        else:
            made = _other(db, part, reference, today, number, list(chain(*content.values())))
            content[part] = _document(made)
            notes += made.notes
    pages = [one for part in parts for one in content[part]]
    return _made(along, pages, ATTACHMENTS in parts, notes, letter.enclosed)


def _document(made: Made) -> list[Own | Enclosed]:
    from referral_app.documents import enclosing

    return [enclosing.Own(PaperKind(made.kind).label, made.content, names_patient=made.kind != COVER)]


def _files(along: Enclosures) -> list[Own | Enclosed]:
    from referral_app.documents import enclosing

    return [enclosing.Enclosed(one.title, one.date, one.content) for one in along.items if one.content]


def _other(
    db: Database, kind: str, reference: str, today: date | None, number: int, so_far: Sequence[Own | Enclosed]
) -> Made:
    """Return response form or cover sheet, which says how many pages there are with its own."""
    from referral_app.documents import enclosing
    from referral_app.jobs import response_forms

    if kind == RESPONSE:
        return response_forms.make(db, reference, today, number=number)
    return response_forms.cover(db, reference, today, pages=enclosing.pages(so_far) + 1, number=number)


def _made(
    along: Enclosures, content: Sequence[Own | Enclosed], with_files: bool, notes: Sequence[str],
    in_letter: tuple[str, ...],
) -> Made:  # fmt: skip
    from referral_app.documents import enclosing, letter_front

    born = dates.stored(given(along.intake, "patient.date_of_birth"))
    bundle = enclosing.Bundle(
        f"Referral {along.reference} with its attachments",
        letter_front.full_name(along.intake) or "Name not given",
        f"born {dates.say(born)}" if born else "date of birth not given",
        along.reference, content,
    )  # fmt: skip
    enclosed = tuple(one.name for one in along.items if one.content) if with_files else ()
    name = "letter-with-attachments" if enclosed else "letter-set"
    return Made(
        f"{name}-{along.reference}.pdf", enclosing.render(bundle), tuple(notes),
        PaperKind.BUNDLE, along.reference, along.number, enclosed=(*in_letter, *enclosed),
    )  # fmt: skip


def _notes(items: Sequence[Enclosure]) -> list[str]:
    """Return what a person should know: what is on the list and goes by itself, so that nobody thinks it is here."""
    return [
        f"“{one.name}” is on the list without a file: it is not in this set and goes by itself."
        for one in items
        if not one.content and not one.not_available
    ]
