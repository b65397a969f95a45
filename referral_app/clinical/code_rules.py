"""What a release says of the diagnosis codes of a referral: headings, retired codes, and codes that nobody knows.

Source: ICD-10-CM (CDC and CMS); the codes of a referral are held against the release in force on its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.code_lists import CodeLists
from referral_app.clinical.code_release import Release, undotted
from referral_app.clinical.codes import FORM
from referral_app.clinical.fields import as_list, given
from referral_app.clinical.lines import Line

PATH = "diagnosis.icd10cm"
SOURCE = "ICD-10-CM (CDC, CMS)"
_FORM = re.compile(FORM)
_MOST_SAID = 1000
_INSTEAD = {"G44.847": "G44.86", "G52.80": "G52.8"}
"""Codes that web pages name and that ICD-10-CM never had (reference/clinical.md section 5.1)."""


def day_of(intake: Mapping[str, Any], today: date) -> date:
    """Return the day whose release holds for an intake: that of the referral, else today."""
    return dates.stored(given(intake, "referrer.date")) or today


def judge(intake: Mapping[str, Any], lists: CodeLists, today: date, found: dict[str, str]) -> None:
    """Add a sentence to `found` where a code cannot be used by the release that holds; a code nobody knows can.

    What `found` names already is left as it is. Takes any JSON value and never raises.
    """
    codes = codes_of(intake)
    if not codes or PATH in found:
        return
    day = day_of(intake, today)
    sentence = next((said for code in codes if (said := trouble(code, lists, day))), "")
    if sentence:
        found[PATH] = sentence


def trouble(code: str, lists: CodeLists, day: date) -> str:
    """Return why a code of the right form cannot be used on a day, "" where it can, or where no release knows it.

    Refused are headings (R51), codes that only another release has, and codes that are known never to have existed.
    """
    release = lists.on(day)
    leaf = release.leaf(code)
    if leaf:
        return ""
    asked = (code, release.label)
    if asked not in lists.said and len(lists.said) < _MOST_SAID:
        lists.said[asked] = _trouble(code, lists, release, leaf)
    return lists.said[asked] if asked in lists.said else _trouble(code, lists, release, leaf)


def _trouble(code: str, lists: CodeLists, release: Release, leaf: bool | None) -> str:
    if leaf is False:
        example = f", such as {release.at(below[0]).code}" if (below := release.below(code, 1)) else ""
        return f"{code} is a heading and cannot be used alone; choose a longer code{example}."
    if code in _INSTEAD:
        better = release.find(_INSTEAD[code])
        return f"{code} is not in {release.label}" + (
            f"; use {better.code}, {better.title}." if better else "."
        )
    other = lists.elsewhere(code, release)
    return _of_another(code, release, other) if other else ""


def titles(intake: Mapping[str, Any], lists: CodeLists, today: date | None = None) -> dict[str, str]:
    """Return the titles of an intake's codes by the release that holds on its day, for what is printed and shown."""
    day = day_of(intake, today or date.today())
    found = ((code, lists.title(code, day)) for code in codes_of(intake))
    return {code: title for code, title in found if title}


def unknown(code: str, lists: CodeLists) -> bool:
    """Tell whether a code has the right form and no release knows it, neither as a code nor as a heading."""
    known = any(one.leaf(code) is not None for one in lists.releases)
    return bool(_FORM.fullmatch(code)) and code not in _INSTEAD and not known


def lines(intake: Mapping[str, Any], lists: CodeLists, today: date) -> Iterator[Line]:
    """Yield a line for each code that no release knows, and one where the release that is used has ended."""
    codes = codes_of(intake)
    if not codes:
        return
    day = day_of(intake, today)
    for code in codes:
        if unknown(code, lists):
            text = (
                f"{code} is not in {lists.on(day).label}; kept as typed. Check it against the official list."
            )
            yield Line(f"review.unknown_code.{code}", "review", text, SOURCE, PATH)
    if ended := lists.ended(day):
        text = f"{ended_words(ended)}; ask an administrator to load the newer one in Settings."
        yield Line("note.codes_ended", "note", text, SOURCE, PATH)


def ended_words(release: Release) -> str:
    """Return when a release ended, without a full stop."""
    return (
        f"{release.label} ended on {dates.say(release.ends)}" if release.ends else f"{release.label} holds on"
    )


def codes_of(intake: Mapping[str, Any]) -> list[str]:
    """Return the codes of an intake that have the form of one; takes any JSON value."""
    listed = as_list(given(intake, PATH))
    return [code for code in listed if isinstance(code, str) and _FORM.fullmatch(code)]


def _of_another(code: str, release: Release, other: Release) -> str:
    """Say of a code that another release has, since when it is gone or will come, and what stands in its place."""
    since = dates.say(release.starts)
    if other.starts > release.starts:
        return (
            f"{code} comes with {other.label}, on {dates.say(other.starts)}; this referral is dated before."
        )
    said = f"{code} is not in {release.label}, which holds since {since}; it was retired"
    entry = other.find(code)
    better = release.titled(entry.title) if entry else None
    if better:
        return f"{said}. Use {better.code}, {better.title}."
    near = _near(code, release)
    return f"{said}. Choose another code" + (f", such as {near}." if near else ".")


def _near(code: str, release: Release) -> str:
    """Return a leaf that shares the longest beginning with a code, "" where not even its category is left."""
    plain = undotted(code)
    for length in range(len(plain) - 1, 2, -1):
        if found := release.below(plain[:length], 1):
            entry = release.at(found[0])
            return f"{entry.code}, {entry.title}"
    return ""
