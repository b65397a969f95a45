"""A list pasted from a chart or a pharmacy print-out, read into rows that a person confirms line by line.

No line is lost: each comes back as it was, with what was understood of it and with what was not. What is a heading,
was stopped, or belongs to another list is offered too, but not chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from referral_app.clinical import (
    drug_names,
    pasted_dates,
    pasted_headings,
    pasted_rows,
    pasted_sheets,
    pasted_text,
)
from referral_app.clinical.pasted_headings import Heading
from referral_app.clinical.pasted_medications import REACTION
from referral_app.clinical.pasted_text import LONGEST, Piece

LINES, LARGEST = 200, 200_000
"""The most lines and characters of one pasted list."""

NAMES = {
    "medications": "name",
    "treatments": "name",
    "allergies": "substance",
    "imaging": "note",
    "injections": "site",
}
"""The field that takes a line of which nothing was understood."""
_NAMED = ("medications", "treatments", "allergies")


class State(Enum):
    """What a pasted line is."""

    ROW = "row"
    NONE = "none"
    HEADING = "heading"
    STOPPED = "stopped"
    ELSEWHERE = "elsewhere"
    TOO_LONG = "too long"


@dataclass(frozen=True)
class Line:
    """One pasted line: as it is shown, what it is, its row, what went into no field, and what is to be said of it."""

    shown: str
    state: State = State.ROW
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    over: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pasted:
    """The lines of a list, or the sentence why it was not read."""

    lines: tuple[Line, ...] = ()
    refused: str = ""


def read(text: str, table: str) -> Pasted:
    """Return the lines of a pasted text as rows of a table (`pasted_rows.TABLES`).

    A list of more than 200 lines or 200,000 characters is refused as a whole, in a sentence.
    """
    why = refused(text)
    return Pasted(refused=why) if why else Pasted(tuple(lines(text, table)))


def refused(text: str) -> str:
    """Return the sentence why a text is not read as a list, "" where it is."""
    if len(text) > LARGEST:
        return f"This list is too long. Paste at most {LARGEST:,} characters at a time."
    number = pasted_text.count(text)
    return f"This list has {number:,} lines. Paste at most {LINES} lines at a time." if number > LINES else ""


def several(text: str) -> bool:
    """Tell whether a text is a list: more than one line of it holds anything."""
    return pasted_text.count(text[:LARGEST]) > 1


def key(line: Line, table: str) -> str:
    """Return what is the same for two lines that say the same drug or substance; "" for tables that have no names."""
    name = str(line.values.get(NAMES[table]) or "") if table in _NAMED else ""
    drug = drug_names.begins(name)
    return drug.name if drug else drug_names.normal(name)


def present(line: Line, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Return the number of the row (from 0) that says the same as a line, -1 where none does.

    The same is: the same drug or substance, brand names included; the same kind, site, side and date; the same type,
    region and date.
    """
    for number, row in enumerate(rows):
        if _same(table, line.values, row):
            return number
    return -1


