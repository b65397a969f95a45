"""Rows of cells on paper: a table whose rows and cells are read as such, or a layout of which nobody hears."""

# ruff: noqa: N802, N803, N815 - ReportLab's names

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from reportlab.platypus import Table
from reportlab.platypus.tables import TableRenderCB

from referral_app.documents import fonts, layout, tagging
from referral_app.documents.paragraphs import Words
from referral_app.documents.tagging import Tag

_LEAD = 36.0
"""The least height in points that stands below a heading on its page, where so much follows: three lines."""


class Read(list[Any]):
    """The cells of a row with what they are; rows that go on with the one before are the same elements."""

    def __init__(self, cells: Iterable[Any], before: Read | None = None) -> None:
        """Keep the cells; `before` is the row with which they go on."""
        super().__init__("" if cell is None else cell for cell in cells)
        self.row = before.row if before is not None else Tag("TR")
        self.tags: list[Tag | None] = before.tags if before is not None else [None] * len(self)

    def name(self, head: bool, side: bool) -> None:
        """Say of each cell whether it heads its column, as all of a `head` do, or its row, as the first at the side."""
        for at, cell in enumerate(self):
            tag = self.tags[at]
            if tag is None:
                heading = (head or (side and at == 0)) and not _blank(cell)
                tag = self.tags[at] = (
                    Tag("TH", tagging.scope("Column" if head else "Row")) if heading else Tag("TD")
                )
            words = _alone(cell)
            if words is not None and words.tag is None:
                words.tag = tag


def _alone(cell: Any) -> Words | None:
    """Return the paragraph that is all of a cell."""
    parts: Sequence[Any] = cast(Sequence[Any], cell) if isinstance(cell, list | tuple) else (cell,)
    return parts[0] if len(parts) == 1 and type(parts[0]) is Words else None


def _blank(cell: Any) -> bool:
    words = _alone(cell)
    return words.empty if words is not None else not cell


class _Laid(TableRenderCB):
    """A layout: its grounds and lines are decoration."""

    def startTable(self, T: Any) -> None:
        """Begin nothing."""

    def endTable(self, T: Any) -> None:
        """End nothing."""

    def startRow(self, T: Any, rowNo: int) -> None:
        """Begin nothing."""

    def endRow(self, T: Any) -> None:
        """End nothing."""

    def startCell(
        self,
        T: Any,
        rowNo: int,
        colNo: int,
        cellval: Any,
        cellstyle: Any,
        pos: Any,
        size: Any,
    ) -> None:
        """Begin nothing."""

    def endCell(self, T: Any) -> None:
        """End nothing."""

    def startBG(self, T: Any) -> None:
        """Begin decoration."""
        found = tagging.tree(T.canv)
        if found is not None:
            found.begin_artifact(T.canv)

    def endBG(self, T: Any) -> None:
        """End decoration."""
        found = tagging.tree(T.canv)
        if found is not None:
            found.end(T.canv)

    startLines, endLines = startBG, endBG


class _Heard(_Laid):
    """A table: its rows and cells are elements; a header row that is drawn once more is decoration."""

    def startTable(self, T: Any) -> None:
        """Open the table."""
        found = tagging.tree(T.canv)
        if found is not None:
            found.open(T.tag)

    def endTable(self, T: Any) -> None:
        """Close the table."""
        found = tagging.tree(T.canv)
        if found is not None:
            found.close()

    def startRow(self, T: Any, rowNo: int) -> None:
        """Open the row."""
        found = tagging.tree(T.canv)
        if found is None:
            return
        row = cast(Read, T._cellvalues[rowNo])  # noqa: SLF001
        T.again = rowNo < _count(T.repeatRows) and row.row.drawn(T.canv)
        if T.again:
            found.begin_artifact(T.canv)
        else:
            found.open(row.row)

    def endRow(self, T: Any) -> None:
        """Close the row."""
        found = tagging.tree(T.canv)
        if found is None:
            return
        if T.again:
            found.end(T.canv)
        else:
            found.close()

    def startCell(
        self,
        T: Any,
        rowNo: int,
        colNo: int,
        cellval: Any,
        cellstyle: Any,
        pos: Any,
        size: Any,
    ) -> None:
        """Open the cell, which may stand above several columns."""
        found = tagging.tree(T.canv)
        if found is None or T.again:
            return
        tag = cast(Read, T._cellvalues[rowNo]).tags[colNo]  # noqa: SLF001
        assert tag is not None
        if T._spanCmds:  # noqa: SLF001
            _span(tag, T._spanRanges[colNo, rowNo])  # noqa: SLF001
        found.open(tag)

    def endCell(self, T: Any) -> None:
        """Close the cell."""
        found = tagging.tree(T.canv)
        if found is not None and not T.again:
            found.close()


def _count(repeated: int | Sequence[int]) -> int:
    return repeated if isinstance(repeated, int) else len(repeated)


def _span(tag: Tag, place: tuple[int, int, int, int]) -> None:
    """Say over how many columns a cell stands; a header over several is that of their columns."""
    columns = place[2] - place[0] + 1
    if columns > 1:
        tag.traits = tagging.scope("Column", columns) if tag.role == "TH" else tagging.spanning(columns)


_LAID, _HEARD = _Laid(), _Heard()


class Rows(Table):
    """A table in our font that knows how much of it must stand below a heading.

    It is heard as a table where it has a header row or `side`, which makes the first cell of each row its header;
    else what is in its cells is heard one after the other. All parts of a split one are one table.
    """

    def __init__(
        self, data: Sequence[Sequence[Any]], *, side: bool = False, heads: int = 0, tag: Tag | None = None,
        **settings: Any,
    ) -> None:  # fmt: skip
        """Make the table; its own font is ours, so that no other is named in the PDF.

        `heads` is how many rows at the top are headers, where they are not repeated (`repeatRows`); `tag` is that of
        a table with which this one goes on.
        """
        if "cellStyles" in settings:  # ReportLab splits it: see onSplit
            super().__init__(cast(Any, data), **settings)
            return
        heads = heads or settings.get("repeatRows", 0)
        rows = [row if isinstance(row, Read) else Read(row) for row in data]
        self.tag = tag or Tag("Table")
        heard = bool(heads) or side
        for at, row in enumerate(rows if heard else ()):
            row.name(head=at < heads, side=side)
        super().__init__(rows, normalizedData=1, renderCB=_HEARD if heard else _LAID, **settings)
        self.setStyle([("FONTNAME", (0, 0), (-1, -1), fonts.BODY)])

    def onSplit(self, T: Any, byRow: int = 1) -> None:
        """Let a part be the same element."""
        T.tag = self.tag

    def lead(self) -> float:
        """Return the height of the first rows in points: three lines at least, with a header row where there is one."""
        self.wrap(layout.WIDTH, layout.PAGE_HEIGHT)
        heights = cast(list[float], self._rowHeights)  # type: ignore[attr-defined]
        first = int(bool(self.repeatRows))
        lead = sum(heights[:first])
        least = lead + _LEAD
        for height in heights[first:]:
            if lead >= least:
                break
            lead += height
        return lead
