"""Headings of a chart or a print-out: which list follows, whether it was stopped, and words that mean "none"."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """The list that follows ("" where a heading names none), whether it was stopped, and an entry on the same line."""

    table: str = ""
    stopped: bool = False
    after: str = ""


_MEDICINES = r"(?:medications?|meds|medicines|prescriptions?|rx|drugs|supplements|vitamins)"
_EARLIER = (
    r"(?:discontinued|stopped|past|prior|previous|former|inactive|expired|held|old|historical|ended|completed|"
    r"no longer taking)"
)
_LISTS = (
    ("allergies",
     r"(?:drug |medication |known |food |environmental |active )*(?:allerg(?:y|ies)|adverse (?:drug )?reactions?|"
     r"intolerances?)(?:\s?(?:/|and|&)\s?(?:intolerances?|adverse reactions?|sensitivities))?"),
    ("medications",
     r"(?:current |home |outpatient |inpatient |active |prescription |prescribed |taking |all |patient.s |"
     r"non-?prescription |otc |over[- ]the[- ]counter |facility-administered |long[- ]term |prn |scheduled |your )*"
     + _MEDICINES),
    ("medications stopped", rf"{_EARLIER}(?:[ /]+\w+)? {_MEDICINES}"),
    ("treatments",
     r"(?:prior |past |previous |failed |migraine |headache |preventive |preventative |prophylactic |acute |"
     r"abortive )+(?:treatments?|therap(?:y|ies)|trials|medication trials|medications tried|medications|meds|"
     r"preventives?|preventatives?|abortives?)"),
    ("treatments",
     r"(?:treatments?|medications?|meds|therap(?:y|ies)|preventives?)(?: previously)? (?:tried|trialed|failed)"),
    ("injections",
     r"(?:prior |past |previous )*(?:injections?|nerve blocks?|procedures?|botox|botulinum toxin)"
     r"(?: history| log| record)?"),
    ("imaging",
     r"(?:prior |past |previous |recent )*(?:imaging|radiology|neuro-?imaging|diagnostic imaging)"
     r"(?: results?| studies| reports?| history)?"),
    ("other",
     r"(?:active |past |family |social |surgical |medical )*(?:problems?(?: list)?|diagnos[ei]s|history|"
     r"immunizations?|vital signs|vitals|assessment|plan|labs?|results|review of systems|ros|hpi|"
     r"past medical history|pmh|psh|family history|social history)"),
)  # fmt: skip
_MORE = (
    r"(?:\s(?:list|summary|history|prior to (?:visit|admission|encounter)|on file|as of .{1,40}|reviewed.{0,40}|"
    r"reconciled.{0,40}|profile|report|record|to date|documented.{0,40}|for .{1,40})){0,2}"
)
_TITLES = [
    (table, re.compile(rf"\W*{words}{_MORE}\s*(?:\([^()]{{0,60}}\)|\[[^\[\]]{{0,60}}\])?\W*", re.IGNORECASE))
    for table, words in _LISTS
]
_BEFORE = [
    (table, re.compile(rf"{words}{_MORE}\s*(?:\([^()]{{0,60}}\))?\s*:\s*(?=\S)", re.IGNORECASE))
    for table, words in _LISTS
]
_FURNITURE = re.compile(
    r"(?:page \d+|printed\b|print date|patient(?: name| id)?\s*:|dob\b|date of birth|mrn\b|pharmacy\b|phone\b|fax\b|"
    r"visit\b|encounter\b|(?:last |list )?reviewed\b|as of \d|end of (?:list|report)|continued\b|generated\b|"
    r"(?:this|the) (?:list|document|information)\b|confidential\b|number of|total\b|date range|from \d|store #|"
    r"showing \d|no current facility-administered|last updated|electronically signed|key:|legend).{0,200}",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"(?:(?:medications?|meds|drug|name|sig|directions|dispense|disp|refills?|start(?: date)?|end(?: date)?|dose|"
    r"strength|route|frequency|freq|qty|quantity|status|allergens?|allergy|substance|reactions?|severity|type|noted|provider|"
    r"prescriber|last filled|date|site|units|class|effect|weeks|procedure|exam|result)\W*){3,}",
    re.IGNORECASE,
)
_NONES = (
    ("allergies",
     r"(?:patient )?(?:has |reports |with )?no (?:known |active |reported |documented )*"
     r"(?:drug |medication |medicine |food |environmental |latex |or |and |/)*allerg(?:y|ies|ens)"
     r"(?: on file| reported| to (?:medications?|drugs|medicines))?|nkda|nka|nkfa|nkma|nkda/nkfa|"
     r"(?:patient )?denies(?: any| current| known)*(?: drug| medication)? allerg(?:y|ies)"),
    ("medications",
     r"no (?:current |home |active |prescribed |known )*(?:medications?|meds|medicines)(?: on file| reported)?|"
     r"(?:patient )?denies(?: any| current| known)* (?:medications?|meds|medicines)|"
     r"(?:patient )?(?:takes no|not (?:on|taking) any)(?: current)*(?: medications?| meds| medicines)?"),
    ("treatments", r"none tried|no treatments? tried"),
    ("",
     r"none(?: known| reported| on file| documented| at this time)?|nil|"
     r"(?:patient )?denies(?: any| current| known)*"),
)  # fmt: skip
_NONE = [(table, re.compile(rf"\W*(?:{words})\W*", re.IGNORECASE)) for table, words in _NONES]
_DENIES = re.compile(r"\W*(?:no|not|denies|negative for|without)\s", re.IGNORECASE)
_EXCEPT = re.compile(
    r"(?<!\w)(?:except|excepting|exception|excluding|but|besides|other than|apart from|aside from)(?!\w)",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"(?<!\w)(?:discontinued|d/c'?e?d|dc'?d|stopped|stop taking|no longer (?:taking|takes|on)|not taking|inactive|"
    r"on hold|held|completed|expired|patient not taking)(?!\w)",
    re.IGNORECASE,
)


def read(text: str) -> Heading | None:
    """Return what a line announces; None where it is no heading. An entry after the colon comes back with it."""
    plain = text.strip()
    if len(plain) <= 120:
        for table, title in _TITLES:
            if title.fullmatch(plain):
                return _heading(table, plain)
        if _FURNITURE.fullmatch(plain) or _COLUMNS.fullmatch(plain) or _is_title(plain):
            return Heading()
    for table, before in _BEFORE:
        if match := before.match(plain[:160]):
            return _heading(table, match[0], plain[match.end() :])
    return None


def _heading(table: str, words: str, after: str = "") -> Heading:
    stopped = table == "medications stopped" or _STOPPED.search(words) is not None
    return Heading(table.split()[0], stopped, after.strip())


def _is_title(text: str) -> bool:
    """Tell whether a line ends with a colon and holds a few words without a number."""
    return text.endswith(":") and len(text.split()) <= 6 and not any(letter.isdigit() for letter in text)


def none_of(text: str) -> str | None:
    """Return the table of which a line says that there is nothing: NKDA of allergies, "no current medications".

    "" is the table into which it is pasted, as "none" alone names no list; None where a line says no such thing.
    """
    if len(text) > 120:
        return None
    return next((table for table, words in _NONE if words.fullmatch(text)), None)


def says_none(text: str) -> bool:
    """Tell whether a line says that there is nothing of any list."""
    return none_of(text) is not None


def denies(text: str) -> bool:
    """Tell whether a line says what is not so: "Denies latex allergy"; not so "No known allergies except latex"."""
    return _DENIES.match(text) is not None and _EXCEPT.search(text) is None


def says_stopped(text: str) -> bool:
    """Tell whether a line says that a medication is not taken any more."""
    return _STOPPED.search(text) is not None
