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
    if _CODE.fullmatch(plain) and (found := release.below(plain, len(release))):
        return [release.at(place) for place in _usual_first(release, found)[:limit]]
    words = asked(text)
    if not words or (_CODE.fullmatch(plain) and ("." in text or len(plain) > _LONGEST_WORD)):
        return []
    found = _by_words(release, words, limit)
    return found or _by_words(release, words, limit, slips=True)


def warm(lists: CodeLists, day: date) -> None:
    """Read in what a search of the release of a day needs, so that the first key does not wait for it."""
    search(lists.on(day), "migrane", 1)


def _by_words(release: Release, words: list[str], limit: int, slips: bool = False) -> list[Entry]:
    places = _usual_first(release, _having(release, words, slips))
    entries = [release.at(place) for place in places[:limit]]
    if len(entries) < limit:
        entries += _by_terms(release, words, {one.code for one in entries}, limit - len(entries), slips)
    return entries


def _having(release: Release, words: list[str], slips: bool, terms: bool = False) -> list[int]:
    """Return the places that have every word in the title, or, with `terms`, in its further words."""
    import numpy as np

    every, size = np.ones(len(release), dtype=np.bool_), len(release)
    for word in words:
        here = release.words.having(word, size, slips)
        every &= here | release.terms.having(word, size, slips) if terms else here
        if not every.any():
            return []
    return [int(place) for place in np.flatnonzero(every)]


def _by_terms(release: Release, words: list[str], shown: set[str], limit: int, slips: bool) -> list[Entry]:
    """Return leaves that are found by further words; those are known of the bundled release alone."""
    base = bundled()
    found: list[Entry] = []
    for place in _usual_first(base, _having(base, words, slips, terms=True)):
        code = base.at(place).code
        if code not in shown and release.leaf(code) and (entry := release.find(code)):
            found.append(entry)
            if len(found) == limit:
                break
    return found


def _usual_first(release: Release, places: list[int]) -> list[int]:
    """Return places with those of the usual codes first, in their order; the others stay as they stand."""
    wanted = set(places)
    usual = [place for place in _usual(release) if place in wanted]
    chosen = set(usual)
    return [*usual, *(place for place in places if place not in chosen)]


def _usual(release: Release) -> list[int]:
    return [release.first(undotted(code)) for code in USUAL if release.leaf(code)]
