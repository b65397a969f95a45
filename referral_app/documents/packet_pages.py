"""The parts of a consult packet that most people get, each below a heading that is a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import ExpertField, Need, TrialState
from referral_app.clinical import phones
from referral_app.clinical.fields import as_list, given
from referral_app.documents import (
    drawings,
    layout,
    letter_front,
    patient_words,
    symbols,
    tables,
    text,
    values,
)
from referral_app.documents.packet_language import Words
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import Block
from referral_app.documents.site_drawing import TriggerSites

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Appointment, Packet
    from referral_app.services.center import ExpertRecord, TrialRecord
    from referral_app.services.surgeon_records import LocationRecord, Placement

__all__ = ["Sheets"]


def cover(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the first page: whose visit it is, when and where, help with the language, what to do now, why, and needs.

    Help with the language stands where whoever cannot read on looks first.
    """
    styles, own = sheets.styles, sheets.own
    name = letter_front.full_name(packet.intake)
    center = styles.but("center", styles.heading, spaceBefore=0)
    made: list[Flowable] = [
        text.paragraph(packet.center.name or own.say("home"), center),
        layout.rule(),
        layout.Heading(own.say("visit_with", surgeon=sheets.words["surgeon"]), styles.cover),
        text.paragraph(text.join(" ", [own.say("for_whom"), text.bold(name)]) if name else "", styles.body),
        tables.space(styles.leading * 0.4),
        tables.box(
            [(line, styles.body) for line in visit(packet, sheets)], layout.ACCENT, weight=1.5, padding=12
        ),
        *language_help(packet, sheets),
        tables.space(styles.leading * 0.8),
    ]
    if Need.COGNITIVE in needed(packet):
        made.append(text.paragraph(text.bold(own.say("read_with")), styles.body))
    made += [*sheets.section("main-point"), layout.Whole(sheets.section("why"))]
    needs = _needs(packet, sheets)
    return [*made, layout.Whole(needs)] if needs else made


def needed(packet: Packet) -> Collection[Need]:
    """Return what the patient needs, in the order of the form."""
    told = set(map(str, as_list(given(packet.intake, "patient.needs"))))
    return [need for need in Need if str(need) in told]


def visit(packet: Packet, sheets: Sheets) -> Iterator[str]:
    """Yield when, where and with whom; a booked time is printed, else that we call."""
    own, at = sheets.own, packet.placement.location if packet.placement else None
    specialty = own.part("specialties").get(packet.surgeon.specialty, packet.surgeon.specialty)
    if packet.appointment is None:
        yield text.bold(own.say("when")) + own.say("no_time")
    else:
        yield from _times(packet.appointment, own)
    yield text.bold(own.say("with_whom")) + text.join(", ", [packet.surgeon.name, specialty])
    if packet.placement is not None:
        yield text.bold(own.say("where")) + place(packet.placement)
    if at is not None and at.access:
        yield text.bold(own.say("getting_in")) + at.access
    if at is not None and at.parking:
        yield text.bold(own.say("parking")) + at.parking
    yield text.bold(own.say("changes")) + own.say("call", phone=sheets.words["phone"])


def _times(appointment: Appointment, own: Words) -> Iterator[str]:
    yield text.bold(own.say("when") + own.at(appointment.start))
    if appointment.arrive_by is not None:
        yield text.bold(own.say("come_by")) + own.by(appointment.arrive_by, appointment.start)
    if appointment.interpreter_booked:
        yield text.bold(own.say("interpreter")) + own.say("interpreter_booked")


def place(placement: Placement) -> str:
    """Return a location on one line, with its address."""
    at = placement.location
    town = ", ".join(part for part in (at.city, f"{at.state} {at.zip}".strip()) if part)
    return ", ".join(part for part in (at.name, at.line1, at.line2, town) if part)


def access(location: LocationRecord | None, own: Words) -> str:
    """Return whether a place can be reached with a wheelchair, "" where nobody knows."""
    if location is None or location.wheelchair is None:
        return ""
    return own.say("wheelchair" if location.wheelchair else "steps")


