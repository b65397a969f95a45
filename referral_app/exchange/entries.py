"""Surgeons read from the rows of a table: what each row tells, and what of it was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from referral_app.exchange.cell_values import BadCell, Values, same_number
from referral_app.exchange.columns import BY_NAME, Column, Part
from referral_app.exchange.sources import letter
from referral_app.services.import_records import Refused, Told, ToldPlace
from referral_app.services.surgeon_records import ProcedureRecord

LONGEST_NAME = 60


class Reader:
    """Turns rows of cells into entries, by a mapping of headings to our columns."""

    def __init__(
        self, headings: list[str], mapping: Mapping[str, str], procedures: Iterable[ProcedureRecord]
    ) -> None:
        """Take the columns; headings that the mapping does not name are passed over."""
        self._values = Values(procedures)
        self._read = self._values.read
        self._columns: list[tuple[int, str, Column]] = [
            (number, heading or letter(number), BY_NAME[name])
            for number, heading in enumerate(headings)
            if (name := mapping.get(heading, ""))
        ]

    def read(self, row: int, cells: list[str]) -> tuple[Told | None, list[Refused]]:
        """Return the entry of a row, None where it is refused, and every reason by row and column."""
        told: dict[Part, dict[str, Any]] = {Part.SURGEON: {}, Part.PLACEMENT: {}, Part.LOCATION: {}}
        refused: list[Refused] = []
        for number, heading, column in self._columns:
            cell = cells[number]
            if not cell:
                continue
            try:
                value = self._read(column.kind, cell)
            except BadCell as error:
                sentence = f"Row {row}, column {heading}: {error}"
                refused.append(Refused(row, sentence, name=self._name(cells)))
                continue
            if value is not None and value != ():
                told[column.part][column.attribute] = value
        values = told[Part.SURGEON]
        if not refused:
            refused += self._whole(row, values, self._name(cells))
        if refused:
            return None, refused
        place = ToldPlace(told[Part.LOCATION], told[Part.PLACEMENT])
        refused += without_phone_faxes(
            row, place, self._name(cells), self._heading("fax"), self._heading("location_fax")
        )
        identity = values.pop("id", "")
        places = [place] if place.location or place.placement else []
        return Told(row, values, places, id=identity), refused

    def _whole(self, row: int, values: dict[str, Any], who: str) -> Iterator[Refused]:
        for name in ("given_name", "family_name"):
            if name not in values:
                yield Refused(row, f"Row {row}, column {self._heading(name)}: it is empty.", name=who)
        low, high = values.get("age_min"), values.get("age_max")
        if low is not None and high is not None and low > high:
            heading = self._heading("age_max")
            sentence = f"Row {row}, column {heading}: the highest age is below the lowest."
            yield Refused(row, sentence, name=who)

    def _name(self, cells: list[str]) -> str:
        """Return the name that a row tells, as it stands there, so that a refused row is found again."""
        told = {column.name: cells[number].strip() for number, _, column in self._columns}
        return shown_name(told.get("given_name", ""), told.get("family_name", ""))

    def _heading(self, name: str) -> str:
        return next((heading for _, heading, column in self._columns if column.name == name), name)


def shown_name(given: str, family: str) -> str:
    """Return the name of a row that may be broken, fit for a sentence: what can be printed, and not endless."""
    return "".join(letter for letter in f"{given} {family}".strip() if letter.isprintable())[:LONGEST_NAME]


def without_phone_faxes(row: int, place: ToldPlace, who: str, *headings: str) -> Iterator[Refused]:
    """Leave out a fax that is the phone too: a letter would ring somebody's desk."""
    for told, heading in zip((place.placement, place.location), headings, strict=False):
        phone, fax = told.get("phone", ""), told.get("fax", "")
        if phone and fax and same_number(phone, fax):
            del told["fax"]
            sentence = f"Row {row}, column {heading}: {fax} is the phone number too, so the fax is left out."
            yield Refused(row, sentence, whole=False, name=who)
