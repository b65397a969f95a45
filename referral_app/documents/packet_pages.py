"""The pages of the consult packet, each part below a heading that is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import ExpertField, TrialState
from referral_app.clinical import dates, phones
from referral_app.clinical.fields import given
from referral_app.clinical.intake import find
from referral_app.documents import (
    drawings,
    layout,
    letter_front,
    patient_text,
    patient_words,
    symbols,
    tables,
    text,
)
from referral_app.documents.layout import Styles
from referral_app.documents.patient_text import Block, Kind

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Appointment, Packet
    from referral_app.services.center import ExpertRecord, TrialRecord
    from referral_app.services.surgeon_records import Placement

WORKING = find("diagnosis.working")
_PLACES = 6
"""At how many places of large print the page on whom to call is tried."""
_LARGE = 16.0
"""From this size of print on nothing stands side by side."""


@dataclass
class Sheets:
    """The styles of a packet, what fills its placeholders, and the language in which help is offered."""

    styles: Styles
    words: Mapping[str, str]
    help_language: str = "en"
    numbered: int = field(default=0, init=False)

    def fill(self, words: str) -> text.Markup:
        """Return text of ours as markup, with its placeholders filled."""
        return patient_text.fill(words, self.words)

    def section(self, name: str, language: str = "en") -> list[Flowable]:
        """Return a text below its heading."""
        section = patient_text.load(name, language)
        return [layout.Heading(self.fill(section.heading), self.styles.title), *self.blocks(section.blocks)]

    def body(self, name: str) -> list[Flowable]:
        """Return a text without its heading."""
        return self.blocks(patient_text.load(name).blocks)

    def blocks(self, blocks: Iterable[Block]) -> list[Flowable]:
        """Return the blocks of a text; lists to tick get their boxes drawn."""
        made: list[Flowable] = []
        listed = False
        for block in blocks:
            if listed and block.kind is Kind.PARAGRAPH:
                made.append(tables.space(self.styles.leading * 0.3))
            listed = block.kind in (Kind.TICK, Kind.ITEM, Kind.NUMBER)
            new = list(self._block(block))
            if block.kind is Kind.NUMBER:
                new = [layout.Whole([*made[-1:], *new])]
                del made[-1:]
            made += new
        return made

    def _block(self, block: Block) -> Iterator[Flowable]:
        self.numbered = self.numbered + 1 if block.kind is Kind.NUMBER else 0
        words = self.fill(block.words)
        if not words:
            return
        if block.kind is Kind.SUBHEADING:
            yield layout.room(self.styles.leading * 3.5)
            yield layout.Heading(words, self.styles.heading)
        elif block.kind is Kind.PARAGRAPH:
            if words.removesuffix("</b>").endswith(":"):
                yield layout.room(self.styles.leading * 3)
            yield text.paragraph(words, self.styles.body)
        else:
            yield self.item(words, self._symbol(block.kind))

    def item(self, words: str, symbol: symbols.Draw = symbols.dot) -> Flowable:
        """Return one line of a list."""
        indent = self.styles.size * (1.9 if symbol is not symbols.dot else 1.3)
        return symbols.Marked(words, self.styles.item, symbol, indent)

    def _symbol(self, kind: Kind) -> symbols.Draw:
        if kind is Kind.NUMBER:
            return symbols.numeral(self.numbered)
        return symbols.tick if kind is Kind.TICK else symbols.dot

    def caption(self, name: str) -> Flowable:
        """Return the words below a drawing."""
        return text.paragraph(self.fill(patient_text.load(name).blocks[0].words), self.styles.caption)


def ways(packet: Packet, sheets: Sheets) -> Iterator[list[Flowable]]:
    """Yield the packet with every part on one page, then, to save pages, with parts that go on on the next.

    Large print takes many pages as it is: its parts always go on, and the page on whom to call, which is not cut,
    stands where it leaves the least room empty.
    """
    if sheets.styles.size < _LARGE:
        yield story(packet, sheets)
        yield story(packet, sheets, together=False)
        return
    for calls in range(_PLACES):
        yield story(packet, sheets, together=False, calls=calls)


def story(packet: Packet, sheets: Sheets, together: bool = True, calls: int = 0) -> list[Flowable]:
    """Return what the packet consists of, in reading order.

    `together` keeps a part that fits on a page on one; `calls` is how many parts follow the one on whom to call.
    """
    topic, usual = patient_words.topic(packet.intake), sheets.styles.size < _LARGE
    parts = [
        (_about(topic, sheets), together),
        (_numbers(packet, sheets), together),
        (_tried(packet, sheets), together),
        (_known(topic, sheets), together),
        (sheets.body("views"), usual),
        (_trials(packet, sheets), usual),
        (_experts(packet, sheets), usual),
        (sheets.section("bring"), together),
        (_questions(sheets), together),
        (sheets.section("costs"), together),
    ]
    parts.insert(len(parts) - calls, (_calls(sheets), True))
    made = _cover(packet, sheets)
    for part, whole in parts:
        if part:
            made += [layout.Whole(part)] if whole else [layout.room(sheets.styles.leading * 6.5), *part]
    return made


def _cover(packet: Packet, sheets: Sheets) -> list[Flowable]:
    styles = sheets.styles
    name = letter_front.full_name(packet.intake)
    center = styles.but("center", styles.heading, spaceBefore=0)
    return [
        text.paragraph(packet.center.name or "Headache Center", center),
        layout.rule(),
        layout.Heading(f"Your visit with {sheets.words['surgeon']}", styles.cover),
        text.paragraph(text.join(" ", ["For", text.bold(name)]) if name else "", styles.body),
        tables.space(styles.leading * 0.4),
        tables.box(
            [(line, styles.body) for line in _visit(packet, sheets)], layout.ACCENT, weight=1.5, padding=12
        ),
        tables.space(styles.leading * 0.8),
        *sheets.section("main-point"),
        layout.Whole(sheets.section("why")),
        layout.Whole([tables.space(styles.leading * 0.4), *_language(sheets)]),
    ]


def _visit(packet: Packet, sheets: Sheets) -> Iterator[str]:
    """Yield when, where and with whom; a booked time is printed, else that we call."""
    if packet.appointment is None:
        yield text.bold("When: ") + "We will call you to find a day and a time."
    else:
        yield from _times(packet.appointment)
    yield text.bold("Surgeon: ") + text.join(", ", [packet.surgeon.name, packet.surgeon.specialty])
    if packet.placement is not None:
        yield text.bold("Where: ") + _place(packet.placement)
        if packet.placement.location.access:
            yield text.bold("Getting in: ") + packet.placement.location.access
    yield text.bold("Questions or changes: ") + f"call {sheets.words['phone']}"


def _times(appointment: Appointment) -> Iterator[str]:
    start = appointment.start
    yield text.bold(f"When: {start:%A}, {dates.say(start.date())}, at {_clock(start)}")
    if appointment.arrive_by is not None:
        yield text.bold("Please come by: ") + _clock(appointment.arrive_by)
    if appointment.interpreter_booked:
        yield text.bold("Interpreter: ") + "one is booked for you. It is free."


def _clock(moment: object) -> str:
    return f"{moment:%I:%M %p}".lstrip("0")


def _place(placement: Placement) -> str:
    at = placement.location
    town = ", ".join(part for part in (at.city, f"{at.state} {at.zip}".strip()) if part)
    return ", ".join(part for part in (at.name, at.line1, at.line2, town) if part)


def _language(sheets: Sheets) -> list[Flowable]:
    """Return the offer of an interpreter, in Spanish too where that is the patient's language."""
    section = patient_text.load("language", sheets.help_language)
    styles = sheets.styles
    parts = [(text.bold(sheets.fill(section.heading)), styles.body)]
    parts += [(sheets.fill(block.words), styles.body) for block in section.blocks]
    return [tables.box(parts, layout.RULE, padding=12)]


