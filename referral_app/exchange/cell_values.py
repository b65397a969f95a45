"""What a cell of a directory says: read leniently, and refused in one sentence where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from referral_app.choices import LANGUAGES, STATE_NAMES, STATES, Accepting, Booking
from referral_app.choices.base import Choice
from referral_app.clinical import dates, npi, phones
from referral_app.exchange import cells
from referral_app.services import distance
from referral_app.services.surgeon_records import ProcedureRecord

LONGEST, LONGEST_TEXT = 500, 5000
"""Characters of a cell, and of one that holds sentences."""

_PHONE = re.compile(r"[-.() ]*(?:\+?1[-.() ]+)?[2-9]\d{2}[-.() ]*\d{3}[-.() ]*\d{4}", re.ASCII)
_NUMBER = re.compile(r"(\d{1,4})(?:\.0+)?(?: (?:days?|years?|yrs?))?", re.ASCII)
_ZIP = re.compile(r"(\d{5})(?:-?(\d{4}))?", re.ASCII)
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "on"})
_NO = frozenset({"no", "n", "false", "f", "0", "off"})
_LANGUAGE_NAMES = {name.casefold(): code for code, name in LANGUAGES.items()}


class BadCell(ValueError):
    """A cell that cannot be read; says why in one sentence."""


class Values:
    """Reads cells by the kind of their column; knows the procedures of this directory."""

    def __init__(self, procedures: Iterable[ProcedureRecord]) -> None:
        """Take the procedures that a file may name, by code or by name."""
        self._codes = {item.code: item for item in procedures}
        self._named = {
            said.casefold(): item
            for item in self._codes.values()
            for said in (item.code, item.name, f"{item.name}: {item.detail}", f"{item.name}, {item.detail}")
        }
        self.readers: dict[str, Callable[[str], Any]] = {
            "text": _text, "long": _long, "name": _text, "npi": _npi, "phone": phone, "fax": phone,
            "number": _number, "zip": zip_code, "state": state, "date": _date, "yes_no": _yes_no,
            "accepting": _accepting, "booking": _booking, "languages": _languages, "list": _list,
            "procedures": self._procedures,
        }  # fmt: skip

    def read(self, kind: str, cell: str) -> Any:
        """Return what a cell says, None where it is empty; raises BadCell."""
        cell = cells.as_meant(cell.strip())
        text = (cell if cell.isprintable() else judged(cell, kind)).strip()
        return self.readers[kind](text) if text else None

    def _procedures(self, text: str) -> tuple[ProcedureRecord, ...]:
        found: dict[str, ProcedureRecord] = {}
        for said in _parts(text):
            item = self._codes.get(said) or self._named.get(said.casefold())
            if item is None:
                raise BadCell(f"{said} is not a procedure of this directory ({', '.join(self._codes)}).")
            found[item.code] = item
        return tuple(found.values())


def judged(cell: str, kind: str) -> str:
    """Return a cell that holds line breaks; raises BadCell for broken letters and what cannot be seen."""
    if any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in cell):
        raise BadCell("it holds broken letters. Save the file as CSV UTF-8.")
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u00a0", " ")
    for sign in text:
        if sign != "\n" and (sign < " " or "\x7f" <= sign <= "\x9f"):
            raise BadCell("it holds a control character that cannot be seen. Type it again.")
    return text if kind == "long" else " ".join(text.split("\n"))


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise BadCell(f"it is too long ({len(text):,} characters; at most {LONGEST:,}).")
    return text


def _long(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadCell(f"it is too long ({len(text):,} characters; at most {LONGEST_TEXT:,}).")
    return text


def _npi(text: str) -> str:
    if sentence := npi.problem(text):
        raise BadCell(f"{text[:40]}: {sentence}")
    return text


def phone(text: str) -> str:
    """Return a phone or fax number as it is written; raises BadCell where it is none."""
    if not _PHONE.fullmatch(text) and (sentence := phones.problem(text)):
        raise BadCell(f"{text[:40]}: {sentence}")
    return text


def same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, however they are written."""
    return one == other or _digits(one) == _digits(other)


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    if _PHONE.fullmatch(text):
        return "".join(sign for sign in text if sign.isdigit())[-10:]
    return phones.digits(text)


def _number(text: str) -> int:
    match = _NUMBER.fullmatch(text.casefold())
    if not match:
        raise BadCell(f"{text[:40]}: Enter a whole number.")
    return int(match[1])


@lru_cache(maxsize=50_000)
def _place(code: str) -> bool:
    return distance.place(code) is not None


def with_zeros(text: str) -> str:
    """Return a ZIP code with the zeros at its beginning that a spreadsheet took away."""
    cut = text.isascii() and text.isdigit() and len(text) in (3, 4, 7, 8)
    return text.zfill(5 if len(text) < 5 else 9) if cut else text


def zip_code(text: str) -> str:
    """Return a ZIP code, with the zeros that a spreadsheet took away; raises BadCell where there is no such place."""
    match = _ZIP.fullmatch(with_zeros(text))
    if not match or not _place(match[1]):
        raise BadCell(f"{text[:40]}: This is not a ZIP code of the United States.")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


def state(text: str) -> str:
    """Return the postal code of a state, from its code or its name; raises BadCell."""
    code = text.upper() if len(text) == 2 else STATE_NAMES.get(text.casefold(), "")
    if code not in STATES:
        raise BadCell(
            f"{text[:40]}: This is not a state of the United States. Type its two letters, such as MD."
        )
    return code


def _date(text: str) -> Any:
    try:
        return dates.read_date(text.removesuffix(" 00:00"))
    except ValueError as error:
        raise BadCell(f"{text[:40]}: {error}") from error


def _yes_no(text: str) -> bool:
    plain = text.casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise BadCell(f"{text[:40]}: Enter yes or no.")


def _accepting(text: str) -> Accepting:
    plain = text.casefold()
    if plain in _YES | _NO:
        return Accepting.YES if plain in _YES else Accepting.NO
    return Accepting(_chosen(Accepting, text))


def _booking(text: str) -> Booking:
    return Booking(_chosen(Booking, text))


def _chosen(choice: type[Choice], text: str) -> Any:
    plain = text.casefold()
    for one in choice:
        if plain in (str(one.value), one.label.casefold()):
            return one
    raise BadCell(f"{text[:40]}: Enter one of {', '.join(str(one.value) for one in choice)}.")


def _languages(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in _parts(text):
        plain = said.casefold()
        code = plain if plain in LANGUAGES else _LANGUAGE_NAMES.get(plain)
        if code is None:
            raise BadCell(f"{said[:40]} is not a language code such as en or es, nor the name of a language.")
        found[code] = None
    return tuple(found)


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(part) for part in _parts(text)))


def _parts(text: str) -> list[str]:
    """Return the parts of a list: between semicolons where there are any, else between commas."""
    between = ";" if ";" in text else "|" if "|" in text else ","
    return [part for said in text.split(between) if (part := " ".join(said.split()))]
