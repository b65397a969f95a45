"""The texts for patients with the program's own as their ground: what is in force, and saving what can be printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from referral_app.clinical import patient_text_rules, text_placeholders
from referral_app.clinical.patient_markdown import Problem
from referral_app.database import Database, Session
from referral_app.paths import resource
from referral_app.services import patient_texts
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_texts import TextRecord, Texts

LANGUAGES = ("en", "es")


@cache
def originals(language: str) -> Mapping[str, str]:
    """Return the texts that come with the program in a language, by name."""
    files = sorted(resource(f"packet/{language}").glob("*.md"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def in_force(session: Session, language: str) -> Texts:
    """Return the texts of a language that are printed now, and who reviewed them as they stand."""
    return patient_texts.in_force(session, language, originals(language))


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

    values = text_placeholders.examples(record.name, record.original, record.language)
    return text_sample.render(text_sample.Sample(markdown, values, record.language, large))


def not_drawn(markdown: str) -> list[Problem]:
    """Return the lines with characters that no font of ours draws, each with their names."""
    from referral_app.documents import text

    if text.printable(markdown):
        return []
    lines = enumerate(markdown.splitlines(), 1)
    return [
        Problem(number, str(text.Unprintable(lost))) for number, line in lines if (lost := text.missing(line))
    ]
