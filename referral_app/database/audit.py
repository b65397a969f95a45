"""The chain of the audit: each event carries a keyed hash of the one before and of itself.

An event that was edited, deleted, moved or put in between no longer fits; a tail that was cut off, or an older copy put
in the place of the store, no longer reaches the head that is kept outside (key file, manifests of the backups).
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FIELDS = (
    "at", "offset_minutes", "person_id", "person", "login_session", "workstation", "action", "kind", "object_id",
    "patient_id", "outcome", "reason", "details",
)  # fmt: skip
"""What an event says, in the order in which it is hashed; `details` is the text of a JSON object."""

BEGINNING = "0" * 64
_INSERT = f"INSERT INTO audit_event (sequence, {', '.join(FIELDS)}, hash) VALUES ({', '.join('?' * (len(FIELDS) + 2))})"
_ALL = f"SELECT sequence, {', '.join(FIELDS)}, hash FROM audit_event WHERE sequence > ? ORDER BY sequence"
_BETWEEN = "\x1f"
"""What stands between the fields when they are hashed, and in none of them; JSON would take twice as long."""

_SHOWN = 5
"""Faults that are named one by one; after the first everything behind it is in doubt anyway."""


@dataclass(frozen=True)
class Head:
    """Where the audit stands: the last event's number and hash."""

    sequence: int = 0
    hash: str = BEGINNING

    def mac(self, key: bytes) -> str:
        """Return the keyed hash that guards a head which is kept outside the store."""
        return hmac.digest(key, f"head {self.sequence} {self.hash}".encode(), "sha256").hex()

    def signed(self, key: bytes) -> dict[str, Any]:
        """Return the head as it is kept outside."""
        return {"sequence": self.sequence, "hash": self.hash, "mac": self.mac(key)}


def kept(stored: dict[str, Any], key: bytes) -> Head | None:
    """Return a head that was kept outside, None where there is none; raises ValueError where it was altered."""
    if not stored:
        return None
    try:
        found = Head(int(stored["sequence"]), str(stored["hash"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("The head of the audit outside the store is damaged.") from error
    if not hmac.compare_digest(found.mac(key).encode(), str(stored.get("mac", "")).encode()):
        raise ValueError("The head of the audit outside the store was altered.")
    return found


def head(connection: Any) -> Head:
    """Return the last event of a driver's connection."""
    row = connection.execute(
        "SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head()


def append(connection: Any, key: bytes, events: list[dict[str, Any]], who: dict[str, str]) -> Head:
    """Add events inside the transaction of a driver's connection; `who` says who acts, where and since when.

    Returns the head after them.
    """
    last = head(connection)
    at = datetime.now().astimezone()
    offset = at.utcoffset()
    moment = {"at": _utc(at), "offset_minutes": int(offset.total_seconds() // 60) if offset else 0}
    rows: list[tuple[Any, ...]] = []
    for event in events:
        given = {**moment, **who, **event, "details": json.dumps(event.get("details") or {}, sort_keys=True)}
        row = (last.sequence + 1, *(_clean(given.get(name, "")) for name in FIELDS))
        last = Head(last.sequence + 1, chained(key, last.hash, row))
        rows.append((*row, last.hash))
    connection.executemany(_INSERT, rows)
    return last


def _clean(value: Any) -> Any:
    return value.replace(_BETWEEN, " ") if isinstance(value, str) else value


def chained(key: bytes, before: str, row: tuple[Any, ...]) -> str:
    """Return the hash of an event: sequence and fields, chained to the hash before."""
    said = _BETWEEN.join(map(str, row))
    if said.count(_BETWEEN) != len(FIELDS):  # otherwise a word could move from one field into the next
        return ""
    return hmac.digest(key, f"{before} {said}".encode(), "sha256").hex()


def problems(connection: Any, key: bytes, outside: Head | None, since: Head | None = None) -> list[str]:
    """Return what is wrong with the chain, a sentence each; an empty list when it is whole.

    `outside` is the head kept outside the store, which the chain must reach. With `since` only what came after a head
    that was verified before is looked at.
    """
    found: list[str] = []
    last = since or Head()
    met = outside is None or outside.sequence <= last.sequence
    for *row, stored in connection.execute(_ALL, (last.sequence,)):
        expected = chained(key, last.hash, tuple(row))
        if row[0] != last.sequence + 1:
            found.append(f"Event {last.sequence + 1} of the audit is missing.")
        if not (expected and expected == stored) and row[0] == last.sequence + 1:
            found.append(f"Event {row[0]} of the audit was altered, or another stood before it.")
        if outside is not None and row[0] == outside.sequence:
            met = stored == outside.hash
        if len(found) >= _SHOWN:
            return found
        last = Head(row[0], stored)
    if not met:
        assert outside is not None
        found.append(_cut_off(last, outside))
    return found


def tail_problems(connection: Any, key: bytes, outside: list[Head]) -> list[str]:
    """Return what is wrong with the events since the oldest of the heads that were kept outside, and with each head."""
    found = missing(connection, outside)
    since = min(outside, key=lambda one: one.sequence, default=None)
    return found or (problems(connection, key, None, since) if since else [])


def missing(connection: Any, outside: list[Head]) -> list[str]:
    """Return a sentence where the audit does not hold the events that were kept outside."""
    for kept_head in sorted(outside, key=lambda one: one.sequence):
        query = "SELECT hash FROM audit_event WHERE sequence = ?"
        row = connection.execute(query, (kept_head.sequence,)).fetchone()
        if kept_head.sequence and (row is None or row[0] != kept_head.hash):
            return [_cut_off(head(connection), kept_head)]
    return []


def _cut_off(last: Head, outside: Head) -> str:
    return (
        f"The audit ends at event {last.sequence} or was replaced; event {outside.sequence} was noted outside the "
        "store. The end was cut off, or an older copy of the store was put in its place."
    )


def _utc(at: datetime) -> str:
    from datetime import UTC

    return at.astimezone(UTC).isoformat(timespec="microseconds")
