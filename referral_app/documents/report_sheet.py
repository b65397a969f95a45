"""Reports on paper: each plot with its table below it, what was counted, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates
from referral_app.clinical.plots import Plot
from referral_app.documents import layout, tables, text
from referral_app.documents.layout import Page, Styles
from referral_app.documents.plot_drawing import MOST, PlotDrawing
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.report_records import Part, Report

TITLE = "Reports"
NOTHING = "Nothing to count in this period."


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
        yield layout.room(160)
        yield layout.Heading(report.title, styles.heading)
        if report.note:
            yield text.paragraph(report.note, styles.body)
        for part in report.parts:
            yield from _part(part, styles, lower if part.title != report.title else None)


def _part(part: Part, styles: Styles, look: layout.ParagraphStyle | None) -> Iterator[Flowable]:
    if look is not None:
        yield layout.room(90)
        yield layout.Heading(part.title, look)
    if part.note:
        yield text.paragraph(part.note, styles.cell)
    if not part.rows:
        yield text.paragraph(NOTHING, styles.body)
        return
    for plot in _pieces(part.plot):
        yield layout.room(plot.height * 0.8)
        yield text.paragraph(text.bold(plot.title), styles.cell)
        yield PlotDrawing(plot)
    yield tables.space(4)
    share = 0.34 if len(part.heads) > 4 else 0.5
    rest = (1 - share) / max(1, len(part.heads) - 1)
    columns = [
        Column(head, rest if number else share, number=bool(number)) for number, head in enumerate(part.heads)
    ]
    yield tables.table(columns, [[text.legible(one) for one in row] for row in part.rows], styles)


def _pieces(plot: Plot | None) -> Sequence[Plot]:
    """Return a long plot in pieces that fit on a page each."""
    if plot is None:
        return []
    return [replace(plot, bars=plot.bars[at : at + MOST]) for at in range(0, len(plot.bars), MOST)]