def _about(topic: str, sheets: Sheets) -> list[Flowable]:
    name = f"about-{topic}"
    section = patient_text.load(name)
    styles = sheets.styles
    drawing = drawings.BackOfHead(layout.WIDTH, 150 if styles.size < _LARGE else 230, styles.size)
    first, *rest = sheets.blocks(section.blocks)
    heading = layout.Heading(sheets.fill(section.heading), styles.title)
    return [heading, first, drawing, sheets.caption("caption"), *rest]


def _numbers(packet: Packet, sheets: Sheets) -> list[Flowable]:
    said = list(patient_words.counts(packet.intake, packet.computed))
    return [*sheets.section("numbers"), *(sheets.item(words) for words in said)] if said else []


def _tried(packet: Packet, sheets: Sheets) -> list[Flowable]:
    said = list(patient_words.tried(packet.intake))
    items = [sheets.item(words) for words in said]
    made = sheets.section("tried" if said else "try")
    short = len(said) > 3 and all(len(words) < 80 for words in said)
    made += [tables.halves(items)] if sheets.styles.size < _LARGE and short else items
    return made + sheets.body("try-first")


def _known(topic: str, sheets: Sheets) -> list[Flowable]:
    made = sheets.section(f"know-{topic}")
    if topic == "migraine":
        made += [drawings.HundredPeople(38, layout.WIDTH), sheets.caption("people")]
    return made


