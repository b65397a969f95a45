"""What a patient's record says, in words that ask for no arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from referral_app.choices import Diagnosis, InjectionKind, Purpose, StopReason, TreatmentClass
from referral_app.clinical.fields import given, rows
from referral_app.documents import values

PURPOSES = {
    Purpose.ASSESS_FOR_SURGERY: "to find out if surgery on a nerve could help you",
    Purpose.SECOND_OPINION: "to give you a second opinion",
    Purpose.DIAGNOSTIC_BLOCK: "to see if a nerve block eases your pain",
    Purpose.ADVICE: "to give advice about your care",
    Purpose.REVISION: "to look at how your earlier surgery turned out",
}
_STOPPED = {
    StopReason.NO_BENEFIT: "did not help enough",
    StopReason.SIDE_EFFECT: "stopped because of side effects",
    StopReason.CONTRAINDICATED: "not safe for you",
    StopReason.COST: "stopped because of the cost",
    StopReason.ONGOING: "you still have it",
}


def topic(intake: Mapping[str, Any]) -> str:
    """Return which texts fit the working diagnosis: occipital-neuralgia, migraine or other."""
    working = given(intake, "diagnosis.working")
    if working == Diagnosis.OCCIPITAL_NEURALGIA:
        return "occipital-neuralgia"
    return "migraine" if working in (Diagnosis.CHRONIC_MIGRAINE, Diagnosis.MIGRAINE) else "other"


def counts(intake: Mapping[str, Any], computed: Mapping[str, Any]) -> Iterator[str]:
    """Yield sentences about the patient's own numbers, without anything to work out."""
    days = _count(intake, "last_30_days.headache_days", 30)
    if days is not None:
        week = "That is every day." if days == 30 else _week(round(days * 7 / 30))
        yield f"You had head pain on {_number(days)} of the last 30 days. {week}".strip()
    hours = _count(intake, "last_30_days.hours_per_headache_day", 24)
    if hours:
        yield f"On a day with pain, it lasted {_hours(hours)}."
    average = _count(intake, "pain.average", 10)
    if average is not None:
        yield f"Most often the pain was {_number(average)} out of 10. {_strength(average)}"
    relief = computed.get("block_relief")
    if isinstance(relief, (int, float)) and relief > 0:
        yield f"After your best nerve block, {_share(relief)} of the pain went away for a time."


def tried(intake: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the patient has tried, with how it went; opioids are left out of papers that lie about at home."""
    for row in rows(intake, "treatments"):
        name = given(row, "name")
        if name is None or row.get("class") == TreatmentClass.OPIOID:
            continue
        ended = row.get("stop_reason")
        how = _STOPPED.get(StopReason(ended)) if ended in set(StopReason) else None
        yield f"{values.plain(name)}: {how}" if how else values.plain(name)
    kinds = [row.get("kind") for row in rows(intake, "injections")]
    for kind, words in (
        (InjectionKind.NERVE_BLOCK, "Nerve blocks"),
        (InjectionKind.BOTULINUM_TOXIN, "Botulinum toxin"),
    ):
        if times := kinds.count(kind):
            yield f"{words}: {_times(times)}"


def coverage(intake: Mapping[str, Any]) -> str:
    """Return one sentence about the plan on file, "" where there is none."""
    payers = [
        values.plain(row["payer"]) for row in rows(intake, "coverage") if given(row, "payer") is not None
    ]
    return f"The plan we have on file for you is {' and '.join(payers)}." if payers else ""


def _week(days: int) -> str:
    return {0: "", 1: "That is about one day each week."}.get(days, f"That is about {days} days each week.")


def _hours(hours: float) -> str:
    if hours >= 24:
        return "all day and all night"
    if hours < 1:
        return "less than an hour"
    if hours == int(hours):
        return f"about {int(hours)} {'hour' if hours == 1 else 'hours'}"
    return f"between {math.floor(hours)} and {math.ceil(hours)} hours"


def _strength(score: float) -> str:
    return (
        "That is mild pain." if score < 4 else "That is medium pain." if score < 7 else "That is strong pain."
    )


def _share(relief: float) -> str:
    if relief >= 95:
        return "all or almost all"
    return (
        "most"
        if relief >= 75
        else "more than half"
        if relief > 50
        else "half"
        if relief == 50
        else "less than half"
    )


def _times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _number(value: float) -> str:
    return values.number(float(value))


def _count(intake: Mapping[str, Any], path: str, most: float) -> float | None:
    value = given(intake, path)
    fits = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= most
    return value if fits else None
