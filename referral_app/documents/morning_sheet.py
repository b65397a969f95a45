"""The morning sheet: today's visits, and what is due by worklist with boxes to tick, on one or two pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import Step
from referral_app.clinical import clock, dates
from referral_app.documents import layout, symbols, tables, text
from referral_app.documents.layout import Page, Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.appointments import AppointmentRecord
    from referral_app.services.morning_sheets import DuePile, MorningSheet
    from referral_app.services.waiting_lists import WaitingRow

TITLE = "Morning sheet"
NO_VISITS = "No visit is booked for today."
NOTHING_DUE = "Nothing is due today."
SHRED = "Names of patients are on this sheet. Shred it at the end of the day."
_EDGE = 0.7 * layout.INCH
_SAYS_LITTLE = frozenset({Step.NOT_DELIVERED, Step.NO_VISIT, Step.NOT_TOLD, Step.FOLLOW_UP})
"""Worklists under whose heading a referral may stand in several ways, so that its line says how."""
_WHOSE = {"mine": "Mine", "office": "My office’s", "all": "All"}
_VISITS = (Column("Time", 1.0), Column("Patient", 1.6), Column("Visit", 1.1), Column("Surgeon, place", 2.1))


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made from; `office` heads it, `person` is for whom it was printed."""

    found: MorningSheet
    office: str = ""
    person: str = ""


def render(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF; the same sheet gives the same bytes.

    Raises `text.Unprintable` where a name holds characters that no font of ours can draw.
    """
    styles = Styles(10.5, 13.5)
    page = Page(
        title=TITLE, person=sheet.office or TITLE, foot=(dates.say(sheet.found.day),), styles=styles, top=_EDGE,
        bottom=_EDGE,
    )  # fmt: skip
    return layout.build(list(_story(sheet, styles)), page)


def _story(sheet: Sheet, styles: Styles) -> Iterator[Flowable]:
    found = sheet.found
    title = styles.but("sheet-title", styles.title, spaceAfter=2)
    yield layout.Heading(f"{TITLE}: {found.day:%A}, {dates.say(found.day)}", title)
    whose = _WHOSE.get(found.whose, "")
    about = [sheet.office, f"{whose} worklists" if found.whose != "all" else "All worklists", sheet.person]
    yield text.paragraph(text.join(" · ", about), styles.cell)
    yield text.paragraph(SHRED, styles.cell)
    yield from _visits(found, styles)
    if not found.piles:
        yield from tables.headed("Due today", [text.paragraph(NOTHING_DUE, styles.body)], styles)
    for pile in found.piles:
        yield from _pile(pile, found.day, styles)


def _visits(found: MorningSheet, styles: Styles) -> Iterator[Flowable]:
    if not found.visits:
        yield from tables.headed("Visits today", [text.paragraph(NO_VISITS, styles.body)], styles)
        return
    body: list[Flowable] = [tables.table(_VISITS, [_visit(one) for one in found.visits], styles)]
    if found.more_visits:
        body.append(text.paragraph(f"And {found.more_visits:,} more, in the program.", styles.cell))
    yield from tables.headed(f"Visits today: {len(found.visits) + found.more_visits:,}", body, styles)


def _visit(one: AppointmentRecord) -> tuple[str, ...]:
    born = f"born {dates.say(one.date_of_birth)}" if one.date_of_birth else ""
    booked = "interpreter booked" if one.interpreter_booked else ""
    return (
        text.join(text.BREAK, [text.bold(clock.say(one.start)), f"there {clock.say(one.arrive_by)}"]),
        text.join(text.BREAK, [text.bold(text.legible(one.patient)), born]),
        text.join(text.BREAK, [one.kind.label, booked]),
        text.join(text.BREAK, [one.surgeon, one.location]),
    )


def _pile(pile: DuePile, day: date, styles: Styles) -> Iterator[Flowable]:
    left = pile.due - len(pile.rows)
    look = styles.but("due", styles.cell, spaceAfter=3)
    lines: list[Flowable] = [
        symbols.Marked(_line(row, day), look, symbols.tick, styles.size * 1.8) for row in pile.rows
    ]
    if left:
        lines.append(text.paragraph(f"And {left:,} more, in the program.", styles.cell))
    yield from tables.headed(f"{pile.step.label}: {pile.due:,} due", lines, styles)


def _line(row: WaitingRow, day: date) -> text.Markup:
    """Return one referral: who, how late, what to do, whose, and with which surgeon."""
    born = f"born {dates.say(row.date_of_birth)}" if row.date_of_birth else ""
    urgent = text.bold(row.urgency.upper()) if row.urgency in ("urgent", "emergency") else ""
    who = text.join(
        ", ",
        [text.bold(text.legible(row.patient) or "No name yet"), born, row.reference, urgent, _late(row, day)],
    )
    step = text.legible(row.next_step + (f" ({row.reason})" if row.reason else ""))
    owner = f"for {row.owner}" if row.owner else "for nobody yet"
    stands = row.state_words if row.step in _SAYS_LITTLE else ""
    return text.join(text.BREAK, [who, text.join(" · ", [stands, step, row.surgeon, owner])])


def _late(row: WaitingRow, day: date) -> str:
    days = (day - row.due).days
    return f"late by {days} day{'' if days == 1 else 's'}" if days > 0 else "due today"
