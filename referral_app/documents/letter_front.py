"""The head of the letter: letterhead, urgency, To and From, the patient, and the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from referral_app.choices import Urgency
from referral_app.clinical import phones
from referral_app.clinical.fields import given
from referral_app.documents import fonts, layout, letterhead, tables, text
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet

if TYPE_CHECKING:
    from referral_app.services.practices import PracticeRecord
    from referral_app.services.surgeon_records import Placement, SurgeonRecord

TOP = 0.75 * layout.INCH
"""What is above the text of a letter, in points."""
_MARKS = 34.0
"""The room of the marks below what is printed on the paper already, in points."""
_NAMES = ("given_name", "middle_name", "family_name", "suffix")


def full_name(intake: Mapping[str, Any]) -> str:
    """Return the legal name as it is spoken."""
    parts = (given(intake, f"patient.{name}") for name in _NAMES)
    return " ".join(str(part) for part in parts if part is not None)


def placement(surgeon: SurgeonRecord, intake: Mapping[str, Any]) -> Placement | None:
    """Return where the surgeon is asked to see the patient: the place named in the request, else the first one."""
    wanted = given(intake, "request.location")
    chosen = [place for place in surgeon.placements if wanted in (place.location.id, place.location.name)]
    return next(iter(chosen or surgeon.placements), None)


def head(
    practice: PracticeRecord,
    surgeon: SurgeonRecord,
    reference: str,
    sheet: Sheet,
    styles: Styles,
    marked: bool,
) -> list[Flowable]:
    """Return letterhead, title with urgency, To and From, and the line of the patient; `marked`: marks stand above."""
    return [
        *_letterhead(practice, styles, marked),
        *_title(reference, sheet, styles),
        tables.beside([_to(surgeon, sheet), _from(sheet)], styles),
        tables.space(4),
        tables.band(_patient(sheet), styles.body),
        tables.space(8),
    ]


def question(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the box with the question and what is asked for."""
    purpose = sheet.take("request.purpose")
    asked = sheet.take("request.question") or "No question was written."
    title = "Question to the surgeon" + (f" – {purpose.lower()}" if purpose else "")
    return [
        tables.box([
            (text.bold(title), styles.but("box title", styles.cell, textColor=layout.ACCENT)),
            (asked, styles.body),
        ]),
        tables.space(7),
    ]  # fmt: skip


def _letterhead(practice: PracticeRecord, styles: Styles, marked: bool) -> list[Flowable]:
    """Return the head of the sender's paper, or the room for one that is printed on it already."""
    head = practice.letterhead
    if head is not None and head.preprinted_inches:
        marks = _MARKS if marked else 0.0
        return [letterhead.Room(head.preprinted_inches * layout.INCH - TOP + marks)]
    heading, lines = practice.name, _practice_lines(practice)
    if head is not None:
        heading, lines = head.heading, list(head.lines)
    name = styles.but(
        "letterhead", styles.title, textColor=layout.ACCENT, fontSize=16, leading=20, spaceAfter=0
    )
    made: list[Flowable] = [text.paragraph(heading, name)] if heading else []
    if lines:
        made.append(text.paragraph(text.join(" · ", lines), styles.label))
    if head is not None and head.logo:
        made = letterhead.beside(made, letterhead.Logo(head.logo, heading or practice.name))
    return [*made, layout.rule()]


def _practice_lines(practice: PracticeRecord) -> list[str]:
    where = ", ".join(part for part in (practice.line1, practice.line2, _town(practice)) if part)
    calls = [("Phone", practice.phone), ("Fax", practice.fax)]
    return [where, *(f"{name} {phones.say(number)}" for name, number in calls if number), practice.email]


def _town(place: Any) -> str:
    return ", ".join(part for part in (place.city, f"{place.state} {place.zip}".strip()) if part)


def _title(reference: str, sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the title beside the urgency as a word in a box, then the date with the reference number."""
    urgency = sheet.take("request.urgency") or "Urgency not given"
    word = styles.but("urgency", styles.cell, fontName=fonts.BOLD, alignment=1)
    title = layout.Heading("Referral", styles.but("referral", styles.title, spaceAfter=0))
    weight = 1 if urgency == Urgency.ROUTINE.label else 2
    width = 150 if len(urgency) < 24 else layout.WIDTH
    box = tables.box([(urgency, word)], layout.INK, weight=weight, width=width, align="RIGHT", padding=4)
    dated = text.paragraph(
        text.join(" · ", [sheet.take("referrer.date"), f"Reference {reference}"]), styles.label
    )
    first = [tables.opposite(title, box)] if width == 150 else [title, box]
    return [*first, dated, tables.space(6)]


def _to(surgeon: SurgeonRecord, sheet: Sheet) -> text.Markup:
    place = placement(surgeon, sheet.intake)
    sheet.taken |= {"request.surgeon", "request.location"}
    lines: list[str] = [text.bold("To"), text.bold(surgeon.name), surgeon.specialty]
    if place is not None:
        at = place.location
        lines += [at.name, ", ".join(part for part in (at.line1, at.line2) if part), _town(at)]
        lines.append(_calls(place.phone or at.phone, place.fax or at.fax))
    return text.join(text.BREAK, lines)


def _from(sheet: Sheet) -> text.Markup:
    name, role, npi = (sheet.take(f"referrer.{part}") for part in ("name", "role", "npi"))
    back = [sheet.take("referrer.callback_person"), sheet.take("referrer.callback_phone")]
    lines = [
        text.bold("From"),
        text.join(", ", [text.bold(name), role.lower()]),
        sheet.take("referrer.practice"),
        sheet.take("referrer.address"),
        _calls(sheet.take("referrer.phone"), sheet.take("referrer.fax")),
        text.join(" · ", [sheet.take("referrer.email"), f"NPI {npi}" if npi else ""]),
        text.bold(text.join(" ", ["Call back:", text.join(", ", back)])) if any(back) else "",
    ]
    return text.join(text.BREAK, lines)


def _calls(phone: str, fax: str) -> str:
    calls = (("Phone", phone), ("Fax", fax))
    return " · ".join(f"{name} {phones.say(number)}" for name, number in calls if number)


def _patient(sheet: Sheet) -> text.Markup:
    """Return the line of the patient: name, date of birth with age, sex, phone."""
    sheet.taken |= {f"patient.{name}" for name in _NAMES}
    born, age = sheet.take("patient.date_of_birth"), sheet.computed.get("age")
    parts = [
        full_name(sheet.intake) or "Name not given",
        _own_script(sheet),
        f"born {born}" + (f" (age {age})" if isinstance(age, int) else "")
        if born
        else "date of birth not given",
        sheet.take("patient.sex").lower(),
        sheet.take("patient.phone"),
    ]
    return text.bold(text.join(" · ", parts))


def _own_script(sheet: Sheet) -> str:
    """Return the name in its own script, known to be in the patient's language, where our fonts have its letters."""
    own = sheet.take("patient.name_own_script")
    if not text.printable(own) or own == full_name(sheet.intake):
        return ""
    speaks = given(sheet.intake, "patient.language")
    return text.spoken(own, speaks) if isinstance(speaks, str) and speaks != "en" else own
