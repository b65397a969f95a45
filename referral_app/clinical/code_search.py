"""Finding diagnosis codes in a release: by words in any order, or by the beginning of a code; leaves only."""

from __future__ import annotations

import re
from datetime import date

from referral_app.clinical.code_lists import CodeLists, bundled
from referral_app.clinical.code_release import Entry, Release, undotted
from referral_app.clinical.code_words import asked
from referral_app.clinical.codes import USUAL

MOST = 50
_CODE = re.compile(r"[A-Z](\d[0-9A-Z]?|[A-Z]\d)[0-9A-Z]{0,4}")
_LONGEST_WORD = 4
"""Letters of a word that looks like the beginning of a code: H1N1."""


def search(release: Release, text: str, limit: int = MOST) -> list[Entry]:
    """Return up to `limit` leaves of a release, what is usual for headache and neck first.

    Text is the beginning of a code, with or without its dot (that of a heading leads to its leaves), or words: each
    begins a word of the title, in any order, without regard to case and accents; a slip of a letter is forgiven. Words
    of the official list beside the titles come last.
    """
    plain = undotted(text)
    if _CODE.fullmatch(plain) and (found := _by_beginning(release, plain, limit)):
        return found
    words = asked(text)
    if not words or (_CODE.fullmatch(plain) and ("." in text or len(plain) > _LONGEST_WORD)):
        return []
    return _by_words(release, words, limit) or _by_words(release, words, limit, slips=True)


def warm(lists: CodeLists, day: date) -> None:
    """Read in what a search of the release of a day needs, so that the first key does not wait for it."""
    search(lists.on(day), "migrane", 1)


def _by_beginning(release: Release, plain: str, limit: int) -> list[Entry]:
    usual = [place for place in release.places(USUAL) if undotted(release.at(place).code).startswith(plain)]
    chosen = set(usual)
    others = (place for place in release.below(plain, limit + len(usual)) if place not in chosen)
    return [release.at(place) for place in [*usual, *others][:limit]]


def _by_words(release: Release, words: list[str], limit: int, slips: bool = False) -> list[Entry]:
    entries = [release.at(place) for place in _having(release, words, limit, slips)]
    if len(entries) < limit:
        entries += _by_terms(release, words, {one.code for one in entries}, limit, slips)
    return entries[:limit]


def _having(release: Release, words: list[str], limit: int, slips: bool, terms: bool = False) -> list[int]:
    """Return the first places that have every word in the title, or, with `terms`, in its further words."""
    import numpy as np

    every, size = np.ones(len(release), dtype=np.bool_), len(release)
    for word in words:
        here = release.words.having(word, size, slips)
        every &= here | release.terms.having(word, size, slips) if terms else here
        if not every.any():
            return []
    usual = [place for place in release.places(USUAL) if every[place]][:limit]
    every[usual] = False
    return [*usual, *map(int, np.flatnonzero(every)[: limit - len(usual)])]


def _by_terms(release: Release, words: list[str], shown: set[str], limit: int, slips: bool) -> list[Entry]:
    """Return leaves that are found by further words; those are known of the bundled release alone."""
    base = bundled()
    codes = (base.at(place).code for place in _having(base, words, limit + len(shown), slips, terms=True))
    found = (release.find(code) for code in codes if code not in shown)
    return [one for one in found if one is not None and one.leaf]
