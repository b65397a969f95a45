"""An intake read from JSON that somebody else wrote: limited in size and depth, and refused in one plain sentence."""

from __future__ import annotations

import json
import math
import re
from typing import Any, cast

from referral_app.clinical.fields import as_dict, as_list

LARGEST, DEEPEST, LONGEST = 5 * 1024 * 1024, 64, 64 * 1024
"""Bytes of a file, levels of nesting, and characters of one text."""

# A string is taken as one match, with or without its closing quote, so that no file is scanned twice.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(text: str | bytes) -> dict[str, Any]:
    """Return the intake of a JSON file; what is in it is judged by `validate`.

    Raises ValueError with one sentence, without any of the content, where the file is too large (5 MB), nested more
    than 64 deep, no JSON object, or holds a name twice, a number that is none, a text over 64 K or broken letters.
    """
    content = _decoded(text)
    if _too_deep(content):
        raise ValueError("This file is nested too deeply to be a referral.")
    try:
        value = json.loads(content, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as broken:
        raise ValueError(f"This file is not valid JSON; look at line {broken.lineno}.") from None
    except _Refused as refused:
        raise ValueError(str(refused)) from None
    except ValueError:
        raise ValueError("This file holds a number that is too long.") from None
    if not isinstance(value, dict):
        raise ValueError("This file holds no referral: it must be a JSON object with groups such as patient.")
    _judge_texts(value)
    return cast("dict[str, Any]", value)


class _Refused(ValueError):
    """What the hooks of the JSON reader refuse, told apart from what the reader itself refuses."""


def _decoded(text: str | bytes) -> str:
    if len(text) > LARGEST:
        raise ValueError("This file is too large to be a referral (more than 5 MB).")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("This file is not text in UTF-8; save it as UTF-8 and try again.") from None


def _too_deep(content: str) -> bool:
    depth = 0
    for token in _TOKEN.finditer(content):
        first = content[token.start()]
        if first != '"':
            depth += 1 if first in "[{" else -1
            if depth > DEEPEST:
                return True
    return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise _Refused("This file holds the same field twice; remove one of them.")
    return whole


def _no_number(word: str) -> Any:
    raise _Refused(f"This file holds {word}, which is no number.")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _Refused("This file holds a number that is too large.")
    return value


def _judge_texts(whole: Any) -> None:
    waiting: list[Any] = [whole]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            _judge_text(part)
        else:
            waiting.extend(as_dict(part))
            waiting.extend(as_dict(part).values())
            waiting.extend(as_list(part))


def _judge_text(text: str) -> None:
    if len(text) > LONGEST:
        raise ValueError(f"This file holds a text of more than {LONGEST:,} characters; shorten it.")
    if not text.isascii() and _SURROGATE.search(text):
        raise ValueError("This file holds broken characters; write it again as UTF-8.")
