"""A reminder of one visit for the patient: when, where, when to come, what to bring, whom to call; nothing clinical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_app.choices import AppointmentKind
from referral_app.documents import consult_packet, layout, letter_front, packet_pages, tables, text
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from referral_app.documents.consult_packet import Packet


@dataclass(frozen=True)
class Reminder:
    """What a reminder is made from: `base` as for a packet of the patient, with the visit as its appointment."""

    base: Packet
    kind: AppointmentKind


def render(reminder: Reminder) -> bytes:
    """Return the reminder as a PDF; the same reminder gives the same bytes.

    Raises `text.Unprintable` for characters that no font of ours can draw, InvalidInput for a text that cannot be
    printed.
    """
    try:
        return layout.build(_story(reminder, _sheets(reminder)), consult_packet.page(reminder.base))
    except BadText as error:
        raise InvalidInput({"": str(error)}) from error


def taken(reminder: Reminder) -> frozenset[str]:
    """Return the names of the texts that it takes, each of which must be reviewed before Spanish prints."""
    return frozenset({_text(reminder)})


def _sheets(reminder: Reminder) -> Sheets:
    base = reminder.base
    return Sheets(layout.patient_styles(base.large), consult_packet.words(base), base.language, base.texts)


def _text(reminder: Reminder) -> str:
    return "reminder-surgery" if reminder.kind is AppointmentKind.SURGERY else "reminder"


def _story(reminder: Reminder, sheets: Sheets) -> list[Flowable]:
    base, styles, own = reminder.base, sheets.styles, sheets.own
    name = letter_front.full_name(base.intake)
    center = styles.but("center", styles.heading, spaceBefore=0)
    lines = [(line, styles.body) for line in packet_pages.visit(base, sheets)]
    return [
        text.paragraph(base.center.name or own.say("home"), center),
        layout.rule(),
        layout.Heading(sheets.fill(sheets.text(_text(reminder)).heading), styles.cover),
        text.paragraph(text.join(" ", [own.say("for_whom"), text.bold(name)]) if name else "", styles.body),
        tables.space(styles.leading * 0.4),
        tables.box(lines, layout.ACCENT, weight=1.5, padding=12),
        *packet_pages.language_help(base, sheets),
        tables.space(styles.leading * 0.4),
        *sheets.body(_text(reminder)),
    ]
