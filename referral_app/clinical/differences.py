"""What differs between two versions of an intake, held against the version that both began with; nothing is lost."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from referral_app.clinical.fields import Field, Kind, Values, answered, as_dict, as_list, unavailable
from referral_app.clinical.intake import INTAKE

MINE, THEIRS, BOTH = "mine", "theirs", "both"
UNKNOWN = object()
"""Stands for a version to compare with that is not known: then nobody can say who changed what."""

FOLLOWS = {"request.location": "request.surgeon"}
"""A location belongs to its surgeon: whoever takes the one takes the other."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Difference:
    """One answer that two versions give differently.

    `taken` is the side that alone changed it, "" where both did; `both` holds every entry of either list, None where
    there is nothing to put together.
    """

    path: str
    group: Field
    field: Field
    mine: Any
    theirs: Any
    taken: str = ""
    both: list[Any] | None = None

    def value(self, side: str) -> Any:
        """Return the answer of a side; raises KeyError where no side was chosen."""
        return {MINE: self.mine, THEIRS: self.theirs, BOTH: self.both}[side]

    def left_out(self, side: str) -> list[Any]:
        """Return the entries of the other side's list that are gone where a side (mine or theirs) is chosen."""
        chosen, other = (self.mine, self.theirs) if side == MINE else (self.theirs, self.mine)
        return [item for item in as_list(other) if not any(same(item, kept) for kept in as_list(chosen))]


def between(
    base: Values | None, mine: Values, theirs: Values, whole: Collection[str] = ()
) -> list[Difference]:
    """Return what two intakes answer differently, in the order of the form.

    `base` is the version that both began with; without it every difference asks for a decision. Tables, red flags and
    addresses are compared as one; so are the groups named in `whole`.
    """
    found: list[Difference] = []
    for group in INTAKE:
        three = tuple(values.get(group.name) for values in (base or {}, mine, theirs))
        if group.name == "signature" and any(_signed(value) for value in three[1:]):
            continue  # a signature counts for the answers that it was given for: the stored one stands or falls
        for path, field, before, ours, other in _units(group, three, group.name in whole):
            if not same(ours, other):
                taken = side(UNKNOWN if base is None else before, ours, other)
                both = _both(field, ours, other)
                found.append(Difference(path, group, field, ours, other, taken, both))
    differing = {one.path for one in found}
    return [one for one in found if FOLLOWS.get(one.path) not in differing]


def merged(
    mine: Values, theirs: Values, found: Collection[Difference], sides: Mapping[str, str]
) -> dict[str, Any]:
    """Return their intake with each difference decided by its side of `sides`, else by the side that changed it.

    Raises KeyError where a difference that needs a decision has none.
    """
    whole = copy.deepcopy(dict(theirs))
    for one in found:
        chosen = sides.get(one.path) or one.taken
        _put(whole, one.path, one.value(chosen))
        for follower, leader in FOLLOWS.items():
            if leader == one.path:
                _put(whole, follower, _get(mine if chosen == MINE else theirs, follower))
    return whole


def side(base: Any, mine: Any, theirs: Any) -> str:
    """Return the side that alone changed a value, "" where both did or where the value before is UNKNOWN."""
    if base is UNKNOWN:
        return ""
    if same(base, mine):
        return THEIRS
    return MINE if same(base, theirs) else ""


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are the same; what is not answered is the same as what is not there."""
    return _plain(one) == _plain(other)


def union(mine: Sequence[Item], theirs: Sequence[Item]) -> list[Item]:
    """Return every entry of either list, theirs first, each once."""
    return [*theirs, *(item for item in mine if not any(same(item, known) for known in theirs))]


def _units(group: Field, three: tuple[Any, ...], whole: bool) -> Iterator[tuple[str, Field, Any, Any, Any]]:
    """Yield what is compared as one: the fields of a group, or all of it where a side answers it as a whole."""
    if whole or group.kind is not Kind.GROUP or not all(map(_has_fields, three[1:])):
        yield group.name, group, *three
        return
    before, ours, other = (as_dict(value) for value in three)
    for field in group.fields:
        name = field.name
        yield f"{group.name}.{name}", field, before.get(name), ours.get(name), other.get(name)


def _has_fields(value: Any) -> bool:
    return not answered(value) or (isinstance(value, dict) and unavailable(value) is None)


def _both(field: Field, mine: Any, theirs: Any) -> list[Any] | None:
    if not isinstance(mine, list) or not isinstance(theirs, list):
        return None
    together = union(cast("list[Any]", mine), cast("list[Any]", theirs))
    if field.kind is Kind.CHOICES and len(together) > 1:
        together = [item for item in together if item != "none"]
    return together if not same(together, mine) and not same(together, theirs) else None


def _signed(value: Any) -> bool:
    return answered(as_dict(value).get("signed_at"))


def _plain(value: Any) -> Any:
    """Return a value without what is not answered in it."""
    if isinstance(value, dict):
        if unavailable(value) is not None:
            return value  # pyright: ignore[reportUnknownVariableType]
        parts = {name: _plain(part) for name, part in as_dict(value).items()}
        value = {name: part for name, part in parts.items() if part is not None}
    elif isinstance(value, list):
        value = [_plain(item) for item in cast("list[Any]", value)]
    return value if answered(value) else None


def _get(intake: Values, path: str) -> Any:
    group, _, name = path.partition(".")
    return as_dict(intake.get(group)).get(name)


def _put(intake: dict[str, Any], path: str, value: Any) -> None:
    group, _, name = path.partition(".")
    if not name:
        holder, name = intake, group
    elif isinstance(intake.get(group), dict):
        holder = intake[group]
    else:
        holder = intake[group] = {}
    if answered(value):
        holder[name] = copy.deepcopy(value)
    else:
        holder.pop(name, None)
    if holder is not intake and not holder:
        del intake[group]
