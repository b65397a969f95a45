"""A pasted line as a treatment tried: name, class, dose, weeks, from and to, why it ended, and its effect."""

from __future__ import annotations

import re
from typing import Any

from referral_app.choices import TreatmentClass
from referral_app.clinical import drug_names, pasted_dates, sig_words
from referral_app.clinical.pasted_medications import DOSE_UNIT, NUMBER, named_dose
from referral_app.clinical.scrap import GAP, Cells, Read, Scrap, join, rest, tidy

_WEEKS = re.compile(
    r"(?<!every )(?<!each )(?<!q )(?<!in )(?:\b(?:x|for|tried|over|about)\s*|~\s*)?(?<![\w.])(\d{1,3}(?:\.\d)?)\s?-?"
    r"(weeks?|wks?|months?|mos?)\b(?!\s+ago)",
    re.I,
)
MONTH_WORD = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?,?\s"
MONTH = rf"(?:{MONTH_WORD}\s?\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}[/-]\d{{4}}|\d{{4}}-\d{{2}}(?:-\d{{2}})?)"
_SPAN = re.compile(
    rf"\(?\b({MONTH})\s?(?:-|–|—|to|until|through)\s?({MONTH}|present|now|current|ongoing)\b\)?", re.I
)
_STARTED = re.compile(rf"\b(?:started|start|since|begun|began|from)\s*:?\s*(?:in\s)?({MONTH})", re.I)
_STOPPED = re.compile(rf"\b(?:stopped|stop|ended|d/?c'?d|discontinued|until)\s*:?\s*(?:in\s)?({MONTH})", re.I)
_REASONS = (
    ("contraindicated", re.compile(r"\bcontra-?indicated\b", re.I)),
    ("side_effect", re.compile(
        r"\b(?:side[- ]effects?|s/e|adverse (?:effects?|reactions?)|not tolerated|could(?: not|n't) tolerate|"
        r"did(?: not|n't) tolerate|intoleran(?:t|ce)|unable to tolerate)\b", re.I)),
    ("no_benefit", re.compile(
        r"\b(?:failed|failure|no (?:benefit|relief|improvement|response|help|effect)|ineffective|not (?:effective|"
        r"helpful)|did(?: not|n't) (?:help|work)(?: enough)?|lack of (?:efficacy|benefit|effect)|insufficient "
        r"(?:benefit|effect))\b", re.I)),
    ("cost", re.compile(r"\b(?:cost|too expensive|not covered|insurance denied|denied by insurance)\b", re.I)),
    ("ongoing", re.compile(
        r"\b(?:ongoing|still (?:taking|using|on)|currently (?:taking|using)|current|continues)\b", re.I)),
)  # fmt: skip
_PERCENT = re.compile(
    r"(<|>|less than|under|below|more than|over|at least|about|~)?\s?(?<![\w.])(\d{1,3})\s?%\s*"
    r"(?:relief|better|improve\w*|reduction|benefit|response|fewer|decrease|less|$)",
    re.I,
)
_DENIED = re.compile(r"\b(?:no|not|without|denie[sd]|never|minimal|few)\s+(?:\w+\s+)?$", re.I)
_NOTHING = frozenset({"none", "no", "nothing"})
_NONE_AT_ALL = re.compile(r"^no (?:benefit|relief|improvement|response|help|effect)$", re.I)


def treatment(cells: Cells) -> Read:
    name, dose, others = named_dose(join(cells.get("name", ""), cells.get("", "")))
    if dose.endswith("%"):
        dose, others = "", join(dose, others)
    name, more = _only_name(name)
    scrap = Scrap(GAP.join((more, others, cells.get("frequency", ""))))
    values: dict[str, Any] = {"name": name}
    visits = None if dose else scrap.take(_VISITS)
    stated, unit = _with_unit(cells)
    left = [
        _class(name, cells, values),
        _dose(stated or (visits[1] if visits else dose), scrap, values),
        unit,
    ]
    scrap.left = GAP.join((scrap.left, cells.get("weeks", ""), cells.get("reason", "")))
    left.append(_when(cells, scrap, values))
    _ended(cells, scrap, values)
    if match := scrap.take(_WEEKS):
        values["weeks_at_target"] = _weeks(match)
    return values, rest(*left, scrap.rest())


def _only_name(name: str) -> tuple[str, str]:
    """Return the name of a treatment without what else a line says of it."""
    cuts = [
        found.start()
        for pattern in (_SPAN, _WEEKS, _STARTED, _STOPPED, _PERCENT, pasted_dates.YEARS)
        if (found := pattern.search(name))
    ]
    cuts += [found.start() for _, pattern in _REASONS if (found := pattern.search(name))]
    cuts += [at for mark in (" - ", " – ", " x ", ":", ",", "(") if (at := name.find(mark)) > 0]
    end = min((cut for cut in cuts if cut > 0), default=len(name))
    return (tidy(name[:end]), name[end:]) if tidy(name[:end]) else (name, "")


