"""The records of bringing a directory in: what a file tells of a surgeon, what that means here, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from referral_app.choices import ImportState
from referral_app.choices.base import Choice
from referral_app.services.folding import fold
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord

NPPES = "NPPES"
"""The source of entries from the national file, which is often out of date: it never writes over what people know."""


class Outcome(Choice):
    """What a row of a file means for the directory."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class ToldPlace:
    """Where a file says that a surgeon is: what it tells of the location, and of the surgeon there."""

    location: dict[str, Any]
    placement: dict[str, Any]


Where = tuple[str, str, str, str]
"""What tells places apart by which namesakes are told apart: name, city, state and ZIP code."""


def where(locations: Iterable[LocationRecord]) -> list[Where]:
    """Return of locations what tells them apart."""
    return [_where(vars(one)) for one in locations]


def agree(some: Sequence[Where], others: Sequence[Where]) -> bool:
    """Tell whether two of one name may be one surgeon: in one city or ZIP code, or nobody knows where."""
    return not some or not others or any(_is_near(one, other) for one in some for other in others)


def _where(told: Mapping[str, Any]) -> Where:
    return (
        fold(told.get("name", "")),
        fold(told.get("city", "")),
        told.get("state", ""),
        told.get("zip", "")[:5],
    )


def _is_near(one: Where, other: Where) -> bool:
    names, cities, states, codes = zip(one, other, strict=True)
    if all(codes) and codes[0] == codes[1]:
        return True
    if all(states) and states[0] != states[1]:
        return False
    if all(cities):
        return cities[0] == cities[1]
    return not all(codes) and (not all(names) or names[0] == names[1])


@dataclass
class Told:
    """A surgeon as a file tells: `values` holds only what it tells; `row` is where it begins.

    `whole` is a complete entry of a signed directory file; `source` is NPPES where it came from there; `id` names the
    entry where the file came out of a directory; `apart` counts namesakes elsewhere that were in the file before.
    """

    row: int
    values: dict[str, Any]
    places: list[ToldPlace] = field(default_factory=list[ToldPlace])
    source: str = ""
    whole: SurgeonRecord | None = None
    id: str = ""
    apart: int = 0

    @cached_property
    def npi(self) -> str:
        """The NPI that the file tells, "" for none."""
        return self.whole.npi if self.whole else self.values.get("npi", "")

    @property
    def sort_name(self) -> str:
        """The name as it stands in lists."""
        if self.whole:
            return self.whole.sort_name
        return f"{self.values['family_name']}, {self.values['given_name']}"

    @property
    def name(self) -> str:
        """The name as it is said."""
        return self.whole.name if self.whole else f"{self.values['given_name']} {self.values['family_name']}"

    @property
    def key(self) -> str:
        """What rows of the same surgeon have in common."""
        return self.npi or self.id or (f"{self.sort_name}|{self.apart}" if self.apart else self.sort_name)

    @property
    def where(self) -> list[Where]:
        """Where the file says that the surgeon is."""
        if self.whole:
            return where(place.location for place in self.whole.placements)
        return [_where(place.location) for place in self.places]


@dataclass(frozen=True)
class Refused:
    """A row, or a cell of one, that is not taken, and why; `whole` where the row is left out, `name` as it tells it."""

    row: int
    sentence: str
    whole: bool = True
    name: str = field(default="", compare=False)

    @property
    def said(self) -> str:
        """The reason with the name of the surgeon, where the row tells it."""
        start = f"Row {self.row}"
        if not self.name or not self.sentence.startswith(start):
            return self.sentence
        return f"{start}, {self.name}{self.sentence.removeprefix(start)}"


@dataclass(frozen=True)
class Difference:
    """One field of an entry, what it is and what it would be, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Judged:
    """What a surgeon of a file means: new, changed or unchanged; `maybe` names entries that may be the same person.

    `left_out` are sentences on what the file tells and nobody takes.
    """

    outcome: Outcome
    row: int
    before: SurgeonRecord | None = None
    after: SurgeonRecord | None = None
    differences: tuple[Difference, ...] = ()
    sentence: str = ""
    maybe: tuple[str, ...] = ()
    name: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportRecord:
    """One file that was brought in, or begun to be."""

    id: str
    kind: str
    file_name: str
    state: ImportState
    started: datetime
    person: str
    finished: datetime | None = None
    counts: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Undone:
    """What undoing an import did, and a sentence for each entry that had to stay as it is."""

    removed: int = 0
    restored: int = 0
    kept: tuple[str, ...] = ()
