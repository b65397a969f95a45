"""Lists of a packet over the end of a page: no line of one stands alone, and what leads to it goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, cast

from reportlab.platypus import CondPageBreak, Flowable

from referral_app.documents import layout, symbols
from referral_app.documents.paragraphs import Words

_SHORT = 95
"""Up to so many letters a paragraph leads to the list below it, as one does that ends with a colon."""


def kept(story: Sequence[Flowable]) -> list[Flowable]:
    """Return a story in which two lines of a list stay together at either end of a page, with what leads to them."""
    made: list[Flowable] = []
    for is_line, run in groupby(story, lambda one: isinstance(one, symbols.Marked)):
        parts = list(run)
        if is_line:
            made = [*_leading(made), *_paired(parts)]
            continue
        for part in parts:
            if isinstance(part, layout.Whole):  # it is cut only where it does not fit on one page
                part = layout.Whole(kept(part.parts))
            made.append(part)
    return made


def _paired(lines: Sequence[Flowable]) -> Iterator[Flowable]:
    """Yield the lines of a list, the first and the last but one bound to the next where they are short."""
    last = len(lines) - 1
    for at, line in enumerate(lines):
        if (
            at < last
            and at in (0, last - 1)
            and not cast(symbols.Marked, lines[0 if at == 0 else last]).broken
        ):
            _bind(line)
        yield line


def _leading(before: list[Flowable]) -> list[Flowable]:
    """Return what stands above a list, with the words that lead to it, and their heading, bound to its first lines."""
    made = list(before)
    at = len(made) - 1
    if at >= 0 and _leads(made[at]):
        _bind(made[at])
        at -= 1
        if at >= 0 and isinstance(made[at], CondPageBreak):  # the binding asks for more room than this
            del made[at]
            at -= 1
    if at >= 0 and at >= len(made) - 2 and isinstance(made[at], layout.Heading):
        _bind(made[at])
    return made


def _leads(one: Flowable) -> bool:
    """Tell whether words lead to the list below them: they are few, or end with a colon."""
    if not isinstance(one, Words) or isinstance(one, layout.Heading):
        return False
    said = "".join(getattr(frag, "text", "") for frag in cast(list[Any], one.frags)).strip()
    return len(said) <= _SHORT or said.endswith(":")


def _bind(one: Flowable) -> None:
    cast(Any, one).keepWithNext = 1
