"""The fax cover sheet: from whom to whom, how many pages, and what to do with a fax that went astray; no patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import Urgency
from referral_app.clinical import dates, phones
from referral_app.documents import codes, fonts, layout, offices, tables, text
from referral_app.documents.layout import Page, Styles

if TYPE_CHECKING:
    from referral_app.services.practices import PracticeRecord

TITLE = "Fax cover sheet"
INVENTED = "Invented for demonstration"
BLANK = "____________"
SECRET = (
    "This fax holds confidential health information for the person named above. Federal law (HIPAA) protects it. "
    "If you are not that person and do not work for that person, you may not read, copy or pass on what follows."
)
ASTRAY = (
    "If this fax reached you by mistake, call the sender at once and destroy all pages. If pages are missing or cannot "
    "be read, call the sender too."
)
_CODE = 80.0


@dataclass(frozen=True)
class Cover:
    """What a cover is made from: nothing of the patient, so that whoever sees the first page learns nothing.

    `pages` counts all pages, this one included; 0 leaves room to write. `place`, `phone` and `fax` are the surgeon's.
    """

    reference: str
    surgeon: str
    practice: PracticeRecord
    sent_on: date
    place: str = ""
    phone: str = ""
    fax: str = ""
    urgency: str = ""
    pages: int = 0
    invented: bool = False


def render(cover: Cover) -> bytes:
    """Return the cover as a PDF; the same cover gives the same bytes.

    Raises `text.Unprintable` where a name of an office holds characters that no font of ours can draw.
    """
    styles = Styles(13, 18)
    page = Page(
        title=TITLE,
        person=cover.practice.name or TITLE,
        foot=(cover.reference,),
        styles=styles,
        marks=(INVENTED,) if cover.invented else (),
        numbered="cover sheet",
    )
    return layout.build(list(_story(cover, styles)), page)


def _story(cover: Cover, styles: Styles) -> Iterator[Flowable]:
    title = styles.but("fax-title", styles.cover, spaceAfter=0)
    code = codes.qr(cover.reference, _CODE)
    code.alternative = f"Code for a scanner: {cover.reference}"
    yield tables.opposite(
        [layout.Heading(TITLE, title), text.paragraph(dates.say(cover.sent_on), styles.label)], code
    )
    yield layout.rule()
    if cover.urgency not in ("", Urgency.ROUTINE.label):
        word = styles.but(
            "fax-urgency", styles.body, fontName=fonts.BOLD, fontSize=20, leading=25, alignment=1
        )
        yield tables.box([(cover.urgency, word)], layout.INK, weight=2)
        yield tables.space(12)
    yield from tables.pairs(_lines(cover), styles)
    yield tables.space(16)
    yield tables.box(
        [(text.bold("Confidential"), styles.body), (SECRET, styles.cell), (ASTRAY, styles.cell)], layout.INK
    )


def _lines(cover: Cover) -> Iterator[tuple[str, str]]:
    """Yield what each line says; fax numbers are bold, as they are dialed."""
    _, call = offices.back(cover.practice)
    fax = phones.say(cover.practice.fax) if cover.practice.fax else ""
    yield "To", text.join(text.BREAK, [text.bold(cover.surgeon), cover.place])
    yield "Fax", text.bold(cover.fax or BLANK)
    if cover.phone:
        yield "Phone", cover.phone
    yield "From", text.bold(cover.practice.name)
    yield "Fax back to", text.bold(fax or BLANK)
    if call:
        yield "Call back", call
    yield "Reference", text.bold(cover.reference)
    yield "Pages", text.join(", ", [text.bold(str(cover.pages or BLANK)), "this one included"])
