"""A pasted line as a nerve block, a session of botulinum toxin, or an imaging study."""

from __future__ import annotations

import re
from typing import Any

from referral_app.clinical import pasted_dates
from referral_app.clinical.pasted_treatments import MONTH_WORD
from referral_app.clinical.scrap import GAP, Cells, Read, Scrap, rest, tidy

_TOXIN = re.compile(
    r"\b(?:botox|onabotulinum\w*|incobotulinum\w*|abobotulinum\w*|botulinum(?: toxin)?|xeomin|dysport|btx(?:-a)?)\b",
    re.I,
)
_BLOCK = re.compile(
    r"\b(?:nerve\s+blocks?|blocks?|gonb|onb|lonb|tonb|trigger[- ]point injections?|tpi)\b", re.I
)
_SITES = (
    ("Greater and lesser occipital nerves", re.compile(
        r"\b(?:gon\s?(?:/|and|&|\+)\s?lon|greater (?:and|&|/) lesser occipital(?: nerves?)?)\b", re.I)),
    ("Greater occipital nerve", re.compile(r"\b(?:gonb?|greater occipital(?: nerves?)?)\b", re.I)),
    ("Lesser occipital nerve", re.compile(r"\b(?:lonb?|lesser occipital(?: nerves?)?)\b", re.I)),
    ("Third occipital nerve", re.compile(r"\b(?:tonb?|third occipital(?: nerves?)?)\b", re.I)),
    ("Occipital nerve", re.compile(r"\b(?:onb|occipital(?: nerves?)?)\b", re.I)),
    ("Supraorbital nerve", re.compile(r"\b(?:son|supraorbital(?: nerves?)?)\b", re.I)),
    ("Auriculotemporal nerve", re.compile(r"\b(?:atn|auriculotemporal(?: nerves?)?)\b", re.I)),
    ("Trigger points", re.compile(r"\btrigger[- ]points?(?: injections?)?|\btpi\b", re.I)),
    ("Head and neck, 31 sites", re.compile(r"\b(?:31 sites|preempt(?: protocol)?)\b", re.I)),
)  # fmt: skip
_SIDES = (
    ("both", re.compile(r"\b(?:bilateral(?:ly)?|bilat\.?|b/l|both sides|both)\b", re.I)),
    ("left", re.compile(r"\b(?:left|lt\.?)(?!\w)|\(l\)|\bL(?=\s(?:GON|LON|TON|ONB|occip))", re.I)),
    ("right", re.compile(r"\b(?:right|rt\.?)(?!\w)|\(r\)|\bR(?=\s(?:GON|LON|TON|ONB|occip))", re.I)),
)
DAY = re.compile(
    rf"\b(?:{MONTH_WORD}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}\s{MONTH_WORD}\d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}|"
    r"\d{4}-\d{2}-\d{2})\b", re.I
)  # fmt: skip
_DRUG = r"(?:lidocaine|bupivacaine|marcaine|ropivacaine|mepivacaine|xylocaine)"
_STEROIDS = r"(?:dexamethasone|decadron|methylprednisolone|depo-?medrol|triamcinolone|kenalog|betamethasone|celestone)"
_AGENT = re.compile(
    rf"(?:\d[\d.]{{0,5}}\s?(?:ml|cc|mg|%)\s?(?:of\s)?){{0,2}}\b{_DRUG}\b[^,;()\x1f]{{0,60}}?(?=$|[,;()\x1f]|\s(?:pain|vas|relief|pre|on)\b)"
    rf"|\b{_STEROIDS}\b(?:\s?\d[\d.]{{0,5}}\s?(?:mg|ml))?", re.I
)  # fmt: skip
_NO_STEROID = re.compile(rf"\b(?:no|without|w/o) (?:{_STEROIDS}|steroids?)\b", re.I)
_STEROID = re.compile(rf"\b(?:{_STEROIDS}|(?:with |w/ ?|\+ ?)?steroids?)\b", re.I)
_UNITS = re.compile(r"(?<![\w.])(\d{1,4})\s?(?:units?|u)\b", re.I)
_TO = r"\s?(?:->|→|=>|to|down to)\s?"
_ALONE = r"(?![\w/%.]|\s*(?:hours?|hrs?|days?|weeks?|wks?|months?|ml|times|mg)\b)"
_SCORE = r"(\d|10)\s?(?:/\s?10)?"
_PAIN = (
    re.compile(rf"\b(?:pain|vas|nrs)\s*:?\s*(?:from\s)?{_SCORE}{_TO}{_SCORE}{_ALONE}", re.I),
    re.compile(rf"(?<![\w/.])(\d|10)\s?/\s?10{_TO}(\d|10)\s?/\s?10\b", re.I),
    re.compile(
        rf"(?:\b(?:pain|vas|nrs)\s*:?\s*)?\b(?:pre|before)\s*:?\s*{_SCORE}\s?[,;/]?\s?(?:post|after)\s*:?\s*{_SCORE}(?![\w/])",
        re.I,
    ),
    re.compile(
        rf"\b(?:pain|vas|nrs)\s*:?\s*{_SCORE}\s(?:before|pre)\s?[,;]?\s?(?:and\s)?{_SCORE}\s(?:after|post)\b",
        re.I,
    ),
)
_SPAN = r"(hours?|hrs?|h|days?|d|weeks?|wks?)"
_RELIEF = (
    re.compile(
        rf"\b(?:relief(?: lasted)?(?: for| of| x)?|lasted|x)\s*:?\s*(?:about |~)?(\d{{1,3}}(?:\.\d)?)\s?{_SPAN}\b",
        re.I),
    re.compile(rf"(?<![\w.])(\d{{1,3}}(?:\.\d)?)\s?{_SPAN}(?: of)? relief\b", re.I),
)  # fmt: skip
_CYCLE = re.compile(r"\b(?:cycle|session|round)\s?#?\s?(\d{1,3})\b|(?<!\w)#\s?(\d{1,3})\b", re.I)
_HOURS = {"h": 1, "d": 24, "w": 168}


