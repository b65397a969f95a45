"""The card of a surgeon for patients: who it is, what they do, where, and what to send or bring, on one page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.clinical import dates, phones
from referral_app.documents import kit_parts, layout, surgeon_cells, surgeon_words, symbols, tables, text
from referral_app.documents.consult_packet import EMERGENCY
from referral_app.documents.figures import Figure
from referral_app.documents.kit_parts import Part
from referral_app.documents.layout import Page, Styles
from referral_app.documents.packet_pages import Sheets

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import Placement, SurgeonRecord

TITLE = "Your surgeon"
_PHOTO = (1.35 * layout.INCH, 1.6 * layout.INCH)
"""The most that a photo may take, in points."""
_LARGE = 18.0
_SIDE_BY_SIDE = 520
"""Up to this many letters two places stand beside each other."""
_BESIDE_PHOTO = 600
"""Up to this many letters the name and what is below it stand beside the photo."""
_WAYS = ((12.0, 17.0), (12.0, 15.0), (11.5, 14.0), (11.0, 13.0), (11.0, 12.5))
"""Print sizes and their leading that are tried until the card is on one page."""
_LARGE_WAYS = ((_LARGE, 25.0), (_LARGE, 22.0), (_LARGE, 21.0))
"""Those of large print, until it is on two."""


@dataclass(frozen=True)
class Card:
    """What a card is made from; `photo` is a JPEG, `large` asks for 18 point print, `texts` are those in force."""

    surgeon: SurgeonRecord
    center: CenterRecord
    printed_on: date
    photo: bytes | None = None
    large: bool = False
    texts: Mapping[str, str] = field(default_factory=dict[str, str])


def render(cards: Sequence[Card]) -> bytes:
    """Return the cards as one PDF, each from a page of its own; the same cards give the same bytes.

    Raises `text.Unprintable`, naming the surgeon, where an entry holds characters that no font of ours can draw.
    """
    return kit_parts.build([_part(card) for card in cards], odd=False)


def readable(photo: bytes) -> bool:
    """Tell whether a photo can be printed; for a broken picture Pillow raises exceptions of many kinds."""
    try:
        ImageReader(io.BytesIO(photo)).getRGBData()
    except Exception:
        return False
    return True


def _part(card: Card) -> Part:
    """Return the card in the roomiest print in which it takes no more pages than it should, else in the usual one."""
    try:
        return next(_fitting(card))
    except text.Unprintable as refusal:
        raise refusal.at("surgeon", card.surgeon.name) from refusal


def _fitting(card: Card) -> Iterator[Part]:
    sizes, most = (_LARGE_WAYS, 2) if card.large else (_WAYS, 1)
    for size, leading in sizes:
        styles = Styles(size, leading)
        pages = len(layout.measured(_story(card, styles), _page(card, styles)))
        if pages <= most:
            yield _made(card, styles)
        if pages > most + 1:
            break
    yield _made(card, Styles(*sizes[0]))


def _made(card: Card, styles: Styles) -> Part:
    return Part(_page(card, styles), _story(card, styles))


def _page(card: Card, styles: Styles) -> Page:
    surgeon = card.surgeon
    foot = [f"printed on {dates.say(card.printed_on)}", _checked(surgeon)]
    return Page(
        title=f"{TITLE}: {surgeon.name}",
        person=surgeon.name,
        foot=foot,
        styles=styles,
        marks=surgeon_cells.marks(surgeon),
        note=text.join(" · ", [_call(card), text.bold(EMERGENCY)]),
        top=layout.INCH * 0.75,
        bottom=layout.INCH * (1.5 if styles.size >= _LARGE else 1),
        secret="",
    )


def _checked(surgeon: SurgeonRecord) -> str:
    if surgeon.verified_on is None:
        return "not checked with the office yet"
    return f"checked with the office on {dates.say(surgeon.verified_on)}"


def _call(card: Card) -> str:
    center = card.center
    name = center.name or "Headache Center"
    return f"{name}: {phones.say(center.phone)}" if center.phone else name


def _phone(card: Card) -> str:
    numbers = [card.center.phone, *(place.phone or place.location.phone for place in card.surgeon.placements)]
    return next((phones.say(number) for number in numbers if number), "your doctor’s office")


def _story(card: Card, styles: Styles) -> list[Flowable]:
    surgeon = card.surgeon
    plans = f"This office works with: {', '.join(surgeon.plans)}." if surgeon.plans else ""
    sheets = Sheets(_tight(styles), {
        "surgeon": f"Dr. {surgeon.family_name}",
        "phone": _phone(card),
        "plans": plans,
    }, texts=card.texts)  # fmt: skip
    return [
        *_head(card, sheets),
        *_does(surgeon, sheets),
        *(part for parts in _middle(surgeon, sheets) for part in parts),
        *_section("card-plans", sheets),
        *_more(surgeon, sheets),
    ]


def _middle(surgeon: SurgeonRecord, sheets: Sheets) -> tuple[list[Flowable], list[Flowable]]:
    """Return where to go and what to bring; in large print first the list, which can begin on a page half full."""
    where, brings = _where(surgeon, sheets), _brings(surgeon, sheets)
    return (brings, where) if sheets.styles.size >= _LARGE else (where, brings)


def _tight(styles: Styles) -> Styles:
    """Return the styles with headings that take little room."""
    for style in (styles.heading, styles.title):
        style.spaceBefore, style.spaceAfter = styles.leading * 0.35, styles.leading * 0.1
    styles.title.fontSize, styles.title.leading = styles.heading.fontSize, styles.heading.leading
    styles.title.textColor = styles.heading.textColor
    return styles


def _head(card: Card, sheets: Sheets) -> list[Flowable]:
    """Return the Center, the surgeon's name and who can come, with the photo beside them where they are short."""
    surgeon, styles = card.surgeon, sheets.styles
    center = styles.but("center", styles.heading, spaceBefore=0)
    name = styles.but("name", styles.cover, spaceAfter=styles.leading * 0.2)
    coming = [words for words in surgeon_words.comes(surgeon, card.printed_on, _phone(card)) if words]
    who: list[Flowable] = [
        layout.Heading(surgeon.name, name),
        text.paragraph(
            surgeon.specialty, styles.but("specialty", styles.body, spaceAfter=styles.leading * 0.2)
        ),
        *map(sheets.item, coming),
    ]
    made: list[Flowable] = [text.paragraph(card.center.name or "Headache Center", center), layout.rule(3)]
    if not card.photo:
        return [*made, *who]
    photo = Photo(card.photo, f"Photo of {surgeon.name}")
    if len(surgeon.name) + len(surgeon.specialty) + sum(map(len, coming)) > _BESIDE_PHOTO:
        return [*made, photo, *who]
    return [*made, tables.opposite(who, photo)]


