"""The intake as it is laid out on paper: every answer is taken once, and what nobody took is still printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from referral_app.clinical.fields import Field, Kind, answered, applies, given, unavailable, walk
from referral_app.clinical.intake import INTAKE, find
from referral_app.documents import text, values

_ROW_NUMBER = re.compile(r"\[\d+\]")
_STRONG = 60
"""Up to this length an answer is bold in a flowing text."""
_OWN_SCRIPT = "patient.name_own_script"


@dataclass
class Sheet:
    """An intake with its computed values, the private fields to print, the paths already printed, titles of codes."""

    intake: Mapping[str, Any]
    computed: Mapping[str, Any]
    marks: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set[str])
    titles: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        """Put the computed values where conditions look for them."""
        self.all: dict[str, Any] = {**self.intake, "computed": self.computed}

    def given(self, path: str) -> Any:
        """Return a usable answer, or None; private ones without their mark count as nothing."""
        return given(self.intake, path) if self.shown(path, find(path)) else None

    def take(self, path: str) -> str:
        """Return an answer in words, "" for none, and remember that it has been printed.

        What is not available says nothing here: it stands in the list of gaps.
        """
        self.taken.add(path)
        value = self.given(path)
        return values.say(find(path), value) if value is not None else ""

    def shown(self, path: str, declared: Field) -> bool:
        """Tell whether a field may be printed: a private one only where it is ticked for this letter."""
        return not declared.private or bool({path, _ROW_NUMBER.sub("", path)} & self.marks)

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return the rows of a table of the intake."""
        value = self.given(name)
        return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []  # pyright: ignore

    def rest(self, group: str) -> list[tuple[str, str]]:
        """Return the label and words of every answer of a group that has not been taken, and take them."""
        declared = find(group)
        inside = self.given(group)
        if not isinstance(inside, Mapping):
            return []
        return list(self._leaves(declared, cast(Mapping[str, Any], inside), group))

    def line(self, group: str, *before: tuple[str, str]) -> text.Markup:
        """Return what is left of a group in one flowing text, each label before its answer."""
        return inline([*(pair for pair in before if pair[1]), *self.rest(group)])

    def _leaves(self, declared: Field, inside: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
        for child in declared.fields:
            at, value = f"{path}.{child.name}", inside.get(child.name)
            if at in self.taken or not self._due(child, value, inside, at):
                continue
            self.taken.add(at)
            yield child.label, values.say(child, value)

    def _due(self, declared: Field, value: Any, row: Mapping[str, Any], path: str) -> bool:
        """Tell whether an answer is to be printed in its place."""
        if not answered(value) or unavailable(value) is not None or not self.shown(path, declared):
            return False
        return applies(declared, self.all, row) or (
            declared.when is not None and _computed(declared.when.path)
        )

    def row_rest(self, table: str, row: Mapping[str, Any], used: set[str]) -> str:
        """Return the answers of a row that no column shows, in words."""
        said: list[str] = []
        for child in find(table).fields:
            value = row.get(child.name)
            if child.name in used or not answered(value) or not self.shown(f"{table}.{child.name}", child):
                continue
            if applies(child, self.all, row):
                said.append(f"{child.label}: {values.say(child, value)}")
        return "; ".join(said)

    def gaps(self) -> list[str]:
        """Return what is not available, each with its reason."""
        return [
            f"{_label(place.path)}: {unavailable(place.value) or 'no reason given'}"
            for place in walk(INTAKE, self.all)
            if unavailable(place.value) is not None
            and "[" not in place.path
            and self.shown(place.path, place.field)
        ]

    def unanswered(self) -> list[str]:
        """Return the labels of the required fields without any answer; red flags and signature have their own place."""
        return [
            _label(place.path)
            for place in walk(INTAKE, self.all)
            if place.field.required and not answered(place.value) and self.shown(place.path, place.field)
            and "[" not in place.path and not place.path.startswith(("red_flags.", "signature."))
        ]  # fmt: skip

    def refuse_unprintable(self) -> None:
        """Raise `Unprintable`, naming the field, where an answer to be printed holds what no font can draw."""
        for place in walk(INTAKE, self.all):
            if isinstance(place.value, (Mapping, list)) and place.field.kind in (Kind.GROUP, Kind.ROWS):
                continue
            if place.path == _OWN_SCRIPT or not self.shown(place.path, place.field):
                continue
            lost = text.missing(values.say(place.field, place.value))
            if lost:
                raise text.Unprintable(lost, place.path, _label(_ROW_NUMBER.sub("", place.path)))


def inline(pairs: Iterable[tuple[str, str]]) -> text.Markup:
    """Return labels and answers as one flowing text; short answers are bold, so that the eye finds them."""
    return text.join("\xa0· ", [_pair(label, words) for label, words in pairs])


def _pair(label: str, words: str) -> text.Markup:
    strong = len(words) <= _STRONG and not isinstance(words, text.Markup)
    return text.join(
        ": ",
        [
            label.replace(" ", "\xa0") if len(label) <= 20 else label,
            text.bold(words) if strong else words,
        ],
    )


def _computed(path: str) -> bool:
    """Tell whether a condition rests on a computed value that no one can contradict, as the age at onset."""
    return path.startswith("computed.") and not path.startswith("computed.red_flags.")


def _label(path: str) -> str:
    """Return where a field stands, as a person says it: "Pain: Head sketch"."""
    names = path.split(".")
    labels = [find(".".join(names[: count + 1])).label for count in range(len(names))]
    return ": ".join(labels[-2:])
