"""The words of the patient questionnaire by language, and which field of the intake each question asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from referral_app.choices import Answer
from referral_app.clinical.fields import Kind
from referral_app.clinical.intake import find
from referral_app.documents import packet_language
from referral_app.paths import resource

LANGUAGES = ("en", "es")
SCALE = tuple(str(number) for number in range(11))


@dataclass(frozen=True)
class Question:
    """A field of the intake as a patient is asked for it.

    `plain` says some choices, or the columns of a table, in other words than the declaration; in a table nothing else
    is asked. `rows` is how many empty rows a table has. Two short questions share a line; `before` is
    a sentence above the question.
    """

    path: str
    words: str
    plain: Mapping[str, str] = field(default_factory=dict[str, str])
    rows: int = 4
    short: bool = False
    before: str = ""


@dataclass(frozen=True)
class Part:
    """Questions below a heading, with a sentence on how to answer."""

    heading: str
    questions: tuple[Question, ...]
    how: str = ""


@dataclass(frozen=True)
class Words:
    """The whole questionnaire in one language."""

    language: str
    title: str
    how: str
    emergency: str
    helped: tuple[str, ...]
    yes: str
    no: str
    not_sure: str
    units: Mapping[str, str]
    none: Mapping[str, str]
    views: Mapping[str, str]
    sides: Mapping[str, str]
    named: tuple[str, ...]
    foot: Mapping[str, str]
    parts: tuple[Part, ...]

    def options(self, question: Question) -> tuple[str, ...]:
        """Return what can be ticked for a question, in plain words."""
        one = find(question.path)
        if one.kind is Kind.FLAG:
            return self.yes, self.no
        if one.unit == "0 to 10":
            return SCALE
        answers = {Answer.YES: self.yes, Answer.NO: self.no, Answer.NOT_ASKED: self.not_sure}
        plain = {str(answer): words for answer, words in answers.items()} if one.choices is Answer else {}
        plain |= question.plain
        return tuple(plain.get(str(choice), choice.label) for choice in one.choices or ())

    def day(self, day: date) -> str:
        """Return a day in words."""
        return packet_language.words(self.language).day(day)


@cache
def read(language: str) -> Words:
    """Return the questionnaire in one of `LANGUAGES`; raises KeyError for another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    told: dict[str, Any] = tomllib.loads(resource(f"questionnaire/{language}.toml").read_text("utf-8"))
    parts = tuple(
        Part(part["heading"], tuple(Question(**asked) for asked in part["questions"]), part.get("how", ""))
        for part in told.pop("parts")
    )
    told |= {name: tuple(told[name]) for name in ("helped", "named")}
    return Words(language, parts=parts, **told)
