"""The blank referral form, read back from the finished PDF, and held against the declaration of the intake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from referral_app.choices import Accepting, Choice
from referral_app.clinical.fields import Field, Kind, When
from referral_app.clinical.intake import INTAKE, LETTER, STEPS, find
from referral_app.clinical.red_flags import RED_FLAGS, Tier
from referral_app.documents import kit_fields, kit_form, layout
from referral_app.documents.kit_cells import Line, grid
from referral_app.documents.kit_fields import LEFT_OUT, Pen
from tests.documents import paper

LEAST_ROW = 0.3 * layout.INCH
PROCEDURES = ("Occipital release, greater occipital nerve", "Nerve <decompression> & more", "Revision")

WRITTEN = tuple(group for group in INTAKE if group is not LETTER)
"""What is asked on paper: the paragraphs of the letter are worded by the practice."""


def pen() -> Pen:
    return Pen(layout.Styles(11, 14.5), PROCEDURES)


@pytest.fixture(scope="module")
def form() -> bytes:
    made = pen()
    return layout.build(kit_form.story(made), kit_form.page(made, date(2026, 11, 23)))


@pytest.fixture(scope="module")
def said(form: bytes) -> str:
    return paper.text(form)


def leaves(fields: tuple[Field, ...]) -> Iterator[Field]:
    for one in fields:
        if one.kind in (Kind.GROUP, Kind.ROWS):
            yield from leaves(one.fields)
        elif one.name not in LEFT_OUT:
            yield one


def test_every_field_of_the_intake_has_its_place(said: str) -> None:
    missing = [one.label for one in leaves(WRITTEN) if one.label not in said]
    assert not missing


def test_every_group_and_step_has_its_heading(said: str) -> None:
    assert not [group.label for group in WRITTEN if group.label not in said]
    assert not [step for number, step in enumerate(STEPS, 1) if f"Step {number} of 6: {step}" not in said]


def test_what_is_required_is_said_in_words(said: str) -> None:
    required = [
        one for group in WRITTEN if group.kind is Kind.GROUP and group.name != "red_flags"
        for one in group.fields if one.required and one.when is None and one.kind is not Kind.GROUP
    ]  # fmt: skip
    assert len(required) > 30
    assert not [one.label for one in required if f"{kit_fields.named(one)} (required)" not in said]
    assert "Interpreter for (required if “Interpreter needed” is Yes)" in said


def test_every_choice_can_be_ticked_or_written_as_a_number(said: str) -> None:
    flat = said.replace("\xa0", " ")
    for one in leaves(WRITTEN):
        for choice in one.choices or ():
            assert choice.label in flat, (one.label, choice.label)


def test_the_fifteen_flags_are_asked_and_an_emergency_says_what_to_do(said: str) -> None:
    for flag in RED_FLAGS:
        assert f"{flag.question}. Yes: " in said
        assert not flag.signs or f"If yes: {flag.signs}? Yes: EMERGENCY." in said
        assert flag.tier is not Tier.EMERGENCY or f"{flag.question}. Yes: EMERGENCY." in said
    assert "call 911 or send the patient to the emergency department, and tell a clinician" in said


def test_the_procedures_of_the_directory_are_offered_as_they_are_called(said: str) -> None:
    assert all(name in said for name in PROCEDURES)


def test_every_page_says_what_it_is_and_when_it_was_printed(form: bytes) -> None:
    count = paper.pages(form)
    assert count <= 8
    for number in range(1, count + 1):
        foot = (
            f"Headache Center referral, blank form · printed on November 23, 2026 · page {number} of {count}"
        )
        assert foot in paper.text(form, number)


def test_it_is_whole_with_its_fonts_and_nothing_leaves_the_paper(form: bytes) -> None:
    assert paper.whole(form)
    assert all(paper.fonts(form).values())
    edge = layout.PAGE_WIDTH - layout.MARGIN + 1
    for number in range(1, paper.pages(form) + 1):
        assert not [word for word, _, _, right, _ in paper.word_places(form, number) if right > edge]


@pytest.mark.parametrize(
    "group", [one for one in WRITTEN if one.kind is Kind.GROUP], ids=lambda one: one.name
)
def test_every_row_is_high_enough_to_write_in(group: Field) -> None:
    cells = (kit_fields.cell(one, pen()) for one in leaves(group.fields))
    for line in grid(cells):
        assert isinstance(line, Line)
        assert line.wrap(layout.WIDTH, 500)[1] >= LEAST_ROW


def test_every_condition_of_the_intake_has_words() -> None:
    def conditions(fields: tuple[Field, ...], row: Field | None) -> Iterator[str]:
        for one in fields:
            inner = one if one.kind is Kind.ROWS else row
            if one.when is not None:
                yield kit_fields.condition(one.when, inner)
            yield from conditions(one.fields, inner)

    told = list(conditions(WRITTEN, None))
    assert len(told) > 20
    assert "“Kind” is not Self-pay" in told
    assert not [words for words in told if "computed" in words or "_" in words]


def test_a_computed_condition_without_words_is_noticed() -> None:
    with pytest.raises(KeyError):
        kit_fields.condition(When("computed.something_new", (True,)))


def test_without_procedures_there_is_room_to_write_them() -> None:
    cell = kit_fields.cell(find("request.procedures"), Pen(layout.Styles(11, 14.5)))
    assert cell.inside is None


def test_a_list_too_wide_for_a_line_goes_on_on_the_next() -> None:
    many: type[Choice] = Accepting
    one = Field("x", "A label that is rather long " * 3, Kind.CHOICES, choices=many)
    line = next(grid([kit_fields.cell(one, pen())]))
    assert line.wrap(120, 500)[1] > line.wrap(layout.WIDTH, 500)[1]
