"""A query of the directory as text and back: `procedure:occipital zip:21287 within:50`; unknown words are plain words.

First form, so that the screen can be built on it; the search takes it over.
"""

from __future__ import annotations

import re
from typing import Any

from referral_app.services.surgeon_records import Query

NAMES = {
    "procedure": "procedure", "zip": "zip", "within": "within", "accepts": "plan", "language": "language",
    "age": "age", "wait": "max_wait", "state": "state", "unverified": "stale_days", "favorites": "favorites_of",
}  # fmt: skip
_WORD = re.compile(r'[^\s":]+:"[^"]*"|\S+')


def read(text: str) -> Query:
    """Return what a text asks for; words that are no fields stay words, and nothing is refused."""
    found: dict[str, Any] = {}
    words: list[str] = []
    for word in _WORD.findall(text):
        name, _, value = word.partition(":")
        known = NAMES.get(name.casefold())
        if word.casefold() == "accepting:yes":
            found["accepting"] = True
        elif known and (taken := _value(known, value.strip('"'))) is not None:
            found[known] = taken
        else:
            words.append(word)
    return Query(text=" ".join(words), **found)


def write(query: Query) -> str:
    """Return a query as `read` reads it, without its order."""
    parts = [_part(name, getattr(query, field)) for name, field in NAMES.items()]
    parts += ["accepting:yes"] if query.accepting else []
    return " ".join(part for part in (*parts, query.text) if part)


def _part(name: str, value: Any) -> str:
    if value in ("", None):
        return ""
    text = f"{value:g}" if isinstance(value, int | float) else str(value)
    return f'{name}:"{text}"' if " " in text else f"{name}:{'<' if name == 'wait' else ''}{text}"


def _value(field: str, text: str) -> Any:
    if field not in ("within", "age", "max_wait", "stale_days"):
        return text or None
    number = text.lstrip("<")
    return (
        None
        if not number.isascii() or not number.isdigit()
        else (float if field == "within" else int)(number)
    )
