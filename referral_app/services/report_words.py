"""The figures of the reports in words: parts of a plot and a table, the same on screen, on paper and in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from referral_app.choices import DeclineReason, RequestStatus
from referral_app.clinical import dates
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.plots import FUNNEL, HATCH, SOLID, SPANS, Bar, Plot
from referral_app.services.report_counts import ENDED
from referral_app.services.report_records import TOO_FEW, Change, Counted, Gaps, Part, Span, Wait

STEPS = (
    "Begun to signed", "Signed to sent", "Sent to received", "Received to accepted", "Accepted to visit booked",
    "Visit booked to seen", "Seen to outcome", "Outcome to patient told", "Whole way: sent to seen",
)  # fmt: skip
REACHED = ("Received", "Accepted", "Visit booked", "Seen", "Outcome received", "Patient told")
_SPAN = ("n", "Median, days", "10th percentile", "90th percentile")
_MOST = 20
"""How many bars a plot has at most; the table has all."""
_GROUPS = {one.name: one.label for one in INTAKE}
NO_REASON = "No reason entered"
_REASONS = 100
"""How many reasons a table has at most: whoever words each anew would fill a thousand pages."""
_CHOICES = (*(one.label for one in DeclineReason), "Another surgeon is asked")


def steps(found: Counted) -> tuple[Part, ...]:
    """Return how long each step took."""
    named = list(zip(STEPS, found.steps, strict=True))
    rows = tuple((label, *_cells(one)) for label, one in named)
    plot = _spans("Days in each step: median with 10th to 90th percentile", named)
    return (Part("Time in each step", plot, ("Step", *_SPAN), rows, _left_out(len(named))),)


def completion(found: Counted) -> tuple[Part, ...]:
    """Return how many reached each step, where the others stand, and why those ended that did."""
    reached = [("Sent", found.n), *zip(REACHED, found.reached, strict=True)]
    bars = tuple(Bar(label, n, f"{n:,} ({_share(n, found.n)})") for label, n in reached)
    rows = tuple((label, f"{n:,}", _share(n, found.n)) for label, n in reached)
    heads = ("Step", "Requests", "Of those sent")
    funnel = Part(
        "Reached",
        Plot(f"Requests that reached each step, n = {found.n:,}", bars, FUNNEL) if found.n else None,
        heads,
        rows,
    )
    return (funnel, _standing(found), _reasons(found))


def waits(consultations: Sequence[Wait], operations: Sequence[Wait]) -> tuple[Part, ...]:
    """Return the waits of each surgeon's patients to the consultation and to surgery."""
    both = (("Wait to the consultation", consultations), ("Wait to surgery", operations))
    return tuple(_waits(title, found) for title, found in both)