def injection(cells: Cells) -> Read:
    scrap = Scrap(
        GAP.join(cells.get(name, "") for name in ("type", "name", "site", "side", "", "agent", "relief"))
    )
    values: dict[str, Any] = {"kind": _kind(scrap)}
    left = _dated(scrap, cells, values)
    values |= _doses(scrap, values["kind"])
    left = rest(left, _columns(cells, values))
    values |= _relief(scrap, cells)
    values |= {
        name: found for name, pairs in (("side", _SIDES), ("site", _SITES)) if (found := _first(scrap, pairs))
    }
    if values.get("side") == "left" and _SIDES[2][1].search(scrap.left):
        values["side"] = ""
        scrap.left += f"{GAP}left"
    scrap.take(_BLOCK)
    return values, rest(left, scrap.rest())


def _kind(scrap: Scrap) -> str:
    if _TOXIN.search(scrap.left):
        return "botulinum_toxin"
    return "nerve_block" if _BLOCK.search(scrap.left) else ""


def _first(scrap: Scrap, pairs: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    return next((value for value, pattern in pairs if scrap.take(pattern)), "")


def _dated(scrap: Scrap, cells: Cells, values: dict[str, Any]) -> str:
    """Put the day into a row; return what is no day, or another one."""
    match, left = scrap.take(DAY), list[str]()
    for words, said in (
        (cells.get("date", ""), f"date: {cells.get('date')}"),
        (match[0] if match else "",) * 2,
    ):
        day = pasted_dates.day(words)
        if day and "date" not in values:
            values["date"] = day
        elif words and (day is None or day != values["date"]):
            left.append(said)
    return rest(*left)


def _doses(scrap: Scrap, kind: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if kind == "botulinum_toxin":
        values["agent"] = match[0] if (match := scrap.take(_TOXIN)) else ""
        if match := scrap.take(_UNITS):
            values["units"] = int(match[1])
        if match := scrap.take(_CYCLE):
            values["cycle"] = int(match[1] or match[2])
        return values
    if scrap.take(_NO_STEROID):
        values["steroid"] = False
    elif _STEROID.search(scrap.left):
        values["steroid"] = True
    agents: list[str] = []
    while len(agents) < 4 and (match := scrap.take(_AGENT)):
        agents.append(tidy(match[0]))
    values["agent"] = ", ".join(agents)
    return values


def _columns(cells: Cells, values: dict[str, Any]) -> str:
    """Put steroid, units and cycle of a table into a row; return what is none of them."""
    found: dict[str, Any] = {}
    if values["kind"] == "nerve_block":
        said = cells.get("steroid", "").strip().casefold()
        found["steroid"] = True if said in _YES else False if said in _NO else None
    if values["kind"] == "botulinum_toxin":
        found |= {
            name: int(match[1])
            for name in ("units", "cycle")
            if (match := _COUNTED.fullmatch(cells.get(name, "").strip()))
        }
    known = {name: value for name, value in found.items() if value is not None}
    values |= known
    unread = [name for name in ("steroid", "units", "cycle") if cells.get(name) and name not in known]
    return rest(*(f"{name}: {cells[name]}" for name in unread))


_COUNTED = re.compile(r"(?:cycle|session|round|#)?\s?(\d{1,4})\s?(?:units?|u)?", re.I)
_YES, _NO = frozenset({"yes", "y", "true", "x"}), frozenset({"no", "n", "false", "none"})


def _relief(scrap: Scrap, cells: Cells) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: _rating(cells.get(key, ""))
        for name, key in (("pain_before", "before"), ("pain_after", "after"))
    }
    if match := next((found for pattern in _PAIN if (found := scrap.take(pattern))), None):
        values |= {"pain_before": int(match[1]), "pain_after": int(match[2])}
    if match := next((found for pattern in _RELIEF if (found := scrap.take(pattern))), None):
        hours = float(match[1]) * _HOURS[match[2][0].lower()]
        values["relief_hours"] = int(hours) if hours.is_integer() else hours
    return values


def _rating(words: str) -> int | str | None:
    match = re.fullmatch(r"(\d|10)\s?(?:/\s?10)?", words.strip())
    return int(match[1]) if match else words or None


# Imaging

_TYPES = (
    ("mri", re.compile(r"\bmri\b", re.I)),
    ("ct", re.compile(r"\bct\b|\bcat scan\b", re.I)),
    ("xray", re.compile(r"\bx-?\s?rays?\b|\bxr\b|\bradiographs?\b", re.I)),
    ("other", re.compile(r"\b(?:mra|mrv|cta|ultrasound|pet)\b", re.I)),
)
_REGIONS = (
    ("head", re.compile(r"\b(?:head|brain|cranial)\b", re.I)),
    ("cervical", re.compile(r"\b(?:cervical|c-?\s?spine|neck)\b", re.I)),
    ("sinus", re.compile(r"\bsinus(?:es)?\b", re.I)),
)
_NORMAL = re.compile(r"(?<!\w)(?<!not )(?:normal|unremarkable|negative|wnl|within normal limits)(?!\w)", re.I)
_ABNORMAL = re.compile(r"(?<!no )(?<!not )\babnormal\b", re.I)
_PLAIN = frozenset({
    "with", "without", "w", "wo", "contrast", "of", "the", "and", "a", "an", "is", "was", "study", "exam",
    "examination", "scan", "results", "result", "findings", "impression", "report", "no", "acute", "intracranial",
    "abnormality", "abnormalities", "spine",
})  # fmt: skip
"""Words beside which a normal result is one of the whole study; beside others it may be that of a part."""
_AWAITED = re.compile(r"\b(?:pending|awaited|not yet (?:read|resulted))\b", re.I)


def imaging(cells: Cells) -> Read:
    scrap = Scrap(GAP.join(cells.get(name, "") for name in ("type", "name", "region", "")))
    result = Scrap(GAP.join(cells.get(name, "") for name in ("result", "note")))
    values: dict[str, Any] = {"type": _seen(scrap, _TYPES), "region": _seen(scrap, _REGIONS)}
    left = _dated(scrap, cells, values)
    values["result"] = _result(_unnamed(scrap.left) + f" {result.left}")
    values["note"] = rest(_note(scrap, cells), result.rest())
    return values, left


def _unnamed(words: str) -> str:
    """Return words without those that name the type and the region of a study."""
    for _, pattern in (*_TYPES, *_REGIONS):
        words = pattern.sub(" ", words)
    return words


def _seen(scrap: Scrap, pairs: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    return next((value for value, pattern in pairs if pattern.search(scrap.left)), "")


def _note(scrap: Scrap, cells: Cells) -> str:
    """Return the words of a line as its note; nothing where they only name the type, the region and the result."""
    plain = Scrap(scrap.left)
    for pattern in (*(one for _, one in (*_TYPES, *_REGIONS)), _NORMAL, _AWAITED):
        plain.take(pattern)
    return scrap.rest() if plain.rest() else ""


def _result(words: str) -> str:
    """Return the result that words name alone; "" where they name none or both, or normal beside other findings."""
    if _ABNORMAL.search(words):
        return "" if _NORMAL.search(words) else "abnormal"
    if _AWAITED.search(words):
        return "" if _NORMAL.search(words) else "awaited"
    others = _NORMAL.sub(" ", words).casefold()
    alone = all(word in _PLAIN for word in re.findall(r"[^\W_]+", others))
    return "normal" if _NORMAL.search(words) and alone else ""
