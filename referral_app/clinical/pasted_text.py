"""Pasted text in lines: entities read, hidden characters made visible, lines joined, labels told apart."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from referral_app.clinical import drug_names

LONGEST = 1000
"""Characters of a line that are read; a longer one is shown and not taken over."""

_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff"
    "\ufffe\uffff\U000e0000-\U000e007f\r\n]"
)
_BULLET = re.compile(
    r"\s*(?:(?:[-*+•·▪◦‣–—●○■□☐☑☒✓✔✗►➤>]+|\[[ xX]?\]|\(?\d{1,3}[.)]|#\d{1,3}[.):]?|[a-zA-Z][.)])(?=\s|[•·▪●])\s*)+"
)

LABELS: Mapping[str, str] = {
    label: name
    for name, labels in {
        "name": "medication name|medication|drug name|drug|medicine|treatment|allergen|allergy|substance|"
                "generic name|name|description|procedure|exam|study",
        "dose": "dose|dosage|strength|amount",
        "frequency": "signature|sig|frequency|freq|directions|instructions|how often|how taken|schedule|take",
        "route": "route",
        "reaction": "reactions|reaction|reaction(s)|manifestations|manifestation|allergic reaction",
        "severity": "severity|criticality",
        "status": "status",
        "class": "class|drug class|category",
        "unit": "unit",
        "weeks": "weeks at target|weeks|duration|length of trial",
        "started": "start date|date started|started|start|begin date|begun",
        "stopped": "stop date|date stopped|stopped|stop|end date|ended|end",
        "reason": "reason stopped|reason for stopping|why stopped|reason for discontinuation|reason",
        "effect": "effect|outcome|benefit|efficacy|response",
        "type": "type|modality|kind",
        "site": "site|nerve|location",
        "side": "side|laterality",
        "date": "date of service|exam date|study date|date",
        "agent": "agent|injectate|solution",
        "steroid": "steroid",
        "units": "units",
        "before": "pain before|pre-procedure pain|pre|before",
        "after": "pain after|post-procedure pain|post|after",
        "relief": "relief|duration of relief|relief lasted",
        "cycle": "cycle|session",
        "region": "region|body part|area",
        "result": "result|results|finding|findings|impression",
        "note": "note|notes|comment|comments",
        "Dispense": "dispense|disp|quantity|qty|dispensed",
        "Refills": "refills|refill|refill(s)|rf",
        "Prescriber": "prescriber|prescribed by|provider|ordering provider|authorizing provider|authorized by|"
                      "ordered by",
        "Pharmacy": "pharmacy",
        "Rx": "rx|rx #|rx number|ndc|rxnorm",
        "Filled": "last filled|fill date|filled|date filled|last dispensed|last refill",
        "Last taken": "last taken|last dose|last dose taken",
        "Known as": "commonly known as|common brand name(s)|also known as|aka|brand name",
        "Indication": "indication|indications|diagnosis|reason for taking|for",
        "Days": "days supply|day supply|days' supply",
        "Noted": "noted|onset date|date noted|onset|identified|updated",
        "Source": "source|informant|reported by|entered by",
        "Formulation": "form|formulation|dosage form",
    }.items()
    for label in labels.split("|")
}  # fmt: skip
"""Every label that is read, in small letters, with the name of its cell; names with a capital go into no field."""

_ANY_LABEL = "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))
_LABEL = re.compile(rf"(?:(?<=^)|(?<=[\s;,|(.]))({_ANY_LABEL})\s?:\s*", re.IGNORECASE)
_GOES_ON = re.compile(
    rf"\s*(?:(?!(?:medication name|medication|drug name|drug|medicine|treatment|allergen|allergy|substance|"
    rf"generic name|name|procedure|exam|study)\s?:)(?:{_ANY_LABEL})\s?:|"
    r"(?:take|inject|apply|inhale|use|place|chew|dissolve|instill|spray)\s+(?:\d|one|two|half|1/2|½|by|as|into|under|in|the)\b)",
    re.IGNORECASE,
)  # fmt: skip
_MIDDLE = re.compile(
    r"(?:(?:by mouth|times? (?:a|per|daily)|daily|with (?:food|meals)|as needed|at bedtime)\b|\()"
)
_BEGINS = re.compile(
    r"\s*(?:medication name|medication|drug name|drug|medicine|treatment|allergen|allergy|substance|"
    r"generic name|name|procedure|exam|study)\s?:\s*\S",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A piece of a pasted list: as it is shown, the text that is read, what was said of it, and its labeled cells.

    The cell "" is what stands before the first label.
    """

    shown: str
    text: str
    notes: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def too_long(self) -> bool:
        """Whether the piece is longer than is read."""
        return len(self.shown) > LONGEST