def gaps(found: Gaps) -> tuple[Part, ...]:
    """Return what was missing or not available at signature, by part of the form."""
    rows = [(_GROUPS.get(name, name), missing, gap) for name, missing, gap in found.groups]
    rows.sort(key=lambda one: (-one[1] - one[2], one[0]))
    bars = [
        Bar(f"{label}, {what}", n, f"{n:,} ({_share(n, found.n)})", pattern=pattern)
        for label, missing, gap in rows[: _MOST // 2]
        for what, n, pattern in (("missing", missing, SOLID), ("not available, with a reason", gap, HATCH))
        if n
    ]
    table = tuple(
        (label, f"{missing:,}", _share(missing, found.n), f"{gap:,}", _share(gap, found.n))
        for label, missing, gap in rows
    )
    heads = ("Part of the form", "Missing", "Of those counted", "Not available", "Of those counted")
    title = f"Requests with something missing, by part of the form, n = {found.n:,}"
    plot = Plot(title, tuple(bars)) if bars else None
    note = f"{found.n:,} requests counted, each as it stood when it was sent."
    if found.unknown:
        note += f" {found.unknown:,} others were sent before this was kept and are not counted."
    return (Part("Missing items at signature", plot, heads, table, note),)


def change(found: Change) -> tuple[Part, ...]:
    """Return the headache index of patients with two readings, first and latest."""
    heads = ("Migraine Headache Index, 0 to 300", "Patients", "Median")
    if found.n < 5:
        rows = ((f"First and latest reading: {TOO_FEW}", f"{found.n}", ""),)
        return (Part("First and latest reading", None, heads, rows),)
    named = (("First reading", found.first), ("Latest reading", found.latest))
    bars = tuple(
        Bar(label, value, f"{value:g}", pattern=pattern)
        for (label, value), pattern in zip(named, (HATCH, SOLID), strict=True)
    )
    rows = (
        *((label, f"{found.n:,}", f"{value:g}") for label, value in named),
        ("Change of each patient (latest less first)", f"{found.n:,}", f"{found.change:+g}"),
        ("Latest half of the first, or less", f"{found.halved:,}", ""),
    )
    return (
        Part(
            "First and latest reading",
            Plot(f"Median of the headache index, n = {found.n:,}", bars),
            heads,
            rows,
        ),
    )


def _standing(found: Counted) -> Part:
    still = [
        (status.label, n) for status, n in found.standing.items()
        if status not in ENDED and status is not RequestStatus.COMPLETED
    ]  # fmt: skip
    rows = tuple((label, f"{n:,}", _share(n, found.n)) for label, n in still)
    bars = tuple(Bar(label, n, f"{n:,}", pattern=HATCH) for label, n in still)
    title = f"Requests that are still open, by where they stand, n = {sum(n for _, n in still):,}"
    plot = Plot(title, bars) if bars else None
    return Part("Still open, and where", plot, ("Stands at", "Requests", "Of those sent"), rows)


def _reasons(found: Counted) -> Part:
    counted: Counter[str] = Counter()
    for status, reason, n in found.reasons:
        counted[f"{status.label}: {_group(reason)}"] += n
    named = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    if rest := named[_REASONS:]:
        named = [*named[:_REASONS], (f"{len(rest):,} other reasons", sum(n for _, n in rest))]
    bars = tuple(Bar(label, n, f"{n:,}") for label, n in named[:_MOST])
    title = f"Requests that ended without an outcome, by reason, n = {sum(n for _, n in named):,}"
    plot = Plot(title, bars) if bars else None
    rows = tuple((label, f"{n:,}", _share(n, found.n)) for label, n in named)
    heads = ("Ended, and why", "Requests", "Of those sent")
    return Part("Declined and canceled", plot, heads, rows, _left_out(len(named)))


def _group(reason: str) -> str:
    """Return under what a reason is counted: the choice without the words beside it, else the words."""
    chosen = next((one for one in _CHOICES if reason == one or reason.startswith(f"{one}: ")), "")
    return chosen or reason or NO_REASON


def _waits(title: str, found: Sequence[Wait]) -> Part:
    named = [(one.surgeon, one.span) for one in found]
    rows = tuple((one.surgeon, *_cells(one.span), _range(one.first, one.last)) for one in found)
    plot = _spans(f"{title}, days from sending: median with 10th to 90th percentile", named)
    left_out = _left_out(sum(one.enough for _, one in named))
    return Part(title, plot, ("Surgeon", *_SPAN, "Sent between"), rows, left_out)


def _spans(title: str, named: Sequence[tuple[str, Span]]) -> Plot | None:
    """Return the plot of those of which there are enough, at most so many."""
    shown = [(label, one) for label, one in named if one.enough][:_MOST]
    bars = tuple(
        Bar(
            label,
            one.median,
            f"{one.median} ({one.low} to {one.high}), n = {one.n:,}",
            one.low,
            one.high,
            HATCH,
        )
        for label, one in shown
    )
    return Plot(title, bars, SPANS) if bars else None


def _cells(one: Span) -> tuple[str, ...]:
    if not one.enough:
        return (f"{one.n}", TOO_FEW if one.n else "", "", "")
    return (f"{one.n:,}", f"{one.median}", f"{one.low}", f"{one.high}")


def _left_out(number: int) -> str:
    return f"The picture shows the first {_MOST} of {number:,}; the table has all." if number > _MOST else ""


def _share(n: int, of: int) -> str:
    return f"{100 * n / of:.0f} %" if of else ""


def _range(first: date | None, last: date | None) -> str:
    return f"{dates.say(first)} to {dates.say(last)}" if first and last else ""
