"""How a service refuses."""

from __future__ import annotations

from collections.abc import Mapping


class InvalidInput(Exception):
    """What the user can correct: one sentence for each field, "" for what concerns no single field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep the sentences by field path."""
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotFound(InvalidInput):
    """The thing asked for is not there (any more)."""

    def __init__(self, sentence: str) -> None:
        """Say what was not found."""
        super().__init__({"": sentence})


class Conflict(InvalidInput):
    """Someone else changed the same thing in the meantime; nothing was overwritten."""

    def __init__(self, sentence: str) -> None:
        """Say what was changed by whom."""
        super().__init__({"": sentence})


class Denied(InvalidInput):
    """The person who acts may not do this; the attempt is noted in the audit."""

    def __init__(self, sentence: str) -> None:
        """Say what is not permitted."""
        super().__init__({"": sentence})
