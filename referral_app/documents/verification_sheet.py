"""The sheet by which an office confirms or corrects its entry of the directory, by fax or on the phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from referral_app.clinical import dates, phones
from referral_app.documents import (
    fonts,
    kit_parts,
    layout,
    surgeon_cells,
    symbols,
    tables,
    text,
    verification_lines,
)
from referral_app.documents.kit_parts import Part
from referral_app.documents.layout import Page, Styles
from referral_app.documents.rows import Read
from referral_app.documents.verification_lines import Group, Line

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import SurgeonRecord

TITLE = "Please check this entry of our directory"
NAME = "Check of a directory entry"
_EDGE = 0.8 * layout.INCH
_HEADS = ("", "The directory says", "Right", "If not: what is right")
_WIDTHS = [layout.WIDTH * share for share in (0.175, 0.415, 0.08, 0.33)]
_PIECE = 190.0
"""The greatest height of a row in points; what is longer goes on in further rows."""
_WRITING = (22.0, 19.0)
"""The least height of a row, so that there is room to write; the lower one where that saves a page."""
_HOW = "Tick “Right” where a line is right. Where it is not, write what is right beside it. Then fill in the end."
_ALOUD = "On the phone: read each line aloud, but let the office say its fax number, and write its last four digits in."
_LAST = 4
_WHOLE = 470.0
"""Up to this height in points a location stands on one page; below the head of the first page there is room for it."""
_ALONE = 20.0
"""A last page that holds no more than the end, and so many points, has no line of the entry."""
_WITH_END = 3
"""So many lines go to the last page with the end that would stand there alone."""
_METHODS = ("Phone", "Fax", "Email", "In person")


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made from."""

    surgeon: SurgeonRecord
    center: CenterRecord
    printed_on: date


