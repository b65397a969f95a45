"""The small part of Markdown in which texts for patients are written: read whole, or refused with the line.

Known are at most one "# " heading at the top, "## " headings, paragraphs, "- " and "1. " lists, "- [ ] " lists to
tick, **bold** and {placeholders}. Anything else is refused, so that no mark of a writer reaches a patient's paper as it
stands.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass


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


@dataclass(frozen=True)
class Piece:
    """A run of words, or the name of a placeholder, and whether it stands in bold."""

    words: str
    placeholder: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with a text, as one sentence, and on which line (from 1)."""

    line: int
    sentence: str


class BadText(ValueError):
    """A patient text that cannot be read, or a placeholder that nobody fills."""


_MARKS = re.compile(r"(\*\*|\{\w+\})")
_FOREIGN = re.compile(r"^(#|>|\||```|[*+] |\s+\S|---|<|!)|\[[^\]]*\]\(|(?<!\*)\*(?!\*)|`")
_NUMBERED = re.compile(r"\d+\. ")
_SHOWN = 40
"""Of a line that is refused, this many characters are quoted."""


def parse(markdown: str) -> Section:
    """Return a text as a section; raises BadText."""
    lines = markdown.strip().splitlines()
    headed = bool(lines) and lines[0].startswith("# ")
    return Section(lines[0][2:].strip() if headed else "", tuple(_blocks(lines[headed:])))


def pieces(words: str) -> Iterator[Piece]:
    """Yield the words of a block with their placeholders and bold runs; raises BadText for a ** without its end."""
    bold = False
    for part in _MARKS.split(words):
        if part == "**":
            bold = not bold
        elif _MARKS.fullmatch(part):
            yield Piece(part[1:-1], placeholder=True, bold=bold)
        elif part:
            yield Piece(part, bold=bold)
    if bold:
        raise BadText(f"A ** is not closed: {words}")


def placeholders(markdown: str) -> tuple[str, ...]:
    """Return the names of the placeholders of a text, each once, as they come."""
    found = (part[1:-1] for part in _MARKS.findall(markdown) if part != "**")
    return tuple(dict.fromkeys(found))


def problems(markdown: str, known: Collection[str]) -> list[Problem]:
    """Return what keeps a text from being printed, line by line: foreign marks, placeholders that nobody fills."""
    lines = [line.rstrip() for line in markdown.splitlines()]
    first = next((number for number, line in enumerate(lines) if line), None)
    if first is None:
        return [Problem(1, "The text is empty.")]
    found: list[Problem] = []
    for number, line in enumerate(lines):
        headed = number == first and line.startswith("# ")
        found += [Problem(number + 1, sentence) for sentence in _line_problems(line, headed, known)]
    return found


def _line_problems(line: str, headed: bool, known: Collection[str]) -> Iterator[str]:
    try:
        words = line[2:] if headed else _kind(line)[1]
        if words.count("**") % 2:
            yield "A ** has no second ** on this line. Bold words stand between two of them."
    except BadText:
        words = line
        yield f"This is a mark that is not printed: {_quoted(line)}"
    for name in placeholders(words):
        if name not in known:
            yield f"Nothing fills {{{name}}}. Use one of the placeholders in the list."
    if "{" in (rest := _MARKS.sub("", words)) or "}" in rest:
        yield "A { or } stands alone. A placeholder is one word in braces, such as {phone}."


def _quoted(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


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
