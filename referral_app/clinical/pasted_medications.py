"""A pasted line as a current medication (name, dose, directions) or as an allergy (substance, reaction)."""

from __future__ import annotations

import re

from referral_app.clinical import drug_names, sig_words
from referral_app.clinical.scrap import GAP, Cells, Read, Scrap, join, rest, tidy

NUMBER = r"\d[\d,]{0,8}(?:\.\d{1,4})?"
DOSE_UNIT = r"(?:mg|mcg|µg|μg|ug|gm?|meq|units?|iu|u|ml|cc|%)"
DOSE = re.compile(
    rf"(?<![\w./-]){NUMBER}(?:\s?(?:-|–|/|to)\s?{NUMBER}){{0,3}}\s?{DOSE_UNIT}"
    rf"(?:\s?/\s?(?:\d{{1,4}}(?:\.\d+)?\s?)?(?:mg|mcg|g|ml|hr?|hours?|act(?:uation)?|spray|dose|tab|puff))?(?![\w%])",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"[\s,]*(?:(?:oral|extended[- ]release|delayed[- ]release|immediate[- ]release|er|xr|xl|sr|dr|la|odt|"
    r"disintegrating|24\s?hr|12\s?hr|film[- ]coated|chewable|nasal|topical|transdermal|prefilled|auto-?injector|"
    r"subcutaneous)[\s,]+){0,3}"
    r"(?:tablets?|tabs?|capsules?|caps?|solution|suspension|syrup|pen(?: injector)?|syringe|spray|patch|cream|"
    r"ointment|inhaler|drops|softgels?|er|xr|odt|auto-?injector|injection|powder)\b\.?",
    re.IGNORECASE,
)

_SUPPLY = (
    re.compile(r"(?:\b(?:dispense|disp|quantity|qty)\.?\s?)?(?<!\w)#\s?\d{1,4}(?![\w/])", re.IGNORECASE),
    re.compile(r"(?:,\s?)?\b(?:refills?|rf)\s?[:#x]?\s?\d{1,2}\b|\b\d{1,2} refills?\b", re.IGNORECASE),
)
"""How many are given out and how often again: no directions, and no field takes them."""


def medication(cells: Cells) -> Read:
    name, dose, directions = named_dose(join(cells.get("name", ""), cells.get("", "")))
    dose = join(cells.get("dose", ""), dose)
    written = [cells.get("frequency", ""), directions, cells.get("route", "")]
    scraps = [Scrap(part) for part in written]
    counted = [match[0] for scrap in scraps for pattern in _SUPPLY if (match := scrap.take(pattern))]
    parts = (" ".join(scrap.left.split(GAP)) for scrap in scraps)
    frequency = "; ".join(plain for part in parts if (plain := sig_words.plain(tidy(part))))
    return {"name": name, "dose": dose, "frequency": frequency}, rest(*counted)


def named_dose(head: str) -> tuple[str, str, str]:
    """Return name, dose and directions of an entry; a tab ends the name."""
    first, _, others = head.partition("\t")
    if others and not DOSE.search(first):
        dose, directions = _dose_first(others.replace("\t", " "))
        return tidy(first), dose, directions
    head = head.replace("\t", " ")
    match = DOSE.search(head)
    if match and tidy(head[: match.start()]):
        dose, directions = _dose_first(head[match.start() :])
        name, early = _split(head[: match.start()])
        return name, dose, join(early, directions)
    if match:
        dose, others = _dose_first(head)
        name, directions = _split(others)
        return name or tidy(head), dose if name else "", directions
    name, directions = _split(head)
    return name or tidy(head), "", directions if name else ""


def _dose_first(text: str) -> tuple[str, str]:
    match = DOSE.search(text)
    if not match:
        return "", text
    form = _FORM.match(text, match.end())
    end = form.end() if form else match.end()
    return tidy(text[match.start() : end]), join(text[: match.start()], text[end:])


def _split(text: str) -> tuple[str, str]:
    """Return what stands before the directions of a text, and the directions."""
    match = sig_words.FIRST.search(text)
    return (tidy(text[: match.start()]), text[match.start() :]) if match else (tidy(text), "")


# Allergies: the substance, and everything else as the reaction.

REACTION = re.compile(
    r"(?<!\w)(?:rash(?:es)?|hives|urticaria|anaphyla\w*|swelling|swell\w*|edema|angioedema|itch\w*|prurit\w*|nausea|"
    r"vomit\w*|diarrhea|gi (?:upset|distress|intolerance)|stomach \w+|upset stomach|dizz\w*|syncope|faint\w*|"
    r"shortness of breath|sob|dyspnea|wheez\w*|bronchospasm|blister\w*|stevens|sjs|flush\w*|palpitations|tachycardia|"
    r"hypotension|headaches?|confusion|hallucinat\w*|unknown(?: reaction)?|reaction unknown|not (?:specified|noted)|"
    r"intoleran\w*|mild|moderate|severe|contact dermatitis|dermatitis|burning|redness|throat|tongue|lips?|cough|fever)"
    r"(?!\w)",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"\t|\s*(?:->|→|=>|=)\s*|\s[-–—]+\s*|\s*:\s*|\s+(?:causes?|caused|gives?)\s+", re.IGNORECASE
)
_ALLERGIC = re.compile(
    r"^(?:allerg(?:ic|y) to|allerg(?:y|ies)\s*:|intoleran(?:t|ce) (?:of|to))\s*", re.IGNORECASE
)
_PAREN = re.compile(r"\s*[(\[]([^()\[\]]{1,300})[)\]]")

_ANSWERS = frozenset({"yes", "y", "no", "n", "true", "false", "positive", "negative", "denies", "denied"})


def allergy(cells: Cells) -> Read:
    substance = cells.get("name", "")
    head = _ALLERGIC.sub("", cells.get("", "").strip())
    if head and substance.strip().casefold().rstrip(".") in _ANSWERS:  # "Latex allergy: yes"
        substance, head = head, substance
    found, reaction = ("", head) if substance else _substance(head)
    said = (cells.get("reaction", ""), reaction, cells.get("severity", ""))
    words = "; ".join(plain for part in said if (plain := tidy(part)))
    return {"substance": tidy(substance or found) or head.strip(), "reaction": words}, ""


def _substance(head: str) -> tuple[str, str]:
    cause = _CAUSES.search(head)
    if cause and tidy(head[: cause.start()]):
        return _moved(head[: cause.start()], head[cause.end() :])
    comma = head.find(",")
    if comma > 0 and REACTION.match(head[comma + 1 :].strip()):
        return _moved(head[:comma], head[comma + 1 :])
    moved, reaction = _moved(head, "")
    if reaction:
        return moved, reaction
    word = REACTION.search(head)
    if word and tidy(head[: word.start()]) and "(" not in head:
        return head[: word.start()], head[word.start() :]
    return head, ""


def _moved(substance: str, reaction: str) -> tuple[str, str]:
    """Return substance and reaction with a reaction in parentheses moved where it belongs."""
    inside = _PAREN.search(substance)
    if not inside or not (REACTION.search(inside[1]) or (not reaction and not drug_names.named(inside[1]))):
        return substance, reaction
    name = f"{substance[: inside.start()]} {substance[inside.end() :]}"
    return (name, join(inside[1], reaction)) if tidy(name) else (substance, reaction)
