"""Reports on paper: each plot with its table below it, what was counted, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from referral_app.clinical import dates
from referral_app.clinical.plots import Plot
from referral_app.documents import fonts, layout, tables, text
from referral_app.documents.layout import Page, Styles
from referral_app.documents.plot_drawing import MOST, PlotDrawing
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.report_records import Part, Report

TITLE = "Reports"
NOTHING = "Nothing to count in this period."
_TOGETHER = 14
"""Rows of a table that stays on the page of its plot."""
_FIRST = 1
"""How much of a longer part stands with its headings: its first picture."""
_LEAST = 160
"""Points that a longer part wants on the page on which it begins."""
_SIDES = 16.0
"""Points around the words of a cell."""
_MOST_SHARE = 0.3
"""The share of the width up to which a column gives long words one line."""


@dataclass(frozen=True)
class Sheet:
    """The reports of one document, the name of the office, and the day on which they were counted."""

    reports: tuple[Report, ...]
    office: str
    printed_on: date


def render(sheet: Sheet) -> bytes:
    """Return the reports as a PDF; the same reports give the same bytes; what no font can draw is named."""
    styles = Styles(10.5, 13.5)
    return layout.build([*_head(sheet, styles), *_body(sheet, styles)], _page(sheet, styles))


def _page(sheet: Sheet, styles: Styles) -> Page:
    return Page(
        title=TITLE, person=TITLE, foot=(f"counted on {dates.say(sheet.printed_on)}",), styles=styles, marks=[],
    )  # fmt: skip


def _head(sheet: Sheet, styles: Styles) -> Iterator[Flowable]:
    yield layout.Heading(TITLE, styles.title)
    about = sheet.reports[0].about if sheet.reports else ""
    for words in (sheet.office, about, f"Counted on {dates.say(sheet.printed_on)}"):
        if words:
            yield text.paragraph(words, styles.body)
    yield layout.rule()


def _body(sheet: Sheet, styles: Styles) -> Iterator[Flowable]:
    lower = styles.but("report-part", styles.heading, fontSize=styles.heading.fontSize - 1.5)
    for report in sheet.reports:
        above: list[Flowable] = [layout.Heading(report.title, styles.heading)]
        if report.note:
            above.append(text.paragraph(report.note, styles.body))
        for part in report.parts:
            yield from _part(part, styles, lower if part.title != report.title else None, above)
            above = []
        yield from above


def _part(
    part: Part, styles: Styles, look: layout.ParagraphStyle | None, above: Sequence[Flowable]
) -> Iterator[Flowable]:
    """Yield a part below its headings, on one page where it fits on one: no table leaves a row to the next page."""
    top, below = [*above, *_top(part, styles, look)], list(_inside(part, styles))
    if len(part.rows) <= _TOGETHER:
        yield layout.Whole([*top, *below])
        yield tables.space(styles.heading.spaceBefore)
    elif part.plot is not None:
        yield layout.Whole([*top, *below[:_FIRST]])
        yield from below[_FIRST:]
    else:
        yield layout.room(_LEAST)
        yield from (*top, *below)


def _top(part: Part, styles: Styles, look: layout.ParagraphStyle | None) -> Iterator[Flowable]:
    if look is not None:
        yield layout.Heading(part.title, look)
    if part.note:
        yield text.paragraph(part.note, styles.cell)


def _inside(part: Part, styles: Styles) -> Iterator[Flowable]:
    if not part.rows:
        yield text.paragraph(NOTHING, styles.body)
        return
    for plot in _pieces(part.plot):
        yield layout.Whole(
            [tables.space(4), text.paragraph(text.bold(plot.title), styles.cell), PlotDrawing(plot)]
        )
    yield tables.space(4)
    shares = _shares(part, styles)
    columns = [
        Column(head, share, number=number > 0)
        for number, (head, share) in enumerate(zip(part.heads, shares, strict=True))
    ]
    yield tables.table(columns, [[text.legible(one) for one in row] for row in part.rows], styles)


def _shares(part: Part, styles: Styles) -> list[float]:
    """Return the share of the width of each column: no word of a head is broken, and the first gets half at most."""
    size, others = styles.cell.fontSize, list(range(1, len(part.heads)))
    needs = {at: _SIDES + max(_wide(word, size) for word in part.heads[at].split()) for at in others}
    for at in others:
        words = max((_wide(row[at], size) for row in part.rows), default=0.0)
        needs[at] = max(needs[at], min(_SIDES + words, layout.WIDTH * _MOST_SHARE))
    first = min(layout.WIDTH / 2, layout.WIDTH - sum(needs.values()))
    left = (layout.WIDTH - first - sum(needs.values())) / max(1, len(others))
    return [first, *(needs[at] + left for at in others)]


def _wide(words: str, size: float) -> float:
    return stringWidth(words, fonts.BOLD, size)


def _pieces(plot: Plot | None) -> Sequence[Plot]:
    """Return a long plot in pieces that fit on a page each."""
    if plot is None:
        return []
    return [replace(plot, bars=plot.bars[at : at + MOST]) for at in range(0, len(plot.bars), MOST)]
