"""What a known name fills in beside itself: the class of a treatment, and the unit once a dose is typed.

What a person chose is never changed; what was filled in follows the name for as long as nobody changes it.
"""

from __future__ import annotations

from typing import Any

from referral_app.choices import TreatmentClass
from referral_app.clinical import drug_names
from referral_app.clinical.fields import answered
from referral_app.ui.referrals.draft import Draft


class RowFilling:
    """Follows one row of a table; only treatments have something to fill in."""

    def __init__(self, table: str, path: str, draft: Draft) -> None:
        """Follow the row at a path of the draft."""
        self._path, self._draft = path, draft
        self._on = table == "treatments"
        self._filled: dict[str, Any] = {}
        self._seen: tuple[Any, Any] | None = self._now()

    def _get(self, name: str) -> Any:
        return self._draft.get(f"{self._path}.{name}")

    def _now(self) -> tuple[Any, Any]:
        return self._get("name"), answered(self._get("dose"))

    def follow(self) -> list[str]:
        """Fill in what the name says now, and return the names of the fields that changed."""
        if not self._on or self._draft.reverting or self._now() == self._seen:
            return []
        self._seen = self._now()
        name, dosed = self._seen
        drug = drug_names.begins(name) if isinstance(name, str) else None
        wanted = {"class": drug.treatment_class if drug else "", "unit": drug.unit if drug and dosed else ""}
        return [field for field, value in wanted.items() if self._put(field, value or None)]

    def _put(self, field: str, value: str | None) -> bool:
        now = self._get(field)
        if now == value or (answered(now) and now != self._filled.get(field)):
            return False
        self._filled[field] = value
        self._draft.put(f"{self._path}.{field}", value)
        return True

    def note(self) -> str:
        """Return what was filled in and stands there still, in a sentence; "" where nothing was."""
        said = [
            TreatmentClass(value).label if field == "class" else str(value)
            for field, value in self._filled.items()
            if value and self._get(field) == value
        ]
        return f"Filled in from the name: {', '.join(said)}. Change it where it is wrong." if said else ""
