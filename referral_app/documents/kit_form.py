"""The blank referral form: every field of the intake, by steps, to fill in by hand while the computer is down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable

from referral_app.clinical import dates
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import INTAKE, LETTER, RED_FLAG_GROUP, SIGNATURE, STEPS
from referral_app.documents import kit_fields, kit_flags, kit_rows, layout, tables, text
from referral_app.documents.kit_cells import ROW, UNITS, Cell, Line, grid
from referral_app.documents.kit_fields import Pen
from referral_app.documents.layout import Page

TITLE = "Referral form"
NAME = "Headache Center referral, blank form"
EDGE = 0.8 * layout.INCH
"""What is above and below the text of every page of the kit."""
_SIGN = "Signature of the clinician"
_OFFICE = (
    ("Faxed to the number", 5), ("Faxed by", 4), ("Faxed on", 3),
    ("Typed into the program by", 5), ("Typed in on", 3), ("Reference number given", 4),
)  # fmt: skip
"""What the office notes of the paper itself, with the width of each in units; the intake has no field for it."""
_HOW = (
    "For when the computer is down. Write with a black pen. Where a field is marked required and there is no answer, "
    "write “not available” and why. Send it by fax, with the surgeon’s number from the surgeon list; call before you "
    "send anything urgent. When the computer is back, type the form into the program, and then keep or destroy the "
    "paper as your office does."
)


def page(pen: Pen, printed_on: date) -> Page:
    """Return what stands around the text of every page."""
    return Page(
        title=NAME,
        person=NAME,
        foot=(f"printed on {dates.say(printed_on)}",),
        styles=pen.styles,
        top=EDGE,
        bottom=EDGE,
        secret="confidential once filled in",
    )


def story(pen: Pen) -> list[Flowable]:
    """Return the whole form in the order of the steps."""
    title = pen.styles.but("form-title", pen.styles.title, spaceAfter=2)
    made: list[Flowable] = [layout.Heading(TITLE, title), text.paragraph(_HOW, pen.option), tables.space(6)]
    made += [text.paragraph("For the office", pen.strip), *_office(pen)]
    for number, step in enumerate(STEPS, start=1):
        band = _band(f"Step {number} of {len(STEPS)}: {step}", pen)
        for group in INTAKE:
            if group.step == number and group is not LETTER:  # its paragraphs are worded by the practice
                made += _group(group, pen, band)
                band = []
    return made


def _office(pen: Pen) -> Iterator[Flowable]:
    return grid(Cell(text.paragraph(words, pen.label), None, span) for words, span in _OFFICE)


def _band(words: str, pen: Pen) -> list[Flowable]:
    """Return the band above the groups of a step."""
    style = pen.styles.but("band", pen.strip, textColor=layout.PAPER, fontSize=12, leading=14)
    return [
        tables.space(8),
        tables.box([(layout.Heading(words, style), style)], layout.INK, layout.INK, padding=3),
    ]


def _group(group: Field, pen: Pen, band: list[Flowable]) -> list[Flowable]:
    """Return a group below its heading and, for the first of a step, below the band of the step."""
    black = pen.styles.but("group", pen.strip, fontSize=11.5, leading=14, spaceBefore=6, spaceAfter=2)
    heading = layout.Heading(text.join(" ", [group.label, kit_fields.need(group)]), black)
    return _kept([*band, heading], list(_body(group, pen)))


def _kept(head: list[Flowable], body: list[Flowable]) -> list[Flowable]:
    """Return a heading with what is below it, on a new page where the first of that would not stand below it."""
    first = next((at for at, part in enumerate(body) if isinstance(part, tables.Rows)), 0)
    return [layout.room(sum(map(_height, [*head, *body[: first + 1]])) + ROW), *head, *body]


def _height(part: Flowable) -> float:
    """Return how much of a part must stand on the page where it begins, in points."""
    if isinstance(part, tables.Rows):
        return part.lead() + ROW
    if isinstance(part, CondPageBreak):
        return 0
    return part.wrap(layout.WIDTH, layout.PAGE_HEIGHT)[1] + part.getSpaceBefore() + part.getSpaceAfter()


def _body(group: Field, pen: Pen) -> Iterator[Flowable]:
    if group.kind is Kind.ROWS:
        yield from kit_rows.table(group, pen)
        return
    if group is RED_FLAG_GROUP:
        yield from kit_flags.flags(pen)
        group = replace(group, fields=tuple(one for one in group.fields if one.kind is not Kind.GROUP))
    yield from _fields(group, pen)
    if group is SIGNATURE:
        yield Line([Cell(text.paragraph(_SIGN, pen.label), None, UNITS, ROW * 1.5)])


def _fields(group: Field, pen: Pen) -> Iterator[Flowable]:
    """Yield the fields of a group as rows of boxes; groups and tables within it stand below their own labels."""
    waiting: list[Cell] = []
    for one in kit_fields.written(group):
        if one.kind not in (Kind.GROUP, Kind.ROWS):
            waiting.append(kit_fields.cell(one, pen))
            continue
        yield from grid(waiting)
        waiting = []
        yield from _inner(one, pen)
    yield from grid(waiting)


def _inner(one: Field, pen: Pen) -> list[Flowable]:
    strip = text.paragraph(text.join(" ", [one.label, kit_fields.need(one)]), pen.strip)
    return [*_kept([tables.space(4), strip, tables.space(1)], list(_body(one, pen))), tables.space(4)]
