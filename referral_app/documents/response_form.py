"""The referral response form: one page on which the surgeon's office answers, to be faxed back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from referral_app.choices import AttachmentKind, DeclineReason, VisitOutcome
from referral_app.clinical.fields import given
from referral_app.clinical.intake import find
from referral_app.documents import codes, fonts, layout, letter_front, offices, symbols, tables, text, values
from referral_app.documents.kit_cells import Blank, Cell, Slashes, Ticks, grid
from referral_app.documents.kit_fields import Pen
from referral_app.documents.layout import Page, Styles

if TYPE_CHECKING:
    from referral_app.services.practices import PracticeRecord
    from referral_app.services.surgeon_records import SurgeonRecord

TITLE = "Referral response form"
INVENTED = "Invented for demonstration"
_EDGE = 0.7 * layout.INCH
_CODE = 86.0
_HOW = "For the surgeon’s office: tick what applies, fill in, and fax this page back."
_NEEDED = (
    *(kind.label for kind in AttachmentKind if kind is not AttachmentKind.OTHER),
    "Other, as written here",
)

_VISIT = ("New", "Changed from an earlier date", "Canceled", "Patient did not come")


@dataclass(frozen=True)
class Form:
    """What a form is made from."""

    reference: str
    intake: Mapping[str, Any]
    surgeon: SurgeonRecord
    practice: PracticeRecord
    invented: bool = False


def render(form: Form) -> bytes:
    """Return the form as a PDF; the same form gives the same bytes.

    The code holds the reference number alone, which stands beside it. Raises `text.Unprintable`, naming the field,
    where a name holds characters that no font of ours can draw.
    """
    styles = Styles(10.5, 13.5)
    try:
        return layout.build([*_head(form, styles), *_answers(form, styles)], _page(form, styles))
    except text.Unprintable as refusal:
        raise refusal.at(refusal.path or "patient", "names on the form") from refusal


def _page(form: Form, styles: Styles) -> Page:
    return Page(
        title=TITLE,
        person=letter_front.full_name(form.intake) or "Name not given",
        foot=(_born(form), form.reference),
        styles=styles,
        marks=(INVENTED,) if form.invented else (),
        note=_back(form),
        top=_EDGE,
        bottom=0.85 * layout.INCH,
    )


def _born(form: Form) -> str:
    born = given(form.intake, "patient.date_of_birth")
    return f"born {values.date(born)}" if born else "date of birth not given"


def _back(form: Form) -> text.Markup:
    """Return where the form goes, in one line: fax, or else whom to call."""
    fax, call = offices.back(form.practice)
    return text.join(" · ", [
        form.practice.name, text.bold(f"Fax back to {fax}") if fax else "", f"call {call}" if call else "",
    ])  # fmt: skip


def _head(form: Form, styles: Styles) -> Iterator[Flowable]:
    """Yield title with the reference number and its code, then between whom, about whom."""
    large = styles.but("reference", styles.title, fontSize=24, leading=29, spaceAfter=2)
    code = codes.qr(form.reference, _CODE)
    code.alternative = f"Code for a scanner: {form.reference}"
    left: list[Flowable] = [
        layout.Heading(TITLE, styles.but("form-title", styles.title, spaceAfter=0)),
        text.paragraph("Reference number", styles.label),
        text.paragraph(text.bold(form.reference), large),
        text.paragraph(_back(form), styles.cell),
    ]
    yield tables.opposite(left, code)
    yield tables.space(2)
    yield tables.beside([_to(form), _from(form)], styles)
    yield tables.space(3)
    yield tables.band(_patient(form), styles.body)
    yield tables.space(5)
    yield text.paragraph(_HOW, styles.cell)


def _to(form: Form) -> text.Markup:
    place, phone, fax = offices.of_surgeon(form.surgeon, form.intake)
    calls = " · ".join(
        part for part in (f"Phone {phone}" if phone else "", f"Fax {fax}" if fax else "") if part
    )
    return text.join(text.BREAK, [text.bold("Answer of"), text.bold(form.surgeon.name), place, calls])


def _from(form: Form) -> text.Markup:
    name, on = (given(form.intake, f"referrer.{part}") for part in ("name", "date"))
    dated = f"Referral of {values.date(on)}" if on else ""
    return text.join(text.BREAK, [text.bold("To"), text.bold(values.plain(name)), form.practice.name, dated])


def _patient(form: Form) -> text.Markup:
    phone = given(form.intake, "patient.phone")
    said = values.say(find("patient.phone"), phone) if phone else ""
    return text.bold(
        text.join(" · ", [letter_front.full_name(form.intake) or "Name not given", _born(form), said])
    )


def _answers(form: Form, styles: Styles) -> Iterator[Flowable]:
    """Yield the five answers, each below a line to tick, and who filled the form in."""
    option = styles.but("option", styles.cell, fontSize=10, leading=12.5)
    yield from _headed("We accept this referral.", styles, 4)
    yield Ticks(("We call the patient", "The patient should call us", "The date stands below"), option)
    yield from _headed("We decline this referral, because:", styles)
    yield Ticks((reason.label for reason in DeclineReason), option)
    yield Blank("In words:", option)
    yield from _headed("We need more information before we can answer:", styles)
    yield Ticks(_NEEDED, option)
    yield Blank("What exactly:", option)
    yield from _headed("Appointment", styles)
    yield Ticks(_VISIT, option)
    yield tables.space(3)
    interpreter = Ticks(("Arranged", "Not arranged"), option)
    yield from _cells(
        styles, ("Date (month, day, year)", 4, Slashes(2, 16)), ("Time", 2, None), ("Place", 6, None),
        (_interpreter(form), 12, interpreter),
    )  # fmt: skip
    yield from _headed("Outcome of the visit", styles)
    yield Ticks((outcome.label for outcome in VisitOutcome), option)
    yield tables.space(3)
    told = ("Diagnosis", "Plan", "Procedure, and date if set", "Follow-up")
    yield from _cells(styles, *((words, 6, None) for words in told))
    yield tables.space(7)
    who, on = ("Filled in by (name, role)", 5, None), ("Date", 4, Slashes(2, 16))
    yield from _cells(styles, who, ("Phone", 3, None), on)


def _headed(words: str, styles: Styles, above: float = 5) -> Iterator[Flowable]:
    """Yield a line to tick in strong type, with room above it."""
    strong = styles.but("answer", styles.body, fontName=fonts.BOLD, fontSize=12, leading=15, spaceBefore=6)
    strong.spaceAfter = 2
    yield tables.space(above)
    yield symbols.Marked(text.bold(words), strong, symbols.tick, 20)


def _cells(styles: Styles, *asked: tuple[str, int, Flowable | None]) -> list[Flowable]:
    """Return a grid of cells to fill in: the words of each, its share of twelve, what is in it."""
    label = Pen(styles).label
    return list(grid(Cell(text.paragraph(words, label), inside, span) for words, span, inside in asked))


def _interpreter(form: Form) -> str:
    needed = given(form.intake, "patient.interpreter_needed") is True
    language = given(form.intake, "patient.interpreter_language") or given(form.intake, "patient.language")
    spoken = values.language(str(language)) if needed and language else ""
    return (
        f"Interpreter for {spoken} needed:" if spoken else "Interpreter needed:" if needed else "Interpreter:"
    )
