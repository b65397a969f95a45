"""The tables of the intake as ruled, empty rows; the fields of one with too many columns stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from reportlab.platypus import Flowable

from referral_app.clinical.fields import Field, Kind
from referral_app.documents import kit_fields, layout, tables, text
from referral_app.documents.kit_cells import EDGE, ROW, WRITING, Slashes, Ticks
from referral_app.documents.kit_fields import Pen

_MOST_COLUMNS = 11
_ROWS = {"treatments": 8, "medications": 7, "injections": 5, "imaging": 3}
_USUAL_ROWS = 4
_BESIDE = 2
"""How many entries stand beside each other where the fields stand below each other."""
_SHARES = {
    Kind.TEXT: 2.8, Kind.LONG_TEXT: 5.0, Kind.DATE: 2.1, Kind.MONTH: 1.9, Kind.CHOICE: 1.8, Kind.FLAG: 1.7,
}  # fmt: skip
_USUAL_SHARE = 1.7


def table(one: Field, pen: Pen) -> list[Flowable]:
    """Return a table of the intake with empty rows, and what its numbers mean."""
    none = [Ticks([one.none_label], pen.option)] if one.none else []
    leaves = list(_leaves(one))
    if len(leaves) > _MOST_COLUMNS:
        return [*none, _beside(one, pen)]
    return [*none, ruled(leaves, _ROWS.get(one.name, _USUAL_ROWS), pen), *_legend(leaves, one, pen)]


def ruled(columns: Sequence[Field], rows: int, pen: Pen) -> Flowable:
    """Return a table with a column for each field and so many empty rows."""
    shares = [_SHARES.get(one.kind, _USUAL_SHARE) for one in columns]
    widths = [layout.WIDTH * share / sum(shares) for share in shares]
    head = [text.paragraph(_head(one), pen.label) for one in columns]
    empty = [""] * len(columns)
    return ruled_table([head, *(list(empty) for _ in range(rows))], widths, [None, *[ROW] * rows])


def ruled_table(
    cells: list[list[Any]], widths: list[float], heights: Sequence[float | None], side: bool = False
) -> tables.Rows:
    """Return a table with lines around every cell and its first row repeated on every page.

    With `side` the first cell of each row is its header.
    """
    made = tables.Rows(
        cells, colWidths=widths, rowHeights=list(heights), repeatRows=1, side=side, hAlign="LEFT"
    )
    made.setStyle([
        ("GRID", (0, 0), (-1, -1), EDGE, layout.INK),
        ("BACKGROUND", (0, 0), (-1, 0), layout.SUNKEN),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ])  # fmt: skip
    return made


def _head(one: Field) -> text.Markup:
    """Return the title of a column: what is ticked elsewhere is written as a number or letter here."""
    how = "(number)" if one.choices else "(Y or N)" if one.kind is Kind.FLAG else ""
    required = text.bold("required") if one.required and one.when is None else ""
    return text.join(" ", [kit_fields.named(one), how, required])


def _legend(columns: Sequence[Field], one: Field, pen: Pen) -> Iterator[Flowable]:
    """Yield what the numbers of a table mean and which columns belong to some rows only."""
    said: list[str] = []
    for column in columns:
        numbered = [
            f"{number}\xa0{choice.label}" for number, choice in enumerate(column.choices or (), start=1)
        ]
        only = kit_fields.need(column, one) if column.when else ""
        if numbered or only:
            means = text.join(" ", [", ".join(numbered), only])
            said.append(text.join(": ", [text.bold(column.label), means]))
    if said:
        yield text.paragraph(text.join(". ", said), pen.label)


def _leaves(one: Field, before: str = "") -> Iterator[Field]:
    """Yield the fields of a row; those of a group within it carry the label of the group."""
    for child in kit_fields.written(one):
        if child.kind is Kind.GROUP:
            yield from (_below(leaf, child) for leaf in _leaves(child))
        else:
            yield child


def _below(leaf: Field, group: Field) -> Field:
    return replace(leaf, label=f"{group.label}: {leaf.label}", when=leaf.when or group.when)


def _beside(one: Field, pen: Pen) -> Flowable:
    """Return the fields of a table below each other, with room for some entries beside each other."""
    first = layout.WIDTH * 0.3
    rest = (layout.WIDTH - first) / _BESIDE
    head = [text.paragraph(words, pen.strip) for words in ("", *map(str, range(1, _BESIDE + 1)))]
    rows = [
        [text.paragraph(kit_fields.words(leaf, one), pen.label), *_places(leaf, pen)] for leaf in _leaves(one)
    ]
    heights = [None, *(_height(row, first, rest) for row in rows)]
    return ruled_table([head, *rows], [first, *[rest] * _BESIDE], heights, side=True)


def _places(leaf: Field, pen: Pen) -> list[Any]:
    ticked = kit_fields.options(leaf, pen)
    if ticked:
        return [Ticks(ticked, pen.option) for _ in range(_BESIDE)]
    if leaf.kind is Kind.DATE:
        return [Slashes(2, WRITING) for _ in range(_BESIDE)]
    return [""] * _BESIDE


def _height(row: Sequence[Any], first: float, rest: float) -> float:
    """Return how high a row must be for what is in it, at least what a hand needs."""
    widths = chain([first], [rest] * _BESIDE)
    needed = [cell.wrap(width - 5, 500)[1] + 5 for cell, width in zip(row, widths, strict=True) if cell]
    return max(ROW, *needed)
