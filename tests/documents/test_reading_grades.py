"""How easily patients read what they get: each text, each whole document, and what the program composes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from referral_app.choices import Diagnosis
from referral_app.clinical import readability
from referral_app.clinical.readability import LEAST_EASE, MOST_GRADE, MOST_SECTION, MOST_WORDS
from referral_app.documents import consult_packet, packet_language, packet_sections
from referral_app.paths import resource
from tests.documents import people
from tests.documents.test_patient_text import ENGLISH, SPANISH

ALL = frozenset(part.key for part in packet_sections.CATALOGUE)
UNGRADED = {"title", "page", "born", "sources", "drawings", "letters", "languages", "specialties"}
"""Words that are no sentences to a patient: names, parts of the foot, and what is read in place of a drawing."""


def markdown(name: str, language: str) -> str:
    return resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8")


def document(working: str, language: str) -> str:
    """Return all texts of a packet with every part."""
    values = people.intake()
    values["diagnosis"]["working"] = working
    values["patient"]["needs"] = ["asl", "wheelchair", "low_vision", "hearing", "cognitive", "large_print"]
    packet = people.packet(values, language=language, sections=ALL, appointment=None)
    return "\n\n".join(markdown(name, language) for name in sorted(consult_packet.taken(packet)))


def surgery(language: str) -> str:
    names = [name for name in ENGLISH if name.startswith("surgery-")]
    return "\n\n".join(markdown(name, language) for name in names)


def composed(language: str) -> Iterator[str]:
    """Yield every sentence that the program composes, with a number or a name where one is filled in."""
    yield from _sentences({
        name: told for name, told in packet_language.words(language).told.items() if name not in UNGRADED
    })  # fmt: skip


def _sentences(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield re.sub(r"\{\w*\}", "it", told).strip()
        return
    for one in told.values() if isinstance(told, dict) else told:
        yield from _sentences(one)


@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_text_asks_for_no_more_than_sixth_grade_and_none_of_its_sections_for_more_than_eighth(
    name: str,
) -> None:
    read = readability.grade(markdown(name, "en"))
    assert read.flesch_kincaid <= MOST_GRADE
    assert read.words_per_sentence <= MOST_WORDS
    for section in readability.sections(markdown(name, "en")):
        assert readability.grade(section).flesch_kincaid <= MOST_SECTION


@pytest.mark.parametrize("name", SPANISH)
def test_a_spanish_text_is_easy(name: str) -> None:
    for section in readability.sections(markdown(name, "es")):
        read = readability.ease(section)
        assert read.inflesz >= LEAST_EASE
        assert read.words_per_sentence <= MOST_WORDS


@pytest.mark.parametrize("working", [str(kind) for kind in Diagnosis])
def test_a_whole_packet_is_read_at_sixth_grade_and_is_easy_in_spanish(working: str) -> None:
    assert readability.grade(document(working, "en")).flesch_kincaid <= MOST_GRADE
    assert readability.grade(document(working, "en")).words_per_sentence <= MOST_WORDS
    assert readability.ease(document(working, "es")).inflesz >= LEAST_EASE


def test_the_whole_surgery_packet_is_read_as_easily() -> None:
    assert readability.grade(surgery("en")).flesch_kincaid <= MOST_GRADE
    assert readability.ease(surgery("es")).inflesz >= LEAST_EASE


def test_what_is_composed_is_read_as_easily_as_the_texts() -> None:
    english, spanish = "\n\n".join(composed("en")), "\n\n".join(composed("es"))
    assert readability.grade(english).flesch_kincaid <= MOST_GRADE
    assert readability.grade(english).words_per_sentence <= MOST_WORDS
    assert readability.ease(spanish).inflesz >= LEAST_EASE
    for sentence in composed("en"):
        assert len(sentence.split()) <= 22, sentence
