"""Mailing labels: thirty on a sheet of Letter paper, three by ten, each 1 inch high and 2 5/8 wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, PageBreak

from referral_app.documents import fonts, layout, text
from referral_app.documents.layout import INCH, PAGE_HEIGHT, Page, ParagraphStyle, Sheets, Styles
from referral_app.services.errors import InvalidInput

ACROSS, DOWN = 3, 10
A_SHEET = ACROSS * DOWN
WIDTH, HEIGHT = 2.625 * INCH, INCH
PITCH = 2.75 * INCH
"""From the left edge of a label to that of the next."""
LEFT, TOP = 0.1875 * INCH, 0.5 * INCH
SIDE, ABOVE = 0.14 * INCH, 0.07 * INCH
"""Room that stays free inside a label: printers draw a little beside where they should."""
LARGEST, SMALLEST, STEP = 12.0, 6.0, 0.5
"""Sizes of an address in points; a long one is printed smaller until it fits, and never cut."""
SENDER = 6.0
LEADING = 1.18


@dataclass(frozen=True)
class Label:
    """One address: a name, and the lines below it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """What sheets of labels are made from; `start` is the first label of the first sheet that is not used yet.

    `sender` stands in small print above each address, in one line, where it is not empty.
    """

    labels: Sequence[Label]
    start: int = 1
    sender: str = ""


def render(labels: Labels) -> bytes:
    """Return the labels as a PDF without anything else on the sheets; the same labels give the same bytes.

    Raises `text.Unprintable`, and InvalidInput for a first label that no sheet has, for none at all, and for an
    address that fits no label even in small print, with its name.
    """
    if not labels.labels:
        raise InvalidInput({"": "Nobody of those chosen has an address on file."})
    if not 1 <= labels.start <= A_SHEET:
        raise InvalidInput({"start": f"Choose a label from 1 to {A_SHEET}."})
    styles = Styles(LARGEST, LARGEST * LEADING)
    page = Page("Mailing labels", "", (), styles, top=0, bottom=0)
    return layout.build(_sheets(labels, styles), page, _Bare)


class _Bare(Sheets):
    """Pages with nothing around the text."""

    def placed(self, number: int, pages: Sequence[Mapping[str, Any]]) -> None:
        """Leave the edge of the page free."""
        return


class _Sheet(Flowable):
    """The labels of one sheet with their places, in the order in which they are read."""

    def __init__(self, placed: Sequence[tuple[int, list[Flowable]]]) -> None:
        super().__init__()
        self._placed = placed

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the room of a whole page."""
        return aW, aH

    def draw(self) -> None:
        """Draw each address in the middle of its label."""
        x, y = self.canv.absolutePosition(0, 0)
        for place, parts in self._placed:
            row, column = divmod(place, ACROSS)
            heights = [part.wrap(WIDTH - 2 * SIDE, HEIGHT)[1] for part in parts]
            top = PAGE_HEIGHT - TOP - row * HEIGHT - (HEIGHT - sum(heights)) / 2
            for part, height in zip(parts, heights, strict=True):
                top -= height
                part.drawOn(self.canv, LEFT + column * PITCH + SIDE - x, top - y)


def _sheets(labels: Labels, styles: Styles) -> list[Flowable]:
    """Return the story: a sheet, a new page, a sheet."""
    story: list[Flowable] = []
    for placed in _by_sheet(labels):
        story += [PageBreak()] if story else []
        story.append(_Sheet([(place, _fitted(one, labels.sender, styles)) for place, one in placed]))
    return story


def _by_sheet(labels: Labels) -> Iterator[list[tuple[int, Label]]]:
    """Yield the labels of each sheet with their places from 0; the first sheet begins where it is not used yet."""
    placed = [(labels.start - 1 + number, one) for number, one in enumerate(labels.labels)]
    for first in range(0, placed[-1][0] + 1, A_SHEET):
        yield [(place - first, one) for place, one in placed if first <= place < first + A_SHEET]


def _fitted(label: Label, sender: str, styles: Styles) -> list[Flowable]:
    """Return an address in the largest print in which no word is broken and all of it fits; raises InvalidInput."""
    size = LARGEST
    while size >= SMALLEST:
        parts, widest = _parts(label, sender, styles, size)
        height = sum(part.wrap(WIDTH - 2 * SIDE, HEIGHT)[1] for part in parts)
        if height <= HEIGHT - 2 * ABOVE and widest <= WIDTH - 2 * SIDE:
            return parts
        size -= STEP
    raise InvalidInput(
        {"": f"The address of {label.name} is too long for a label. Write this envelope by hand."}
    )


def _parts(label: Label, sender: str, styles: Styles, size: float) -> tuple[list[Flowable], float]:
    """Return the lines of a label as paragraphs, and how wide its longest word is."""
    style = styles.but(
        "label", styles.body, fontSize=size, leading=size * LEADING, spaceAfter=0, spaceBefore=0
    )
    small = styles.but(
        "sender", styles.body, fontSize=SENDER, leading=SENDER * 1.4, spaceAfter=0, spaceBefore=0
    )
    parts: list[Flowable] = [text.paragraph(sender, small)] if sender else []
    parts += [text.paragraph(line, style) for line in (label.name, *label.lines)]
    words = [(word, style) for line in (label.name, *label.lines) for word in line.split()]
    return parts, max((_wide(word, one) for word, one in words), default=0.0)


def _wide(word: str, style: ParagraphStyle) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    font = fonts.BODY if set(word) <= fonts.cover() else fonts.FALLBACK
    return stringWidth(word, font, style.fontSize)
