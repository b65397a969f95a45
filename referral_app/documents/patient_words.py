"""What a patient's record says, in words that ask for no arithmetic, in the language of the packet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from referral_app.choices import Diagnosis, InjectionKind, TreatmentClass
from referral_app.clinical.fields import given, rows
from referral_app.documents import packet_language, values
from referral_app.documents.packet_language import Words

ENGLISH = packet_language.words("en")


def topic(intake: Mapping[str, Any]) -> str:
    """Return which texts fit the working diagnosis: occipital-neuralgia, migraine or other."""
    working = given(intake, "diagnosis.working")
    if working == Diagnosis.OCCIPITAL_NEURALGIA:
        return "occipital-neuralgia"
    return "migraine" if working in (Diagnosis.CHRONIC_MIGRAINE, Diagnosis.MIGRAINE) else "other"


def counts(intake: Mapping[str, Any], computed: Mapping[str, Any], words: Words = ENGLISH) -> Iterator[str]:
    """Yield sentences about the patient's own numbers, without anything to work out."""
    days = _count(intake, "last_30_days.headache_days", 30)
    if days is not None:
        week = words.say("counts.every_day") if days == 30 else _week(round(days * 7 / 30), words)
        yield f"{words.say('counts.days', days=_number(days))} {week}".strip()
    hours = _count(intake, "last_30_days.hours_per_headache_day", 24)
    if hours:
        yield words.say("counts.hours", hours=_hours(hours, words))
    average = _count(intake, "pain.average", 10)
    if average is not None:
        yield words.say("counts.average", score=_number(average), strength=_strength(average, words))
    relief = computed.get("block_relief")
    if isinstance(relief, (int, float)) and relief > 0:
        yield words.say("counts.relief", share=words.say(f"counts.{_share(relief)}"))


def tried(intake: Mapping[str, Any], words: Words = ENGLISH) -> Iterator[str]:
    """Yield what the patient has tried, with how it went; opioids are left out of papers that lie about at home."""
    for row in rows(intake, "treatments"):
        name = given(row, "name")
        if name is None or row.get("class") == TreatmentClass.OPIOID:
            continue
        how = words.chosen("stopped", row.get("stop_reason"))
        yield f"{values.plain(name)}: {how}" if how else values.plain(name)
    kinds = [row.get("kind") for row in rows(intake, "injections")]
    for kind in (InjectionKind.NERVE_BLOCK, InjectionKind.BOTULINUM_TOXIN):
        if times := kinds.count(kind):
            yield f"{words.say(f'injections.{kind}')}: {_times(times, words)}"


def coverage(intake: Mapping[str, Any], words: Words = ENGLISH) -> str:
    """Return one sentence about the plan on file, "" where there is none."""
    payers = [
        values.plain(row["payer"]) for row in rows(intake, "coverage") if given(row, "payer") is not None
    ]
    return words.say("coverage", plans=words.say("listed").join(payers)) if payers else ""


def sites(words: Words = ENGLISH) -> str:
    """Return the six trigger sites with where they are, in one line."""
    return "; ".join(f"{site}\xa0=\xa0{place}" for site, place in words.part("sites").items())


def _week(days: int, words: Words) -> str:
    if days < 2:
        return words.say("counts.one_day") if days else ""
    return words.say("counts.week", days=days)


def _hours(hours: float, words: Words) -> str:
    if hours >= 24:
        return words.say("counts.all_day")
    if hours < 1:
        return words.say("counts.less_hour")
    if hours == int(hours):
        return (
            words.say("counts.one_hour") if hours == 1 else words.say("counts.some_hours", hours=int(hours))
        )
    return words.say("counts.between", first=math.floor(hours), second=math.ceil(hours))


def _strength(score: float, words: Words) -> str:
    return words.say(f"counts.{'mild' if score < 4 else 'medium' if score < 7 else 'strong'}")


def _share(relief: float) -> str:
    if relief >= 95:
        return "all"
    if relief > 50:
        return "most" if relief >= 75 else "more_half"
    return "half" if relief == 50 else "less_half"


def _times(times: int, words: Words) -> str:
    once = {1: "once", 2: "twice"}.get(times)
    return words.say(f"injections.{once}") if once else words.say("injections.times", times=times)


def _number(value: float) -> str:
    return values.number(float(value))


def _count(intake: Mapping[str, Any], path: str, most: float) -> float | None:
    value = given(intake, path)
    fits = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= most
    return value if fits else None
