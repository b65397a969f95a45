"""Pasted lines that are a table: a line of column names, then cells parted by tabs, commas, semicolons or bars."""

from __future__ import annotations

import csv
from dataclasses import replace

from referral_app.clinical.pasted_text import LABELS, LONGEST, Piece

_PARTS = ("\t", "|", ";", ",")


def sheet(lines: list[Piece]) -> list[Piece]:
    """Return the lines with the cells of each by the names of its columns, where one of them names the columns.

    Lines above the one with the names stay as they are; the one with the names is left with the cell "heading".
    """
    for at, line in enumerate(lines[:20]):
        for part in _PARTS:
            names = _columns(line.text, part)
            if names:
                head = replace(line, cells={"heading": line.text})
                return [*lines[:at], head, *(_cells(row, names, part) for row in lines[at + 1 :])]
    return lines


def _columns(text: str, part: str) -> list[str]:
    """Return the cell of each column; none where a line is not one of column names."""
    split = _split(text, part)
    known = [LABELS.get(_plain(name), "") for name in split]
    named = [name for name in known if name]
    if len(split) < 2 or len(named) < 2 or not {"name", "type", "date"} & set(known):
        return []
    if len(named) * 2 < len(split):
        return []
    return [name or title.strip() for name, title in zip(known, split, strict=True)]


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split()).strip(" :#*")


def _split(text: str, part: str) -> list[str]:
    if part not in text or len(text) > LONGEST:
        return []
    if '"' not in text:
        return text.strip("|").split(part) if part == "|" else text.split(part)
    try:
        return next(csv.reader([text], delimiter=part, skipinitialspace=True), list[str]())
    except csv.Error:
        return text.split(part)


def _cells(line: Piece, names: list[str], part: str) -> Piece:
    split = _split(line.text, part)
    if len(split) < 2 or set("".join(split)) <= set("-=:+| "):
        return line
    made: dict[str, str] = {}
    for at, value in enumerate(split):
        name = names[at] if at < len(names) else ""
        if plain := value.strip():
            made[name] = f"{made[name]}; {plain}" if name in made else plain
    return replace(line, cells=made) if made else line
