"""The parts of the surgery packet, each below a heading that is a sentence; every word of them is a patient text."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import patient_markdown
from referral_app.documents import (
    drawings,
    layout,
    packet_extras,
    packet_pages,
    recovery_calendar,
    symbols,
    tables,
    text,
)
from referral_app.documents.packet_language import Words
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText, Block
from referral_app.paths import resource

if TYPE_CHECKING:
    from referral_app.documents.surgery_packet import SurgeryPacket
    from referral_app.services.appointments import AppointmentRecord

ANSWERS = ("fasting", "medications", "ride")
"""The answers of the surgeon that no packet goes without."""
_BACK = "occipital"
"""An operation with this in its name is done through a cut at the back of the head, which is drawn."""
_BIG = 1.25
"""How much larger than the other text the surgeon's own words are printed."""


@cache
def words(language: str) -> Words:
    """Return the words of calendar and list of visits in a language of `packet_language.PRINTED`."""
    return Words(
        language, tomllib.loads(resource(f"packet/{language}/surgery-words.toml").read_text("utf-8"))
    )


def cover(packet: SurgeryPacket, sheets: Sheets) -> list[Flowable]:
    """Return the first page: whose operation it is, when and where, help with the language, what to do now."""
    styles = sheets.styles
    center = styles.but("center", styles.heading, spaceBefore=0)
    section = sheets.text("surgery-cover")
    lines = [(sheets.fill(block.words), styles.body) for block in section.blocks if _is_known(block, sheets)]
    return [
        text.paragraph(packet.base.center.name or sheets.own.say("home"), center),
        layout.rule(),
        layout.Heading(sheets.fill(section.heading), styles.cover),
        tables.box(lines, layout.ACCENT, weight=1.5, padding=12),
        *packet_pages.language_help(packet.base, sheets),
        tables.space(styles.leading * 0.8),
        layout.Whole(sheets.section("surgery-main-point")),
    ]


def parts(packet: SurgeryPacket, sheets: Sheets) -> Iterator[list[Flowable]]:
    """Yield the other parts in reading order."""
    yield _own_words(sheets, "surgery-answers", ANSWERS)
    yield sheets.section("surgery-get-ready")
    yield _operation(packet, sheets)
    yield sheets.section("surgery-day")
    yield sheets.section("surgery-first-day")
    if packet.plan.aftercare:
        yield _own_words(sheets, "surgery-aftercare", ("aftercare",))
    yield packet_pages.call_boxes(sheets, "surgery-call-us", "surgery-call-911")
    yield sheets.section("surgery-recovery")
    yield _calendar(packet, sheets)
    yield packet_extras.risks(packet.base, sheets)
    if notices := packet_extras.notices(packet.base, sheets):
        yield notices
    yield [*_questions(sheets), *packet_extras.reviewed(packet.base, sheets)]


def _is_known(block: Block, sheets: Sheets) -> bool:
    """Tell whether a line has something to say: one whose placeholders are all empty is left out."""
    named = patient_markdown.placeholders(block.words)
    return not named or any(sheets.words.get(name, "?") for name in named)


def _own_words(sheets: Sheets, name: str, answers: Collection[str]) -> list[Flowable]:
    """Return a text with answers of the surgeon, each large and in a box; raises BadText where one is left out.

    The text may be edited, and without its placeholder an answer would be missing from the paper unseen.
    """
    section, styles = sheets.text(name), sheets.styles
    boxed = {f"{{{one}}}" for one in answers}
    if lost := sorted(boxed - {block.words for block in section.blocks}):
        raise BadText(
            f"The text “{name}” needs a paragraph with {lost[0]} alone, which the patient must read."
        )
    big = styles.but(
        "answer", styles.body, fontSize=styles.size * _BIG, leading=styles.leading * _BIG, spaceAfter=0
    )
    made: list[Flowable] = [layout.Heading(sheets.fill(section.heading), styles.title)]
    for block in section.blocks:
        if block.words not in boxed:
            made += sheets.blocks([block])
            continue
        box = tables.box([(sheets.fill(block.words), big)], layout.INK, weight=1.5, padding=12)
        made[-1:] = [layout.Whole([made[-1], box, tables.space(styles.leading * 0.4)])]
    return made


def _operation(packet: SurgeryPacket, sheets: Sheets) -> list[Flowable]:
    if _BACK not in packet.plan.operation.lower():
        return sheets.section("surgery-operation-other")
    height = 165 if sheets.large else 150
    drawing = drawings.WhereCut(layout.WIDTH, height, sheets.styles.size, sheets.own)
    shown = layout.Whole([drawing, sheets.caption("caption-cut")])
    return [*sheets.section("surgery-operation-back"), shown]


def _calendar(packet: SurgeryPacket, sheets: Sheets) -> list[Flowable]:
    """Return the months with what is booked in them, the list of it, and where no visit is, that one is to be."""
    own, texts = sheets.own, words(packet.base.language)
    marks = recovery_calendar.Marks(packet.surgery.day, tuple(visit.day for visit in packet.visits))
    months = recovery_calendar.drawn(marks, sheets.styles.size, own, texts)
    caption = text.paragraph(sheets.fill(texts.say("caption")), sheets.styles.caption, role="Caption")
    made = [*sheets.section("surgery-calendar"), caption, *months]
    made += _visits(packet, sheets, texts)
    if packet.visits:
        return made
    return [*made, tables.space(sheets.styles.leading * 0.6), *sheets.body("surgery-no-visits")]


def _visits(packet: SurgeryPacket, sheets: Sheets, texts: Words) -> list[Flowable]:
    rows = [_row(visit, sheets.own, texts) for visit in (packet.surgery, *packet.visits)]
    if sheets.large:
        come_by = texts.listed("columns")[2]
        said = [[text.bold(row[0]), row[1], f"{come_by}: {row[2]}", row[3]] for row in rows]
        return [sheets.item(text.join(text.BREAK, lines)) for lines in said]
    shares = (0.14, 0.42, 0.18, 0.26)
    titles = zip(texts.listed("columns"), shares, strict=True)
    return [tables.table([tables.Column(title, share) for title, share in titles], rows, sheets.styles)]


def _row(visit: AppointmentRecord, own: Words, texts: Words) -> list[str]:
    kind = "surgery" if str(visit.kind) == "surgery" else "visit"
    return [texts.say(kind), own.at(visit.start), own.by(visit.arrive_by, visit.start), visit.location]


def _questions(sheets: Sheets) -> list[Flowable]:
    *made, one, last = sheets.section("surgery-questions")
    return [*made, layout.Whole([one, last, symbols.WritingLines(4, sheets.styles.leading * 1.5)])]
