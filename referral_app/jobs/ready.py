"""A document that is ready to be made: all that it needs was read from the store, so that any process can make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made


@dataclass(frozen=True)
class Ready:
    """The record of a document of a kind that `documents.maker` knows, and what takes its bytes."""

    kind: str
    record: Any
    finish: Callable[[bytes], Made]

    def make(self) -> Made:
        """Return the document, made in this process; raises InvalidInput."""
        from referral_app.documents import maker

        return self.finish(maker.make(self.kind, self.record))