def _class(name: str, cells: Cells, values: dict[str, Any]) -> str:
    """Put the class into a row, that of the drug before the one that a table states; return one that was not taken."""
    drug = drug_names.begins(name) or drug_names.named(name)
    words = cells.get("class", "")
    stated = _CLASSES.get(drug_names.normal(words).replace("_", " "), "")
    values["class"] = drug.treatment_class if drug else stated
    return f"class: {words}" if words and (not stated or stated != values["class"]) else ""


_CLASSES = {
    drug_names.normal(words).replace("_", " "): str(one.value)
    for one in TreatmentClass
    for words in (one.label, str(one.value))
}


def _with_unit(cells: Cells) -> tuple[str, str]:
    """Return the dose of a table with its unit from the column beside it, and a unit that belongs to no dose."""
    dose, unit = cells.get("dose", ""), cells.get("unit", "")
    if re.fullmatch(NUMBER, dose.strip()):
        return join(dose, unit), ""
    return dose, f"unit: {unit}" if unit and not dose.casefold().endswith(unit.casefold()) else ""


def _dose(dose: str, scrap: Scrap, values: dict[str, Any]) -> str:
    """Put dose and unit into a row, with how often where that follows; return what is no single number."""
    match = re.fullmatch(rf"({NUMBER})\s?({DOSE_UNIT}|visits|sessions)\b\s*(.*)", dose, re.I | re.S)
    if not match:
        return dose
    number = float(match[1].replace(",", ""))
    values["dose"] = int(number) if number.is_integer() else number
    often = scrap.take(_OFTEN)
    values["unit"] = join(match[2].lower(), _PER.sub("a ", sig_words.plain(often[0])) if often else "")
    return match[3]


_VISITS = re.compile(r"(?:\bx\s?)?(?<![\w.])(\d{1,3} (?:visits|sessions))\b", re.I)
_PER = re.compile(r"^(?:/|per)\s?")
_OFTEN = re.compile(
    r"(?<![\w.])(?:qd|q\.d\.|bid|b\.i\.d\.|tid|qid|qhs|hs|qam|qpm|daily|nightly|weekly|monthly|q\s?month|prn|"
    r"(?:once|twice|\d times|three times) (?:a|per) (?:day|week|month)|(?:a|per|/)\s?(?:day|week|month)|every \d+ \w+|"
    r"at (?:bedtime|night)|as needed|q\s?\d{1,2}\s?(?:h|hr|wks?|weeks?|months?))(?!\w)",
    re.IGNORECASE,
)


def _when(cells: Cells, scrap: Scrap, values: dict[str, Any]) -> str:
    """Put the months of a trial into a row; return what is no month, such as a year alone."""
    left: list[str] = []
    if span := scrap.take(_SPAN):
        is_ongoing = span[2].lower() in _NOW
        values["started"], values["stopped"] = pasted_dates.month(span[1]), pasted_dates.month(span[2])
        if is_ongoing:
            values["stop_reason"] = "ongoing"
        if not values["started"] or not (values["stopped"] or is_ongoing):
            left.append(span[0])
    for name, pattern in (("started", _STARTED), ("stopped", _STOPPED)):
        left += _month(name, cells.get(name, ""), f"{name}: {cells.get(name)}", values)
        if match := scrap.take(pattern):
            left += _month(name, match[1], match[0], values)
    return rest(*left)


def _month(name: str, words: str, said: str, values: dict[str, Any]) -> list[str]:
    """Put a month into a row; return how it was said where it is none, or another one than the row's."""
    month = pasted_dates.month(words)
    if month and not values.get(name):
        values[name] = month
    return [said] if words and (not month or month != values[name]) else []


_NOW = frozenset({"present", "now", "current", "ongoing"})


def _ended(cells: Cells, scrap: Scrap, values: dict[str, Any]) -> None:
    if drug_names.normal(cells.get("effect", "")) in _NOTHING:
        values["effect"] = "none"
    else:
        scrap.left = GAP.join((scrap.left, cells.get("effect", "")))
    for reason, pattern in _REASONS:
        match = pattern.search(scrap.left)
        if match and "stop_reason" not in values and not _DENIED.search(scrap.left[: match.start()][-40:]):
            values["stop_reason"] = reason
            if reason not in ("side_effect", "cost"):  # those have words of their own beside them
                scrap.take(pattern)
            if _NONE_AT_ALL.match(match[0]):
                values["effect"] = "none"
    if "effect" not in values and (percent := _PERCENT.search(scrap.left)):
        effect = _effect((percent[1] or "").lower(), int(percent[2]))
        if effect and scrap.take(_PERCENT):
            values["effect"] = effect


def _effect(bound: str, percent: int) -> str:
    """Return the effect of so many percent; "" where a bound such as "over 30 %" leaves it open."""
    if bound in ("<", "less than", "under", "below"):
        return "under_50" if percent <= 50 else ""
    if bound in (">", "more than", "over", "at least"):
        return "over_50" if 50 <= percent <= 100 else ""
    if percent > 100:
        return ""
    return "over_50" if percent >= 50 else "under_50" if percent else "none"


def _weeks(match: re.Match[str]) -> float:
    number = float(match[1])
    weeks = number if match[2].lower().startswith("w") else number * 52 / 12
    return round(weeks)
