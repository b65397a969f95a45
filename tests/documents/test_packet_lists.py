"""No line of a list stands alone at the end or the beginning of a page, in either size and language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from reportlab.platypus import Flowable, Spacer

from referral_app.documents import consult_packet, layout, packet_lists, packet_sections, surgery_packet, text
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.symbols import Marked
from tests.documents import paper, people, surgery

PRINTS = [(language, large) for language in ("en", "es") for large in (False, True)]


def pages(story: list[Flowable], page: layout.Page) -> list[list[Flowable]]:
    return [
        [one for one, *_ in sheet if not isinstance(one, Spacer)] for sheet in layout.plan(story, page).sheets
    ]


def alone(sheets: list[list[Flowable]]) -> Iterator[str]:
    """Yield where one short line of a list is cut off from the others, and where a heading ends a page."""
    for number, (before, after) in enumerate(pairwise(sheets), 2):
        if isinstance(before[-1], layout.Heading):
            yield f"a heading ends page {number - 1}"
        if not (isinstance(before[-1], Marked) and isinstance(after[0], Marked)):
            continue
        if not after[0].broken and not isinstance(after[1], Marked):
            yield f"a line begins page {number}"
        if not before[-1].broken and not isinstance(before[-2], Marked):
            yield f"a line ends page {number - 1}"


@pytest.mark.parametrize(("language", "large"), PRINTS)
@pytest.mark.parametrize("kind", ["occipital_neuralgia", "migraine"])
def test_no_line_of_a_list_stands_alone_in_a_packet(language: str, large: bool, kind: str) -> None:
    values = people.intake()
    values["diagnosis"]["working"] = kind
    values["patient"] |= {"language": "es", "needs": ["large_print", "hearing", "cognitive"]}
    made = people.packet(values, language=language, large=large)
    words = consult_packet.words(made)

    def fresh() -> Sheets:
        return Sheets(layout.patient_styles(large), words, language)

    for way in packet_sections.ways(made, fresh):
        assert list(alone(pages(way, consult_packet.page(made)))) == []


@pytest.mark.parametrize(("language", "large"), PRINTS)
@pytest.mark.parametrize("visits", [(), surgery.VISITS])
def test_no_line_of_a_list_stands_alone_in_a_surgery_packet(
    language: str, large: bool, visits: tuple[object, ...]
) -> None:
    made = surgery.packet(language=language, large=large, visits=visits)
    story = surgery_packet._story(made, surgery_packet._sheets(made))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    assert list(alone(pages(story, consult_packet.page(made.base)))) == []


@pytest.mark.parametrize("above", range(20, 27))
def test_a_heading_and_what_leads_to_a_list_go_with_its_first_lines(above: int) -> None:
    styles = layout.patient_styles(True)
    sheets = Sheets(styles, {})
    lines = [sheets.item(f"Line {number}") for number in range(4)]
    story: list[Flowable] = [text.paragraph(f"Filler {number}", styles.item) for number in range(above - 4)]
    story += [
        layout.Heading("Bring these", styles.title),
        layout.room(75),
        text.paragraph("Here:", styles.body),
    ]
    page = layout.Page("A", "B", (), styles)
    found = pages(packet_lists.kept([*story, *lines]), page)
    assert list(alone(found)) == []
    for sheet in found[:-1]:
        assert isinstance(sheet[-1], Marked) or "Filler" in sheet[-1].getPlainText()  # type: ignore[attr-defined]


def test_the_foot_of_large_print_leaves_no_word_alone() -> None:
    values = people.intake()
    values["patient"] |= {"given_name": "Marisol Inés", "family_name": "Quintero-Vale"}
    places = paper.word_places(consult_packet.render(people.packet(values, large=True)), 1)
    top = next(top for word, _, top, *_ in places if "confidential" in word)
    assert "page" in " ".join(word for word, _, at, *_ in places if abs(at - top) < 1)