def pieces(text: str) -> list[Piece]:
    """Return the lines of a text that hold anything, each cleaned; nothing of them is left out where it is shown."""
    return [_clean(line) for line in _ENDS.split(text) if line.strip()]


def count(text: str) -> int:
    """Return how many lines of a text hold anything."""
    return sum(1 for line in _ENDS.split(text) if line.strip())


def _clean(line: str) -> Piece:
    read = html.unescape(line) if "&" in line else line
    found = list(dict.fromkeys(_HIDDEN.findall(read)))
    shown = _HIDDEN.sub(_visible, read).replace("\t", "    ").strip()
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", read)).replace("\xa0", " ").rstrip()
    notes: tuple[str, ...] = ()
    if found:
        names = ", ".join(f"U+{ord(letter):04X}{_named(letter)}" for letter in found[:5])
        notes = (f"Hidden characters were left out: {names}.",)
    return Piece(shown, text, notes)


def _visible(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return f" ({name})" if name else ""


def without_bullet(text: str) -> str:
    """Return a line without its bullet, number or box."""
    match = _BULLET.match(text)
    return (text[match.end() :] if match and match.end() < len(text) else text).strip()


def joined(lines: list[Piece]) -> Iterator[Piece]:
    """Yield the lines with those that go on with the one before ("Sig: ...", "Take 1 tablet ...") joined to it."""
    held: Piece | None = None
    for line in lines:
        if (
            held is not None
            and (goes_on(line.text) or _wrapped(line.text, held.text))
            and not held.too_long
            and not line.too_long
        ):
            both = f"{held.shown}\n{line.shown}"
            text = f"{held.text}\n{_labeled(line.text.strip())}"
            held = replace(held, shown=both, text=text, notes=held.notes + line.notes)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _wrapped(line: str, held: str) -> bool:
    """Tell whether a line is the end of the one before, wrapped: set in deeper without a bullet, or mid-directions."""
    bare = line.strip()
    if _BULLET.match(line) or begins_entry(line):
        return False
    if _MIDDLE.match(bare):
        return True
    depth, before = _depth(line), _depth(held.split("\n", 1)[0])
    return depth >= before + 2 and bare[:1].islower() and drug_names.begins(bare) is None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _labeled(text: str) -> str:
    """Return what to do with a drug as directions, whatever label the line before ended with."""
    return text if _LABEL.match(text) else f"Sig: {text}"


def goes_on(text: str) -> bool:
    """Tell whether a line belongs to the one before: it begins with a label, or with what to do with a drug."""
    return _GOES_ON.match(without_bullet(text)) is not None


def begins_entry(text: str) -> bool:
    """Tell whether a line begins an entry by its label, such as "Medication: topiramate"."""
    return _BEGINS.match(text) is not None


def cells(text: str) -> dict[str, str]:
    """Return the labeled parts of a text by the name of their cell, "" for what stands before the first label."""
    found: dict[str, str] = {}
    matches = [match for match in _LABEL.finditer(text) if not _counted(text, match)]
    _put(found, "", text[: matches[0].start()] if matches else text)
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        _put(found, LABELS[match[1].lower()], text[match.end() : end])
    return found


def _counted(text: str, label: re.Match[str]) -> bool:
    """Tell whether a label is what a number before it counts: "8 weeks: no benefit"."""
    number = text[: label.start()].rstrip()[-1:].isdigit()
    return number and LABELS[label[1].lower()] in ("weeks", "cycle", "units")


def _put(found: dict[str, str], name: str, value: str) -> None:
    plain = value.strip().rstrip(";,|").strip()
    if plain:
        found[name] = f"{found[name]}; {plain}" if name in found else plain
