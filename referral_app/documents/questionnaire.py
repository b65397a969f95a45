"""The patient questionnaire: what only the patient can tell, in plain words, to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from referral_app.choices import Answer
from referral_app.clinical.fields import Kind
from referral_app.clinical.intake import find
from referral_app.documents import fonts, kit_parts, kit_rows, layout, questionnaire_text, tables, text
from referral_app.documents.kit_cells import ROW, Blank, Ticks
from referral_app.documents.kit_form import EDGE
from referral_app.documents.kit_sketch import EmptyHeads
from referral_app.documents.layout import Page, Styles
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.questionnaire_text import SCALE, Part, Question, Words

_SKETCH = 1.45 * layout.INCH
_LARGE_SKETCH = 2.5 * layout.INCH
_IDENTITY = ("patient.family_name", "patient.given_name", "patient.date_of_birth")
"""What is not asked of a patient whose name is printed on the sheet."""


@dataclass(frozen=True)
class Questionnaire:
    """What a questionnaire is made from: language, print size, and whose it is where that is known.

    `help_text` is the notice of help for a patient whose language is not that of the sheet, `phone` whom it says to
    call.
    """

    printed_on: date
    language: str = "en"
    large: bool = False
    person: str = ""
    born: date | None = None
    reference: str = ""
    help_text: str = ""
    phone: str = ""


@dataclass(frozen=True)
class _Pen:
    """The words of a language, and the styles of what patients read."""

    words: Words
    styles: Styles
    large: bool
    known: bool = False
    question: ParagraphStyle = field(init=False)
    option: ParagraphStyle = field(init=False)
    column: ParagraphStyle = field(init=False)
    heading: ParagraphStyle = field(init=False)

    def __post_init__(self) -> None:
        """Make the styles."""
        body, larger = self.styles.body, self.styles.size / 12
        for name, style in {
            "question": ParagraphStyle("question", body, spaceAfter=0),
            "option": ParagraphStyle("option", body, spaceAfter=0, leading=14 * larger),
            "column": ParagraphStyle(
                "column", body, fontSize=16 if self.large else 11, leading=20 if self.large else 13.5, spaceAfter=0
            ),
            "heading": ParagraphStyle(
                "part", body, fontName=fonts.BOLD, fontSize=14 * larger, leading=18 * larger, spaceBefore=9,
                spaceAfter=3,
            ),
        }.items():  # fmt: skip
            object.__setattr__(self, name, style)


def render(asked: Questionnaire) -> bytes:
    """Return the questionnaire as a PDF; the same one gives the same bytes.

    Raises KeyError for a language that we do not have, `text.Unprintable` for a name that no font of ours can draw.
    """
    named = () if asked.person else questionnaire_text.read(asked.language).named
    return kit_parts.build([kit_parts.Part(page(asked), story(asked), named)], odd=False)


def page(asked: Questionnaire) -> Page:
    """Return what stands around the text of every page."""
    words = questionnaire_text.read(asked.language)
    name, printed = words.foot["name"], f"{words.foot['printed']} {words.day(asked.printed_on)}"
    born = [words.day(asked.born)] if asked.born else []
    known = [*born, *([asked.reference] if asked.reference else []), name] if asked.person else []
    return Page(
        title=name,
        person=asked.person or name,
        foot=(*known, printed),
        styles=layout.patient_styles(asked.large),
        note=text.bold(words.emergency),
        lang="es-US" if asked.language == "es" else "en-US",
        top=EDGE,
        bottom=EDGE * (1.6 if asked.large else 1),
        secret=words.foot["secret"],
        numbered=words.foot["page"],
    )


def story(asked: Questionnaire) -> list[Flowable]:
    """Return the whole questionnaire, in the order in which the form asks for the same."""
    words = questionnaire_text.read(asked.language)
    pen = _Pen(words, layout.patient_styles(asked.large), asked.large, bool(asked.person))
    title = pen.styles.but("title", pen.styles.title, spaceBefore=0, spaceAfter=3)
    made: list[Flowable] = [layout.Heading(words.title, title), text.paragraph(words.how, pen.styles.body)]
    if asked.person:
        born = f", {words.day(asked.born)}" if asked.born else ""
        made.append(text.paragraph(text.bold(asked.person + born), pen.styles.body))
    if asked.help_text:
        sheets = Sheets(pen.styles, {"phone": asked.phone})
        made += [tables.space(3), sheets.helped(asked.help_text), tables.space(3)]
    for part in words.parts:
        made += _part(part, pen)
    helped: list[Flowable] = [Blank(said, pen.question) for said in words.helped]
    return [*made, tables.space(6), *(helped if pen.large else [tables.halves(helped)])]


def _part(part: Part, pen: _Pen) -> Iterator[Flowable]:
    head: list[Flowable] = [layout.Heading(part.heading, pen.heading)]
    if part.how:
        head += [text.paragraph(text.bold(part.how), pen.question), tables.space(2)]
    for question, beside in _lines(part.questions, pen):
        before = [text.paragraph(question.before, pen.question)] if question.before else []
        asked = [*before, *_asked(question, pen)]
        if beside is not None:
            asked = [tables.halves([*asked, *_asked(beside, pen)])]
        yield layout.Whole([*head, *asked])
        head = []


def _lines(questions: Sequence[Question], pen: _Pen) -> Iterator[tuple[Question, Question | None]]:
    """Yield the questions, each with the one beside it where two short ones share a line."""
    waiting = [one for one in questions if not (pen.known and one.path in _IDENTITY)]
    while waiting:
        first = waiting.pop(0)
        short = not pen.large and first.short and bool(waiting) and waiting[0].short
        yield first, waiting.pop(0) if short else None


def _asked(question: Question, pen: _Pen) -> list[Flowable]:
    """Return a question with the room for its answer."""
    one = find(question.path)
    ticked = pen.words.options(question)
    if ticked:
        aligned = one.choices is Answer or ticked is SCALE
        return [Blank(question.words, pen.question, Ticks(ticked, pen.option), aligned=aligned)]
    words = text.paragraph(question.words, pen.question)
    if one.kind is Kind.ROWS:
        none = pen.words.none.get(one.name, "") if one.none else ""
        asked = Blank(question.words, pen.question, Ticks([none], pen.option)) if none else words
        return [tables.space(3), asked, tables.space(1), _table(question, pen), tables.space(3)]
    if one.kind is Kind.SKETCH:
        return [words, *_heads(pen), tables.space(3)]
    lines = 2 if one.kind is Kind.LONG_TEXT else 1
    return [Blank(question.words, pen.question, unit=pen.words.units.get(one.unit, ""), lines=lines)]


def _heads(pen: _Pen) -> list[Flowable]:
    """Return the heads to draw on: in a row, or in large print two by two."""
    views, sides = dict(pen.words.views), pen.words.sides
    if not pen.large:
        return [EmptyHeads(_SKETCH, 10, views, sides)]
    pairs = [dict(list(views.items())[first : first + 2]) for first in (0, 2)]
    return [EmptyHeads(_LARGE_SKETCH, 16, pair, sides) for pair in pairs]


def _table(question: Question, pen: _Pen) -> Flowable:
    """Return an empty table with the columns that a patient can fill in."""
    shares = [2.4 if number == 0 else 1.4 for number in range(len(question.plain))]
    widths = [layout.WIDTH * share / sum(shares) for share in shares]
    head = [text.paragraph(words, pen.column) for words in question.plain.values()]
    empty = [[""] * len(head) for _ in range(question.rows)]
    tall = ROW * 1.35 if pen.large else ROW
    return kit_rows.ruled_table([head, *empty], widths, [None, *[tall] * question.rows])
