"""Rows of a file that tell of a surgeon again: what they add is taken, what they repeat or contradict is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from referral_app.exchange.columns import COLUMNS, Part
from referral_app.services.folding import fold
from referral_app.services.import_records import Told, ToldPlace

MOST_PLACES = 50
MOST_SAID = 20
"""So many repeated rows are told one by one; of more only the number is."""
_LABELS = {(column.part, column.attribute): column.label for column in COLUMNS}


@dataclass
class Repeats:
    """Joins the rows of one surgeon, and keeps a sentence for each that says the same again, or something else."""

    said: list[str] = field(default_factory=list[str])
    count: int = 0

    @property
    def words(self) -> list[str]:
        """The sentences, and how many more there would be."""
        more = self.count - len(self.said)
        return [*self.said, *([f"{more:,} more rows repeat earlier ones."] if more else [])]

    def join(self, entry: Told, more: Told) -> None:
        """Add another row of the same surgeon to an entry: its places, and what the rows before did not tell."""
        other = _others(Part.SURGEON, entry.values, more.values)
        is_new = bool(more.values.keys() - entry.values.keys())
        entry.values = {**more.values, **entry.values}
        for place in more.places:
            at = next((n for n, one in enumerate(entry.places) if _key(one) == _key(place)), -1)
            if at < 0:
                is_new = True
                if len(entry.places) < MOST_PLACES:
                    entry.places.append(place)
                continue
            same = entry.places[at]
            other += _others(Part.LOCATION, same.location, place.location)
            other += _others(Part.PLACEMENT, same.placement, place.placement)
            joined = ToldPlace({**place.location, **same.location}, {**place.placement, **same.placement})
            is_new = is_new or joined != same
            entry.places[at] = joined
        self._tell(entry, more, other, is_new)

    def _tell(self, entry: Told, more: Told, other: list[str], is_new: bool) -> None:
        if is_new and not other:
            return
        self.count += 1
        if len(self.said) >= MOST_SAID:
            return
        who = f"Row {more.row} is {entry.name} again, as row {entry.row} is"
        if other:
            self.said.append(f"{who}, but differs in {', '.join(other)}. What came first is taken.")
        else:
            self.said.append(f"{who}, and says nothing new. It is taken once.")


def _others(part: Part, told: dict[str, Any], again: dict[str, Any]) -> list[str]:
    """Return the labels of what is told again in another way."""

    def differing() -> Iterator[str]:
        for name, value in again.items():
            if name in told and told[name] != value:
                yield _LABELS.get((part, name), name)

    return list(differing())


def _key(place: ToldPlace) -> tuple[str, ...]:
    at = place.location
    return (*(fold(at.get(name, "")) for name in ("name", "line1", "line2", "city")), at.get("zip", "")[:5])
