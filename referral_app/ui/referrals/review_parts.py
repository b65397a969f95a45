"""What a clinician looks at before signing, in words: the parts that decide, the gaps, and what changed since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from referral_app.clinical import differences
from referral_app.clinical.fields import Field, answered
from referral_app.clinical.intake import INTAKE
from referral_app.ui import moments
from referral_app.ui.referrals import difference_lines
from referral_app.ui.referrals.answers_card import in_words, read_back
from referral_app.ui.referrals.draft import Draft

NOTHING = "Not answered"


@dataclass(frozen=True)
class Part:
    """One part: its key and title, the field where it is changed, and its lines as label and words."""

    key: str
    title: str
    path: str
    lines: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """All that it says; what was looked at counts only as long as this stays the same."""
        return "\n".join(f"{label}: {words}" for label, words in self.lines)


def parts(draft: Draft) -> list[Part]:
    """Return the parts of a review in the order in which a clinician reads them."""
    safety = ("allergies", "medications", "blood_thinner", "blood_thinner_name", "blood_thinner_prescriber")
    return [
        Part("question", "Question", "request.question", _said(draft, "request", ("question", "purpose", "urgency"))),
        Part("exam", "Examination", "exam", _in_one(_said(draft, "exam"))),
        Part("flags", "Red flags", "red_flags", _flags(draft)),
        Part("safety", "Allergies and medications", "safety.allergies", _said(draft, "safety", safety)),
        Part("sketch", "Class of the head sketch", "pain.sketch_class", _said(draft, "pain", ("sketch_class",))),
        Part("gaps", "Missing or not available", "", _gaps(draft)),
        Part("changes", "Changed since you last saw it", "", _changes(draft)),
    ]  # fmt: skip


def unseen(draft: Draft) -> list[str]:
    """Return the titles of the parts that were not marked as looked at, as they are now."""
    looked = draft.sheet.standing.looked
    return [part.title for part in parts(draft) if looked.get(part.key) != part.words]


def _group(name: str) -> Field:
    return next(group for group in INTAKE if group.name == name)


def _said(draft: Draft, name: str, fields: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Return the answers of a group in words; optional fields that nobody answered are left out."""
    found: list[tuple[str, str]] = []
    for label, field, place in read_back(_group(name), draft):
        words = in_words(field, place.value, draft)
        named = not fields or field.name in fields
        if named and (words or field.required or field.name == "sketch_class"):
            found.append((label, words or NOTHING))
    return tuple(found) or (("", NOTHING),)


def _in_one(lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return short answers as one paragraph: fifteen findings in lines of their own push everything else away."""
    return (("", " · ".join(f"{label}: {words}" if label else words for label, words in lines)),)


def _flags(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the flags that are present, each with its signs and who cleared it, those not asked, and who asked."""
    present = [
        (label, words)
        for label, field, place in read_back(_group("red_flags"), draft)
        if (words := in_words(field, place.value, draft)) and not _denied(place.value)
    ]
    uncleared = [("Not cleared", line.text) for line in draft.check.emergency if line.status == "emergency"]
    known: dict[str, str] = draft.check.computed.get("red_flags") or {}
    answers = list(known.values())
    open_flags = sum(one not in ("yes", "no") for one in answers)
    asked = [("Not asked", f"{open_flags} of {len(answers)}")] if open_flags else []
    if not any(one == "yes" for one in answers):
        asked.insert(0, ("Present", "None"))
    return (*uncleared, *asked, *present)


def _denied(value: object) -> bool:
    return not answered(value) or value in ("no", "not_asked", "na")


def _gaps(draft: Draft) -> tuple[tuple[str, str], ...]:
    lines = [line for line in draft.check.missing if not line.field.startswith("signature")]
    return tuple(("", line.text) for line in lines) or (("", "Nothing is missing."),)


def _changes(draft: Draft) -> tuple[tuple[str, str], ...]:
    standing = draft.sheet.standing
    seen = standing.seen
    if seen is None:
        return (
            ("", "You have not signed, returned or saved this referral before: all of it is new to you."),
        )
    when = f"You last saw version {seen.number}, {moments.say(seen.at)}: {seen.what}."
    return (("", when), *(_lines(draft) or [("", "Nothing changed since.")]))


def _lines(draft: Draft) -> list[tuple[str, str]]:
    standing = draft.sheet.standing
    before = standing.seen.intake if standing.seen else {}
    found = differences.between(before, draft.intake, before)
    found = [one for one in found if one.group.name != "signature"]
    lines = [difference_lines.line(one, standing.names) for one in found]
    return [
        (f"{one.group}: {one.label}" if one.label != one.group else one.label, _change(one.theirs, one.mine))
        for one in lines
    ]


def _change(before: str, now: str) -> str:
    """Return an answer before and now; of a table only the rows that went and came."""
    rows, since = Counter(before.splitlines()), Counter(now.splitlines())
    gone = [f"No longer: {row}" for row in (rows - since).elements()]
    new = [f"New: {row}" for row in (since - rows).elements()]
    if rows.total() + since.total() > 2 and (gone or new):
        return "\n".join((*gone, *new))
    return f"{before or NOTHING} → {now or NOTHING}"
