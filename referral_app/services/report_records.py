"""What the reports ask and answer: the filter, spans of days, and parts of a plot with its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from referral_app.choices import RequestStatus
from referral_app.clinical import dates
from referral_app.clinical.plots import Plot

FEWEST = 5
"""Of fewer no median is shown: it says nothing, and might point to one patient."""
TOO_FEW = "too few"


@dataclass(frozen=True)
class Wanted:
    """Which requests are counted: sent from a day to a day, of a practice, to a surgeon; "" for all in view.

    `scope` and `surgeon` are the names of both, for the words alone.
    """

    since: date
    until: date
    practice_id: str = ""
    surgeon_id: str = ""
    scope: str = ""
    surgeon: str = ""

    @property
    def words(self) -> str:
        """What is counted, in words."""
        to = f"to {self.surgeon}" if self.surgeon else "to any surgeon"
        sent = f"Sent {dates.say(self.since)} to {dates.say(self.until)}"
        return ", ".join([sent, to, self.scope or "all practices in view"])


@dataclass(frozen=True)
class Span:
    """How long something took: of how many, median, 10th and 90th percentile in whole days, by the nearest rank."""

    n: int
    median: int = 0
    low: int = 0
    high: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough to show the figures."""
        return self.n >= FEWEST

    @property
    def said(self) -> str:
        """The span in words."""
        if not self.enough:
            return f"{TOO_FEW} (n = {self.n})" if self.n else "none"
        return f"{self.median} day{'' if self.median == 1 else 's'} (n = {self.n:,})"


@dataclass(frozen=True)
class Counted:
    """The requests of a period: how many, how long each step took, how many reached it, and where they stand."""

    n: int
    steps: tuple[Span, ...]
    reached: tuple[int, ...]
    standing: dict[RequestStatus, int]
    reasons: tuple[tuple[RequestStatus, str, int], ...] = ()


@dataclass(frozen=True)
class Wait:
    """How long patients waited for a surgeon, from sending, and from which day to which those were sent."""

    surgeon: str
    span: Span
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Gaps:
    """How many requests were looked at, and in how many something of a group was missing or not available."""

    n: int
    unknown: int
    groups: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Change:
    """First and latest reading of patients with two: of how many, medians, and the median change of a patient."""

    n: int
    first: float = 0.0
    latest: float = 0.0
    change: float = 0.0
    halved: int = 0


@dataclass(frozen=True)
class Part:
    """A plot with its table below it; `numbers` are the columns that hold numbers."""

    title: str
    plot: Plot | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        """The columns that hold numbers."""
        return frozenset(range(1, len(self.heads)))


@dataclass(frozen=True)
class Report:
    """A report as it is shown, printed and exported: what was counted, and its parts."""

    key: str
    title: str
    about: str
    parts: tuple[Part, ...]
    note: str = ""
