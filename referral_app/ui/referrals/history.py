"""What was done in the form, so that it can be undone and redone: typing in one field is one step."""

from __future__ import annotations

import copy
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from referral_app.clinical import intake as declared
from referral_app.clinical.fields import unavailable
from referral_app.ui.referrals import answers

MOST, MOST_PARTS = 200, 100_000
"""Steps that are kept, and parts (answers, rows, strokes) of all that they put back: some megabytes."""
PAUSE = 2.0
"""Seconds without a key after which typing on in the same field begins a new step."""
_PROPER = ("Tinel", "Migraine Headache")


class Beside(NamedTuple):
    """What belongs to a draft beside its answers, and changes with some of them."""

    surgeon: Any
    patient: tuple[str, int]
    """The id of the patient who was found, and their version then."""
    marks: frozenset[str]


@dataclass
class Change:
    """One place that was written to: `path` is what was put back, `name` the field that the person changed."""

    path: str
    name: str
    before: Any


@dataclass
class Act:
    """One step: what it changed, in words, and what stood beside the answers before and after."""

    words: str
    typed: bool
    before: Beside
    after: Beside
    changes: list[Change] = field(default_factory=list[Change])
    at: float = 0.0
    parts: int = 0

    @property
    def names(self) -> list[str]:
        """The fields that were changed, each once."""
        return list(dict.fromkeys(change.name for change in self.changes))

    def say(self) -> str:
        """Return what was changed, as it stands behind "Undo:"."""
        return self.words or (say(self.names[0]) if self.changes else "")


class History:
    """The steps behind and, after an undo, those ahead; bounded, the oldest goes first."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.past: deque[Act] = deque()
        self.future: list[Act] = []
        self._resting = True

    def rest(self) -> None:
        """End the step: what is typed next is another one, in the same field too."""
        self._resting = True

    def add(self, act: Act) -> None:
        """Take a step that is finished, or let it go on with the one before where it is the same typing."""
        if not act.changes and act.before == act.after:
            return
        self.future.clear()
        act.at = time.monotonic()
        last = self.past[-1] if self.past else None
        if last is not None and not self._resting and _goes_on(last, act):
            last.at = act.at
            return
        self._resting = False
        act.parts = sum(_parts(change.before) for change in act.changes)
        self.past.append(act)
        while len(self.past) > MOST or (
            len(self.past) > 1 and sum(one.parts for one in self.past) > MOST_PARTS
        ):
            self.past.popleft()


def _goes_on(last: Act, act: Act) -> bool:
    same = last.typed and act.typed and last.names == act.names and len(last.names) == 1
    return same and act.at - last.at < PAUSE


def note(intake: dict[str, Any], path: str) -> Change:
    """Return what it takes to put an answer back that is about to be written.

    Where groups on the way to it are not there yet, the first of them goes again with the answer; the signature alone
    is put back answer by answer, because signing and voiding write beside them.
    """
    whole = path
    parts = answers.parts(path)
    for number in range(1, len(parts) if parts[:1] != ["signature"] else 1):
        held = answers.get(intake, _joined(parts[:number]))
        wanted = list if isinstance(parts[number], int) else dict
        if not isinstance(held, wanted) or unavailable(held) is not None:
            whole = _joined(parts[:number])
            break
    return Change(whole, path, copy.deepcopy(answers.get(intake, whole)))


def swap(intake: dict[str, Any], act: Act) -> bool:
    """Put back what an act wrote over, and keep in it what that was; False where everything stood so already."""
    moved = False
    changes: list[Change] = []
    for change in reversed(act.changes):
        now = answers.get(intake, change.path)
        moved = moved or now != change.before
        changes.append(Change(change.path, change.name, copy.deepcopy(now)))
        answers.put(intake, change.path, change.before)
    act.changes = changes
    return moved


def say(path: str) -> str:
    """Return the words for a field: "Pain side", "Treatments tried, row 2, dose"."""
    parts = answers.parts(path)
    fields, words = declared.INTAKE, list[str]()
    for part in parts:
        if isinstance(part, int):
            words.append(f"row {part + 1}")
            continue
        found = next((one for one in fields if one.name == part), None)
        if found is None:
            break
        words.append(found.label)
        fields = found.fields
    if len(words) < 2 or len(parts) != len(words):
        return ", ".join(words)
    joint = ", " if any(isinstance(part, int) for part in parts) else " "
    return joint.join([words[0], *(_lower(word) for word in words[1:])])


def _lower(label: str) -> str:
    first_is_big = label[1:2].islower() or label[1:2] == " "
    return label[0].lower() + label[1:] if first_is_big and not label.startswith(_PROPER) else label


def _joined(parts: list[str | int]) -> str:
    made = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return made.removeprefix(".")


def _parts(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_parts, cast("dict[str, Any]", value).values()))
    return 1 + sum(map(_parts, cast("list[Any]", value))) if isinstance(value, list) else 1
