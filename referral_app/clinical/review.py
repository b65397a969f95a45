"""The fourth stage of the live check: points for the surgeon to review; they never block and never rank a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from referral_app.clinical import dates, treatments
from referral_app.clinical.computed import ADULT, relief
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import as_dict, as_list, given, rows
from referral_app.clinical.lines import Line
from referral_app.clinical.requirements import diary_days, months_between
from referral_app.clinical.supports import Case

_CURE = re.compile(
    r"\b(cured?|cures|headache[- ]free for(ever| good)|never (have|get) (a )?headaches? again)\b", re.I
)
_LOCAL = "Headache Center"
_EARLIER = {
    "nerve_surgery": "nerve surgery",
    "radiofrequency": "radiofrequency treatment",
    "stimulator": "a stimulator",
}


def judge(case: Case) -> Iterator[Line]:
    """Yield the lines to review and the notes; of someone under 18 only the warning, as adult rules are off then.

    Source: rules D1 to D12 of reference/clinical.md section 11; contract section 2.
    """
    age = case.computed("age")
    if age is not None and age < ADULT:
        text = f"The patient is {age}. Under 18, a legal representative is required and adult rules are off."
        yield _review("under_18", text, "Headache Center", "patient.date_of_birth")
        return
    for rule in _RULES:
        yield from rule(case)


def _review(key: str, text: str, source: str, field: str) -> Line:
    return Line(f"review.{key}", "review", text, source, field)


def _note(key: str, text: str, source: str, field: str) -> Line:
    return Line(f"note.{key}", "note", text, source, field)


def _agreement(case: Case) -> Iterator[Line]:
    if case.get("referrer.patient_agreed") is False:
        text = "The patient has not agreed to this referral."
        yield _review("patient_agreed", text, _LOCAL, "referrer.patient_agreed")


def _overuse(case: Case) -> Iterator[Line]:
    if case.computed("medication_overuse"):
        text = "Possible medication overuse headache: look at the days with pain relievers. This is a screen only."
        yield _review("medication_overuse", text, "ICHD-3 8.2", "last_30_days.simple_analgesic_days")


def _opioids(case: Case) -> Iterator[Line]:
    days = number_at(case.values, "last_30_days.opioid_days")
    if days:
        text = f"Opioids on {days:g} of 30 days: studies saw less benefit from surgery."
        yield _review("opioid_days", text, "Adenuga 2014", "last_30_days.opioid_days")


def _sketch(case: Case) -> Iterator[Line]:
    if case.get("pain.sketch_class") == "atypical":
        text = "A clinician rated the head sketch atypical: one study saw less benefit."
        yield _review("sketch", text, "PRS-GO 2019", "pain.sketch_class")


def _neck(case: Case) -> Iterator[Line]:
    if case.get("diagnosis.working") == "cervicogenic":
        text = "The working diagnosis is cervicogenic headache: rule out the neck as the source."
        yield _review("cervicogenic", text, "Ducic", "diagnosis.working")
    if case.get("exam.neck_range") == "reduced":
        yield _review(
            "neck", "Neck movement is reduced: rule out the neck as the source.", "Ducic", "exam.neck_range"
        )


def _neurologic(case: Case) -> Iterator[Line]:
    if case.get("exam.neuro_exam") == "abnormal":
        text = "The neurologic examination is abnormal: look for another cause first."
        yield _review("neuro_exam", text, "SNNOOP10 (Do et al. 2019)", "exam.neuro_exam")
    if case.get("exam.fundi") == "abnormal":
        text = "The fundi are abnormal: look for swelling of the optic disc."
        yield _review("fundi", text, "SNNOOP10 (Do et al. 2019)", "exam.fundi")


def _block(case: Case) -> Iterator[Line]:
    best, limits = case.computed("block_relief"), case.thresholds
    if best is not None and best <= limits.block_weak:
        text = f"The best nerve block gave {best:g} % relief, {limits.block_weak:g} % or less; it excludes no one."
        yield _review("block_relief", text, "ASPN 2021; Knoedler 2023", "injections")
    blocks = [(n, row) for n, row in enumerate(_injections(case)) if row.get("kind") == "nerve_block"]
    if not blocks:
        yield _review("no_block", "No nerve block is recorded.", "PAINS screen (PMC6952133)", "injections")
    for position, row in blocks:
        if row.get("pain_before") == 0 and row.get("pain_before") is not False:
            text = f"Nerve block, row {position + 1}: no pain before, so that relief cannot be judged."
            yield _review(f"block_not_valid.{position}", text, _LOCAL, f"injections[{position}].pain_before")


def _injections(case: Case) -> list[dict[str, Any]]:
    return [as_dict(row) for row in as_list(case.get("injections"))]


def _preventives(case: Case) -> Iterator[Line]:
    if case.get("treatments") is None:
        return
    count, source = (
        treatments.preventive_classes(case.values, case.thresholds),
        "SA Health; D'Antona and Matharu 2019",
    )
    if count < case.thresholds.preventives_note:
        kinds = "1 kind" if count == 1 else f"{count or 'no'} kinds"
        text = f"Preventive medications of {kinds} are recorded as tried long enough without helping enough."
        yield _review("preventives", text, source, "treatments")
    short = sum(treatments.too_short(row, case.thresholds) for row in treatments.preventives(case.values))
    if short:
        limit = f"{case.thresholds.adequate_weeks:g} weeks"
        text = f"Preventive medications tried for less than {limit}, or for an unknown time: {short}."
        yield _note("short_trials", text, source, "treatments")


def _thinner(case: Case) -> Iterator[Line]:
    if case.get("safety.blood_thinner") == "yes":
        text = "The patient takes a blood thinner: the surgeon and the prescriber plan together."
        yield _review("blood_thinner", text, _LOCAL, "safety.blood_thinner")


def _health(case: Case) -> Iterator[Line]:
    if case.get("safety.pregnancy") in ("yes", "possible"):
        yield _review("pregnancy", "Pregnancy is recorded or possible.", _LOCAL, "safety.pregnancy")
    if case.get("safety.anesthesia_problem") == "yes":
        text = "A problem with anesthesia before is recorded."
        yield _review("anesthesia_problem", text, _LOCAL, "safety.anesthesia_problem")


def _earlier(case: Case) -> Iterator[Line]:
    done = as_list(case.get("diagnosis.prior_procedures"))
    found = [said for value, said in _EARLIER.items() if value in done]
    if found:
        text = f"Earlier procedures: {', '.join(found)}."
        yield _review("prior_procedures", text, _LOCAL, "diagnosis.prior_procedures")


def _coverage(case: Case) -> Iterator[Line]:
    listed = rows(case.values, "coverage")
    statuses = {given(row, "authorization.status") for row in listed if row.get("kind") != "self_pay"}
    if not listed:
        text = (
            "No coverage is recorded; many plans do not cover this surgery, so the cost needs a talk early."
        )
        yield _review("coverage", text, "Payer policies, clinical.md section 0", "coverage")
    elif "denied" in statuses:
        yield _review(
            "coverage", "Prior authorization was denied: talk about cost and appeal.", _LOCAL, "coverage"
        )
    elif statuses & {"unknown", None}:
        text = "It is not known whether the plan covers this or needs prior authorization."
        yield _review("coverage", text, "Payer policies, clinical.md section 0", "coverage")


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


def _hopes(case: Case) -> Iterator[Line]:
    for path in ("goals.expectations", "goals.patient_goal"):
        words = case.get(path)
        if isinstance(words, str) and _CURE.search(words):
            text = "The patient may hope for a cure: talk about what surgery can and cannot do."
            yield _review("expectations", text, _LOCAL, path)
            return


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
    for position, row in enumerate(_injections(case)):
        percent = relief(row)
        if percent is not None and percent < 0:
            text = f"Injection, row {position + 1}: pain was worse afterwards."
            yield _note(f"worse_after.{position}", text, _LOCAL, f"injections[{position}].pain_after")


_RULES = (
    _agreement, _overuse, _opioids, _sketch, _neck, _neurologic, _block, _preventives, _thinner, _health, _earlier,
    _coverage, _mood, _midas, _delay, _hopes, _diary, _worst, _imaging, _worse_after,
)  # fmt: skip
