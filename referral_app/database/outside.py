"""The heads of the audit that are kept outside the store, and what the audit says held against them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from referral_app.database import audit, tail
from referral_app.database.audit import Head
from referral_app.database.keys import Keys
from referral_app.database.unlocking import Secrets


class Outside:
    """The heads in the key file and beside the store; those of the start count until the store is closed.

    Later ones take their place outside, and a fault that was seen at the start must not be forgotten by that.
    """

    def __init__(self, store: Path) -> None:
        """Begin with none."""
        self._store = store
        self._at_start: list[Head] = []

    def problems(self, connection: Any, opened: Secrets, keys: Keys | None) -> list[str]:
        """Return what is wrong with the whole audit."""
        key = opened.audit_key
        try:
            heads = self._heads(key, keys)
        except ValueError as error:
            return [str(error), *audit.problems(connection, key, None)]
        return audit.problems(connection, key, None) or audit.missing(connection, heads)

    def tail_problems(self, connection: Any, opened: Secrets, keys: Keys | None) -> list[str]:
        """Return what is wrong with the events since the heads."""
        try:
            self._at_start = self._heads(opened.audit_key, keys)
        except ValueError as error:
            return [str(error)]
        return audit.tail_problems(connection, opened.audit_key, self._at_start)

    def _heads(self, key: bytes, keys: Keys | None) -> list[Head]:
        """Return the heads; raises ValueError for one that was altered."""
        kept = [*self._at_start, tail.read(self._store, key)]
        kept += [audit.kept(keys.read().head, key)] if keys else []
        return [one for one in kept if one is not None]
