"""The names in braces that a paragraph of the letter may hold, and what stands in their place on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Placeholder:
    """A name in braces: what it stands for, an example of an invented referral, what is printed where it is unknown."""

    name: str
    meaning: str
    example: str
    missing: str


KNOWN: tuple[Placeholder, ...] = (
    Placeholder("patient", "The patient’s full name", "Ana Ruiz", "name not given"),
    Placeholder("age", "The patient’s age in years", "46", "age not given"),
    Placeholder("born", "The patient’s date of birth", "March 27, 1980", "date of birth not given"),
    Placeholder("surgeon", "The surgeon’s name with degrees", "Amara Keen, MD", "surgeon not given"),
    Placeholder("procedure", "The procedures in mind", "Occipital release", "procedure not given"),
    Placeholder("purpose", "What is asked for", "assess for surgery", "purpose not given"),
    Placeholder("diagnosis", "The working diagnosis", "occipital neuralgia", "diagnosis not given"),
    Placeholder("headache_days", "Headache days of the last 30", "22", "headache days not given"),
    Placeholder("referrer", "The referring provider’s name", "Dana Ross, MD", "referring provider not given"),
    Placeholder("practice", "The sending practice", "Oak Lane Neurology", "practice not given"),
    Placeholder("callback_person", "Whom to call back", "Kim Bell, RN", "call-back person not given"),
    Placeholder("callback_phone", "The call-back phone", "(410) 555-0122", "call-back phone not given"),
    Placeholder("fax", "The sending practice’s fax number", "(410) 555-0121", "fax number not given"),
    Placeholder("date", "The date of the referral", "March 18, 2026", "date not given"),
    Placeholder("reference", "The reference number", "7QK2-M4TX-9", "reference not given yet"),
)
"""Every placeholder, in the order in which they are offered; nothing else in braces is printed."""

BY_NAME: Mapping[str, Placeholder] = {one.name: one for one in KNOWN}
EXAMPLE: Mapping[str, str] = {one.name: one.example for one in KNOWN}
_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
_MOST = 3000
"""How long a paragraph may be, in characters: a page of the letter."""


def used(words: str) -> Iterator[str]:
    """Yield the names in braces of a template in their order, known or not."""
    yield from (match[1].strip() for match in _IN_BRACES.finditer(words))


def problem(words: str) -> str:
    """Return the sentence that says what is wrong with a template, "" where nothing is."""
    if len(words) > _MOST:
        return f"This paragraph has {len(words):,} characters; at most {_MOST:,} fit into a letter."
    unknown = [name for name in dict.fromkeys(used(words)) if name not in BY_NAME]
    if unknown:
        return _unknown(unknown)
    if set(_IN_BRACES.sub("", words)) & {"{", "}"}:
        return "A brace has no partner. Write a placeholder as {patient}; other braces cannot be printed."
    return ""


def _unknown(names: list[str]) -> str:
    said = ", ".join(f"{{{name}}}" for name in names)
    verb = "is no placeholder" if len(names) == 1 else "are no placeholders"
    near = get_close_matches(names[0].casefold(), BY_NAME, 1)
    guess = f" Did you mean {{{near[0]}}}?" if near and len(names) == 1 else ""
    known = ", ".join(f"{{{name}}}" for name in BY_NAME)
    return f"{said} {verb}.{guess} Known are: {known}."


def fill(words: str, values: Mapping[str, str]) -> str:
    """Return a template with the values in the place of its placeholders.

    A known one without a value says so in brackets, such as "(age not given)", so that a gap is seen before it is
    sent. What stands in a value is never filled again, and what is no placeholder stays as it is.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name not in BY_NAME:
            return match[0]
        return values.get(name) or f"({BY_NAME[name].missing})"

    return _IN_BRACES.sub(value, words)
