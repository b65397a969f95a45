"""The monthly file of NPPES: 330 columns, filtered while it is read, each provider at the main practice location.

Source: the "NPPES Data Dissemination" file of CMS, read-me and code values; the words for specialties are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from referral_app.choices import STATES
from referral_app.clinical import npi
from referral_app.exchange.cell_values import BadCell, phone, zip_code
from referral_app.exchange.entries import shown_name, without_phone_faxes
from referral_app.services.import_records import NPPES, Refused, Told, ToldPlace

NPI, KIND, LAST, FIRST, CREDENTIAL = (
    "NPI", "Entity Type Code", "Provider Last Name (Legal Name)", "Provider First Name", "Provider Credential Text",
)  # fmt: skip
_AT = "Provider {} Business Practice Location Address"
LINE1, LINE2 = _AT.format("First Line"), _AT.format("Second Line")
CITY, STATE, ZIP, PHONE, FAX = (
    f"Provider Business Practice Location Address {name}"
    for name in ("City Name", "State Name", "Postal Code", "Telephone Number", "Fax Number")
)
COUNTRY = "Provider Business Practice Location Address Country Code (If outside U.S.)"
DEACTIVATED, REACTIVATED = "NPI Deactivation Date", "NPI Reactivation Date"
NEEDED = (
    NPI,
    KIND,
    LAST,
    FIRST,
    CREDENTIAL,
    LINE1,
    LINE2,
    CITY,
    STATE,
    ZIP,
    PHONE,
    FAX,
    DEACTIVATED,
    REACTIVATED,
)
TAXONOMIES = 15

SPECIALTIES = {
    "208200000X": "Plastic surgery",
    "2082S0099X": "Plastic surgery of head and neck",
    "2082S0105X": "Plastic surgery of the hand",
    "2086S0122X": "Plastic and reconstructive surgery",
    "2086S0105X": "Hand surgery",
    "208600000X": "General surgery",
    "207T00000X": "Neurosurgery",
    "2084N0400X": "Neurology",
    "2084N0402X": "Child neurology",
    "2084P2900X": "Pain medicine (neurology)",
    "2084V0102X": "Stroke neurology",
    "2084N0008X": "Neuromuscular medicine",
    "207Y00000X": "Ear, nose and throat surgery",
    "207YS0123X": "Facial plastic surgery",
    "207YX0007X": "Head and neck plastic surgery",
    "207YX0901X": "Ear and neurotology surgery",
    "207X00000X": "Orthopedic surgery",
    "207XS0117X": "Spine surgery",
    "207L00000X": "Anesthesiology",
    "207LP2900X": "Pain medicine (anesthesiology)",
    "208VP0000X": "Pain medicine",
    "208VP0014X": "Interventional pain medicine",
    "208100000X": "Physical medicine and rehabilitation",
    "2081P2900X": "Pain medicine (rehabilitation)",
    "204E00000X": "Oral and maxillofacial surgery",
    "207W00000X": "Eye surgery",
    "207WX0200X": "Eyelid and orbit surgery",
    "204C00000X": "Neuromusculoskeletal sports medicine",
    "207R00000X": "Internal medicine",
    "207Q00000X": "Family medicine",
}
"""Our own plain words for the codes that matter to a Headache Center; other codes stand for themselves."""


@dataclass(frozen=True)
class Wanted:
    """Whom to take: states by their two letters and beginnings of taxonomy codes; empty takes everybody."""

    states: frozenset[str] = frozenset()
    taxonomies: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What was chosen, in words."""
        parts = [f"state {', '.join(sorted(self.states))}"] if self.states else []
        return "; ".join([*parts, *([f"taxonomy {', '.join(self.taxonomies)}"] if self.taxonomies else [])])


def wanted(states: Iterable[str], taxonomies: Iterable[str]) -> Wanted:
    """Return the filter of what a person typed; raises ValueError with a sentence."""
    codes = frozenset(one.strip().upper() for one in states if one.strip())
    if unknown := sorted(codes - STATES):
        raise ValueError(
            f"{unknown[0]} is not a state of the United States. Type its two letters, such as MD."
        )
    starts = tuple(dict.fromkeys(one.strip().upper() for one in taxonomies if one.strip()))
    for start in starts:
        if not re.fullmatch(r"[0-9A-Z]{1,10}", start):
            raise ValueError(f"{start} is not the beginning of a taxonomy code such as 2082 or 2084N0400X.")
    return Wanted(codes, starts)


def is_nppes(headings: Iterable[str]) -> bool:
    """Tell whether these are the headings of the monthly file."""
    return {NPI, KIND, LAST, FIRST, STATE} <= set(headings)


@dataclass
class Skipped:
    """How many providers were passed over, and why."""

    counts: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, why: str) -> None:
        """Count one."""
        self.counts[why] = self.counts.get(why, 0) + 1

    @property
    def words(self) -> list[str]:
        """The counts in words, the largest first."""
        ordered = sorted(self.counts.items(), key=lambda pair: -pair[1])
        return [f"{count:,} passed over: {why}" for why, count in ordered]


