"""The heads of the audit that are kept outside the store, and what the audit says held against them."""

from __future__ import annotations

from typing import Any

from referral_app.database import audit, bundle, tail
from referral_app.database.audit import Head
from referral_app.database.keys import Keys
from referral_app.database.problems import StoreProblem
from referral_app.database.unlocking import Secrets
from referral_app.paths import Paths


class Outside:
    """The heads in the key file, beside the store and in the latest backup; those of the start count until the close.

    Later ones take their place outside, and a fault that was seen at the start must not be forgotten by that.
    """

    def __init__(self, paths: Paths) -> None:
        """Begin with none."""
        self._paths = paths
        self._at_start: list[Head] = []

    def problems(self, connection: Any, opened: Secrets, keys: Keys | None) -> list[str]:
        """Return what is wrong with the whole audit."""
        key = opened.audit_key
        try:
            heads = self._heads(connection, key, keys)
        except ValueError as error:
            return [str(error), *audit.problems(connection, key, None)]
        return audit.problems(connection, key, None) or audit.missing(connection, heads)

    def tail_problems(self, connection: Any, opened: Secrets, keys: Keys | None) -> list[str]:
        """Return what is wrong with the events since the heads."""
        key = opened.audit_key
        try:
            self._at_start = self._heads(connection, key, keys)
        except ValueError as error:
            return [str(error)]
        return audit.missing(connection, self._at_start) or audit.tail_problems(
            connection, key, self._beside(key, keys)
        )

    def _heads(self, connection: Any, key: bytes, keys: Keys | None) -> list[Head]:
        """Return all heads; raises ValueError for one that was altered."""
        backup = audit.kept(_in_latest_backup(self._paths, connection), key)
        return [*self._at_start, *self._beside(key, keys), *([backup] if backup else [])]

    def _beside(self, key: bytes, keys: Keys | None) -> list[Head]:
        """Return the heads that are never far behind, so that few events come after them."""
        kept = [tail.read(self._paths.store, key), audit.kept(keys.read().head, key) if keys else None]
        return [one for one in kept if one is not None]


def _in_latest_backup(paths: Paths, connection: Any) -> dict[str, Any]:
    """Return the signed head in the latest backup of this store, {} where there is none.

    A backup from before the last restore counts no more: the audit went on from an earlier event then.
    """
    store_id = connection.execute("SELECT value FROM store_fact WHERE name = 'store_id'").fetchone()
    for path in sorted(paths.backups.glob("*" + bundle.SUFFIX), reverse=True)[:1]:
        try:
            said = bundle.manifest(path)
        except (StoreProblem, OSError):
            continue  # a damaged backup says nothing of the store
        if store_id and said.get("store_id") == store_id[0] and not _restored_since(connection, said):
            return dict(said.get("head") or {})
    return {}


def _restored_since(connection: Any, said: dict[str, Any]) -> bool:
    query = "SELECT 1 FROM audit_event WHERE at > ? AND action = 'restored' LIMIT 1"
    return connection.execute(query, (str(said.get("made_at")),)).fetchone() is not None
