"""What a harness tried and what went wrong, in numbers and with the first examples."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 4
"""So many examples are kept of each kind of fault."""


@dataclass
class Tally:
    """How often something was tried, the faults by kind, and what else was counted on the way."""

    tried: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def fault(self, kind: str, example: str) -> None:
        """Count a fault and keep its first examples."""
        self.faults[kind] += 1
        if self.faults[kind] <= EXAMPLES:
            self.examples.append(f"{kind}: {example}")

    def add(self, other: Tally) -> None:
        """Take in what another run counted."""
        self.tried += other.tried
        self.faults += other.faults
        self.seen += other.seen
        self.examples += other.examples
