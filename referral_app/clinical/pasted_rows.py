"""What one pasted line says, as a row of its table; whatever is not understood comes back beside it.

Nothing is guessed: a value is taken where the line says it, and a person confirms each row beside the line itself.
"""

from __future__ import annotations

from collections.abc import Callable

from referral_app.clinical.pasted_medications import allergy, medication
from referral_app.clinical.pasted_procedures import imaging, injection
from referral_app.clinical.pasted_treatments import treatment
from referral_app.clinical.scrap import Cells, Read, rest

_READERS: dict[str, tuple[Callable[[Cells], Read], frozenset[str]]] = {
    "medications": (medication, frozenset({"name", "dose", "frequency", "route"})),
    "allergies": (allergy, frozenset({"name", "reaction", "severity"})),
    "treatments": (treatment, frozenset({
        "name", "class", "dose", "unit", "frequency", "weeks", "started", "stopped", "reason", "effect"})),
    "injections": (injection, frozenset({
        "type", "name", "site", "side", "date", "agent", "steroid", "units", "cycle", "before", "after", "relief"})),
    "imaging": (imaging, frozenset({"type", "name", "region", "date", "result", "note"})),
}  # fmt: skip
TABLES = frozenset(_READERS)
"""The tables into which a list can be pasted."""


def read(table: str, cells: Cells) -> Read:
    """Return the row of a table that labeled cells say ("" is what has no label), and what is left over."""
    known, others = _READERS[table]
    values, over = known({name: words for name, words in cells.items() if name in others or name == ""})
    untaken = [f"{name}: {words}" for name, words in cells.items() if name and name not in others]
    return {name: value for name, value in values.items() if value not in (None, "")}, rest(over, *untaken)
