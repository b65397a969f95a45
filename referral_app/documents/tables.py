"""Tables, boxes and lists of pairs, in which text of any length flows on and no row is split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from referral_app.documents import layout, text
from referral_app.documents.layout import Styles
from referral_app.documents.paragraphs import Words
from referral_app.documents.rows import Read, Rows
from referral_app.documents.tagging import Tag

__all__ = ["Rows"]

_ROW = 190.0
"""The greatest height of a row in points: what is taller goes on in further rows, so that rows need no splitting."""
_HALVES = 20
"""How many items stand in two columns before the next piece begins, so that no row is higher than a page."""
_PIECE = 2000
"""Text longer than this is cut between words first, as one long paragraph is slow to break again and again."""

LABELS = 0.185
"""The share of the width that the labels at the left of their texts take."""

Command = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, its share of the width, and whether it holds numbers."""

    title: str
    share: float
    number: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table as it is laid out, with its height in points; `last` where a line is drawn below it."""

    cells: Read
    height: float
    last: bool


class Grid:
    """The columns of a table: what lays its rows out, so that each is measured once."""

    def __init__(self, columns: Sequence[Column], styles: Styles) -> None:
        """Keep widths and styles, and lay the header row out."""
        total = sum(column.share for column in columns)
        self._widths = [layout.WIDTH * column.share / total for column in columns]
        self._body = [styles.number if column.number else styles.cell for column in columns]
        looks = [styles.head_number if column.number else styles.head for column in columns]
        titles = [text.paragraph(column.title, style) for column, style in zip(columns, looks, strict=True)]
        self._titles, self._after = Read(titles), styles.leading * 0.5
        self._tag = Tag("Table")
        self.head_height = self._height(self._titles)

    def parts(self, words: Sequence[str]) -> list[Row]:
        """Return a row from its texts, in several parts where a cell holds more than a row may."""
        rows = list(_rows(words, self._body, self._widths))
        return [Row(row, self._height(row), number == len(rows)) for number, row in enumerate(rows, start=1)]

    def made(self, rows: Iterable[Row]) -> Flowable:
        """Return the table: header row repeated on every page, hairlines between rows only, numbers at the right.

        What is made of further rows goes on with the same table.
        """
        cells, heights = [self._titles], [self.head_height]
        commands = [*_PADDING, ("BACKGROUND", (0, 0), (-1, 0), layout.SUNKEN)]
        for row in rows:
            cells.append(row.cells)
            heights.append(row.height)
            if row.last:
                at = len(cells) - 1
                commands.append(("LINEBELOW", (0, at), (-1, at), layout.HAIRLINE, layout.RULE))
        if len(cells) > 3:  # a head has two rows below it, and no page has one row alone
            commands += [("NOSPLIT", (0, 0), (-1, 2)), ("NOSPLIT", (0, len(cells) - 2), (-1, len(cells) - 1))]
        made = Rows(
            cells,
            colWidths=self._widths,
            rowHeights=heights,
            repeatRows=1,
            hAlign="LEFT",
            spaceAfter=self._after,
            tag=self._tag,
        )
        made.setStyle(commands)
        return made

    def _height(self, cells: Read) -> float:
        tallest = max(
            cell.wrap(width - _SIDES, _ROW)[1] for cell, width in zip(cells, self._widths, strict=True)
        )
        return tallest + _ABOVE + _BELOW


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], styles: Styles) -> Flowable:
    """Return a table: header row repeated on every page, hairlines between rows only, numbers at the right."""
    grid = Grid(columns, styles)
    return grid.made(part for row in rows for part in grid.parts(row))


def pairs(
    items: Iterable[tuple[str, str]],
    styles: Styles,
    label: ParagraphStyle | None = None,
    share: float = LABELS,
) -> list[Flowable]:
    """Return labels at the left, in their share of the width, with their texts beside them; nothing for none."""
    widths = [layout.WIDTH * share, layout.WIDTH * (1 - share)]
    cells: list[Read] = []
    for name, words in items:
        cells.extend(_rows([name, words], [label or styles.label, styles.cell], widths))
    return [_bare(cells, widths, side=True)] if cells else []


def _bare(cells: Sequence[list[Any]], widths: list[float], side: bool = False) -> Rows:
    made = Rows(cells, colWidths=widths, hAlign="LEFT", side=side)
    made.setStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ])  # fmt: skip
    return made


def box(
    parts: Iterable[tuple[str | Words, ParagraphStyle]], color: Color = layout.ACCENT, ground: Color | None = None,
    weight: float = 1.0, width: float = 0.0, align: str = "LEFT", padding: float = 8.0, lang: str = "",
) -> Flowable:  # fmt: skip
    """Return texts in a box; where they take more than a page, the box goes on on the next.

    A part may be a heading; `lang` is the language of texts where that is not the document's, as "es-US".
    """
    width = width or layout.WIDTH
    inner = width - 2 * padding
    cells: list[Read] = []
    for words, style in parts:
        if isinstance(words, Words):
            cells.append(Read([words]))
            continue
        cells.extend(Read([piece]) for piece in flowing(words, style, inner, _ROW, lang))
    made = Rows(cells, colWidths=[width], hAlign=align)
    commands: list[Command] = [
        ("BOX", (0, 0), (-1, -1), weight, color),
        ("LEFTPADDING", (0, 0), (-1, -1), padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), padding),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("TOPPADDING", (0, 0), (-1, 0), padding * 0.7),
        ("BOTTOMPADDING", (0, -1), (-1, -1), padding * 0.9),
    ]
    if ground is not None:
        commands.append(("BACKGROUND", (0, 0), (-1, -1), ground))
    made.setStyle(commands)
    return made


def headed(title: str, body: Sequence[Flowable], styles: Styles) -> list[Flowable]:
    """Return a heading with what stands below it, on a new page where the heading would stand alone at the foot."""
    lead = body[0].lead() if body and isinstance(body[0], Rows) else 2 * styles.leading
    look = styles.heading
    return [
        layout.room(look.spaceBefore + look.leading + look.spaceAfter + lead),
        layout.Heading(title, look),
        *body,
    ]


def band(words: str, style: ParagraphStyle) -> Flowable:
    """Return text on a ground from edge to edge."""
    return box([(words, style)], layout.SUNKEN, layout.SUNKEN, padding=_SIDES / 2)


def frame(inside: Sequence[Flowable], color: Color, weight: float) -> Flowable:
    """Return flowables in a box, one row each, so that a long box goes on on the next page."""
    made = Rows([[item] for item in inside], colWidths=[layout.WIDTH], hAlign="LEFT")
    made.setStyle([
        ("BOX", (0, 0), (-1, -1), weight, color),
        ("LEFTPADDING", (0, 0), (-1, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        ("TOPPADDING", (0, 0), (-1, 0), 7),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
    ])  # fmt: skip
    return made


def two_boxes(*boxes: tuple[Sequence[Flowable], Color, float], padding: float = 10.0) -> Flowable:
    """Return two short boxes of one height side by side, each from what is in it, its color and its weight."""
    width, gap = layout.WIDTH, 12.0
    made = Rows(
        [[list(boxes[0][0]), "", list(boxes[1][0])]], colWidths=[(width - gap) / 2, gap, (width - gap) / 2]
    )
    commands: list[Command] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding * 0.8),
    ]
    for column, (_, color, weight) in zip((0, 2), boxes, strict=True):
        commands.append(("BOX", (column, 0), (column, 0), weight, color))
    made.setStyle(commands)
    return made


def halves(items: Sequence[Flowable]) -> Flowable:
    """Return a list in two columns, the left one read first; a very long one in several such pieces."""
    cells: list[list[Any]] = []
    for start in range(0, len(items), _HALVES):
        piece = items[start : start + _HALVES]
        middle = (len(piece) + 1) // 2
        cells.append([list(piece[:middle]), list(piece[middle:])])
    return _bare(cells, [layout.WIDTH / 2] * 2)


def beside(columns: Sequence[str], styles: Styles) -> Flowable:
    """Return texts side by side in columns of one width, as To and From of a letter."""
    widths = [layout.WIDTH / len(columns)] * len(columns)
    return _bare(list(_rows(columns, [styles.cell] * len(columns), widths)), widths)


def opposite(left: Flowable | list[Flowable], right: Flowable) -> Flowable:
    """Return two short things on one line, at the left and at the right edge of the text."""
    share = 0.74 if isinstance(left, list) else 0.6
    made = _bare([[left, right]], [layout.WIDTH * share, layout.WIDTH * (1 - share)])
    made.setStyle([("ALIGN", (1, 0), (1, 0), "RIGHT"), ("RIGHTPADDING", (1, 0), (1, 0), 0)])
    return made


def space(height: float) -> Flowable:
    """Return white space."""
    return Spacer(1, height)


_SIDES, _ABOVE, _BELOW = 12.0, 2.0, 3.0
_PADDING: tuple[Command, ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 6),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), _ABOVE),
    ("BOTTOMPADDING", (0, 0), (-1, -1), _BELOW),
)


def _rows(words: Sequence[str], looks: Sequence[ParagraphStyle], widths: Sequence[float]) -> Iterator[Read]:
    """Yield one row, or several that go on with it where a cell holds more than a row may."""
    columns = [
        flowing(cell, style, width - _SIDES, _ROW)
        for cell, style, width in zip(words, looks, widths, strict=True)
    ]
    empty = text.paragraph("", looks[0])
    row: Read | None = None
    for cells in zip_longest(*columns):
        row = Read((cell or empty for cell in cells), row)
        yield row


def flowing(words: str, style: ParagraphStyle, width: float, height: float, lang: str = "") -> list[Words]:
    """Return text as pieces of one paragraph none of which is higher than `height` at this width."""
    if len(words) < 300 and text.BREAK not in words and "\n" not in words:
        return [text.paragraph(words, style, lang)]
    made: list[Words] = []
    for piece in _cut(words):
        made.extend(_fitting(text.paragraph(piece, style, lang), width, height))
    for piece in made[1:]:
        piece.tag = made[0].tagged()
    return made


def _fitting(flowable: Words, width: float, height: float) -> Iterator[Words]:
    while flowable.wrap(width, height)[1] > height:
        parts = cast(list[Words], flowable.split(width, height))
        if len(parts) < 2:
            break
        yield parts[0]
        flowable = parts[1]
        _drop_break(flowable)
    yield flowable


def _drop_break(rest: Any) -> None:
    """Drop the line break that a paragraph was split at.

    WORKAROUND: ReportLab keeps it at the head of the second part, where it prints as an empty line.
    """
    pieces: Any = rest.frags
    first: Any = pieces[0][1][0] if pieces and isinstance(pieces[0], list) else None
    if len(pieces) > 1 and getattr(first, "lineBreak", False):
        del pieces[0]


def _cut(words: str) -> Iterator[str]:
    """Yield text in pieces of bounded length, cut between words; markup only outside its tags."""
    start = 0
    while len(words) - start > _PIECE:
        at = _cut_at(words, start)
        if at <= start:
            break
        yield type(words)(words[start:at])
        start = at
    yield type(words)(words[start:])


def _cut_at(words: str, start: int) -> int:
    """Return where to cut: after the last space in reach; inside a long word only where the text has no markup."""
    end = start + _PIECE
    if not isinstance(words, text.Markup):
        return max(words.rfind(" ", start, end), words.rfind("\n", start, end)) + 1 or end
    at = end
    while (at := words.rfind(" ", start, at)) > start:
        if words.count("<", start, at) == words.count(">", start, at) and _balanced(words[start:at]):
            return at + 1
    return start


def _balanced(piece: str) -> bool:
    return all(piece.count(opening) == piece.count(closing) for opening, closing in _TAGS)


_TAGS = (("<b>", "</b>"), ("<font ", "</font>"))