class Photo(Figure):
    """A photo in its own shape."""

    def __init__(self, photo: bytes, alternative: str) -> None:
        """Read the photo, and keep in words whom it shows."""
        super().__init__()
        self._photo, self.alternative, self.hAlign = ImageReader(io.BytesIO(photo)), alternative, "LEFT"
        width, height = self._photo.getSize()
        scale = min(_PHOTO[0] / width, _PHOTO[1] / height)
        self.width, self.height = width * scale, height * scale

    def paint(self, canvas: Canvas) -> None:
        """Draw the photo."""
        canvas.drawImage(self._photo, 0, 0, self.width, self.height)


def _does(surgeon: SurgeonRecord, sheets: Sheets) -> list[Flowable]:
    return _list(f"What Dr. {surgeon.family_name} does", surgeon_words.does(surgeon), sheets)


def _list(title: str, lines: Iterator[str], sheets: Sheets) -> list[Flowable]:
    """Return a list below its heading, nothing where it is empty."""
    listed: list[Flowable] = [sheets.item(words) for words in lines if words]
    return _headed(title, listed, sheets) if listed else []


def _headed(title: str, body: list[Flowable], sheets: Sheets) -> list[Flowable]:
    """Return a heading with what is below it, on a new page where only the heading would fit."""
    lead = sheets.styles.leading
    return [layout.room(lead * 4), layout.Heading(title, sheets.styles.title), *body]


def _where(surgeon: SurgeonRecord, sheets: Sheets) -> list[Flowable]:
    """Return a box for each place, two beside each other where both are short."""
    told = [list(filter(None, _place(place))) for place in surgeon.placements]
    if not told:
        line = text.paragraph(f"Call {sheets.words['phone']}, and we will tell you.", sheets.styles.body)
        return _headed("Where to go", [line], sheets)
    boxes: list[Flowable] = [layout.Heading("Where to go", sheets.styles.title)]
    while told:
        small = sheets.styles.size < _LARGE and all(sum(map(len, one)) < _SIDE_BY_SIDE for one in told[:2])
        if len(told) > 1 and small:
            boxes.append(tables.two_boxes(*(_boxed(one, sheets.styles) for one in told[:2]), padding=6))
            del told[:2]
        else:
            lines = [(line, sheets.styles.body) for line in told.pop(0)]
            boxes.append(layout.Whole([tables.box(lines, padding=8)]))
        boxes.append(tables.space(sheets.styles.leading * 0.35))
    return [layout.Whole(boxes[:2]), *boxes[2:]]


def _boxed(lines: Sequence[str], styles: Styles) -> tuple[list[Flowable], layout.Color, float]:
    return [text.paragraph(line, styles.body) for line in lines], layout.ACCENT, 1.0


def _place(place: Placement) -> Iterator[text.Markup]:
    """Yield where a place is, its phone and days, and how one gets in."""
    phone, at = surgeon_cells.numbers(place)[0], place.location
    yield text.join(text.BREAK, [text.bold(at.name), surgeon_cells.address(at)])
    if phone:
        asked = f"Ask for {place.contact}." if place.contact else ""
        yield text.join(". ", [text.bold(f"Phone {phone}"), asked])
    yield surgeon_words.labelled(("Days", place.days), ("Hours", at.hours))
    yield surgeon_words.getting_there(at)


def _brings(surgeon: SurgeonRecord, sheets: Sheets) -> list[Flowable]:
    ticks = [sheets.item(words, symbols.tick) for words in surgeon_words.brings(surgeon)]
    return [layout.room(sheets.styles.leading * 6), *sheets.section("card-bring"), *ticks]


def _section(name: str, sheets: Sheets) -> list[Flowable]:
    return [layout.room(sheets.styles.leading * 4), *sheets.section(name)]


def _more(surgeon: SurgeonRecord, sheets: Sheets) -> list[Flowable]:
    """Return what the office wants to be read, and its note for everyone."""
    read = "; ".join(map(surgeon_words.reads, surgeon.handouts))
    return _list("Good to know", iter([f"To read: {read}" if read else "", surgeon.public_note]), sheets)
