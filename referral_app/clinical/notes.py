"""Notes of the live check: what is worth another look, and what helps the surgeon to read the referral."""

from __future__ import annotations

from collections.abc import Iterator

from referral_app.clinical import dates, treatments
from referral_app.clinical.computed import relief
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import as_dict, as_list, given, rows
from referral_app.clinical.lines import Line
from referral_app.clinical.requirement_lines import diary_days, months_between
from referral_app.clinical.supports import Case

_LOCAL = "Headache Center"


def judge(case: Case) -> Iterator[Line]:
    """Yield the notes on a referral of an adult.

    Source: rules D10 and D11 and the lint of the letter, reference/clinical.md section 11.
    """
    if case.minor:
        return
    for rule in (_mood, _midas, _delay, _diary, _worst, _trials, _effects, _imaging, _worse_after):
        yield from rule(case)


def _note(key: str, text: str, source: str, field: str) -> Line:
    return Line(f"note.{key}", "note", text, source, field)


def _trials(case: Case) -> Iterator[Line]:
    short = sum(treatments.too_short(row, case.thresholds) for row in treatments.preventives(case.values))
    if short:
        limit = f"{case.thresholds.adequate_weeks:g} weeks"
        text = f"Preventive medications tried for less than {limit}, or for an unknown time: {short}."
        yield _note("short_trials", text, "D'Antona and Matharu 2019", "treatments")


def _mood(case: Case) -> Iterator[Line]:
    score = number_at(case.values, "scores.phq2")
    if score is not None and score >= case.thresholds.phq2_positive:
        text = f"PHQ-2 is {score:g}: offer support. It is no barrier; results of surgery were comparable."
        yield _note("phq2", text, "Amador 2021", "scores.phq2")


def _midas(case: Case) -> Iterator[Line]:
    total = number_at(case.values, "scores.midas_total")
    if total is not None and total > case.thresholds.midas_warn:
        text = f"A MIDAS total above {case.thresholds.midas_warn} is possible only in months of 31 days; look again."
        yield _note("midas_total", text, "clinical.md section 3", "scores.midas_total")


def _delay(case: Case) -> Iterator[Line]:
    years = case.computed("years_since_onset")
    if years is not None and years >= case.thresholds.years_since_onset:
        text = f"{years} years since onset: a longer wait went with somewhat less benefit in one study."
        yield _note("years_since_onset", text, "Weill Cornell 2024", "diagnosis.onset")


def _diary(case: Case) -> Iterator[Line]:
    source, days = case.get("last_30_days.source"), diary_days(case.values)
    if source == "recall":
        yield _note(
            "recall",
            "The day counts are from recall, not from a diary.",
            "Neurotorium",
            "last_30_days.source",
        )
    elif source == "diary" and days is not None and days < case.thresholds.diary_days:
        text = f"The diary covers {days} days; {case.thresholds.diary_days} or more are better."
        yield _note("diary_days", text, "Neurotorium", "last_30_days.diary_to")


def _worst(case: Case) -> Iterator[Line]:
    worst, average = (number_at(case.values, f"pain.{name}") for name in ("worst", "average"))
    if worst is not None and average is not None and worst < average:
        yield _note("worst_pain", "Worst pain is below average pain; look again.", _LOCAL, "pain.worst")


def _imaging(case: Case) -> Iterator[Line]:
    days = [
        day
        for row in rows(case.values, "imaging")
        if (day := dates.stored(row.get("date"))) and day <= case.today
    ]
    if days and months_between(max(days), case.today) > case.thresholds.imaging_months:
        text = f"The latest imaging is older than {case.thresholds.imaging_months} months."
        yield _note("imaging_age", text, _LOCAL, "imaging")


def _worse_after(case: Case) -> Iterator[Line]:
    for position, row in enumerate(map(as_dict, as_list(case.get("injections")))):
        percent = relief(row)
        if percent is not None and percent < 0:
            text = f"Injection, row {position + 1}: pain was worse afterwards."
            yield _note(f"worse_after.{position}", text, _LOCAL, f"injections[{position}].pain_after")


def _effects(case: Case) -> Iterator[Line]:
    lacking = sum(given(row, "effect") is None for row in rows(case.values, "treatments"))
    if lacking:
        text = f"Treatments without a recorded effect: {lacking}."
        yield _note("effects", text, "Victoria and WA referral criteria", "treatments")
