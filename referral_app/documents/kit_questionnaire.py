"""The patient questionnaire: what only the patient can tell, in plain words, to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from referral_app.choices import Answer
from referral_app.clinical import dates
from referral_app.clinical.fields import Kind
from referral_app.clinical.intake import find
from referral_app.documents import consult_packet, fonts, kit_rows, layout, tables, text
from referral_app.documents.kit_cells import ROW, Blank, Ticks
from referral_app.documents.kit_form import EDGE
from referral_app.documents.kit_questions import PARTS, Part, Question
from referral_app.documents.kit_sketch import EmptyHeads
from referral_app.documents.layout import Page, Styles

TITLE = "Tell us about your headaches"
NAME = "Headache Center, patient questionnaire"
HOW = (
    "Fill this in as well as you can. If you do not know an answer, leave it blank or write “not sure”. A family "
    "member or the staff may help you. Give it back to the staff. They will type it in for you."
)
NOT_SURE = "Not sure"
YES_NO = ("Yes", "No")
_HELPED = ("Filled in on", "Who helped you?")
_SCALE = tuple(str(number) for number in range(11))
_UNITS = {"days of 30": "days", "hours": "hours"}
_SKETCH = 1.45 * layout.INCH


@dataclass(frozen=True)
class _Pen:
    """The styles of what patients read."""

    styles: Styles
    question: ParagraphStyle = field(init=False)
    option: ParagraphStyle = field(init=False)
    column: ParagraphStyle = field(init=False)
    heading: ParagraphStyle = field(init=False)

    def __post_init__(self) -> None:
        """Make the styles."""
        body = self.styles.body
        for name, style in {
            "question": ParagraphStyle("question", body, spaceAfter=0),
            "option": ParagraphStyle("option", body, spaceAfter=0, leading=14),
            "column": ParagraphStyle("column", body, fontSize=11, leading=13.5, spaceAfter=0),
            "heading": ParagraphStyle(
                "part", body, fontName=fonts.BOLD, fontSize=14, leading=18, spaceBefore=9, spaceAfter=3
            ),
        }.items():
            object.__setattr__(self, name, style)


def page(printed_on: date) -> Page:
    """Return what stands around the text of every page."""
    return Page(
        title=NAME,
        person=NAME,
        foot=(f"printed on {dates.say(printed_on)}",),
        styles=layout.patient_styles(large=False),
        note=text.bold(consult_packet.EMERGENCY),
        top=EDGE,
        bottom=EDGE,
        secret="confidential once filled in",
    )


def story() -> list[Flowable]:
    """Return the whole questionnaire."""
    pen = _Pen(layout.patient_styles(large=False))
    title = pen.styles.but("title", pen.styles.title, spaceBefore=0, spaceAfter=3)
    made: list[Flowable] = [layout.Heading(TITLE, title), text.paragraph(HOW, pen.styles.body)]
    for part in PARTS:
        made += _part(part, pen)
    return [*made, tables.space(6), tables.halves([Blank(words, pen.question) for words in _HELPED])]


def _part(part: Part, pen: _Pen) -> Iterator[Flowable]:
    head: list[Flowable] = [layout.Heading(part.heading, pen.heading)]
    if part.how:
        head += [text.paragraph(text.bold(part.how), pen.question), tables.space(2)]
    for question, beside in _lines(part.questions):
        before = [text.paragraph(question.before, pen.question)] if question.before else []
        asked = [*before, *_asked(question, pen)]
        if beside is not None:
            asked = [tables.halves([*asked, *_asked(beside, pen)])]
        yield layout.Whole([*head, *asked])
        head = []


def _lines(questions: Sequence[Question]) -> Iterator[tuple[Question, Question | None]]:
    """Yield the questions, each with the one beside it where two short ones share a line."""
    waiting = list(questions)
    while waiting:
        first = waiting.pop(0)
        short = first.short and bool(waiting) and waiting[0].short
        yield first, waiting.pop(0) if short else None


def _asked(question: Question, pen: _Pen) -> list[Flowable]:
    """Return a question with the room for its answer."""
    one = find(question.path)
    ticked = options(question)
    if ticked:
        aligned = one.choices is Answer or ticked is _SCALE
        return [Blank(question.words, pen.question, Ticks(ticked, pen.option), aligned=aligned)]
    words = text.paragraph(question.words, pen.question)
    if one.kind is Kind.ROWS:
        none = Ticks([one.none_label], pen.option) if one.none else None
        asked = Blank(question.words, pen.question, none) if none else words
        return [tables.space(3), asked, tables.space(1), _table(question, pen), tables.space(3)]
    if one.kind is Kind.SKETCH:
        return [words, EmptyHeads(_SKETCH, 10), tables.space(3)]
    lines = 2 if one.kind is Kind.LONG_TEXT else 1
    return [Blank(question.words, pen.question, unit=_UNITS.get(one.unit, ""), lines=lines)]


def options(question: Question) -> tuple[str, ...]:
    """Return what can be ticked for a question, in plain words."""
    one = find(question.path)
    if one.kind is Kind.FLAG:
        return YES_NO
    if one.unit == "0 to 10":
        return _SCALE
    plain = {str(Answer.NOT_ASKED): NOT_SURE} | dict(question.plain)
    return tuple(plain.get(str(choice), choice.label) for choice in one.choices or ())


def _table(question: Question, pen: _Pen) -> Flowable:
    """Return an empty table with the columns that a patient can fill in."""
    shares = [2.4 if number == 0 else 1.4 for number in range(len(question.plain))]
    widths = [layout.WIDTH * share / sum(shares) for share in shares]
    head = [text.paragraph(words, pen.column) for words in question.plain.values()]
    empty = [[""] * len(head) for _ in range(question.rows)]
    return kit_rows.ruled_table([head, *empty], widths, [None, *[ROW] * question.rows])
