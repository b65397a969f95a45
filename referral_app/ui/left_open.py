"""Where drafts were left, and which were open when the program ended: a small file of this PC, without any answers.

It holds ids of drafts and paths of fields alone, so that a draft opens at the field where it was left, and
so that the next start after a crash can offer what was being written.
"""

from __future__ import annotations

import json
import threading
from typing import Any, NamedTuple, cast

from referral_app.paths import Paths

NAME, MOST = "left-open.json", 50
_LOCK = threading.Lock()


class Left(NamedTuple):
    """One draft: the field with the focus, and whether its form was open."""

    field: str
    open: bool


def note(paths: Paths, draft_id: str, field: str) -> None:
    """Remember where the draft of an open form stands."""
    _change(paths, draft_id, Left(field, open=True))


def close(paths: Paths, draft_id: str) -> None:
    """Remember that the form of a draft was closed as it should be; where it stood stays known."""
    with _LOCK:
        known = _read(paths)
        if draft_id in known:
            known[draft_id] = Left(known[draft_id].field, open=False)
            _write(paths, known)


def field(paths: Paths, draft_id: str) -> str:
    """Return the field where a draft was left, "" where that is not known."""
    with _LOCK:
        left = _read(paths).get(draft_id)
    return left.field if left else ""


def take_open(paths: Paths) -> list[str]:
    """Return the drafts whose forms were open when the program ended, and count them as closed from now on."""
    with _LOCK:
        known = _read(paths)
        found = [draft_id for draft_id, left in known.items() if left.open]
        if found:
            _write(paths, {draft_id: Left(left.field, open=False) for draft_id, left in known.items()})
    return found


def _change(paths: Paths, draft_id: str, left: Left) -> None:
    with _LOCK:
        known = _read(paths)
        if known.get(draft_id) != left:
            known.pop(draft_id, None)
            known[draft_id] = left
            _write(paths, dict(list(known.items())[-MOST:]))


def _read(paths: Paths) -> dict[str, Left]:
    """Return what the file says; nothing where there is none or it cannot be read: nothing depends on it."""
    try:
        stored: Any = json.loads((paths.data_dir / NAME).read_text("utf-8"))
        listed = cast("dict[str, list[Any]]", stored)
        return {draft_id: Left(str(one[0]), bool(one[1])) for draft_id, one in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError, IndexError):
        return {}


def _write(paths: Paths, known: dict[str, Left]) -> None:
    """Replace the file at once; a disk that is full costs the place, never the draft."""
    beside = paths.data_dir / f"{NAME}.new"
    try:
        beside.write_text(json.dumps(known), "utf-8")
        beside.replace(paths.data_dir / NAME)
    except OSError:
        return
