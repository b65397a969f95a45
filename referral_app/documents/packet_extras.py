"""The parts of a consult packet that are ticked for a person: more to know, sheets to fill in, notices, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from referral_app.documents import drawings, layout, packet_pages, symbols, tables, text
from referral_app.documents.kit_sketch import EmptyHeads
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.rows import Rows

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet

DAYS = 31
"""How many rows a diary of one month has, all on one page."""
_DIARY = (0.07, 0.11, 0.12, 0.18, 0.24, 0.28)
_DIARY_LARGE = (0.16, 0.22, 0.62)


def block(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what a nerve block is."""
    return sheets.section("block")


def operation(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the operation in short, with where the cut is made."""
    height = 210 if sheets.large else 140
    drawing = drawings.WhereCut(layout.WIDTH, height, sheets.styles.size, sheets.own)
    shown = layout.Whole([drawing, sheets.caption("caption-cut")])
    return [*sheets.section("operation"), shown]


def sites(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the six trigger sites."""
    return [*sheets.section("sites"), *packet_pages.sites(packet, sheets)]


def risks(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the risks of the operation."""
    return sheets.section("risks")


def notes(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return a page of lines to write on."""
    return [
        *sheets.section("notes"),
        symbols.WritingLines(11 if sheets.large else 18, sheets.styles.leading * 1.5),
    ]


def worksheet(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the sheet on which the patient writes what each part of the care will cost."""
    own = sheets.own
    titles, rows = own.listed("tables.costs"), own.listed("tables.costs_rows")
    lines = 2.0 if sheets.large else 1.9  # two lines of the longest label in large print
    asked = _blank(titles, [[row, "", ""] for row in rows], (0.4, 0.35, 0.25), sheets, lines)
    kept = [[row, ""] for row in own.listed("tables.calls_rows")]
    call = _blank((), kept, (0.4, 0.6), sheets, lines)
    return [
        *sheets.section("costs-sheet"),
        call,
        tables.space(sheets.styles.leading * 0.5),
        layout.Whole([asked]),
    ]


def diary(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the headache diary of one month, with how to keep it."""
    own = sheets.own
    titles = own.listed("tables.diary_large" if sheets.large else "tables.diary")
    shares = _DIARY_LARGE if sheets.large else _DIARY
    rows = [[str(day), *[""] * (len(titles) - 1)] for day in range(1, DAYS + 1)]
    month = text.paragraph(own.say("tables.diary_month"), sheets.styles.head)
    table = _blank(titles, rows, shares, sheets, 0.0)
    return [*sheets.section("diary"), layout.Whole([month, table])]


def sketch(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return four empty heads to draw on, two on a line."""
    own, size = sheets.own, sheets.styles.size
    views = own.part("views")
    pairs = (("right", "front"), ("left", "back"))
    drawn = [
        EmptyHeads(225, size, {view: views[view] for view in pair}, own.part("letters")) for pair in pairs
    ]
    return [layout.Whole([*sheets.section("sketch"), *drawn])]


def glossary(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return words that may come up, with what they mean."""
    return sheets.section("words")


def notices(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the Center's own notices, nothing where it has written none."""
    made: list[Flowable] = []
    for title, words in packet.notices:
        if not words.strip():
            continue
        lead = layout.room(sheets.styles.leading * 5)
        made += [lead, layout.Heading(title, sheets.styles.title)] if title.strip() else [lead]
        paragraphs = [part for part in words.split("\n\n") if part.strip()]
        made += [text.paragraph(part.strip(), sheets.styles.body) for part in paragraphs]
    return made


def sources(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return where the facts come from, and who reviewed which of the texts that were taken so far."""
    made = sheets.section("sources")
    made += [sheets.item(words) for words in sheets.own.listed("sources.listed")]
    made.append(tables.space(sheets.styles.leading * 0.3))
    return made + [text.paragraph(words, sheets.styles.body) for words in reviews(packet, sheets)]


def reviewed(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return who reviewed the texts in small print, for a packet without its sources."""
    said = text.paragraph(" ".join(reviews(packet, sheets)), sheets.styles.caption)
    return [tables.space(sheets.styles.leading * 0.4), said]


def reviews(packet: Packet, sheets: Sheets) -> Iterator[str]:
    """Yield who reviewed the texts and when, and how many are not reviewed as they stand."""
    own = sheets.own
    found = Counter(
        (packet.reviewed[name].reviewed_on, packet.reviewed[name].reviewer)
        for name in sheets.used
        if name in packet.reviewed
    )
    waiting = len(sheets.used) - found.total()
    for (day, name), count in sorted(found.items()):
        said = "sources.by" if not waiting and len(found) == 1 else "sources.by_some"
        yield own.say(said, name=name, day=own.day(day), count=count)
    if waiting:
        word = "waiting_all" if not found else "waiting_one" if waiting == 1 else "waiting"
        yield own.say(f"sources.{word}", count=waiting)


def _blank(
    titles: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], sheets: Sheets, lines: float
) -> Flowable:  # fmt: skip
    """Return a table to fill in, its rows so many lines high; 0 lets the rows of a month fit on one page."""
    styles = sheets.styles
    month = lines == 0
    cell, head = _month_looks(sheets) if month else (styles.cell, styles.head)
    high = _month_row(sheets) if month else styles.leading * lines
    return _grid(titles, rows, [layout.WIDTH * share for share in shares], (head, cell), high)


def _month_looks(sheets: Sheets) -> tuple[ParagraphStyle, ParagraphStyle]:
    """Return the styles of the days of a diary and of its header: as large as a month on one page allows."""
    styles = sheets.styles
    size, head, leading = (16, 18, 20) if sheets.large else (12, 11, 12.5)
    return (
        styles.but("day", styles.cell, fontSize=size, leading=size + 0.5),
        styles.but("diary-head", styles.head, fontSize=head, leading=leading),
    )


def _month_row(sheets: Sheets) -> float:
    """Return how high a row of the diary is, in points, so that a month stands on one page."""
    return 17.5 if sheets.large else 15.6


def _grid(
    titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float],
    looks: tuple[ParagraphStyle, ParagraphStyle], high: float,
) -> Flowable:  # fmt: skip
    """Return a table with lines around every cell, so that there is a place for each word that is written."""
    head, cell = looks
    cells = [[text.paragraph(title, head) for title in titles]] if titles else []
    cells += [[text.paragraph(words, cell) for words in row] for row in rows]
    heights = [None] * bool(titles) + [high] * len(rows)
    made = Rows(
        cells,
        colWidths=list(widths),
        rowHeights=heights,
        hAlign="LEFT",
        side=True,
        repeatRows=int(bool(titles)),
    )
    made.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.75, layout.RULE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ])  # fmt: skip
    if titles:
        made.setStyle([("BACKGROUND", (0, 0), (-1, 0), layout.SUNKEN)])
    return made
