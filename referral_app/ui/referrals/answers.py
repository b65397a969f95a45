"""Reading and writing one answer of an intake by its path, such as `treatments[0].name`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from referral_app.clinical import intake as declared
from referral_app.clinical.fields import answered, unavailable

_STEPS = {group.name: group.step for group in declared.INTAKE}
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def parts(path: str) -> list[str | int]:
    """Split a path into names and row numbers."""
    return [match[1] or int(match[2]) for match in _PART.finditer(path)]


def get(intake: Mapping[str, Any], path: str) -> Any:
    """Return the answer at a path, None where there is none."""
    value: Any = intake
    for part in parts(path):
        if isinstance(part, int):
            value = cast(list[Any], value)[part] if isinstance(value, list) and part < len(value) else None  # pyright: ignore[reportUnknownArgumentType]
        else:
            value = cast(Mapping[str, Any], value).get(part) if isinstance(value, Mapping) else None
    return value


def put(intake: dict[str, Any], path: str, answer: Any) -> None:
    """Store an answer at a path, or take the old one away where nothing is answered."""
    *way, last = parts(path)
    holder: Any = intake
    for part, following in zip(way, [*way, last][1:], strict=True):
        holder = _step(holder, part, following)
    if isinstance(last, int) or answered(answer):
        holder[last] = answer
    else:
        holder.pop(last, None)


def _step(holder: Any, part: str | int, following: str | int) -> Any:
    """Return what is at one part of a path, made where it is missing or holds something else."""
    if isinstance(part, int):
        if not isinstance(holder[part], dict):
            holder[part] = {}
        return holder[part]
    value = holder.get(part)
    wanted: type = list if isinstance(following, int) else dict
    if not isinstance(value, wanted) or unavailable(value) is not None:
        holder[part] = wanted()
    return holder[part]


def step_of(path: str) -> int:
    """Return the step of the form (1 to 6) where a path is asked; 6 where nothing of that name is declared."""
    return _STEPS.get(path.partition(".")[0].partition("[")[0], 6)


def begun(value: Any) -> bool:
    """Tell whether anything at all was answered in a group or a table."""
    if isinstance(value, Mapping):
        return any(begun(item) for item in cast(Mapping[str, Any], value).values())
    if isinstance(value, list):
        return value != []
    return answered(value)
