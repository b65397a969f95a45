"""Failed logins, counted beside the store: after five, each further one waits longer, across restarts too.

Whoever may write the folder can delete the count; it slows guessing at the keyboard, the cost of a passphrase slows
every other.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from referral_app.database import files
from referral_app.database.problems import TooManyAttempts
from referral_app.paths import Paths

FREE = 5
FIRST_WAIT = 30.0
LONGEST_WAIT = 900.0
MOST_KEPT = 200


def refuse(paths: Paths, tag: str) -> None:
    """Raise TooManyAttempts while a login has to wait."""
    _begin_again(paths, tag)
    left = wait(paths, tag)
    if left > 0:
        raise TooManyAttempts(math.ceil(left))


def wait(paths: Paths, tag: str, now: datetime | None = None) -> float:
    """Return the seconds that a login has to wait; a clock that was set back does not shorten it beyond the longest."""
    count, last = _of(_load(paths), tag)
    if count < FREE:
        return 0
    needed = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - FREE))
    gone = ((now or datetime.now(UTC)) - last).total_seconds()
    return min(needed, needed - gone)


def _begin_again(paths: Paths, tag: str) -> None:
    """Let a wait begin now where the clock was ahead when it began: otherwise it would last until that day."""
    known = _load(paths)
    number, last = _of(known, tag)
    if last > datetime.now(UTC):
        known[tag] = [number, datetime.now(UTC).isoformat()]
        _save(paths, known)


def failed(paths: Paths, tag: str) -> None:
    """Count a failure."""
    known = _load(paths)
    count = _of(known, tag)[0] + 1
    known.pop(tag, None)
    known[tag] = [count, datetime.now(UTC).isoformat()]
    _save(paths, dict(list(known.items())[-MOST_KEPT:]))


def succeeded(paths: Paths, tag: str) -> None:
    """Forget the failures of a login."""
    known = _load(paths)
    if known.pop(tag, None):
        _save(paths, known)


def count(paths: Paths, tag: str) -> int:
    """Return how often a login failed since it last succeeded."""
    return _of(_load(paths), tag)[0]


def _of(known: dict[str, Any], tag: str) -> tuple[int, datetime]:
    try:
        number, last = known[tag]
        return int(number), datetime.fromisoformat(last)
    except (KeyError, ValueError, TypeError):
        return 0, datetime.now(UTC)


def _load(paths: Paths) -> dict[str, Any]:
    try:
        known = json.loads(paths.attempts.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _save(paths: Paths, known: dict[str, Any]) -> None:
    with suppress(OSError):  # a full disk keeps nobody out, nor lets anybody in
        files.write(paths.attempts, json.dumps(known).encode())