def _same(table: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if table in _NAMED:
        name = NAMES[table]
        return drug_names.same(str(one.get(name) or ""), str(other.get(name) or ""))
    names = ("kind", "site", "side", "date") if table == "injections" else ("type", "region", "date")
    known = [name for name in names if one.get(name)]
    return "date" in known and all(
        drug_names.normal(str(one[name])) == drug_names.normal(str(other.get(name) or "")) for name in known
    )


def lines(text: str, table: str) -> Iterator[Line]:
    """Yield the lines of a text that is not refused, one after the other, so that a window can stop between them."""
    section = Heading()
    for piece in _entries(text):
        if piece.too_long:
            yield Line(piece.shown, State.TOO_LONG, notes=(f"Longer than {LONGEST:,} characters: not read.",))
            continue
        if "heading" in piece.cells:
            yield Line(piece.shown, State.HEADING, notes=piece.notes)
            continue
        bare = piece.cells or pasted_text.goes_on(piece.text) or pasted_text.begins_entry(piece.text)
        heading = None if bare else pasted_headings.read(pasted_text.without_bullet(piece.text))
        if heading is not None and not heading.table and _names_allergen(piece.text, table):
            heading = None
        if heading is not None:
            section = heading
            if not heading.after:
                yield Line(piece.shown, State.HEADING, notes=piece.notes)
                continue
            piece = replace(piece, text=heading.after)
        yield from (_line(one, table, section) for one in _split(piece, table))


def _entries(text: str) -> Iterable[Piece]:
    """Yield the entries of a text: rows of a sheet, or lines with those that go on with them."""
    waiting: list[Piece] = []
    for piece in pasted_sheets.sheet(pasted_text.pieces(text)):
        if piece.cells:
            yield from pasted_text.joined(waiting)
            waiting = []
            yield piece
        else:
            waiting.append(piece)
    yield from pasted_text.joined(waiting)


def _line(piece: Piece, table: str, section: Heading) -> Line:
    text = pasted_text.without_bullet(piece.text)
    none = None if piece.cells else pasted_headings.none_of(text)
    if none is not None:
        return Line(piece.shown, _none(none, section, table), notes=piece.notes)
    cells = piece.cells or pasted_text.cells(text)
    values, over = pasted_rows.read(table, cells)
    stopped = table == "medications" and (section.stopped or pasted_headings.says_stopped(piece.text))
    state = _placed(State.STOPPED if stopped else State.ROW, section, table)
    if not values and _names_allergen(text, table):
        values, over = {NAMES[table]: " ".join(text.split())}, ""
    if (pasted_headings.denies(text) and not piece.cells) or _denied(values, table):
        state = State.HEADING
    if (not values and "" not in cells) or not any(letter.isalnum() for letter in text):
        return Line(piece.shown, State.HEADING, notes=piece.notes)
    if not values or (table == "injections" and "site" not in values and "kind" not in values):
        values, over = {NAMES[table]: " ".join(text.split())}, ""
    return Line(piece.shown, state, values, over, piece.notes + pasted_dates.unread(over))


def _none(of: str, section: Heading, table: str) -> State:
    """Return what a denial is here: this table's "none" only where it speaks of this table, and of what is now.

    "No allergies" among medications, or "Discontinued medications: none", says nothing of what a patient takes.
    """
    tables = {one for one in (of, section.table) if one} or {table}
    return State.NONE if tables == {table} and not section.stopped else State.ELSEWHERE


def _names_allergen(text: str, table: str) -> bool:
    """Tell whether a line of a list of allergies names a substance: then it is offered, whatever else it looks like."""
    if table != "allergies":
        return False
    plain = f" {drug_names.normal(text)} "
    return drug_names.named(text) is not None or any(f" {name} " in plain for name in _ALLERGENS)


def _denied(values: Mapping[str, Any], table: str) -> bool:
    """Tell whether a line says of a substance that it is none: "Latex: no"."""
    return table == "allergies" and drug_names.normal(str(values.get("reaction") or "")) in _DENIALS


_ALLERGENS = (*map(drug_names.normal, drug_names.ALLERGENS), "pcn", "penicillins")
_DENIALS = frozenset({"no", "n", "denies", "denied", "negative", "not allergic"})


def _placed(state: State, section: Heading, table: str) -> State:
    """Return the state of a line, which another list's heading puts elsewhere."""
    own = {table, "medications"} if table == "treatments" else {table}
    return State.ELSEWHERE if section.table and section.table not in own else state


# Several entries on one line


def _split(piece: Piece, table: str) -> list[Piece]:
    """Return the entries of one line, parted by semicolons or by commas where each part begins an entry."""
    if piece.cells or piece.notes or table in ("injections", "imaging") or {"\n", "\t"} & set(piece.text):
        return [piece]
    text = pasted_text.without_bullet(piece.text)
    parts = [one for part in _parts(text, ";", table) for one in _parts(part, ",", table)]
    if len(parts) == 1:
        return [piece]
    at = piece.shown.find(parts[0])
    first = (
        piece.shown[:at] + parts[0] if at >= 0 else piece.shown
    )  # the heading or number before it, or all of it
    return [replace(piece, shown=part if number else first, text=part) for number, part in enumerate(parts)]


def _parts(text: str, mark: str, table: str) -> list[str]:
    """Return a text parted at a mark outside parentheses; what begins no entry stays with the one before."""
    parts: list[str] = []
    for part in _outside(text, mark):
        if parts and not _begins(part.strip(), table):
            parts[-1] += f"{mark}{part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()] or [text]


def _outside(text: str, mark: str) -> list[str]:
    parts, depth, begun = list[str](), 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter == mark and not depth:
            parts.append(text[begun:at])
            begun = at + 1
    return [*parts, text[begun:]]


def _begins(part: str, table: str) -> bool:
    if not part or pasted_text.goes_on(part):
        return False
    if table == "allergies":
        return REACTION.match(part) is None
    return drug_names.begins(part) is not None or _NAMED_DOSE.match(part) is not None


_NAMED_DOSE = re.compile(
    r"[A-Za-z][\w-]{3,40}(?:\s[A-Za-z][\w-]{1,40}){0,2}\s\d[\d.,/-]{0,12}\s?(?:mg|mcg|µg|g|ml|units?|iu|meq)\b",
    re.IGNORECASE,
)
