"""The printed directory: the surgeons of any search as they were found, however many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates, phones
from referral_app.documents import layout, long_tables, surgeon_cells, tables, text
from referral_app.documents.layout import Page, Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import Found, Placement, SurgeonRecord

TITLE = "Surgeon directory"
EMPTY = "No surgeon of the directory fits this search."
WHOLE = "The whole directory"
CALL_FIRST = "Numbers, plans and waits change: call before you send what is urgent, and before a first fax."
_EDGE = 0.8 * layout.INCH
_HEIGHT = layout.PAGE_HEIGHT - 2 * _EDGE
_NAMED = 5
"""How many surgeons that cannot be printed are named."""
_COLUMNS = (
    Column("Surgeon", 1.5), Column("Where, phone, fax", 1.95), Column("Procedures and plans", 1.65),
    Column("New patients, verified on", 1.4),
)  # fmt: skip


@dataclass(frozen=True)
class Directory:
    """What a printed directory is made from: how many were found, in which order, and what was searched, in words.

    `found` is gone through once and may be read from the store meanwhile; `left_out` is how many are not in it.
    """

    found: Iterable[Found]
    count: int
    center: CenterRecord
    printed_on: date
    searched: str = ""
    order: str = ""
    left_out: int = 0


def render(directory: Directory, progress: Callable[[int, int], None] | None = None) -> bytes:
    """Return the directory as a PDF; the same directory gives the same bytes.

    `progress` is told how many surgeons of how many are done, and may stop the work by raising. Raises
    `text.Unprintable`, naming the surgeon, where an entry holds characters that no font of ours can draw.
    """
    styles = Styles(10.5, 13.5)
    head, marks = _head(directory, styles), list[str]()
    if not directory.count:
        empty = tables.box([(text.bold(EMPTY), styles.body)], layout.INK)
        return layout.build([*head, empty], _page(directory, styles, marks))
    rows = _rows(directory, marks, progress or (lambda done, of: None))
    body = long_tables.pages(_COLUMNS, rows, long_tables.height_of(head), _HEIGHT, styles)
    return layout.build(chain(head, body), _page(directory, styles, marks))


def _page(directory: Directory, styles: Styles, marks: list[str]) -> Page:
    """Return what stands around the pages; its marks are known when all surgeons were gone through."""
    searched = directory.searched if len(directory.searched) <= 40 else f"{directory.searched[:39]}…"
    return Page(
        title=TITLE,
        person=text.join(": ", [TITLE, searched or WHOLE]),
        foot=(f"printed on {dates.say(directory.printed_on)}",),
        styles=styles,
        marks=marks,
        top=_EDGE,
        bottom=_EDGE,
        secret="",
    )


def _head(directory: Directory, styles: Styles) -> list[Flowable]:
    title = styles.but("list-title", styles.title, spaceAfter=2)
    return [
        layout.Heading(TITLE, title),
        *(text.paragraph(words, styles.cell) for words in _about(directory)),
        tables.space(6),
    ]


def _about(directory: Directory) -> Iterator[str]:
    center, count = directory.center, directory.count - directory.left_out
    numbers = text.join(", ", [
        f"phone {phones.say(center.phone)}" if center.phone else "",
        f"fax {phones.say(center.fax)}" if center.fax else "",
    ])  # fmt: skip
    yield text.join(": ", [text.bold(center.name or "Headache Center"), numbers])
    yield text.bold("Searched: ") + (directory.searched or WHOLE)
    listed = f"{count:,} surgeon{'' if count == 1 else 's'}"
    yield text.join(", ", [listed, directory.order, f"as on {dates.say(directory.printed_on)}. {CALL_FIRST}"])
    if directory.left_out:
        yield text.bold(
            f"The next {directory.left_out:,} surgeons that were found are left out of this list. "
            "Narrow the search to print them."
        )


def _rows(
    directory: Directory, marks: list[str], progress: Callable[[int, int], None]
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each surgeon, marking invented ones; raises `text.Unprintable` with all in the way."""
    count = directory.count - directory.left_out
    refused: list[tuple[str, text.Unprintable]] = []
    for number, found in enumerate(directory.found, start=1):
        if found.surgeon.invented and not marks:
            marks.append(surgeon_cells.INVENTED)
        try:
            cells = _cells(found, directory.printed_on)
        except text.Unprintable as refusal:
            refused.append((found.surgeon.name, refusal))
        else:
            if not refused:
                yield cells
        progress(number, count)
    if refused:
        raise _refusal(refused)


def _refusal(refused: list[tuple[str, text.Unprintable]]) -> text.Unprintable:
    """Return one refusal for all surgeons that cannot be printed, so that they are mended in one go."""
    names = "; ".join(name for name, _ in refused[:_NAMED])
    more = f" and {len(refused) - _NAMED:,} more" if len(refused) > _NAMED else ""
    characters = "".join(refusal.characters for _, refusal in refused[:_NAMED])
    return text.Unprintable(characters, "surgeon", names + more)


def _cells(found: Found, day: date) -> tuple[str, ...]:
    surgeon = found.surgeon
    return (
        text.join(text.BREAK, _who(found)),
        text.join(text.BREAK, map(_where, surgeon.placements)) or surgeon_cells.NO_PLACE,
        text.join(text.BREAK, _what(surgeon)),
        text.join(text.BREAK, surgeon_cells.new_patients(surgeon, day)),
    )


def _who(found: Found) -> Iterator[str]:
    surgeon = found.surgeon
    spoken = surgeon_cells.languages(surgeon)
    yield text.bold(surgeon_cells.listed_name(surgeon))
    yield surgeon.specialty
    yield f"NPI {surgeon.npi}" if surgeon.npi else ""
    yield f"Speaks {spoken}" if spoken else ""
    if found.miles is not None:
        yield f"{found.miles:g} straight-line mile{'' if found.miles == 1 else 's'}"


def _where(place: Placement) -> text.Markup:
    checked = f"Fax verified {dates.say(place.fax_verified_on)}" if place.fax_verified_on else ""
    return text.join(text.BREAK, [surgeon_cells.where(place), checked])


def _what(surgeon: SurgeonRecord) -> Iterator[str]:
    yield surgeon_cells.procedures(surgeon) or "No procedure is entered"
    yield text.join(": ", [text.bold("In network"), ", ".join(surgeon.plans)]) if surgeon.plans else ""
    yield text.join(": ", [text.bold("Does not take"), surgeon.refuses]) if surgeon.refuses else ""
