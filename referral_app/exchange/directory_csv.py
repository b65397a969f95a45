"""The surgeon directory as CSV: one line for each surgeon at a location."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from referral_app.choices import LANGUAGES, Accepting
from referral_app.clinical import npi, phones
from referral_app.exchange.cells import table
from referral_app.services import distance
from referral_app.services.surgeon_records import (
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)  # fmt: skip

COLUMNS = (
    "npi", "given_name", "family_name", "degrees", "specialty", "languages", "procedures", "plans", "accepting",
    "age_min", "age_max", "next_visit_days", "next_surgery_days", "refuses", "phone", "fax", "days", "location",
    "line1", "line2", "city", "state", "zip", "location_phone", "location_fax",
)  # fmt: skip
REQUIRED = ("given_name", "family_name", "procedures")


@dataclass
class Reading:
    """What a file held: the surgeons, and one sentence for each line that was refused."""

    surgeons: list[SurgeonRecord] = field(default_factory=list[SurgeonRecord])
    refused: list[str] = field(default_factory=list[str])


def write(surgeons: Iterable[SurgeonRecord]) -> str:
    """Return the CSV text of a directory; cells that a spreadsheet would run as a formula are made harmless."""
    lines = (
        [_cell(surgeon, place, name) for name in COLUMNS]
        for surgeon in surgeons
        for place in surgeon.placements or (Placement(LocationRecord()),)
    )
    return table([COLUMNS, *lines])


def read(data: bytes, procedures: Iterable[ProcedureRecord]) -> Reading:
    """Return the surgeons of a CSV file in UTF-8; raises ValueError with a sentence where it is no such file.

    Lines of one surgeon (the same NPI, or the same name where there is none) are one entry with several locations.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"The file is not UTF-8 text (byte {error.start}). Save it as CSV UTF-8.") from error
    lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    _refuse_columns(list(lines.fieldnames or []))
    known = {item.code: item for item in procedures}
    reading, entries = Reading(), dict[str, SurgeonRecord]()
    try:
        for number, row in enumerate(lines, start=2):
            cells = {name: (row.get(name) or "").strip().removeprefix("'") for name in COLUMNS}
            if problem := _problem(cells, known):
                reading.refused.append(f"Line {number}: {problem}")
                continue
            _add(entries, cells, known)
    except csv.Error as error:
        raise ValueError(f"The file is broken in line {lines.line_num}: {error}.") from error
    reading.surgeons = list(entries.values())
    return reading


def _refuse_columns(names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise ValueError("Two columns have the same heading.")
    if missing := [name for name in REQUIRED if name not in names]:
        raise ValueError(f"The column {missing[0]} is missing. The first line must name the columns.")


def _problem(cells: dict[str, str], known: dict[str, ProcedureRecord]) -> str:
    """Return what is wrong with a line, "" for a good one."""
    for name, cell in cells.items():
        if cell and (problem := _cell_problem(name, cell)):
            return f"{name} {cell}: {problem}"
    for code in _list(cells["procedures"]):
        if code not in known:
            return f"procedures: {code} is not a procedure of this directory ({', '.join(known)})."
    for code in _list(cells["languages"]):
        if code not in LANGUAGES:
            return f"languages: {code} is not a language code such as en or es."
    empty = [name for name in ("given_name", "family_name") if not cells[name]]
    return f"{empty[0]} is empty." if empty else ""


def _cell_problem(name: str, cell: str) -> str:
    if name == "npi":
        return npi.problem(cell)
    if name.endswith(("phone", "fax")):
        return phones.problem(cell)
    if name.startswith(("age_", "next_")):
        return "" if cell.isdecimal() and cell.isascii() else "Enter a whole number."
    if name == "zip":
        return "" if distance.place(cell) else "This is not a ZIP code of the United States."
    if name == "accepting":
        return "" if cell in set(Accepting) else f"Enter one of {', '.join(Accepting)}."
    return ""


def _add(entries: dict[str, SurgeonRecord], cells: dict[str, str], known: dict[str, ProcedureRecord]) -> None:
    key = cells["npi"] or f"{cells['given_name']} {cells['family_name']}"
    place = Placement(
        LocationRecord(
            name=cells["location"] or cells["line1"], phone=cells["location_phone"], fax=cells["location_fax"],
            **{name: cells[name] for name in ("line1", "line2", "city", "state", "zip")},
        ),
        cells["phone"], cells["fax"], cells["days"],
    )  # fmt: skip
    entry = entries.get(key) or _surgeon(cells, known)
    places = (*entry.placements, place) if place.location.name else entry.placements
    entries[key] = replace(entry, placements=places)


def _surgeon(cells: dict[str, str], known: dict[str, ProcedureRecord]) -> SurgeonRecord:
    return SurgeonRecord(
        given_name=cells["given_name"],
        family_name=cells["family_name"],
        npi=cells["npi"],
        degrees=cells["degrees"],
        specialty=cells["specialty"],
        refuses=cells["refuses"],
        age_min=_number(cells["age_min"]),
        age_max=_number(cells["age_max"]),
        next_visit_days=_number(cells["next_visit_days"]),
        next_surgery_days=_number(cells["next_surgery_days"]),
        languages=tuple(_list(cells["languages"])) or ("en",),
        procedures=tuple(known[code] for code in _list(cells["procedures"])),
        plans=tuple(_list(cells["plans"])),
        accepting=Accepting(cells["accepting"] or "yes"),
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _cell(surgeon: SurgeonRecord, place: Placement, name: str) -> str:
    special = {
        "languages": ";".join(surgeon.languages),
        "procedures": ";".join(item.code for item in surgeon.procedures),
        "plans": ";".join(surgeon.plans),
        "location": place.location.name,
        "location_phone": place.location.phone,
        "location_fax": place.location.fax,
    }
    for holder in (special, vars(place), vars(surgeon), vars(place.location)):
        if name in holder:
            value = holder[name]
            return "" if value is None else str(value)
    return ""
