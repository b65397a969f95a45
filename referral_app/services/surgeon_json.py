"""Directory entries as plain JSON and back: what the history keeps and signed directory files carry."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from referral_app.services.surgeon_records import SurgeonRecord


def dump(value: Any) -> Any:
    """Return a record, or any part of one, in JSON's own types; what holds its default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {one.name: getattr(value, one.name) for one in fields(value)}
        return {one.name: dump(given[one.name]) for one in fields(value) if given[one.name] != one.default}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        parts = cast("Sequence[Any]", value)
        return [dump(one) for one in parts]
    return value


def load(data: Mapping[str, Any]) -> SurgeonRecord:
    """Return the entry of what `dump` made; names that are not known any more are left out.

    Raises ValueError, TypeError or KeyError where it is something else.
    """
    return _read(data, SurgeonRecord)


def part(data: Any, kind: Any) -> Any:
    """Return what `dump` made of a value of a type, such as LocationRecord; raises as `load` does."""
    return _read(data, kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(data: Any, kind: Any) -> Any:
    if data is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        return _read(data, next(one for one in get_args(kind) if one is not type(None)))
    if get_origin(kind) is tuple:
        return _tuple(data, get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        known = _hints(kind)
        return kind(**{name: _read(value, known[name]) for name, value in data.items() if name in known})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    make = cast("Callable[[Any], Any]", date.fromisoformat if kind is date else kind)
    return make(data)


def _tuple(data: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(one, kinds[0]) for one in data)
    return tuple(_read(one, kind) for one, kind in zip(data, kinds, strict=True))
