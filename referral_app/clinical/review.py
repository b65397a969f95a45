"""The fourth stage of the live check: points for the surgeon to review; they never block and never rank a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from referral_app.clinical import treatments
from referral_app.clinical.computed import OVERUSE_DAYS, say_percent
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import as_dict, as_list, given, rows
from referral_app.clinical.lines import VIEWS, Line
from referral_app.clinical.supports import Case

_CURE = re.compile(
    r"\b(cured?|cures|headache[- ]free for(ever| good)|never (have|get) (a )?headaches? again)\b", re.I
)
_LOCAL = "Headache Center"
_SIMPLE = "last_30_days.simple_analgesic_days"
_OVERUSE = (
    "15 headache days or more of 30, with a simple pain reliever on 15 days or more, or a triptan, ergot, opioid or "
    "combination on 10 or more, for more than 3 months. Both this and chronic migraine may be diagnosed."
)
_OPIOIDS = (
    f"People who took opioids improved by 67 percent on average, others by 87. It excludes no one. {VIEWS}"
)
_ATYPICAL = (
    f"The headache index fell by 30 percent on average, with a typical one by 73. It excludes no one. {VIEWS}"
)
_EARLIER = {
    "nerve_surgery": "nerve surgery",
    "radiofrequency": "radiofrequency treatment",
    "stimulator": "a stimulator",
}


def judge(case: Case) -> Iterator[Line]:
    """Yield the lines to review; of someone under 18 the warning instead of the rules for adults.

    Source: rules D1 to D12 of reference/clinical.md section 11; contract section 2.
    """
    if case.minor:
        age = case.computed("age")
        text = f"The patient is {age}. Under 18, a legal representative is required; adult rules are off."
        yield _review("under_18", text, _LOCAL, "patient.date_of_birth")
    for rule in _ALWAYS if case.minor else (*_ALWAYS, *_OF_ADULTS):
        yield from rule(case)


def _review(key: str, text: str, source: str, field: str, reason: str = "") -> Line:
    return Line(f"review.{key}", "review", text, source, field, reason)


def _agreement(case: Case) -> Iterator[Line]:
    if case.get("referrer.patient_agreed") is False:
        text = "The patient has not agreed to this referral."
        yield _review("patient_agreed", text, _LOCAL, "referrer.patient_agreed")


def _overuse(case: Case) -> Iterator[Line]:
    if case.computed("medication_overuse"):
        text = "Possible medication overuse headache: look at the days with pain relievers. This is a screen only."
        yield _review("medication_overuse", text, "ICHD-3 8.2", _overused(case), _OVERUSE)


def _overused(case: Case) -> str:
    """Return the path of the days that raise the screen."""
    paths = ((f"last_30_days.{name}", limit) for name, limit in OVERUSE_DAYS.items())
    return next((path for path, limit in paths if (number_at(case.values, path) or 0) >= limit), _SIMPLE)


def _opioids(case: Case) -> Iterator[Line]:
    days = number_at(case.values, "last_30_days.opioid_days")
    if days:
        text = f"Opioids on {days:g} of 30 days: studies saw less benefit from surgery."
        yield _review("opioid_days", text, "Adenuga 2014", "last_30_days.opioid_days", _OPIOIDS)


def _sketch(case: Case) -> Iterator[Line]:
    if case.get("pain.sketch_class") == "atypical":
        text = "A clinician rated the head sketch atypical: one study saw less benefit."
        yield _review("sketch", text, "PRS-GO 2019", "pain.sketch_class", _ATYPICAL)


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
        text = f"The best nerve block gave {say_percent(best)} relief, "
        text += f"{limits.block_weak:g} % or less; it excludes no one."
        reason = case.why("block_weak", "block_supports")
        yield _review("block_relief", text, "ASPN 2021; Knoedler 2023", "injections", reason)
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
    count = treatments.preventive_classes(case.values, case.thresholds)
    if count < case.thresholds.preventives_note:
        said = treatments.preventive_outcomes(case.values, case.thresholds)
        text = f"{said or 'No preventive class counts: none tried long enough without helping enough'}."
        reason = case.why("preventives_note", "preventives_support", "adequate_weeks")
        yield _review("preventives", text, "SA Health; D'Antona and Matharu 2019", "treatments", reason)


def _urgency(case: Case) -> Iterator[Line]:
    if case.get("request.urgency") == "emergency":
        text = "Marked as an emergency: a referral takes days; call, or send the patient to the emergency department."
        yield _review("urgency", text, _LOCAL, "request.urgency")


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
    statuses = [given(row, "authorization.status") for row in listed if row.get("kind") != "self_pay"]
    if not listed:
        text = (
            "No coverage is recorded; many plans do not cover this surgery, so the cost needs a talk early."
        )
        yield _review("coverage", text, "Payer policies, clinical.md section 0", "coverage")
    elif "denied" in statuses:
        yield _review(
            "coverage", "The plan denied prior authorization: talk about cost and appeal.", _LOCAL, "coverage"
        )
    elif "unknown" in statuses or None in statuses:
        text = "It is not known whether the plan covers this or needs prior authorization."
        yield _review("coverage", text, "Payer policies, clinical.md section 0", "coverage")


def _hopes(case: Case) -> Iterator[Line]:
    for path in ("goals.expectations", "goals.patient_goal"):
        words = case.get(path)
        if isinstance(words, str) and _CURE.search(words):
            text = "The patient may hope for a cure: talk about what surgery can and cannot do."
            yield _review("expectations", text, _LOCAL, path)
            return


_ALWAYS = (_urgency, _agreement)
_OF_ADULTS = (
    _overuse, _opioids, _sketch, _neck, _neurologic, _block, _preventives, _thinner, _health,
    _earlier, _coverage, _hopes,
)  # fmt: skip