def render(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as one PDF, each from a page of its own; the same sheets give the same bytes.

    Raises `text.Unprintable`, naming the surgeon, where an entry holds characters that no font of ours can draw.
    """
    styles = Styles(11, 14.5)
    return kit_parts.build([_part(sheet, styles) for sheet in sheets], odd=False)


def _part(sheet: Sheet, styles: Styles) -> Part:
    try:
        page = _page(sheet, styles)
        writing = _writing(sheet, page)
        return Part(page, list(_story(sheet, styles, writing, _is_end_alone(sheet, page, writing))))
    except text.Unprintable as refusal:
        raise refusal.at("surgeon", sheet.surgeon.name) from refusal


def _writing(sheet: Sheet, page: Page) -> float:
    """Return the least height of a row: the lower one where that saves a page."""
    high, low = _WRITING
    filled = layout.measured(list(_story(sheet, page.styles, high)), page)
    lines = sum(len(group.lines) for group in verification_lines.groups(sheet.surgeon))
    if len(filled) == 1 or filled[-1] > (high - low) * lines:
        return high
    return low if len(layout.measured(list(_story(sheet, page.styles, low)), page)) < len(filled) else high


def _is_end_alone(sheet: Sheet, page: Page, writing: float) -> bool:
    """Tell whether the end would stand on a page of its own, of which nobody knows what is signed there."""
    filled = layout.measured(list(_story(sheet, page.styles, writing)), page)
    end = layout.measured([layout.Whole(_end(page.styles))], page)[0]
    return len(filled) > 1 and filled[-1] <= end + _ALONE


def _page(sheet: Sheet, styles: Styles) -> Page:
    surgeon = sheet.surgeon
    npi = [f"NPI {surgeon.npi}"] if surgeon.npi else []
    return Page(
        title=NAME,
        person=surgeon.name,
        foot=[*npi, f"printed on {dates.say(sheet.printed_on)}"],
        styles=styles,
        marks=surgeon_cells.marks(surgeon),
        note=_back(sheet.center),
        top=_EDGE,
        bottom=layout.INCH,
        secret="",
    )


def _back(center: CenterRecord) -> str:
    """Return where the sheet goes when it is filled in."""
    fax = f"Fax all pages back to {phones.say(center.fax)}" if center.fax else ""
    phone = f"questions: {phones.say(center.phone)}" if center.phone else ""
    return text.join(" · ", [center.name or "Headache Center", text.bold(fax), phone])


def _story(sheet: Sheet, styles: Styles, writing: float, take_along: bool = False) -> Iterator[Flowable]:
    """Yield the sheet; with `take_along` the last lines go to the page of the end."""
    title = styles.but("sheet-title", styles.title, spaceAfter=4)
    groups, last = list(verification_lines.groups(sheet.surgeon)), list[Group]()
    if take_along:
        groups, last = _cut(groups)
    yield layout.Heading(TITLE, title)
    yield tables.beside([_from(sheet.center), _to(sheet.surgeon)], styles)
    yield tables.space(4)
    for words in (_HOW, _ALOUD, _last(sheet.surgeon)):
        yield text.paragraph(words, styles.cell)
    yield tables.space(6)
    yield _table(groups, styles, writing)
    with_end = [_table(last, styles, writing)] if last else []
    yield layout.Whole([*with_end, tables.space(8), *_end(styles)])


def _cut(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return the groups without the last lines, and these."""
    *others, last = groups
    if len(last.lines) <= _WITH_END:
        return others, [last]
    rest = replace(last, lines=last.lines[:-_WITH_END])
    return [*others, rest], [Group(f"{last.title}, continued", last.lines[-_WITH_END:])]


def _from(center: CenterRecord) -> text.Markup:
    town = ", ".join(part for part in (center.city, f"{center.state} {center.zip}".strip()) if part)
    return text.join(text.BREAK, [
        text.bold("From"),
        center.name or "Headache Center",
        ", ".join(part for part in (center.line1, center.line2, town) if part),
        f"Phone {phones.say(center.phone)}" if center.phone else "",
        f"Fax {phones.say(center.fax)}" if center.fax else "",
    ])  # fmt: skip


def _to(surgeon: SurgeonRecord) -> text.Markup:
    lines: list[str] = [text.bold("To the office of"), surgeon.name]
    for place in surgeon.placements[:1]:
        phone, _ = surgeon_cells.numbers(place)
        lines += [place.location.name, f"Phone {phone}" if phone else ""]
    return text.join(text.BREAK, lines)


def _last(surgeon: SurgeonRecord) -> text.Markup:
    """Return when, by whom and how the entry and each fax were verified last, and where the entry comes from."""
    whole = _verified("Verified last", surgeon.verified_on, surgeon.verified_by, surgeon.verified_how)
    faxes = [
        _verified(f"fax at {place.location.name or place.location.line1}", place.fax_verified_on,
                  place.fax_verified_by, place.fax_verified_how)
        for place in surgeon.placements if place.fax_verified_on
    ]  # fmt: skip
    source = f"source: {surgeon.source}" if surgeon.source else ""
    return text.join("; ", [text.bold(whole), *faxes, source])


def _verified(what: str, day: date | None, who: str, how: str) -> str:
    if day is None:
        return "Not verified yet"
    return " ".join(
        filter(None, (f"{what} on {dates.say(day)}", f"by {who}" if who else "", f"({how})" if how else ""))
    )


def _table(groups: Sequence[Group], styles: Styles, writing: float) -> Flowable:
    """Return the lines with box and room to write; the header row is repeated, no row is split, nor a location."""
    cells: list[list[Any]] = [[text.paragraph(words, styles.head) for words in _HEADS]]
    commands: list[tables.Command] = [*_LOOK, ("BACKGROUND", (0, 0), (-1, 0), layout.SUNKEN)]
    band = styles.but("band", styles.head, fontSize=11.5, leading=15, spaceBefore=4)
    for group in groups:
        at = len(cells)
        cells.append([text.paragraph(group.title, band), "", "", ""])
        commands += [("SPAN", (0, at), (-1, at)), ("NOSPLIT", (0, at), (0, at + 1)),
                     ("LINEBELOW", (0, at), (-1, at), 1, layout.INK)]  # fmt: skip
        for line in group.lines:
            cells += _rows(line, styles, writing)
            last = len(cells) - 1
            commands += [("LINEBELOW", (0, last), (2, last), layout.HAIRLINE, layout.RULE),
                         ("LINEBELOW", (3, last), (3, last), 1, layout.INK)]  # fmt: skip
        if group.whole and _height(cells[at:]) <= _WHOLE:
            commands.append(("NOSPLIT", (0, at), (0, len(cells) - 1)))
    made = tables.Rows(cells, colWidths=_WIDTHS, repeatRows=1, side=True, hAlign="LEFT")
    made.setStyle(commands)
    return made


def _height(cells: list[list[Any]]) -> float:
    """Return how high rows are, in points."""
    made = tables.Rows(cells, colWidths=_WIDTHS)
    made.setStyle([*_LOOK, ("SPAN", (0, 0), (-1, 0))])
    return made.wrap(layout.WIDTH, layout.PAGE_HEIGHT)[1]


def _rows(line: Line, styles: Styles, writing: float) -> list[Read]:
    """Return a line as one row, or as several where what it says is long; the first has the box."""
    inner = [width - 2 * _PAD for width in _WIDTHS]
    labels = tables.flowing(line.about, styles.cell, inner[0], _PIECE)
    said = tables.flowing(line.says, styles.cell, inner[1], _PIECE)
    says: list[Any] = [_fax(line.says, styles)] if line.fax else list(said)
    rows = max(len(labels), len(says))
    box = symbols.Box(styles.cell, (inner[2] - 6) * 0.42)
    made: list[Read] = []
    for at in range(rows):
        cells = [
            labels[at] if at < len(labels) else "",
            says[at] if at < len(says) else "",
            box if at == 0 else "",
            tables.space(writing - 5) if at == 0 else "",
        ]
        made.append(Read(cells, made[-1] if made else None))
    return made


def _fax(number: str, styles: Styles) -> list[Flowable]:
    """Return a fax number in large print, with empty boxes in the place of the last four digits."""
    large = styles.but("fax", styles.cell, fontName=fonts.BOLD, fontSize=16, leading=20)
    said, _, extension = number.partition(" ext.")
    more = f"Extension {extension.strip()}. " if extension else ""
    return [
        symbols.Digits(_without_last_four(said), large, _LAST),
        tables.space(3),
        text.paragraph(f"{more}Last four digits: as the office says them", styles.cell),
    ]


def _without_last_four(said: str) -> str:
    """Return the beginning of a number, so that whoever reads the sheet cannot read the last four digits out."""
    at, left = len(said), _LAST
    while at and left:
        at -= 1
        left -= said[at].isdigit()
    return said[:at]


def _end(styles: Styles) -> list[Flowable]:
    """Return where the office says who confirmed the sheet, when and how, and signs."""
    ticks = [symbols.Marked(words, styles.cell, symbols.tick, styles.size * 1.7) for words in _METHODS]
    how = tables.Rows([ticks], colWidths=[62, 52, 60, 95], hAlign="LEFT")
    how.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 2)])
    rows: list[list[Any]] = [
        [_asked("Name of who confirmed this, and role", styles), _asked("On (month, day, year)", styles)],
        [[*_asked("How", styles), how], _asked("Phone", styles)],
        [_asked("Signature", styles), _asked("Entered into the directory by, on", styles)],
    ]
    made = tables.Rows(
        rows, colWidths=[layout.WIDTH * 0.62, layout.WIDTH * 0.38], rowHeights=[42] * 3, hAlign="LEFT"
    )
    made.setStyle([("GRID", (0, 0), (-1, -1), 0.75, layout.INK), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return [
        layout.Heading("Who confirmed this", styles.but("black", styles.heading, textColor=layout.INK)),
        made,
        tables.space(8),
        text.paragraph("What else we should know:", styles.cell),
        symbols.WritingLines(2, 22),
    ]


def _asked(words: str, styles: Styles) -> list[Flowable]:
    return [text.paragraph(words, styles.cell)]


_PAD = 4.0
_LOOK: tuple[tables.Command, ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
)
