"""The texts for patients: how they are read, what they say and never say, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from referral_app.clinical import patient_markdown, text_placeholders
from referral_app.documents import patient_text
from referral_app.documents.patient_text import BadText, Block, Kind
from referral_app.paths import resource

ENGLISH = sorted(path.stem for path in resource("packet/en").glob("*.md"))
SPANISH = sorted(path.stem for path in resource("packet/es").glob("*.md"))
BOTH = [("en", name) for name in ENGLISH] + [("es", name) for name in SPANISH]
NEVER = re.compile(
    r"eligible|qualif|denied|\bfail|failure|38 percent|38 ?%|elegible|calific|\bnegad|fracas|38 por ciento",
    re.IGNORECASE,
)
"""What no patient's paper says (contract section 2)."""
FORBIDDEN = re.compile(
    r"\bfast(s|ing)?\b|stop (eating|drinking|taking)|do not (eat|drink|take)|don't (eat|drink|take)|nothing to eat"
    r"|empty stomach|skip|\brides?\b|drive|driver|someone to take you|night before"
    r"|day of (your |the )?(surgery|operation)|hold your"
    r"|ayun|deje de (comer|beber|tomar)|no (coma|beba|tome) |nada de comer|manej|día de (su|la) (cirugía|operación)"
    rf"|{NEVER.pattern}",
    re.IGNORECASE,
)
"""What only a surgeon may tell a patient, or nobody: it stands in no text for a consultation."""


def words(name: str, language: str = "en") -> str:
    """Return a text as it is read aloud, placeholders as short names."""
    section = patient_text.load(name, language)
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


def test_a_text_that_is_given_stands_in_place_of_the_programs() -> None:
    assert patient_text.load("why", "en", {"why": "# Mine\n"}).heading == "Mine"
    assert patient_text.load("why", "en", {"other": "# Mine\n"}).heading == "Here is why you were sent to us"


def test_a_text_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadText, match="The text “why” cannot be printed"):
        patient_text.load("why", "en", {"why": "# Mine\n\n> quote\n"})


def test_placeholders_are_filled_as_text_and_not_as_markup() -> None:
    filled = patient_text.fill("Ask **{surgeon}** & us.", {"surgeon": "<Dr. **Keen**> {phone}"})
    assert filled == "Ask <b>&lt;Dr. **Keen**&gt; {phone}</b> &amp; us."


def test_a_placeholder_that_nobody_fills_is_refused() -> None:
    with pytest.raises(BadText, match="surgon"):
        patient_text.fill("Ask {surgon}.", {"surgeon": "Dr. Keen"})


def test_bold_that_is_not_closed_is_refused() -> None:
    with pytest.raises(BadText):
        patient_text.fill("Ask **now.", {})


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_a_text_has_nothing_that_is_not_printed_and_known_placeholders(language: str, name: str) -> None:
    markdown = resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8")
    surgery = text_placeholders.SURGERY if name.startswith("surgery") else {}
    assert patient_markdown.problems(markdown, {**text_placeholders.PACKET, **surgery}) == []


@pytest.mark.parametrize(("language", "name"), [one for one in BOTH if not one[1].startswith("surgery")])
def test_no_text_for_a_consultation_tells_to_fast_or_to_stop_a_medicine(language: str, name: str) -> None:
    assert FORBIDDEN.search(words(name, language)) is None


@pytest.mark.parametrize(("language", "name"), BOTH)
def test_no_text_says_that_somebody_is_eligible_or_failed(language: str, name: str) -> None:
    assert NEVER.search(words(name, language)) is None


@pytest.mark.parametrize(("language", "names"), [("en", ENGLISH), ("es", SPANISH)])
def test_38_in_100_stands_in_texts_on_migraine_surgery_alone(language: str, names: list[str]) -> None:
    assert [name for name in names if "38" in words(name, language)] == ["know-migraine", "people"]


def test_the_population_of_the_38_is_named() -> None:
    assert "14 studies with 627 people" in words("know-migraine")
    assert "After 6 to 12 months, 38 in 100" in words("know-migraine")
    assert "14 estudios con 627 personas" in words("know-migraine", "es")


def test_botulinum_toxin_is_said_not_to_be_a_steroid() -> None:
    assert "Botulinum toxin is not a steroid." in words("try-first")
    assert "La toxina botulínica no es un esteroide." in words("try-first", "es")


@pytest.mark.parametrize("language", ["en", "es"])
def test_both_societies_have_their_say_at_the_same_length(language: str) -> None:
    items = [block.words for block in patient_text.load("views", language).blocks if block.kind is Kind.ITEM]
    said = [re.sub(r"\*\*.*?\*\* \(\d{4}\) ", "", words) for words in items]
    assert ["American Headache Society" in items[0], "American Society of Plastic Surgeons" in items[1]] == [
        True,
        True,
    ]
    assert len(said[0].split()) == len(said[1].split())
    assert abs(len(said[0]) - len(said[1])) <= 0.15 * len(said[0])


def test_headings_are_sentences() -> None:
    for language, name in BOTH:
        heading = patient_text.load(name, language).heading
        assert not heading or len(heading.split()) >= 3, (language, name)


def test_every_english_text_has_its_spanish_one_and_spanish_the_notice_of_help() -> None:
    assert set(SPANISH) - set(ENGLISH) == {"help"}
    assert set(ENGLISH) <= set(SPANISH)


@pytest.mark.parametrize("name", [name for name in ENGLISH if not name.startswith("surgery")])
def test_both_languages_have_the_same_blocks_and_placeholders(name: str) -> None:
    english, spanish = (patient_text.load(name, language) for language in ("en", "es"))
    assert [block.kind for block in english.blocks] == [block.kind for block in spanish.blocks]
    both = [
        sorted(
            patient_markdown.placeholders(
                resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8")
            )
        )
        for language in ("en", "es")
    ]
    assert both[0] == both[1]


def test_texts_are_whole_files() -> None:
    for language in ("en", "es"):
        for path in Path(resource(f"packet/{language}")).glob("*.md"):
            raw = path.read_text(encoding="utf-8")
            assert raw.endswith("\n")
            assert "  " not in raw
