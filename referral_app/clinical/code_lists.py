"""The releases of ICD-10-CM that are known here, and which of them holds on a day.

The release of April 2026 comes with the program, made by packaging/icd10cm.py; newer ones are loaded (jobs/code_files).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from referral_app.clinical.code_release import Entry, Release, unpack

BUNDLED = "icd10cm.bin"
MISSING = (
    "The list of diagnosis codes is missing. Set the program up again (python3 dev.py run), "
    "or run packaging/icd10cm.py."
)


class MissingCodes(RuntimeError):
    """The bundled list was not made, or is damaged: a fault of the set-up."""


class CodeLists:
    """All known releases, the oldest first; what cannot change while it is looked at."""

    def __init__(self, releases: Iterable[Release] = ()) -> None:
        """Take releases; without any, the one that comes with the program."""
        self._given = tuple(sorted(releases, key=lambda one: one.starts))
        self.said: dict[tuple[str, str], str] = {}
        """What `code_rules` said of a code by a release: a form asks it again with every key."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases, by the day on which they begin; the bundled one is read when it is first asked for."""
        return self._given or (bundled(),)

    def on(self, day: date) -> Release:
        """Return the release in force: the last to begin by that day, or the first one where none had begun."""
        begun = [one for one in self.releases if one.starts <= day]
        return begun[-1] if begun else self.releases[0]

    def ended(self, day: date) -> Release | None:
        """Return the release that is used on a day although it ended before, because no newer one is known."""
        release = self.on(day)
        return release if release.ends is not None and release.ends < day else None

    def elsewhere(self, code: str, but: Release) -> Release | None:
        """Return the newest other release in which a code is a leaf, or None."""
        known = [one for one in self.releases if one is not but and one.leaf(code)]
        return known[-1] if known else None

    def entry(self, code: str, day: date) -> Entry | None:
        """Return a code by the release that holds on a day, else by any that knows it."""
        first = self.on(day)
        others = [one for one in reversed(self.releases) if one is not first]
        return next((found for one in (first, *others) if (found := one.find(code))), None)

    def title(self, code: str, day: date) -> str | None:
        """Return the official title of a code, or None where no release knows it."""
        found = self.entry(code, day)
        return found.title if found else None


@lru_cache(maxsize=1)
def bundled() -> Release:
    """Return the release that comes with the program; raises MissingCodes where the set-up has not made it."""
    written = Path(__file__).with_name(BUNDLED)
    try:
        return unpack(written.read_bytes())
    except (OSError, ValueError) as error:
        raise MissingCodes(MISSING) from error


DEFAULT = CodeLists()
"""The release that comes with the program, alone."""
