"""The texts for patients: how they are read, and how easily people read them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from referral_app.documents import patient_text
from referral_app.documents.patient_text import BadText, Block, Kind
from referral_app.paths import resource
from tests.documents import reading

ENGLISH = sorted(path.stem for path in resource("packet/en").glob("*.md"))
SPANISH = sorted(path.stem for path in resource("packet/es").glob("*.md"))
FORBIDDEN = re.compile(
    r"\bfast(s|ing)?\b|stop (eating|drinking|taking)|do not (eat|drink|take)|don't (eat|drink|take)|nothing to eat"
    r"|empty stomach|skip|\brides?\b|drive|driver|someone to take you|night before"
    r"|day of (your |the )?(surgery|operation)"
    r"|hold your|eligible|qualif|denied|failed|failure|38 percent",
    re.IGNORECASE,
)


def words(name: str) -> str:
    """Return a text as it is read aloud, placeholders as short names."""
    section = patient_text.load(name)
    lines = "\n".join([section.heading, *(block.words for block in section.blocks)])
    return re.sub(r"\{\w+\}", "we", lines.replace("**", ""))


def test_a_text_is_read_as_heading_paragraphs_and_lists() -> None:
    section = patient_text.parse("# Go\n\nOne\ntwo.\n\n## More\n\n- a\n- [ ] b\n1. c\n")
    assert section.heading == "Go"
    assert section.blocks == (
        Block(Kind.PARAGRAPH, "One two."), Block(Kind.SUBHEADING, "More"), Block(Kind.ITEM, "a"), Block(Kind.TICK, "b"),
        Block(Kind.NUMBER, "c"),
    )  # fmt: skip


@pytest.mark.parametrize("foreign", [
    "### deep", "> quote", "| a | b |", "```", "* star", "see [this](http://x)", "<b>x</b>", "---", "  indented",
    "a `code` word", "an *emphasis*", "![x](y)",
])  # fmt: skip
def test_markdown_that_we_do_not_print_is_refused(foreign: str) -> None:
    with pytest.raises(BadText):
        patient_text.parse(f"# Go\n\n{foreign}\n")


def test_placeholders_are_filled_as_text_and_not_as_markup() -> None:
    filled = patient_text.fill("Ask **{surgeon}** & us.", {"surgeon": "<Dr. **Keen**> {phone}"})
    assert filled == "Ask <b>&lt;Dr. **Keen**&gt; {phone}</b> &amp; us."


def test_a_placeholder_that_nobody_fills_is_refused() -> None:
    with pytest.raises(BadText, match="surgon"):
        patient_text.fill("Ask {surgon}.", {"surgeon": "Dr. Keen"})


def test_bold_that_is_not_closed_is_refused() -> None:
    with pytest.raises(BadText):
        patient_text.fill("Ask **now.", {})


@pytest.mark.parametrize("name", ENGLISH)
def test_a_text_asks_for_no_more_than_sixth_grade(name: str) -> None:
    assert reading.grade(words(name)) <= 6.0
    assert reading.length(words(name)) <= 15


@pytest.mark.parametrize("name", [name for name in ENGLISH if not name.startswith("surgery")])
def test_no_text_tells_to_fast_or_to_stop_a_medicine(name: str) -> None:
    assert FORBIDDEN.search(words(name)) is None


def test_38_in_100_stands_in_texts_on_migraine_surgery_alone() -> None:
    assert [name for name in ENGLISH if "38" in words(name)] == ["know-migraine", "people"]


def test_botulinum_toxin_is_said_not_to_be_a_steroid() -> None:
    assert "Botulinum toxin is not a steroid." in words("try-first")


def test_both_societies_have_their_say() -> None:
    assert "American Headache Society" in words("views")
    assert "American Society of Plastic Surgeons" in words("views")


def test_headings_are_sentences() -> None:
    for name in ENGLISH:
        heading = patient_text.load(name).heading
        assert not heading or len(heading.split()) >= 4
    assert "language" in SPANISH


def test_texts_are_whole_files() -> None:
    for language in ("en", "es"):
        for path in Path(resource(f"packet/{language}")).glob("*.md"):
            raw = path.read_text(encoding="utf-8")
            assert raw.endswith("\n")
            assert "  " not in raw
