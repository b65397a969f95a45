"""Notes of the live check: what is worth another look, and what helps the surgeon to read the referral."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from referral_app.clinical import dates, treatments
from referral_app.clinical.computed import relief
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import Values, as_dict, as_list, given, rows
from referral_app.clinical.lines import VIEWS, Line
from referral_app.clinical.requirement_lines import diary_days, months_between
from referral_app.clinical.supports import Case

_LOCAL = "Headache Center"


def judge(case: Case) -> Iterator[Line]:
    """Yield the notes on a referral of an adult.

    Source: rules D10 and D11 and the lint of the letter, reference/clinical.md section 11.
    """
    if case.minor:
        return
    for rule in _RULES:
        yield from rule(case)


def _note(key: str, text: str, source: str, field: str, reason: str = "") -> Line:
    return Line(f"note.{key}", "note", text, source, field, reason)


def _harm(case: Case) -> Iterator[Line]:
    """Ask for the last question of the PHQ-9: eight others make at most 24, so that above it was answered for sure."""
    score = number_at(case.values, "scores.phq9")
    if not score:
        return
    sure = score > _PHQ9_WITHOUT_LAST
    text = (
        f"PHQ-9 is {score:g}: its last question, on self-harm, was not answered with 0. Ask about safety today."
        if sure
        else f"PHQ-9 is {score:g}: look at its last question, on self-harm. Above 0, ask about safety today."
    )
    yield _note("phq9", text, "PHQ-9", "scores.phq9", _SAFETY)


def _trials(case: Case) -> Iterator[Line]:
    short = sum(treatments.too_short(row, case.thresholds) for row in treatments.preventives(case.values))
    if short:
        limit = f"{case.thresholds.adequate_weeks:g} weeks"
        text = f"Preventive medications tried for less than {limit}, or for an unknown time: {short}."
        yield _note(
            "short_trials", text, "D'Antona and Matharu 2019", "treatments", case.why("adequate_weeks")
        )


def _mood(case: Case) -> Iterator[Line]:
    score = number_at(case.values, "scores.phq2")
    if score is not None and score >= case.thresholds.phq2_positive:
        text = f"PHQ-2 is {score:g}: offer support. It is no barrier; results of surgery were comparable."
        yield _note("phq2", text, "Amador 2021", "scores.phq2", case.why("phq2_positive"))


def _midas(case: Case) -> Iterator[Line]:
    total = number_at(case.values, "scores.midas_total")
    if total is not None and total > case.thresholds.midas_warn:
        text = f"A MIDAS total above {case.thresholds.midas_warn} is possible only in months of 31 days; look again."
        yield _note("midas_total", text, _FORM, "scores.midas_total", case.why("midas_warn"))


def _delay(case: Case) -> Iterator[Line]:
    years = case.computed("years_since_onset")
    if years is not None and years >= case.thresholds.years_since_onset:
        text = f"{years} years since onset: a longer wait went with somewhat less benefit in one study."
        reason = f"{case.why('years_since_onset')} {_DELAY}"
        yield _note("years_since_onset", text, "Weill Cornell 2024", "diagnosis.onset", reason)


def _diary(case: Case) -> Iterator[Line]:
    source, days = case.get("last_30_days.source"), diary_days(case.values)
    reason = case.why("diary_days")
    if source == "recall":
        text = "The day counts are from recall, not from a diary."
        yield _note("recall", text, "Neurotorium", "last_30_days.source", reason)
    elif source == "diary" and days is None:
        text = "It is not recorded which days the diary covers."
        yield _note("diary_dates", text, "Neurotorium", "last_30_days.diary_from", reason)
    elif source == "diary" and days is not None and days < case.thresholds.diary_days:
        text = f"The diary covers {_counted(days, 'day')}; {case.thresholds.diary_days} or more are better."
        yield _note("diary_days", text, "Neurotorium", "last_30_days.diary_to", reason)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


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
    if days and _is_old(max(days), case):
        text = f"The latest imaging is older than {_counted(case.thresholds.imaging_months, 'month')}."
        yield _note("imaging_age", text, _LOCAL, "imaging", case.why("imaging_months"))


def _is_old(day: date, case: Case) -> bool:
    return months_between(day, case.today) > case.thresholds.imaging_months


def _documents(case: Case) -> Iterator[Line]:
    """Documents without a date, and notes that are old; a consent or an insurance card has no age of this kind."""
    for position, row in enumerate(map(as_dict, as_list(case.get("attachments")))):
        name = _DOCUMENTS.get(str(row.get("kind")))
        day, path = dates.stored(row.get("date")), f"attachments[{position}].date"
        if name and given(row, "date") is None:
            yield _note(
                f"no_date.{position}",
                f"Attachment, row {position + 1}: the {name} has no date.",
                _LOCAL,
                path,
            )
        elif name and day and _is_old(day, case):
            text = f"Attachment, row {position + 1}: the {name} is older than "
            text += f"{_counted(case.thresholds.imaging_months, 'month')}."
            yield _note(f"old_note.{position}", text, _LOCAL, path, case.why("imaging_months"))


def _worse_after(case: Case) -> Iterator[Line]:
    for position, row in enumerate(map(as_dict, as_list(case.get("injections")))):
        percent = relief(row)
        if percent is not None and percent < 0:
            text = f"Injection, row {position + 1}: pain was worse afterwards."
            yield _note(f"worse_after.{position}", text, _LOCAL, f"injections[{position}].pain_after")


def _blocks(case: Case) -> Iterator[Line]:
    """Nerve blocks whose relief nobody can judge: a pain that was not recorded."""
    for position, row in enumerate(map(as_dict, as_list(case.get("injections")))):
        lacking = [name for name in ("pain_before", "pain_after") if given(row, name) is None]
        if row.get("kind") == "nerve_block" and lacking:
            text = (
                f"Nerve block, row {position + 1}: the relief is not known without the pain before and after."
            )
            yield _note(
                f"block_relief_unknown.{position}", text, "ASPN 2021", f"injections[{position}].{lacking[0]}"
            )


def _told(case: Case) -> Iterator[Line]:
    """Treatments without dose, time or effect; what was ruled out has none, and a therapy has no dose."""
    tried = [
        (position, row)
        for position, row in enumerate(map(as_dict, as_list(case.get("treatments"))))
        if row.get("stop_reason") != "contraindicated"
    ]
    for key, name, words, lacks in _TOLD:
        lacking = [position for position, row in tried if lacks(row)]
        if lacking:
            text = f"Treatments without {words}: {len(lacking)}."
            path = f"treatments[{lacking[0]}].{name}"
            yield _note(key, text, "Victoria and WA referral criteria", path, _LETTER)


def _without_effect(row: Values) -> bool:
    return given(row, "effect") is None


def _without_dose(row: Values) -> bool:
    return row.get("class") not in _NO_DOSE and given(row, "dose") is None


def _without_time(row: Values) -> bool:
    return given(row, "weeks_at_target") is None and given(row, "started") is None


def _expectation(case: Case) -> Iterator[Line]:
    if case.get("goals.expectations") is None:
        text = "What the patient expects is not recorded."
        yield _note("no_expectation", text, "Francois 2011", "goals.expectations", _LETTER)


def _operation(case: Case) -> Iterator[Line]:
    found = [words for name, words in _BEFORE_SURGERY.items() if case.get(f"safety.{name}") == "yes"]
    first = next((name for name in _BEFORE_SURGERY if case.get(f"safety.{name}") == "yes"), "")
    if found:
        text = f"Before an operation the anesthesia team needs to know: {', '.join(found)}."
        yield _note("before_surgery", text, _LOCAL, f"safety.{first}")


_PHQ9_WITHOUT_LAST = 24
_SAFETY = "In the United States 988 is reached by phone and text at any hour. It is no barrier to a referral."
_DELAY = (
    "The best cut was 2.9 years, with 79 against 67 percent average improvement: a weak link that excludes no one. "
    f"{VIEWS}"
)
_LETTER = "Medications tried with dose, time and effect, and what is hoped for, are what letters lack most."
_FORM = "clinical.md section 3"
_TOLD: tuple[tuple[str, str, str, Callable[[Values], bool]], ...] = (
    ("effects", "effect", "a recorded effect", _without_effect),
    ("doses", "dose", "a dose", _without_dose),
    ("times", "weeks_at_target", "a time", _without_time),
)
_NO_DOSE = ("physical_therapy", "behavioral", "device")
_DOCUMENTS = {
    "neurology_note": "neurology note", "imaging_report": "imaging report", "medication_list": "list of medications",
    "block_record": "record of the nerve blocks", "diary": "diary",
}  # fmt: skip
_BEFORE_SURGERY = {
    "sleep_apnea": "sleep apnea", "diabetes": "diabetes", "glp1": "a GLP-1 drug", "keloid": "keloid scars",
}  # fmt: skip
_RULES = (
    _harm, _mood, _midas, _delay, _diary, _worst, _trials, _told, _blocks, _imaging, _documents, _worse_after,
    _expectation, _operation,
)  # fmt: skip
