"""The fields of the intake as boxes on an empty form, all of them made from the one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from referral_app.choices import Choice
from referral_app.clinical import texts
from referral_app.clinical.fields import Field, Kind, When
from referral_app.clinical.intake import find
from referral_app.documents import fonts, layout, text
from referral_app.documents.kit_cells import ROW, UNITS, WRITING, Cell, Slashes, Ticks
from referral_app.documents.kit_sketch import EmptyHeads
from referral_app.documents.layout import Styles

LEFT_OUT = frozenset({"sha256"})
"""What the program alone can fill in."""
COMPUTED = {
    "computed.needs_representative": "the patient is under 18, or has a legal representative",
    "computed.onset_at_50_or_later": "the headache began at age 50 or later",
}
"""In words, what the program works out of other answers."""
_YES_NO = ("Yes", "No")
_SPANS = {
    Kind.DATE: 3, Kind.MONTH: 3, Kind.INTEGER: 3, Kind.DECIMAL: 3, Kind.PHONE: 3, Kind.NPI: 3, Kind.STATE: 2,
    Kind.ZIP: 2, Kind.LANGUAGE: 3, Kind.CODES: 6, Kind.WORDS: 6, Kind.SURGEON: 6, Kind.LOCATION: 6, Kind.FLAG: 3,
    Kind.TEXT: 4, Kind.EMAIL: 4, Kind.TIMESTAMP: 4,
}  # fmt: skip
"""How many of the twelve units of a row a field takes; what is not named takes all."""
_TICKED_SPANS = (3, 4, 6, 8, UNITS)
_LONG_HINT = 40
_TYPED = (Kind.DATE, Kind.MONTH, Kind.STATE)
"""Fields whose hint says how to type, which nobody needs on paper."""


@dataclass(frozen=True)
class Pen:
    """The styles of a form to fill in, and the procedures of the directory to choose from."""

    styles: Styles
    procedures: Sequence[str] = ()
    label: ParagraphStyle = field(init=False)
    option: ParagraphStyle = field(init=False)
    strip: ParagraphStyle = field(init=False)

    def __post_init__(self) -> None:
        """Make the small styles."""
        body = self.styles.body
        for name, style in {
            "label": ParagraphStyle("label", body, fontSize=8.5, leading=10),
            "option": ParagraphStyle("option", body, fontSize=9.5, leading=11.5),
            "strip": ParagraphStyle("strip", body, fontName=fonts.BOLD, fontSize=9.5, leading=12),
        }.items():
            object.__setattr__(self, name, style)


def words(one: Field, row: Field | None = None) -> text.Markup:
    """Return the label of a field with its unit, that or when it is required, and its hint.

    `row` is the table that the field stands in, if any.
    """
    said = _limits(one) or ("" if one.kind in _TYPED else one.hint)
    return text.join(" ", [named(one), need(one, row), f"– {said}" if said else ""])


def named(one: Field) -> str:
    """Return the label of a field with its unit, where the label does not say it."""
    return f"{one.label} ({one.unit})" if one.unit and one.unit not in one.label.lower() else one.label


def need(one: Field, row: Field | None = None) -> str:
    """Return in words whether and when a field is required, "" where it need not be answered."""
    if one.when is None:
        return text.bold("(required)") if one.required else ""
    told = condition(one.when, row)
    return text.bold(f"(required if {told})") if one.required else f"(if {told})"


def condition(when: When, row: Field | None = None) -> str:
    """Return a condition in words; raises KeyError for a computed one that nobody put into words."""
    if when.path.startswith("computed.red_flags."):
        return "the answer is Yes"
    if when.path.startswith("computed."):
        return COMPUTED[when.path]
    asked = row.child(when.names[0]) if when.in_row and row else find(when.path)
    others = [one.label for one in asked.choices or () if one not in when.values]
    if len(others) == 1 < len(when.values):
        return f"“{asked.label}” is not {others[0]}"
    said = [_label(value, asked.choices) for value in when.values]
    return f"“{asked.label}” is {texts.listed(said, 'or')}"


def _label(value: object, choices: type[Choice] | None) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return choices(str(value)).label if choices else str(value)


def _limits(one: Field) -> str:
    """Return how long a text may be, with its hint."""
    if one.kind is not Kind.LONG_TEXT or one.high is None:
        return ""
    return f"{one.hint} {one.low or 0:g} to {one.high:g} characters."


def cell(one: Field, pen: Pen) -> Cell:
    """Return the box of one field that is no group and no table."""
    label = text.paragraph(words(one), pen.label)
    inside = _inside(one, pen)
    if isinstance(inside, Ticks):
        return Cell(label, inside, _ticked_span(inside))
    if one.kind is Kind.LONG_TEXT:
        return Cell(label, inside, UNITS if one.required else UNITS // 2, ROW * 1.7)
    return Cell(
        label, inside, max(_SPANS.get(one.kind, UNITS), UNITS // 2 if len(one.hint) > _LONG_HINT else 0)
    )


def options(one: Field, pen: Pen) -> tuple[str, ...]:
    """Return what can be ticked for a field."""
    if one.choices is not None:
        return tuple(choice.label for choice in one.choices)
    if one.kind is Kind.FLAG:
        return _YES_NO
    return tuple(pen.procedures) if one.kind is Kind.PROCEDURES else ()


def _inside(one: Field, pen: Pen) -> Flowable | None:
    ticked = options(one, pen)
    if ticked:
        return Ticks(ticked, pen.option)
    if one.kind is Kind.SKETCH:
        return EmptyHeads(1.5 * layout.INCH, pen.label.fontSize)
    if one.kind in (Kind.DATE, Kind.MONTH):
        return Slashes(2 if one.kind is Kind.DATE else 1, WRITING)
    return None


def _ticked_span(ticks: Ticks) -> int:
    unit = layout.WIDTH / UNITS
    return next((span for span in _TICKED_SPANS if ticks.wide() <= span * unit - 2), UNITS)


def written(group: Field) -> Iterator[Field]:
    """Yield the fields of a group that are filled in on paper."""
    return (one for one in group.fields if one.name not in LEFT_OUT)
