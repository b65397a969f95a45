"""The documents that the chosen surgeon's office, or the Center, wants: which are there, which are missing, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from referral_app.choices import AttachmentKind, Level, RequirementKind
from referral_app.clinical import texts
from referral_app.clinical.fields import Values, rows
from referral_app.clinical.requirements import Requirement, concerns

NOT_AVAILABLE = "not_available"
"""The field of a row that says why a document is not enclosed."""

_WORDS: dict[AttachmentKind, str] = {
    AttachmentKind.IMAGING_REPORT: r"mri|mrt|ct|cta|mra|xray|x-ray|radiology|imaging|scan of",
    AttachmentKind.NEUROLOGY_NOTE: r"neuro(logy|logist)?|consult|clinic note|progress note|office note|visit",
    AttachmentKind.MEDICATION_LIST: r"med(s|ication|ications|icine|icines)?( |-)?list|medications?|meds|pharmacy",
    AttachmentKind.BLOCK_RECORD: r"nerve blocks?|blocks?|injections?|procedure note",
    AttachmentKind.DIARY: r"diary|headache log|calendar",
    AttachmentKind.INSURANCE_CARD: r"insurance|card|ins",
    AttachmentKind.CONSENT: r"consent|authorization|hipaa|release",
}
"""Words in the name of a file that suggest what it is; a person confirms it."""


@dataclass(frozen=True)
class Wanted:
    """One document: `row` is the row that answers it, -1 where there is none; `why` says why it is not available."""

    requirement: Requirement
    row: int = -1
    why: str = ""

    @property
    def kind(self) -> AttachmentKind:
        """What a row for it says."""
        own = self.requirement.kind is RequirementKind.OWN_FORM
        return AttachmentKind.OTHER if own else AttachmentKind(self.requirement.detail)

    @property
    def title(self) -> str:
        """What a row for it is called, "" for documents that their kind names."""
        return self.requirement.detail if self.requirement.kind is RequirementKind.OWN_FORM else ""

    @property
    def name(self) -> str:
        """How it stands in a list."""
        return self.title or self.kind.label

    @property
    def is_must(self) -> bool:
        """Whether the office returns referrals without it."""
        return self.requirement.level is Level.MUST


def wanted(requirements: Iterable[Requirement], values: Values) -> list[Wanted]:
    """Return the documents that requirements name for the procedures of a request, each once, must-haves first."""
    found: dict[tuple[AttachmentKind, str], Wanted] = {}
    for one in sorted(requirements, key=lambda one: one.level is not Level.MUST):
        if one.kind not in (RequirementKind.DOCUMENT, RequirementKind.OWN_FORM) or not one.detail:
            continue
        if concerns(one, values):
            asked = Wanted(one)
            found.setdefault((asked.kind, texts.folded(asked.title)), _answered(asked, values))
    return list(found.values())


def is_enclosed(row: Values) -> bool:
    """Tell whether a row stands for a document that goes along, rather than for the reason why it does not."""
    return not str(row.get(NOT_AVAILABLE) or "").strip()


def suggested(name: str) -> AttachmentKind | None:
    """Return what a file may be by the words in its name, None where they say nothing or two things."""
    words = re.sub(r"[\W_]+", " ", name.rpartition(".")[0] or name).casefold().strip()
    kinds = [kind for kind, pattern in _WORDS.items() if re.search(rf"\b({pattern})\b", words)]
    return kinds[0] if len(kinds) == 1 else None


def _answered(asked: Wanted, values: Values) -> Wanted:
    """Return a document with the row that answers it; one that goes along counts before a reason."""
    reason: Wanted | None = None
    for number, row in enumerate(rows(values, "attachments")):
        if row.get("kind") != asked.kind or (
            asked.title and texts.folded(row.get("title")) != texts.folded(asked.title)
        ):
            continue
        if is_enclosed(row):
            return Wanted(asked.requirement, number)
        reason = reason or Wanted(asked.requirement, number, str(row.get(NOT_AVAILABLE)))
    return reason or asked
