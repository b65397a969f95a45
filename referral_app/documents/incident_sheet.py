"""The incident sheet: what went where it was not meant to go, who was told, and what the privacy officer decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates
from referral_app.documents import asker, layout, symbols, tables, text
from referral_app.documents.asker import Asker
from referral_app.documents.layout import Page, Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.incidents import IncidentRecord
    from referral_app.services.send_records import AttemptRecord

TITLE = "Incident"
OPENING = "Something about this patient went where it was not meant to go. For the privacy officer; keep it six years."
"""Six years: 45 CFR 164.316(b)(2)."""
MOST_DAYS = 60
"""Days after an incident is found in which a patient is told of a breach, at most (45 CFR 164.404(b))."""
FACTORS = (
    "What kind of information it was, and how much",
    "Who has it",
    "Whether it was really looked at or taken",
    "What was done so that it does no harm",
)
"""What an assessment rests on (45 CFR 164.402(2))."""
DECISIONS = (
    "No breach: a low probability that it was compromised, because:",
    "A breach: the patient was told on:",
)
_UNKNOWN, _NOTHING = "Not known yet", "Nothing yet"
_TOLD = (Column("On", 1.5), Column("Who was told", 2.2), Column("How", 1.6))
_LINES, _APART = 2, 20


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made from: an incident, whom it is about, and the attempt by which it went, if there was one."""

    incident: IncidentRecord
    asker: Asker
    printed_on: date
    printed_by: str = ""
    attempt: AttemptRecord | None = None


def render(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF; the same sheet gives the same bytes.

    Raises `text.Unprintable` where the patient's name holds characters that no font of ours can draw.
    """
    styles = Styles(11, 14.5)
    around = asker.page(sheet.asker, TITLE)
    page = Page(title=TITLE, person=around.person, foot=around.foot, styles=styles, marks=around.marks)
    return layout.build(list(_story(sheet, styles)), page)


def _story(sheet: Sheet, styles: Styles) -> Iterator[Flowable]:
    one = sheet.incident
    yield layout.Heading(f"{TITLE}: {text.legible(one.said)}", styles.title)
    printed = (
        f"Printed on {dates.say(sheet.printed_on)}{f' by {sheet.printed_by}' if sheet.printed_by else ''}"
    )
    yield text.paragraph(text.join(" · ", [sheet.asker.practice.name, printed]), styles.cell)
    yield text.paragraph(OPENING, styles.body)
    yield from tables.headed("What happened", tables.pairs(_facts(sheet), styles), styles)
    yield from _told(one, styles)
    done = text.paragraph(text.legible(one.done) or _NOTHING, styles.body)
    yield from tables.headed("What was done", [done], styles)
    yield layout.Whole(_assessment(one, styles))


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    one, born = sheet.incident, sheet.asker.born
    who = f"{sheet.asker.person}{f', born {dates.say(born)}' if born else ''}"
    entered = dates.say(one.recorded_at.astimezone().date()) if one.recorded_at else ""
    closed = f"Closed on {dates.say(one.closed_at.astimezone().date())}" if one.closed_at else ""
    return [
        ("Patient", who), ("Referral", one.reference), ("Number or address", text.legible(one.said)),
        *_went(sheet.attempt), ("Found on", dates.say(one.found_on)),
        ("What went there", text.legible(one.what) or "Not written down"),
        ("Who has it", text.legible(one.who_has_it) or _UNKNOWN),
        *([("Note of the office", text.legible(one.note))] if one.note else []),
        *([("Note of our office", text.legible(one.note))] if one.note else []),
        ("Entered", " by ".join(part for part in (entered, one.recorded_by) if part)),
        ("State", f"{closed} by {one.closed_by or 'somebody'}" if closed else "Open"),
    ]  # fmt: skip


def _went(attempt: AttemptRecord | None) -> list[tuple[str, str]]:
    if attempt is None:
        return []
    by = f" by {attempt.started_by}" if attempt.started_by else ""
    pages = f", {attempt.pages} page{'' if attempt.pages == 1 else 's'}" if attempt.pages else ""
    on = dates.say(attempt.started_at.astimezone().date())
    return [("How it went", f"{attempt.said}, on {on}{by}{pages}")]


def _told(one: IncidentRecord, styles: Styles) -> Iterator[Flowable]:
    body: Flowable = text.paragraph("Nobody yet.", styles.body)
    if one.told:
        rows = [(dates.say(who.on), text.legible(who.who), text.legible(who.how)) for who in one.told]
        body = tables.table(_TOLD, rows, styles)
    yield from tables.headed("Who was told", [body], styles)


def _assessment(one: IncidentRecord, styles: Styles) -> list[Flowable]:
    """Return the lines on which the privacy officer writes what the rule asks for."""
    last = dates.say(one.found_on + timedelta(days=MOST_DAYS))
    by = f"Was it a breach, the patient is told without delay, by {last} at the latest. A state may ask for less."
    body: list[Flowable] = [text.paragraph(by, styles.body)]
    for words in FACTORS:
        body += [text.paragraph(words, styles.label), symbols.WritingLines(_LINES, _APART)]
    for words in DECISIONS:
        body += [
            symbols.Marked(words, styles.item, symbols.tick, styles.size * 1.8),
            symbols.WritingLines(1, _APART),
        ]
    body += [text.paragraph("Name, date and signature", styles.label), symbols.WritingLines(1, _APART)]
    return tables.headed("Assessment of the privacy officer", body, styles)
