"""What two versions of one thing say differently, in words: the lines of the conflict dialog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from referral_app.clinical.differences import BOTH, MINE, THEIRS, Difference
from referral_app.ui import answer_words


@dataclass(frozen=True)
class Line:
    """One thing that two versions say differently: where it belongs, its label, and each version in words.

    `taken` is the side chosen beforehand, "" where a person must choose; `both` is "" where that is no choice.
    `left_out` says for a side which entries of the other list would be gone with it.
    """

    key: str
    group: str
    label: str
    mine: str
    theirs: str
    taken: str = ""
    both: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])

    def words(self, side: str) -> str:
        """Return what a side says."""
        return {MINE: self.mine, THEIRS: self.theirs, BOTH: self.both}[side]

    @property
    def sides(self) -> list[str]:
        """The sides that can be chosen."""
        return [THEIRS, MINE, BOTH] if self.both else [THEIRS, MINE]


@dataclass(frozen=True)
class Wording:
    """What the dialog calls the two versions and its buttons; `heads` says of an answer which version has it."""

    theirs: str
    mine: str = "Yours"
    take_theirs: str = "Take all theirs"
    take_mine: str = "Take all mine"
    save: str = "Save this"
    back: str = "Keep editing mine"
    heads: Mapping[str, str] = field(
        default_factory=lambda: {
            MINE: "Only you changed this",
            THEIRS: "Only they changed this",
            BOTH: "Every entry of either list",
            "": "Changed by both: choose",
        }
    )


def line(found: Difference) -> Line:
    """Return a difference between two intakes in words."""
    return in_words(found, answer_words.answer)


def in_words(found: Difference, say: answer_words.Say) -> Line:
    """Return a difference in the words that `say` finds for a field and its answer."""
    return Line(
        found.path,
        found.group.label,
        found.field.label,
        say(found.field, found.mine),
        say(found.field, found.theirs),
        found.taken,
        say(found.field, found.both) if found.both else "",
        {side: say(found.field, gone) for side in (MINE, THEIRS) if (gone := found.left_out(side))},
    )


def counted(sides: Iterable[str]) -> str:
    """Return how many answers differ and how many wait for a choice."""
    all_sides = list(sides)
    if not all_sides:
        return "The answers are the same in both."
    waiting = sum(not side for side in all_sides)
    differ = "One answer differs." if len(all_sides) == 1 else f"{len(all_sides)} answers differ."
    if not waiting:
        return f"{differ} Each has its version; look them over, then save."
    return f"{differ} " + ("One needs your choice." if waiting == 1 else f"{waiting} need your choice.")
