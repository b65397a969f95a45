"""Directions of a prescription in plain words: "1 tab PO BID PRN" becomes "1 tablet by mouth twice a day as needed".

Source: customary abbreviations of prescriptions; the ones that the Joint Commission asks not to use (QD, QOD, U, IU)
are among those written out. What is not on the list stays as it is, so does "OD": the right eye to most, once a day to
some.
"""

from __future__ import annotations

import re

_WORDS = {
    "po": "by mouth", "p.o.": "by mouth", "sl": "under the tongue", "s.l.": "under the tongue", "pr": "rectally",
    "sc": "under the skin", "sq": "under the skin", "subq": "under the skin", "subcut": "under the skin",
    "sub-q": "under the skin", "im": "into a muscle", "i.m.": "into a muscle", "iv": "into a vein",
    "qd": "once a day", "q.d.": "once a day", "qday": "once a day", "q day": "once a day",
    "bid": "twice a day", "b.i.d.": "twice a day", "tid": "3 times a day", "t.i.d.": "3 times a day",
    "qid": "4 times a day", "q.i.d.": "4 times a day", "qod": "every other day", "q.o.d.": "every other day",
    "qhs": "at bedtime", "q.h.s.": "at bedtime", "hs": "at bedtime", "h.s.": "at bedtime", "qpm": "every evening",
    "qam": "every morning", "q am": "every morning", "q pm": "every evening", "qwk": "once a week",
    "qweek": "once a week", "qw": "once a week", "qmo": "once a month", "qmonth": "once a month",
    "prn": "as needed", "p.r.n.": "as needed", "ac": "before meals", "pc": "after meals", "stat": "at once",
    "tab": "tablet", "tabs": "tablets", "tab.": "tablet", "cap": "capsule", "caps": "capsules", "cap.": "capsule",
    "gtt": "drop", "gtts": "drops", "inj": "injection", "ud": "as directed", "u.d.": "as directed",
    "utd": "as directed", "w/": "with", "w/o": "without", "h/a": "headache", "ha": "headache",
}  # fmt: skip
_WORD = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")(?![\w])",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<!\w)q\s?(\d{1,2}(?:\s?-\s?\d{1,2})?)\s?(h|hr|hrs|hours?|d|days?|wks?|weeks?|w|mo|months?)\b", re.I
)
_SPANS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}

FIRST = re.compile(
    r"(?<![\w.])(?:(?:take|inject|apply|inhale|instill|chew|dissolve|spray)s?\s|"
    r"(?:\d{1,2}(?:\.\d)?(?:\s?-\s?\d{1,2})?|one|two|half|1/2|½)\s?(?:tabs?|tablets?|caps?|capsules?|puffs?|sprays?|"
    r"drops?|gtts?|patch(?:es)?|pills?|softgels?|gumm(?:y|ies)|tsp|tbsp|injections?|pens?)\b|"
    r"(?:po|p\.o\.|sl|sc|sq|subq|im|iv|prn|p\.r\.n\.|qd|q\.d\.|bid|b\.i\.d\.|tid|t\.i\.d\.|qid|qhs|hs|qam|qpm|qod|qwk|"
    r"daily|nightly|weekly|monthly|once|twice|every|each|as\s+(?:needed|directed)|at\s+bedtime|at\s+night|with\s+meals|"
    r"by\s+mouth|orally|in\s+the\s+(?:morning|evening)|(?:two|three|four|\d)\s+times)(?!\w)|q\s?\d)",
    re.IGNORECASE,
)
"""Where the directions of a line begin."""


def plain(directions: str) -> str:
    """Return directions with their abbreviations written out; everything else as it was."""
    spelled = _HOURS.sub(lambda match: f"every {match[1]} {_SPANS[match[2][0].lower()]}", directions)
    spelled = _WORD.sub(lambda match: _WORDS[match[0].lower()], spelled)
    return " ".join(spelled.split())