class Reader:
    """Turns rows of the monthly file into entries; what the filter does not want is told before anything is read."""

    def __init__(self, headings: list[str], chosen: Wanted) -> None:
        """Find the columns; raises ValueError where one is missing."""
        place = {heading: number for number, heading in enumerate(headings)}
        if missing := [name for name in NEEDED if name not in place]:
            raise ValueError(f"The column {missing[0]} is missing from the NPPES file.")
        self._at = [place[name] for name in NEEDED]
        self._country = place.get(COUNTRY)
        numbers = range(1, TAXONOMIES + 1)
        self._codes = [
            place[name] for n in numbers if (name := f"Healthcare Provider Taxonomy Code_{n}") in place
        ]
        self._primary = [
            place[name] for n in numbers if (name := f"Healthcare Provider Primary Taxonomy Switch_{n}") in place
        ]  # fmt: skip
        self._wanted = chosen
        self._kind, self._state = place[KIND], place[STATE]
        self._gone, self._back = place[DEACTIVATED], place[REACTIVATED]
        self.skipped = Skipped()

    def read(self, row: int, cells: list[str]) -> tuple[Told | None, list[Refused]]:
        """Return the entry of a row, None where it is passed over or refused, with the reasons of a refusal."""
        if why := self._unwanted(cells):
            self.skipped.add(why)
            return None, []
        try:
            entry = self._entry(row, cells)
        except _Bad as bad:
            who = shown_name(*(cells[self._at[NEEDED.index(name)]].strip() for name in (FIRST, LAST)))
            return None, [Refused(row, f"Row {row}, column {bad.column}: {bad}", name=who)]
        if not entry.places:
            return entry, []
        return entry, list(without_phone_faxes(row, entry.places[0], entry.name, FAX))

    def _unwanted(self, cells: list[str]) -> str:
        kind = cells[self._kind]
        if kind == "2":
            return "organizations"
        if cells[self._gone] and not cells[self._back]:
            return "deactivated NPIs"
        if kind != "1":
            return "neither person nor organization"
        if self._wanted.states and cells[self._state].upper() not in self._wanted.states:
            return "other states"
        starts = self._wanted.taxonomies
        if starts and not any(cells[at].startswith(starts) for at in self._codes if cells[at]):
            return "other specialties"
        return ""

    def _entry(self, row: int, cells: list[str]) -> Told:
        number, _, last, first, credential, line1, line2, city, state, code, tel, fax, _, _ = (
            cells[at].strip() for at in self._at
        )
        if not npi.valid(number):
            raise _Bad(NPI, f"{number[:20]}: {npi.problem(number)}")
        values: dict[str, Any] = {"npi": number}
        for column, name, said in ((FIRST, "given_name", first), (LAST, "family_name", last)):
            if not said:
                raise _Bad(column, "it is empty.")
            values[name] = _shown(said, column)
        if degrees := _degrees(credential):
            values["degrees"] = degrees
        if specialty := self._specialty(cells):
            values["specialty"] = specialty
        location: dict[str, Any] = {}
        if line1 and (self._country is None or cells[self._country] in ("", "US")):
            location = {"line1": _street(_shown(line1, LINE1))}
            location |= {"line2": _street(_shown(line2, LINE2))} if line2 else {}
            location |= {"city": _cased(_shown(city, CITY)), "state": self._judged_state(state)}
            location["zip"] = _judged(ZIP, zip_code, code)
        placement = {
            name: _number(column, said)
            for name, column, said in (("phone", PHONE, tel), ("fax", FAX, fax))
            if said
        }
        return Told(row, values, [ToldPlace(location, placement)] if location else [], NPPES)

    def _judged_state(self, text: str) -> str:
        code = text.upper()
        if code not in STATES:
            raise _Bad(STATE, f"{text[:40]}: This is not a state of the United States.")
        return code

    def _specialty(self, cells: list[str]) -> str:
        codes = self._codes
        chosen = next(
            (at for at, flag in zip(codes, self._primary, strict=False) if cells[flag] == "Y"), codes[0]
        )
        code = cells[chosen]
        return SPECIALTIES.get(code, f"Taxonomy {code}") if code and code.isprintable() else ""


class _Bad(ValueError):
    """A cell that refuses its row."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def _shown(text: str, column: str) -> str:
    """Return a name or address as people write it; raises _Bad for what cannot be seen or is too long."""
    if not text.isprintable():
        raise _Bad(column, "it holds broken letters or characters that cannot be seen.")
    if len(text) > 300:
        raise _Bad(column, f"it is too long ({len(text):,} characters).")
    return _cased(text)


@lru_cache(maxsize=20_000)
def _cased(text: str) -> str:
    """Return words in capitals as Keen, O'Brien, McLean, Smith-Jones; what has small letters stays."""
    if not text.isupper():
        return text
    words = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text.replace("’", "'"))
    words = re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda found: f"Mc{found[1].upper()}", words)
    return re.sub(r"(?<=\d)(St|Nd|Rd|Th)\b|'S\b", lambda found: found[0].lower(), words)


_STREET = re.compile(r"\b(?:Ne|Nw|Se|Sw|Po|P\.o\.|Us|Ii|Iii)\b")


def _street(text: str) -> str:
    return _STREET.sub(lambda found: found[0].upper(), text)


@lru_cache(maxsize=20_000)
def _degrees(text: str) -> str:
    """Return degrees as they are printed: M.D., PH.D. is MD, PhD."""
    if not text or not text.isprintable() or len(text) > 60:
        return ""
    parts = [
        part.replace(".", "").strip() for part in re.split(r"[,;/]| and | & ", text, flags=re.IGNORECASE)
    ]
    return ", ".join(
        {"PHD": "PhD", "PSYD": "PsyD", "PHARMD": "PharmD"}.get(p.upper(), p.upper()) for p in parts if p
    )


def _judged(column: str, read: Any, text: str) -> str:
    try:
        return read(text)
    except BadCell as error:
        raise _Bad(column, str(error)) from error


def _number(column: str, text: str) -> str:
    """Return ten digits as 410-555-0142."""
    if len(text) == 10 and text.isascii() and text.isdigit() and text[0] not in "01":
        return f"{text[:3]}-{text[3:6]}-{text[6:]}"
    return _judged(column, phone, text)
