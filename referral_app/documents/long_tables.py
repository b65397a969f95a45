"""Tables of thousands of rows, cut into pages here, so that time and memory grow no faster than the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlab.platypus import Flowable, PageBreak

from referral_app.documents import layout, tables
from referral_app.documents.layout import Styles
from referral_app.documents.tables import Column, Grid

_SLACK = 6.0


def pages(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], used: float, height: float, styles: Styles
) -> Iterator[Flowable]:
    """Yield a table a page, each with the header row, so that no row is split where a page can hold it.

    `used` is how much of the first page is taken and `height` how much a page holds, in points. ReportLab's own way,
    one table that is split again at the end of every page, takes minutes for thousands of rows.
    """
    grid = Grid(columns, styles)
    room, full = height - grid.head_height - _SLACK, used
    fitting: list[tables.Row] = []
    for row in rows:
        parts = grid.parts(row)
        tall = sum(part.height for part in parts)
        if fitting and full + tall > room:
            yield grid.made(fitting)
            yield PageBreak()
            fitting, full = [], 0.0
        fitting += parts
        full += tall
    yield grid.made(fitting)


def height_of(parts: Iterable[Flowable]) -> float:
    """Return how much of a page the parts take that stand above a table, in points."""
    return sum(
        part.wrap(layout.WIDTH, layout.PAGE_HEIGHT)[1] + part.getSpaceBefore() + part.getSpaceAfter()
        for part in parts
    )
