"""Which heading of a file is which field, whatever the file lists: guessed, judged, and known again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


class Headings:
    """The fields that the columns of one kind of file can be."""

    def __init__(
        self, known: Iterable[tuple[str, str, str]], required: tuple[tuple[str, ...], ...], mark: str = ""
    ) -> None:
        """Take of each field its name, its label, and with bars between them what other programs call it.

        Of each group of `required` a matching needs one field, and a guess takes the first that the file has; `mark`
        keeps what is remembered apart from other kinds of files.
        """
        self._labels: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._required, self._mark = required, mark
        for name, label, also in known:
            self._labels[name] = label
            for said in (name, label, *also.split("|")):
                if said:
                    self._words.setdefault(_plain(said), name)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields by name and as a person sees them, in the order of the alphabet."""
        return tuple(sorted(self._labels.items(), key=lambda pair: pair[1].casefold()))

    def guess(self, headings: Iterable[str]) -> dict[str, str]:
        """Return which field each heading most likely is; headings that say nothing to us are left out.

        No field is given twice: our own names win, then labels, then what other programs say.
        """
        found: dict[str, str] = {}
        wanted = [heading for heading in headings if heading.strip()]
        for exact in (True, False):
            for heading in wanted:
                name = self._words.get(_plain(heading), "")
                own = name and _plain(heading) in (_plain(name), _plain(self._labels[name]))
                if heading not in found and name and name not in found.values() and (own or not exact):
                    found[heading] = name
        return self._without_second_best(found)

    def problem(self, mapping: Mapping[str, str]) -> str:
        """Return what is wrong with a matching of headings to fields as one sentence, "" where it can be read by."""
        names = [name for name in mapping.values() if name]
        for name in names:
            if name not in self._labels:
                return f"There is no field {name}."
            if names.count(name) > 1:
                return f"Two columns are matched to {self._labels[name]}. Choose one."
        for group in self._required:
            if not set(group) & set(names):
                labels = " or ".join(self._labels[name] for name in group)
                return f"No column is matched to {labels}. Match the one that holds it."
        return ""

    def signature(self, headings: Iterable[str]) -> str:
        """Return the key by which the matching of a set of headings is remembered."""
        return self._mark + "|".join(sorted(_plain(heading) for heading in headings))[:20_000]

    def _without_second_best(self, found: dict[str, str]) -> dict[str, str]:
        spare: set[str] = set()
        for group in self._required:
            spare |= set([name for name in group if name in found.values()][1:])
        return {heading: name for heading, name in found.items() if name not in spare}


def _plain(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits, single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))
