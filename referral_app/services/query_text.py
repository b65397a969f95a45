"""The field language of the directory: what stands in the search box, filters included, as one line of text.

    procedure:occipital zip:21287 within:50 accepts:medicare language:es age:34 wait:<30 accepting:yes state:MD
    verified:>90 favorite:yes sort:distance sort:-name

Values with spaces stand in quotation marks. What is no field, or has no such value, is plain words, never an error; so
are words in quotation marks: "zip:21287". Saved searches are kept as such texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from referral_app.choices import LANGUAGES, STATES
from referral_app.services.folding import fold
from referral_app.services.surgeon_records import Query

SORTS = ("match", "distance", "wait", "surgery", "name", "verified")

FIELDS = {
    "procedure": "procedure", "zip": "zip", "within": "within", "plan": "plan", "accepts": "plan",
    "language": "language", "lang": "language", "age": "age", "wait": "max_wait", "accepting": "accepting",
    "state": "state", "verified": "stale_days", "favorite": "favorites_of", "sort": "sort",
}  # fmt: skip
"""The words for the fields, each with the field of the query that it sets."""

MINE = "me"
"""Stands in `Query.favorites_of` for the person who searches: the text does not know who that will be."""

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_FIELD = re.compile(r'(?P<name>[A-Za-z]+):(?P<value>"[^"]*"?|[^\s"]+)')
_MOST_AGE, _MOST_DAYS, _MOST_MILES = 120, 9999, 13_000


def read(text: str) -> Query:
    """Return the query that a text asks; of a field given twice the last one counts."""
    query, words = Query(), list[str]()
    for token in _TOKEN.findall(text):
        given = _given(token)
        if given:
            query = replace(query, **given)
        else:
            words.append(_bare(token))
    return replace(query, text=" ".join(" ".join(words).split()))


def write(query: Query) -> str:
    """Return the text that asks a query; `read` is the way back, but for spaces and marks in the words."""
    parts = [_plain(word) for word in query.text.replace('"', " ").split()]
    q = query
    parts += [f"procedure:{_quoted(q.procedure)}"] if q.procedure else []
    parts += [f"zip:{_quoted(q.zip)}"] if q.zip else []
    parts += [f"within:{q.within:g}"] if q.within is not None else []
    parts += [f"plan:{_quoted(q.plan)}"] if q.plan else []
    parts += [f"language:{q.language}"] if q.language else []
    parts += [f"age:{q.age}"] if q.age is not None else []
    parts += [f"wait:<{q.max_wait}"] if q.max_wait is not None else []
    parts += ["accepting:yes"] if q.accepting else []
    parts += [f"state:{q.state}"] if q.state else []
    parts += [f"verified:>{q.stale_days}"] if q.stale_days is not None else []
    parts += ["favorite:yes"] if q.favorites_of else []
    if q.sort != "match" or q.descending:
        parts.append(f"sort:{'-' if q.descending else ''}{q.sort}")
    return " ".join(parts)


def of_person(query: Query, person_id: str) -> Query:
    """Return the query with the favorites of a person where it asks for those of whoever searches."""
    return replace(query, favorites_of=person_id) if query.favorites_of == MINE else query


def remarks(text: str) -> list[str]:
    """Return a sentence for each field of a text whose value is none, and which is read as plain words therefore."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        field = _FIELD.fullmatch(token)
        name = FIELDS.get(field["name"].lower(), "") if field else ""
        value = _bare(field["value"]) if field else ""
        if name and value and not _given(token):
            found.append(f"“{value}” is {_NEEDED[name]}.")
    return list(dict.fromkeys(found))


def filters(query: Query) -> Query:
    """Return what a query asks beside its words."""
    return replace(query, text="")


def _given(token: str) -> dict[str, Any]:
    """Return what a token sets, nothing where it is plain words."""
    found = _FIELD.fullmatch(token)
    name = FIELDS.get(found["name"].lower()) if found else None
    if found is None or name is None:
        return {}
    value = " ".join(_bare(found["value"]).split())
    read_value = _READ[name]
    return read_value(value) if value else {}


def _bare(text: str) -> str:
    return text.replace('"', " ").strip()


def _plain(word: str) -> str:
    """Return a word of the text so that it stays one."""
    return f'"{word}"' if _given(word) else word


def _quoted(value: str) -> str:
    value = " ".join(value.replace('"', " ").split())
    return f'"{value}"' if " " in value else value


def _text(name: str) -> Callable[[str], dict[str, Any]]:
    return lambda value: {name: value}


def _whole(name: str, sign: str, most: int) -> Callable[[str], dict[str, Any]]:
    """Return how a whole number is read, with or without the sign before it."""

    def number(value: str) -> dict[str, Any]:
        digits = value.removeprefix(sign).removeprefix("=")
        return {name: int(digits)} if re.fullmatch(r"[0-9]{1,4}", digits) and int(digits) <= most else {}

    return number


def _zip(value: str) -> dict[str, Any]:
    return {"zip": value[:5]} if re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", value) else {}


def _miles(value: str) -> dict[str, Any]:
    number = value.removeprefix("<").removeprefix("=")
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9])?", number) or float(number) > _MOST_MILES:
        return {}
    return {"within": float(number)}


def _language(value: str) -> dict[str, Any]:
    """Take a code or the beginning of a language's name."""
    if value.lower() in LANGUAGES:
        return {"language": value.lower()}
    wanted = fold(value)
    fitting = [code for code, name in LANGUAGES.items() if wanted and fold(name).startswith(wanted)]
    return {"language": fitting[0]} if fitting else {}


def _state(value: str) -> dict[str, Any]:
    return {"state": value.upper()} if value.upper() in STATES else {}


def _yes(name: str, meaning: Any) -> Callable[[str], dict[str, Any]]:
    return lambda value: {name: meaning} if value.lower() in ("yes", "true", "1") else {}


def _sort(value: str) -> dict[str, Any]:
    name = value.lower().removeprefix("-")
    return {"sort": name, "descending": value.startswith("-")} if name in SORTS else {}


_READ: dict[str, Callable[[str], dict[str, Any]]] = {
    "procedure": _text("procedure"), "zip": _zip, "within": _miles, "plan": _text("plan"), "language": _language,
    "age": _whole("age", "", _MOST_AGE), "max_wait": _whole("max_wait", "<", _MOST_DAYS),
    "accepting": _yes("accepting", True), "state": _state, "stale_days": _whole("stale_days", ">", _MOST_DAYS),
    "favorites_of": _yes("favorites_of", MINE), "sort": _sort,
}  # fmt: skip

_NEEDED = {
    "zip": "not a ZIP code: type its five digits", "within": "not a number of miles: type within:50",
    "language": "not a language here", "age": "not an age: type the years, such as age:34",
    "max_wait": "not a number of days: type wait:<30", "accepting": "no answer here: type accepting:yes",
    "state": "not a state: type its two letters, such as state:MD",
    "stale_days": "not a number of days: type verified:>90", "favorites_of": "no answer here: type favorite:yes",
    "sort": f"not an order here: type one of {', '.join(SORTS)}",
}  # fmt: skip
"""What is said of a value that a field cannot take."""
