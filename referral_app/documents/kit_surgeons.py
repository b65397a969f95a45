"""The surgeon list of the power-cut kit: whom to refer to, where they are and how to reach them, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import LANGUAGES
from referral_app.clinical import dates, phones
from referral_app.documents import layout, long_tables, tables, text
from referral_app.documents.kit_form import EDGE
from referral_app.documents.layout import Page, Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import Placement, SurgeonRecord

TITLE = "Surgeon list"
NAME = "Headache Center, surgeon list"
EMPTY = "There is no surgeon in the directory yet. Print the kit again when there is one."
INVENTED = "Invented for demonstration"
_COLUMNS = (
    Column("Surgeon", 1.55), Column("Where, phone, fax", 2.0), Column("Procedures", 1.6), Column("New patients", 1.35),
)  # fmt: skip
_HEIGHT = layout.PAGE_HEIGHT - 2 * EDGE


def page(surgeons: Sequence[SurgeonRecord], printed_on: date, styles: Styles) -> Page:
    """Return what stands around the text of every page."""
    return Page(
        title=NAME,
        person=NAME,
        foot=(f"printed on {dates.say(printed_on)}",),
        styles=styles,
        marks=(INVENTED,) if any(surgeon.invented for surgeon in surgeons) else (),
        top=EDGE,
        bottom=EDGE,
        secret="",
    )


def story(
    surgeons: Sequence[SurgeonRecord], left_out: int, center: CenterRecord, printed_on: date, styles: Styles
) -> list[Flowable]:
    """Return the list; `left_out` is how many surgeons of the directory are not in it."""
    title = styles.but("list-title", styles.title, spaceAfter=2)
    head: list[Flowable] = [
        layout.Heading(TITLE, title),
        *(
            text.paragraph(words, styles.cell)
            for words in _about(len(surgeons), left_out, center, printed_on)
        ),
        tables.space(6),
    ]
    if not surgeons:
        return [*head, tables.box([(text.bold(EMPTY), styles.body)], layout.INK)]
    rows = map(_row, surgeons)
    return [*head, *long_tables.pages(_COLUMNS, rows, long_tables.height_of(head), _HEIGHT, styles)]


def _about(count: int, left_out: int, center: CenterRecord, printed_on: date) -> Iterator[str]:
    numbers = text.join(", ", [
        f"phone {phones.say(center.phone)}" if center.phone else "",
        f"fax {phones.say(center.fax)}" if center.fax else "",
        f"after hours {phones.say(center.after_hours_phone)}" if center.after_hours_phone else "",
    ])  # fmt: skip
    yield text.join(": ", [text.bold(center.name or "Headache Center"), numbers])
    stands = f"{count:,} surgeon{'' if count == 1 else 's'} by last name, as on {dates.say(printed_on)}."
    yield f"{stands} Waits and numbers change: call before you fax what is urgent."
    if left_out:
        yield text.bold(f"The next {left_out:,} surgeons of the directory are left out of this list.")


def _row(surgeon: SurgeonRecord) -> tuple[str, ...]:
    """Return the cells of a surgeon; raises `text.Unprintable`, naming the surgeon."""
    try:
        return _cells(surgeon)
    except text.Unprintable as refusal:
        raise refusal.at("surgeon", surgeon.name) from refusal


def _cells(surgeon: SurgeonRecord) -> tuple[str, ...]:
    name = ", ".join(part for part in (surgeon.sort_name, surgeon.degrees) if part)
    spoken = ", ".join(LANGUAGES.get(code, code) for code in surgeon.languages)
    places = [_place(place) for place in surgeon.placements]
    return (
        text.join(text.BREAK, [text.bold(name), surgeon.specialty, f"Speaks {spoken}" if spoken else ""]),
        text.join(text.BREAK, places) if places else "No location is entered",
        _procedures(surgeon),
        text.join(text.BREAK, _new_patients(surgeon)),
    )


def _place(place: Placement) -> text.Markup:
    at = place.location
    town = ", ".join(part for part in (at.city, f"{at.state} {at.zip}".strip()) if part)
    phone, fax = place.phone or at.phone, place.fax or at.fax
    where = ", ".join(part for part in (at.line1, at.line2, town) if part)
    lines = [
        text.bold(at.name),
        where,
        f"Phone {phones.say(phone)}" if phone else "No phone is entered",
        f"Fax {phones.say(fax)}" if fax else "No fax is entered",
        text.join(": ", [place.days, place.contact]),
    ]
    return text.join(text.BREAK, lines)


def _procedures(surgeon: SurgeonRecord) -> str:
    """Return the procedures of a surgeon, each family named once with its nerves or sites behind it."""
    families: dict[str, list[str]] = {}
    for procedure in surgeon.procedures:
        label = procedure.kind.label
        own = procedure.name.removeprefix(label).removeprefix(label.removeprefix("Migraine ").capitalize())
        families.setdefault(label, []).append(own.strip(", "))
    said = [text.join(": ", [label, "; ".join(filter(None, names))]) for label, names in families.items()]
    return text.join(text.BREAK, said) or "None is entered"


def _new_patients(surgeon: SurgeonRecord) -> Iterator[str]:
    yield text.bold(surgeon.accepting.label)
    told = f", told {dates.say(surgeon.waits_claimed_on)}" if surgeon.waits_claimed_on else ""
    if surgeon.next_visit_days is not None:
        yield f"Next visit in {surgeon.next_visit_days} days{told}"
    else:
        yield "Wait not known"
    if surgeon.age_min is not None or surgeon.age_max is not None:
        low, high = surgeon.age_min, surgeon.age_max
        yield f"Ages {low or 0} to {high}" if high is not None else f"Ages {low} and older"
    yield f"Verified {dates.say(surgeon.verified_on)}" if surgeon.verified_on else text.bold("Not verified")
