"""The surgeon list of the power-cut kit: whom to refer to, where they are and how to reach them, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates, phones
from referral_app.documents import layout, long_tables, surgeon_cells, tables, text
from referral_app.documents.kit_form import EDGE
from referral_app.documents.layout import Page, Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import SurgeonRecord

TITLE = "Surgeon list"
NAME = "Headache Center, surgeon list"
EMPTY = "There is no surgeon in the directory yet. Print the kit again when there is one."
_COLUMNS = (
    Column("Surgeon", 1.55), Column("Where, phone, fax", 2.0), Column("Procedures", 1.6), Column("New patients", 1.35),
)  # fmt: skip
_HEIGHT = layout.PAGE_HEIGHT - 2 * EDGE


def page(surgeons: Sequence[SurgeonRecord], printed_on: date, styles: Styles) -> Page:
    """Return what stands around the text of every page."""
    return Page(
        title=NAME,
        person=NAME,
        foot=(f"printed on {dates.say(printed_on)}",),
        styles=styles,
        marks=(surgeon_cells.INVENTED,) if any(surgeon.invented for surgeon in surgeons) else (),
        top=EDGE,
        bottom=EDGE,
        secret="",
    )


def story(
    surgeons: Sequence[SurgeonRecord], left_out: int, center: CenterRecord, printed_on: date, styles: Styles
) -> list[Flowable]:
    """Return the list; `left_out` is how many surgeons of the directory are not in it."""
    title = styles.but("list-title", styles.title, spaceAfter=2)
    head: list[Flowable] = [
        layout.Heading(TITLE, title),
        *(
            text.paragraph(words, styles.cell)
            for words in _about(len(surgeons), left_out, center, printed_on)
        ),
        tables.space(6),
    ]
    if not surgeons:
        return [*head, tables.box([(text.bold(EMPTY), styles.body)], layout.INK)]
    rows = (_row(surgeon, printed_on) for surgeon in surgeons)
    return [*head, *long_tables.pages(_COLUMNS, rows, long_tables.height_of(head), _HEIGHT, styles)]


def _about(count: int, left_out: int, center: CenterRecord, printed_on: date) -> Iterator[str]:
    numbers = text.join(", ", [
        f"phone {phones.say(center.phone)}" if center.phone else "",
        f"fax {phones.say(center.fax)}" if center.fax else "",
        f"after hours {phones.say(center.after_hours_phone)}" if center.after_hours_phone else "",
    ])  # fmt: skip
    yield text.join(": ", [text.bold(center.name or "Headache Center"), numbers])
    stands = f"{count:,} surgeon{'' if count == 1 else 's'} by last name, as on {dates.say(printed_on)}."
    yield f"{stands} Waits and numbers change: call before you fax what is urgent."
    if left_out:
        yield text.bold(f"The next {left_out:,} surgeons of the directory are left out of this list.")


def _row(surgeon: SurgeonRecord, day: date) -> tuple[str, ...]:
    """Return the cells of a surgeon; raises `text.Unprintable`, naming the surgeon."""
    try:
        return _cells(surgeon, day)
    except text.Unprintable as refusal:
        raise refusal.at("surgeon", surgeon.name) from refusal


def _cells(surgeon: SurgeonRecord, day: date) -> tuple[str, ...]:
    spoken = surgeon_cells.languages(surgeon)
    name = text.bold(surgeon_cells.listed_name(surgeon))
    places = [surgeon_cells.where(place) for place in surgeon.placements]
    return (
        text.join(text.BREAK, [name, surgeon.specialty, f"Speaks {spoken}" if spoken else ""]),
        text.join(text.BREAK, places) or surgeon_cells.NO_PLACE,
        surgeon_cells.procedures(surgeon) or surgeon_cells.NONE,
        text.join(text.BREAK, surgeon_cells.new_patients(surgeon, day)),
    )
