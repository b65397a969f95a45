"""The referral letter: from the sender's practice to the surgeon, the essentials on the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from referral_app.choices import Slot
from referral_app.clinical.fields import given
from referral_app.documents import (
    essentials,
    layout,
    letter_details,
    letter_front,
    letter_paragraphs,
    letter_statements,
    letter_trend,
    signature_drawing,
    tables,
    text,
    values,
)
from referral_app.documents.layout import Page, Styles
from referral_app.documents.sheet import Sheet

if TYPE_CHECKING:
    from referral_app.clinical.check import Check
    from referral_app.services.amendments import Statement
    from referral_app.services.e_signatures import Placed
    from referral_app.services.index_trend import Point
    from referral_app.services.practices import PracticeRecord
    from referral_app.services.surgeon_records import SurgeonRecord

_BOTTOM = 0.85 * layout.INCH
"""What is below the text; the foot stands in it."""
_LEADINGS = (14.5, 14.0, 13.5, 13.0, 15.0, 15.5)
"""How far apart the lines of 11 points stand, in points: as usual, then closer, then wider, until a page is full."""
_LEAST = 5
"""How many lines the last page holds at least, where there are several."""

UNSIGNED = "Draft – not signed"
URGENT = "Urgent evaluation first"
INVENTED = "Invented for demonstration"
CONFIDENTIAL = "If you received this letter by mistake, call the sender and destroy it."


@dataclass(frozen=True)
class Letter:
    """What a letter is made from.

    `marks` are the paths of private fields ticked for it, `not_final` a further mark, `titles` those of its codes,
    `templates` the wording of paragraphs that nobody typed, `trend` the readings of the headache index, oldest first,
    `signature` the one that was placed on this version, `statements` what the patient holds against denied corrections.
    """

    reference: str
    intake: Mapping[str, Any]
    check: Check
    surgeon: SurgeonRecord
    practice: PracticeRecord
    marks: frozenset[str] = frozenset()
    invented: bool = False
    not_final: str = ""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    templates: Mapping[Slot, str] = field(default_factory=dict[Slot, str])
    trend: Sequence[Point] = ()
    signature: Placed | None = None
    statements: Sequence[Statement] = ()


def render(letter: Letter) -> bytes:
    """Return the letter as a PDF; the same letter gives the same bytes.

    Every answer of the intake is on it, private ones only where marked. Raises `text.Unprintable`, naming the field,
    where an answer holds characters that no font of ours can draw.
    """
    _sheet(letter).refuse_unprintable()
    ways = (story(letter, _sheet(letter), _styles(leading)) for leading in _LEADINGS)
    return layout.build_full(_LEAST * _LEADINGS[0], ways, _page(letter, _styles(_LEADINGS[0])))


def _styles(leading: float) -> Styles:
    """Return the styles of a letter: its many short sections stand closer to their headings than in other documents."""
    styles = Styles(11, leading)
    styles.heading.leading = styles.heading.fontSize * 1.15
    styles.heading.spaceBefore = leading * 0.4
    return styles


def _sheet(letter: Letter) -> Sheet:
    return Sheet(letter.intake, letter.check.computed, letter.marks, titles=letter.titles)


def story(letter: Letter, sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return what the letter consists of, in reading order."""
    facts = letter_paragraphs.facts(letter.intake, letter.check.computed, letter.surgeon, letter.reference)
    opening, closing = (
        letter_paragraphs.section(slot, sheet, letter.templates.get(slot, ""), facts, styles) for slot in Slot
    )
    return [
        *letter_front.head(
            letter.practice, letter.surgeon, letter.reference, sheet, styles, bool(page_marks(letter))
        ),
        *opening,
        *letter_front.question(sheet, styles),
        *essentials.lines(letter.check, sheet, styles),
        *letter_details.sections(
            letter.check, letter.surgeon, sheet, styles, letter_trend.section(letter.trend, styles)
        ),
        *_end(closing, letter, sheet, styles),
        *letter_statements.section(letter.statements, styles),
    ]


def _end(closing: list[Flowable], letter: Letter, sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the last paragraph with who signed and who prepared, and the signature where one was placed."""
    signed = letter_details.signature(sheet, styles)
    if letter.signature:  # a signature stands on one page with the name of who signed
        signed = [layout.Whole([signature_drawing.flowable(letter.signature, styles), *signed])]
    return [tables.space(styles.leading * 0.4), *closing, *signed]


def omitted(letter: Letter) -> tuple[str, ...]:
    """Return one sentence for each thing that is left off the paper, for the screen to say."""
    own = given(letter.intake, "patient.name_own_script")
    if own is None or text.printable(str(own)):
        return ()
    return (
        "The name in the patient's own script is not printed: the fonts of the letter do not have its letters.",
    )


def page_marks(letter: Letter) -> tuple[str, ...]:
    """Return the words that stand at the top of every page."""
    signed = given(letter.intake, "signature.signed_by") and given(letter.intake, "signature.signed_at")
    marks = (
        URGENT if letter.check.uncleared else "",
        "" if signed else UNSIGNED,
        letter.not_final,
        INVENTED if letter.invented else "",
    )
    return tuple(mark for mark in marks if mark)


def _page(letter: Letter, styles: Styles) -> Page:
    born = given(letter.intake, "patient.date_of_birth")
    return Page(
        title=f"Referral {letter.reference}",
        person=letter_front.full_name(letter.intake) or "Name not given",
        foot=(f"born {values.date(born)}" if born else "date of birth not given", letter.reference),
        styles=styles,
        marks=page_marks(letter),
        note=CONFIDENTIAL,
        top=letter_front.TOP,
        bottom=_BOTTOM,
        first_top=_preprinted(letter.practice),
    )


def _preprinted(practice: PracticeRecord) -> float:
    """Return how much of the first page is printed already, in points: the marks stand below it."""
    inches = practice.letterhead.preprinted_inches if practice.letterhead else None
    return (inches or 0) * layout.INCH
