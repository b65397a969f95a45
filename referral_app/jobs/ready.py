"""A document that is ready to be made: all that it needs was read from the store, so that any process can make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from referral_app.jobs import drawn

if TYPE_CHECKING:
    from referral_app.database import Database
    from referral_app.jobs.papers import Made


@dataclass(frozen=True)
class Ready:
    """The record of a document of a kind that `documents.maker` knows, and what takes its bytes."""

    kind: str
    record: Any
    finish: Callable[[bytes], Made]

    def make(self, db: Database | None = None) -> Made:
        """Return the document, made in this process, with a store unless it was a moment ago; raises InvalidInput."""
        from referral_app.documents import maker

        draw = partial(maker.make, self.kind)
        return self.finish(drawn.once(db, self.kind, self.record, draw) if db else draw(self.record))
