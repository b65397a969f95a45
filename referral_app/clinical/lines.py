"""One line of the live check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What one rule says: a stable id, its status, a sentence, the source of the rule and the field to jump to.

    Status is "emergency", "cleared", "missing", "gap", "supports", "note" or "review". `why` is the rule in words with
    its figures, "" where the status says all there is to say.
    """

    id: str
    status: str
    text: str
    source: str
    field: str
    why: str = ""


VIEWS = (
    "The societies differ on this surgery: the American Headache Society (2013) advises it only within trials; the "
    "American Society of Plastic Surgeons (2018) supports it where other treatment did not help enough."
)
"""Both societies' views, which stand beside each figure from a study (contract section 2)."""
