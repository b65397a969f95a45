"""The texts for patients: a small part of Markdown, read whole or refused, with placeholders that are filled by name.

Known are at most one "# " heading at the top, "## " headings, paragraphs, "- " and "1. " lists, "- [ ] " lists to
tick, and **bold**. Anything else is refused, so that no mark of a writer reaches a patient's paper as it stands.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from referral_app.documents import text
from referral_app.paths import resource


class Kind(enum.Enum):
    """What a block of a text is."""

    SUBHEADING = "## "
    TICK = "- [ ] "
    ITEM = "- "
    NUMBER = "1. "
    PARAGRAPH = ""


@dataclass(frozen=True)
class Block:
    """One heading, paragraph or line of a list, with its placeholders still in it."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Section:
    """A text: its heading, which is a sentence ("" for what stands below another heading), and its blocks."""

    heading: str
    blocks: tuple[Block, ...]


class BadText(ValueError):
    """A patient text that cannot be read, or a placeholder that nobody fills."""


_MARKS = re.compile(r"(\*\*|\{\w+\})")
_FOREIGN = re.compile(r"^(#|>|\||```|[*+] |\s+\S|---|<|!)|\[[^\]]*\]\(|(?<!\*)\*(?!\*)|`")
_NUMBERED = re.compile(r"\d+\. ")


def load(name: str, language: str = "en") -> Section:
    """Return the text of that name; raises FileNotFoundError where there is none and BadText where it is not whole."""
    return parse(resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8"))


def parse(markdown: str) -> Section:
    """Return a text as a section; raises BadText."""
    lines = markdown.strip().splitlines()
    headed = bool(lines) and lines[0].startswith("# ")
    return Section(lines[0][2:].strip() if headed else "", tuple(_blocks(lines[headed:])))


def fill(words: str, values: Mapping[str, str]) -> text.Markup:
    """Return text as markup, placeholders filled, **bold** made bold; raises BadText for an unknown placeholder."""
    made: list[text.Markup] = []
    strong = False
    for part in _MARKS.split(words):
        if part == "**":
            strong = not strong
            continue
        filled = text.escape(_value(part[1:-1], values) if _MARKS.fullmatch(part) else part)
        made.append(text.bold(filled) if strong and filled else filled)
    if strong:
        raise BadText(f"A ** is not closed: {words}")
    return text.Markup("".join(made))


def _value(name: str, values: Mapping[str, str]) -> str:
    if name not in values:
        raise BadText(f"Nothing fills the placeholder {{{name}}}.")
    return values[name]


def _blocks(lines: list[str]) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        kind, words = _kind(line)
        if kind is Kind.PARAGRAPH and words:
            paragraph.append(words)
            continue
        if paragraph:
            yield Block(Kind.PARAGRAPH, " ".join(paragraph))
            paragraph = []
        if words:
            yield Block(kind, words)


def _kind(line: str) -> tuple[Kind, str]:
    if number := _NUMBERED.match(line):
        return Kind.NUMBER, line[number.end() :].strip()
    for kind in (Kind.SUBHEADING, Kind.TICK, Kind.ITEM):
        if line.startswith(kind.value):
            return kind, line[len(kind.value) :].strip()
    if _FOREIGN.search(line):
        raise BadText(f"This is not part of the Markdown of patient texts: {line}")
    return Kind.PARAGRAPH, line.strip()