def _questions(sheets: Sheets) -> list[Flowable]:
    *made, last = sheets.section("questions")
    return [*made, layout.Whole([last, symbols.WritingLines(3, sheets.styles.leading * 1.5)])]


def _calls(sheets: Sheets) -> list[Flowable]:
    """Return when to call us and when to call 911: two boxes told apart by word, sign, line and color.

    They stand side by side in usual print and one below the other in large print, always on one page.
    """
    section = patient_text.load("call-us")
    us = _call_box(sheets, section.blocks, symbols.phone, layout.ACCENT)
    emergency = _call_box(sheets, patient_text.load("call-911").blocks, symbols.alarm, layout.EMERGENCY)
    heading = layout.Heading(sheets.fill(section.heading), sheets.styles.title)
    if sheets.styles.size < _LARGE:
        return [heading, tables.two_boxes((us, layout.ACCENT, 1.0), (emergency, layout.EMERGENCY, 3.0))]
    first, second = tables.frame(us, layout.ACCENT, 1.0), tables.frame(emergency, layout.EMERGENCY, 3.0)
    return [heading, first, tables.space(sheets.styles.leading * 0.4), second]


def _call_box(
    sheets: Sheets, blocks: Iterable[Block], symbol: symbols.Draw, color: layout.Color
) -> list[Flowable]:
    first, *rest = blocks
    heading = sheets.styles.but("call", sheets.styles.heading, textColor=color, spaceBefore=0)
    return [
        symbols.Marked(sheets.fill(first.words), heading, symbol, sheets.styles.size * 2.2),
        *sheets.blocks(rest),
    ]


def _trials(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the studies for a patient who wants one; without an answer only that there are some, and for whom."""
    wanted = given(packet.intake, "request.trial_interest")
    open_ = [trial for trial in packet.trials if trial.state == TrialState.RECRUITING]
    if wanted is False or not (wanted or open_):
        return []
    made = sheets.section("no-trial" if not open_ else "trial" if wanted is True else "studies")
    for trial in open_:
        said = _trial(trial if wanted is True else replace(trial, summary=""), packet.center.trial_contact)
        parts = [(words, sheets.styles.body) for words in said]
        made.append(layout.Whole([tables.box(parts, layout.ACCENT, padding=12), tables.space(8)]))
    return made


def _trial(trial: TrialRecord, center_contact: str) -> Iterator[str]:
    """Yield what a study is, in its own words for whom, and whom to ask."""
    yield text.bold(trial.title)
    if trial.summary:
        yield trial.summary
    if trial.who:
        yield text.bold("Who may take part: ") + trial.who
    call = ", ".join(part for part in (trial.contact, phones.say(trial.phone) if trial.phone else "") if part)
    if call or center_contact:
        yield text.bold("Ask: ") + (call or center_contact)


def _experts(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the experts whom an adult may see; the packet is for adults alone."""
    experts = [expert for expert in packet.experts if expert.field != ExpertField.PEDIATRICS]
    if not experts:
        return []
    if sheets.styles.size >= _LARGE:
        listed = [text.join(text.BREAK, _expert(expert, " – ")) for expert in experts]
        return [*sheets.section("experts"), *(sheets.item(words) for words in listed)]
    rows = [list(_expert(expert)) for expert in experts]
    columns = [tables.Column("Who", 0.3), tables.Column("How they help", 0.42), tables.Column("Phone", 0.28)]
    return [*sheets.section("experts"), tables.table(columns, rows, sheets.styles)]


def _expert(expert: ExpertRecord, between: str = text.BREAK) -> Iterator[str]:
    name = ", ".join(part for part in (expert.name, expert.degrees) if part)
    yield text.join(between, [text.bold(name), expert.field.label])
    yield expert.what
    yield phones.say(expert.phone) if expert.phone else ""
