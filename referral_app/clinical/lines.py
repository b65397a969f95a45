"""One line of the live check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What one rule says: a stable id, its status, a sentence, the source of the rule and the field to jump to.

    Status is "emergency", "cleared", "missing", "gap", "supports", "note" or "review".
    """

    id: str
    status: str
    text: str
    source: str
    field: str