def _needs(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what is said to a patient of each need that the referral names, and who may come along."""
    names = [f"need-{str(need).replace('_', '-')}" for need in needed(packet) if _open(need, packet)]
    items = [sheets.item(sheets.fill(sheets.text(name).blocks[0].words)) for name in names]
    support = values.plain(given(packet.intake, "patient.support_person.name"))
    if support:
        items.append(sheets.item(sheets.own.say("support", name=support)))
    return [*sheets.section("needs"), *items] if items else []


def _open(need: Need, packet: Packet) -> bool:
    """Tell whether there is something to say of a need: large print is in the hand, an interpreter may be booked."""
    booked = packet.appointment is not None and packet.appointment.interpreter_booked
    if need is Need.ASL:
        return not (booked and not foreign(packet))
    return not (need is Need.LARGE_PRINT and packet.large)


def foreign(packet: Packet) -> str:
    """Return the code of the language for which an interpreter is needed, "" for English and where nobody asked."""
    told = given(packet.intake, "patient.interpreter_language") or given(packet.intake, "patient.language")
    return str(told) if told and told != "en" else ""


def language_help(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the offer of an interpreter; of help with these pages too where they are not in the patient's language."""
    booked = packet.appointment is not None and packet.appointment.interpreter_booked
    if packet.language == "en" and (packet.help_text or _spanish(packet)):
        box = sheets.helped(packet.help_text)
    else:
        name = "language-booked" if booked and foreign(packet) else "language"
        box = sheets.boxed(sheets.text(name))
    return [tables.space(sheets.styles.leading * 0.4), box]


def _spanish(packet: Packet) -> bool:
    patient = (given(packet.intake, f"patient.{name}") for name in ("language", "interpreter_language"))
    return "es" in set(patient)


def about(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what the condition is, with its drawing: the nerves, or for migraine the trigger sites."""
    topic = patient_words.topic(packet.intake)
    name = f"about-{topic}"
    first, *rest = sheets.body(name)
    drawn = sites(packet, sheets) if topic == "migraine" else nerves(sheets)
    shown = (
        [*rest, *drawn] if sheets.large else [*drawn, *rest]
    )  # large print flows on instead of leaving a gap
    return [sheets.title(name), first, *shown]


def nerves(sheets: Sheets) -> list[Flowable]:
    """Return the drawing of the nerves at the back of the head with its caption."""
    height = 210 if sheets.large else 140
    drawing = drawings.BackOfHead(layout.WIDTH, height, sheets.styles.size, sheets.own)
    return [layout.Whole([drawing, sheets.caption("caption")])]


def sites(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the drawing of the trigger sites, those of the referral marked, with its caption."""
    own = set(map(str, as_list(given(packet.intake, "pain.sites"))))
    size = min(sheets.styles.size, 14.0)
    drawing = TriggerSites(layout.WIDTH, 190 if sheets.large else 128, size, own, sheets.own)
    return [layout.Whole([drawing, sheets.caption("caption-sites")])]


def numbers(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the patient's own numbers in words, nothing where there are none."""
    said = list(patient_words.counts(packet.intake, packet.computed, sheets.own))
    return [*sheets.section("numbers"), *(sheets.item(words) for words in said)] if said else []


def tried(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what the patient has tried, and what most people try first."""
    said = list(patient_words.tried(packet.intake, sheets.own))
    items = [sheets.item(words) for words in said]
    made = sheets.section("tried" if said else "try")
    short = len(said) > 3 and all(len(words) < 80 for words in said)
    made += [tables.halves(items)] if short and not sheets.large else items
    return made + sheets.body("try-first")


def known(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what is known of the surgery; 38 in 100 for migraine alone (contract section 2)."""
    topic = patient_words.topic(packet.intake)
    title, first, *rest = sheets.section(f"know-{topic}")
    if topic != "migraine":
        return [title, first, *rest]
    people = drawings.HundredPeople(38, layout.WIDTH, sheets.own.say("drawings.people_alt"))
    return [title, first, layout.Whole([people, sheets.caption("people")]), *rest]


def views(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the views of both societies."""
    return sheets.body("views")


def bring(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what to bring, and what happens at the visit."""
    return sheets.section("bring")


def questions(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return questions to ask, with lines for the patient's own."""
    *made, one, last = sheets.section("questions")
    return [*made, layout.Whole([one, last, symbols.WritingLines(3, sheets.styles.leading * 1.5)])]


def costs(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return what to ask about costs."""
    return sheets.section("costs")


def calls(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return when to call us and when to call 911; see `call_boxes`."""
    return call_boxes(sheets, "call-us", "call-911")


def call_boxes(sheets: Sheets, us: str, emergency: str) -> list[Flowable]:
    """Return two texts as two boxes told apart by word, sign, line and color, below the heading of the first.

    They stand side by side in usual print and one below the other in large print, always on one page.
    """
    section = sheets.text(us)
    first = _call_box(sheets, section.blocks, symbols.phone, layout.ACCENT)
    second = _call_box(sheets, sheets.text(emergency).blocks, symbols.alarm, layout.EMERGENCY)
    heading = layout.Heading(sheets.fill(section.heading), sheets.styles.title)
    if not sheets.large:
        return [heading, tables.two_boxes((first, layout.ACCENT, 1.0), (second, layout.EMERGENCY, 3.0))]
    boxes = tables.frame(first, layout.ACCENT, 1.0), tables.frame(second, layout.EMERGENCY, 3.0)
    return [heading, boxes[0], tables.space(sheets.styles.leading * 0.4), boxes[1]]


def _call_box(
    sheets: Sheets, blocks: Iterable[Block], symbol: symbols.Symbol, color: layout.Color
) -> list[Flowable]:
    first, *rest = blocks
    look = sheets.styles.but("call", sheets.styles.heading, textColor=color, spaceBefore=0)
    heading = layout.Heading(sheets.fill(first.words), look)
    return [symbols.Marked(heading, look, symbol, sheets.styles.size * 2.2), *sheets.blocks(rest)]


def studies(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the studies for a patient who wants one; without an answer only that there are some, and for whom."""
    wanted = given(packet.intake, "request.trial_interest")
    open_ = [trial for trial in packet.trials if trial.state == TrialState.RECRUITING]
    if wanted is False or not (wanted or open_):
        return []
    made = sheets.section("no-trial" if not open_ else "trial" if wanted is True else "studies")
    for trial in open_:
        shown = trial if wanted is True else replace(trial, summary="")
        parts = [
            (words, sheets.styles.body) for words in _trial(shown, packet.center.trial_contact, sheets.own)
        ]
        made.append(layout.Whole([tables.box(parts, layout.ACCENT, padding=12), tables.space(8)]))
    return made


def _trial(trial: TrialRecord, center_contact: str, own: Words) -> Iterator[str]:
    """Yield what a study is, in its own words for whom, and whom to ask."""
    yield text.bold(trial.title)
    if trial.summary:
        yield trial.summary
    if trial.who:
        yield text.bold(own.say("tables.who_may")) + trial.who
    call = ", ".join(part for part in (trial.contact, phones.say(trial.phone) if trial.phone else "") if part)
    if call or center_contact:
        yield text.bold(own.say("tables.ask")) + (call or center_contact)


def experts(packet: Packet, sheets: Sheets) -> list[Flowable]:
    """Return the experts whom an adult may see; the packet is for adults alone."""
    people = [expert for expert in packet.experts if expert.field != ExpertField.PEDIATRICS]
    if not people:
        return []
    own = sheets.own
    if sheets.large:
        listed = [text.join(text.BREAK, _expert(expert, own, " – ")) for expert in people]
        return [*sheets.section("experts"), *(sheets.item(words) for words in listed)]
    rows = [list(_expert(expert, own)) for expert in people]
    titles = zip(own.listed("tables.experts"), (0.3, 0.42, 0.28), strict=True)
    columns = [tables.Column(title, share) for title, share in titles]
    return [*sheets.section("experts"), tables.table(columns, rows, sheets.styles)]


def _expert(expert: ExpertRecord, own: Words, between: str = text.BREAK) -> Iterator[str]:
    name = ", ".join(part for part in (expert.name, expert.degrees) if part)
    yield text.join(between, [text.bold(name), own.chosen("fields", str(expert.field))])
    yield expert.what
    yield phones.say(expert.phone) if expert.phone else ""
