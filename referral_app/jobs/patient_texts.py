"""The texts for patients with the program's own as their ground: what is in force, and saving what can be printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from referral_app.clinical import patient_text_rules, text_placeholders
from referral_app.clinical.patient_markdown import Problem
from referral_app.database import Database, Session
from referral_app.paths import resource
from referral_app.services import patient_texts
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_texts import TextRecord, Texts

if TYPE_CHECKING:
    from referral_app.documents.text_sample import Sample

LANGUAGES = ("en", "es")
PACKET_WORDS, SURGERY_WORDS = _SHORT = ("words.toml", "surgery-words.toml")
"""The short words of both packets and of surgery packets, which the program puts together itself."""
QUESTIONNAIRE = "questionnaire.toml"
"""The words of the questionnaire, which is of no packet."""
COMPOSED = (*_SHORT, QUESTIONNAIRE)


@cache
def originals(language: str) -> Mapping[str, str]:
    """Return the texts that come with the program in a language, by name, and the words that it puts together."""
    folder = resource(f"packet/{language}")
    found = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}
    found |= {name: (folder / name).read_text(encoding="utf-8") for name in _SHORT}
    return found | {QUESTIONNAIRE: resource(f"questionnaire/{language}.toml").read_text(encoding="utf-8")}


def in_force(session: Session, language: str) -> Texts:
    """Return the texts of a language that are printed now, and who reviewed them as they stand."""
    return patient_texts.in_force(session, language, originals(language))


def of_packets(waiting: Iterable[str]) -> set[str]:
    """Return which of the texts that wait keep a packet from being printed."""
    return set(waiting) - {QUESTIONNAIRE}


def waits(session: Session, language: str) -> str:
    """Tell how far a language waits for reviews: "" not at all, "some" of its texts, "all" where no packet is in it.

    The short words stand in every packet: while these wait, each is English (as `packets.worded` makes it).
    """
    if language == "en" or language not in LANGUAGES:
        return ""
    found = of_packets(patient_texts.waiting(session, language, originals(language)))
    return "all" if PACKET_WORDS in found else "some" if found else ""


def problems(record: TextRecord, markdown: str) -> list[Problem]:
    """Return what keeps a text from being printed, line by line, characters that our fonts lack included."""
    found = patient_text_rules.problems(record.name, markdown, record.original)
    return sorted([*found, *not_drawn(markdown)], key=lambda one: one.line)


def save(db: Database, record: TextRecord, markdown: str, *, over: int | None = None) -> int:
    """Keep a new version of a text, made from `record`, and return its number.

    `over` is the version that somebody else saved meanwhile and that the writer saw. Raises InvalidInput, Conflict.
    """
    if found := not_drawn(markdown):
        raise InvalidInput({"markdown": f"Line {found[0].line}: {found[0].sentence}"})
    seen = record.number if over is None else over
    with db.begin() as session:
        return patient_texts.save(
            session, record.language, record.name, markdown, original=record.original, seen=seen
        )


def sample(record: TextRecord, markdown: str, *, large: bool = False) -> bytes:
    """Return a text as it prints for an invented patient; raises InvalidInput where it cannot be printed."""
    from referral_app.documents import text_sample

    return text_sample.render([_sample(record.name, markdown, record.original, record.language, large)])


def reading_copy(db: Database, language: str) -> bytes:
    """Return all texts of a language in force as one PDF, for somebody to read who reviews them."""
    from referral_app.documents import text_sample

    with db.read() as session:
        force = in_force(session, language).markdown
    program = originals(language)
    return text_sample.render(
        [_sample(name, words, program[name], language, False) for name, words in force.items()], "For review"
    )


def _sample(name: str, markdown: str, original: str, language: str, large: bool) -> Sample:
    from referral_app.documents.text_sample import Sample

    values = text_placeholders.examples(name, original, language)
    words = _listed(markdown) if patient_text_rules.composed(name) else markdown
    return Sample(words, values, language, large, name)


def _listed(toml: str) -> str:
    """Return the words that the program puts together as a list that can be read."""
    found = _values(tomllib.loads(toml))
    lines = (re.sub(r"[{}*`<>|]", "_", " ".join(one.split())) for one in found)
    return "## Words that the program puts together\n\n" + "\n".join(
        f"- {line}" for line in lines if line.strip(" _:")
    )


def _values(given: Any) -> Iterator[str]:
    """Yield what a patient reads: no names of fields, no figures of how a question is laid out."""
    if isinstance(given, dict):
        told = cast(dict[str, Any], given)
        given = [one for name, one in told.items() if name != "path"]
    if isinstance(given, list):
        for one in cast(list[Any], given):
            yield from _values(one)
    elif isinstance(given, str):
        yield given


def not_drawn(markdown: str) -> list[Problem]:
    """Return the lines with characters that no font of ours draws, each with their names."""
    from referral_app.documents import text

    if text.printable(markdown):
        return []
    lines = enumerate(markdown.splitlines(), 1)
    return [
        Problem(number, str(text.Unprintable(lost))) for number, line in lines if (lost := text.missing(line))
    ]
