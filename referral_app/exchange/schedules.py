"""A clinic's schedule: which column is which, and its rows, read leniently since each program writes them otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from referral_app.clinical import clock, dates
from referral_app.exchange import cells, patient_cells
from referral_app.exchange.headings import Headings
from referral_app.services.schedules import ScheduleRow

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("mrn", "Medical record number",
     "medical record number|mrn|chart|chart number|chart no|patient id|patient number|account|account number|"
     "patientid|record number|acct|pt id|emr id|med rec"),
    ("name", "Name", "patient|patient name|full name|patientname|pt name|pt|client"),
    ("family_name", "Last name", "last|surname|family|lname|lastname|patient last name|last nm"),
    ("given_name", "First name", "first|given|fname|firstname|patient first name|forename"),
    ("date_of_birth", "Date of birth",
     "dob|birthdate|birth date|born|patient dob|birthday|d o b|date of birth mm dd yyyy"),
    ("day", "Day", "date|visit date|appointment date|appt date|date of service|dos|service date|appt day|day"),
    ("time", "Time",
     "appointment time|appt time|visit time|start|start time|begin|scheduled time|time slot|slot|appointment|"
     "appt|date time|appointment date time|datetime|appt date time|start date time"),
    ("kind", "Visit type",
     "type|visit type|appointment type|appt type|visit|reason|reason for visit|procedure|service|visit reason"),
)  # fmt: skip
HEADINGS = Headings(COLUMNS, (), "schedule|")
"""The fields that a column can be."""
NAMELESS = "No column is matched to Medical record number, Name or Last name. Match the one that holds it."

_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4})[T ,]*(?P<time>\d{1,2}:\d{2}.*)?")
_SHORT_YEAR = re.compile(r"^(\d+/\d+/)(\d{2})$")
"""Visits are of this century; a date of birth with two digits is not guessed."""
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}(\.\d+)?")
_FRACTION = re.compile(r"0?\.\d+")


def problem(mapping: Mapping[str, str]) -> str:
    """Return what is wrong with a matching of headings to fields as one sentence, "" where it can be read by."""
    named = set(mapping.values())
    return HEADINGS.problem(mapping) or ("" if named & {"mrn", "name", "family_name"} else NAMELESS)


class Reader:
    """Reads rows of a table with these headings."""

    def __init__(self, headings: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Take which field each heading is."""
        self._columns = [(at, mapping[one]) for at, one in enumerate(headings) if mapping.get(one)]

    def read(self, number: int, row: Sequence[str]) -> ScheduleRow:
        """Return what a row says; a cell that cannot be read is left out and named in `notes`."""
        found: dict[str, Any] = {}
        notes: list[str] = []
        for at, name in self._columns:
            cell = cells.as_meant(row[at].strip()) if at < len(row) else ""
            if not cell:
                continue
            try:
                found |= _READERS[name](cell)
            except ValueError:
                notes.append(f"Row {number:,}: {_LABELS[name].lower()} “{cell[:40]}” cannot be read.")
        parts = (found.pop("given_name", ""), found.pop("family_name", ""))
        if not found.get("name"):
            found["name"] = " ".join(part for part in parts if part)
        return ScheduleRow(number, **found, notes=tuple(notes))


def _text(name: str) -> Any:
    def read(cell: str) -> dict[str, Any]:
        return {name: patient_cells.text(cell)}

    return read


def _mrn(cell: str) -> dict[str, Any]:
    return {"mrn": patient_cells.number(cell).removesuffix(".0")}


def _born(cell: str) -> dict[str, Any]:
    return {"date_of_birth": date.fromisoformat(patient_cells.day(cell))}


def _day(cell: str) -> dict[str, Any]:
    match = _MOMENT.fullmatch(cell)
    if match is None:
        return {"day": dates.read_date(cell)}
    found: dict[str, Any] = {"day": dates.read_date(_SHORT_YEAR.sub(r"\g<1>20\2", match["day"]))}
    said = match["time"]
    return found | (_time(said) if said and not said.startswith(("00:00", "0:00")) else {})


def _time(cell: str) -> dict[str, Any]:
    if _MOMENT.fullmatch(cell):
        return _day(cell)
    if _FRACTION.fullmatch(cell):
        minutes = round(float(cell) * 24 * 60)
        return {"time": time(minutes // 60 % 24, minutes % 60)}
    return {"time": clock.read(_SECONDS.sub(r"\1", cell.split("-")[0].strip()))}


_READERS = {
    "mrn": _mrn, "name": _text("name"), "family_name": _text("family_name"), "given_name": _text("given_name"),
    "date_of_birth": _born, "day": _day, "time": _time, "kind": _text("kind"),
}  # fmt: skip
_LABELS = {name: label for name, label, _ in COLUMNS}
