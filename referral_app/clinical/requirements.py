"""What surgeons, and the Center for all of them, want to be true of a referral: each rule as words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from referral_app.choices import AttachmentKind, Level, ProcedureKind, RequirementKind
from referral_app.clinical import texts
from referral_app.clinical.fields import Values, given


@dataclass(frozen=True)
class Requirement:
    """One must-have or wish; `procedure` is the code of a procedure, or a kind, for which alone it counts.

    `detail` names the document (a value of AttachmentKind) or the form. `of_center` says that the Center asks, rather
    than the surgeon's office. `codes` are the procedures of the kind, where it was looked up who asks for what.
    """

    kind: RequirementKind
    amount: int | None = None
    level: Level = Level.MUST
    procedure: str | None = None
    detail: str = ""
    of_center: bool = False
    codes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is wanted, as it stands in a list: "At least 50 % relief from a nerve block"."""
        return self.phrase[0].upper() + self.phrase[1:]

    @property
    def phrase(self) -> str:
        """What is wanted, as it stands within a sentence."""
        if self.kind is RequirementKind.DOCUMENT:
            return f"an attached {DOCUMENTS.get(self.detail, self.detail or 'document')}"
        if self.kind is RequirementKind.OWN_FORM:
            return (
                f"the form “{self.detail}”, filled in" if self.detail else "the office's own form, filled in"
            )
        alone, counted = _WORDS[self.kind]
        if self.amount is None or (self.amount == 1 and self.kind in _COUNTS):
            return alone
        return counted.format(self.amount).replace(" 1 months", " 1 month").replace(" 1 days", " 1 day")


@dataclass(frozen=True)
class Amount:
    """The number that a kind of requirement may name: what it counts, its limits, and what is usual."""

    label: str
    low: int
    high: int
    usual: int
    needed: bool = False

    def fits(self, number: int | None) -> bool:
        """Tell whether a number lies within the limits, or may be left out."""
        return not self.needed if number is None else self.low <= number <= self.high


AMOUNTS = {
    RequirementKind.PREVENTIVES: Amount("How many kinds", 1, 20, 3),
    RequirementKind.BLOCK_RELIEF: Amount("Percent relief", 1, 100, 50),
    RequirementKind.BOTULINUM_CYCLES: Amount("How many cycles", 1, 40, 2),
    RequirementKind.IMAGING_MONTHS: Amount("Not older than, months", 1, 240, 12),
    RequirementKind.HEADACHE_DAYS: Amount("Days of 30", 1, 30, 15),
    RequirementKind.DIARY: Amount("Days in the diary", 1, 365, 28),
    RequirementKind.BODY_MASS_INDEX: Amount("At most", 15, 80, 40, needed=True),
}
"""The kinds that may name a number; where it is not needed, none means that any counts."""

DOCUMENTS: dict[str, str] = {
    AttachmentKind.NEUROLOGY_NOTE: "neurology note",
    AttachmentKind.IMAGING_REPORT: "imaging report",
    AttachmentKind.MEDICATION_LIST: "list of medications",
    AttachmentKind.BLOCK_RECORD: "record of the nerve blocks",
    AttachmentKind.DIARY: "copy of the headache diary",
    AttachmentKind.INSURANCE_CARD: "copy of the insurance card",
    AttachmentKind.CONSENT: "signed consent",
    AttachmentKind.OTHER: "further document",
}
"""How a document is called behind "an attached"."""

_WORDS = {
    RequirementKind.SPECIALIST_DIAGNOSIS: ("a diagnosis confirmed by a headache specialist",) * 2,
    RequirementKind.PREVENTIVES: (
        "a preventive medication that did not help enough or was not tolerated",
        "preventive medications of at least {} kinds that did not help enough or were not tolerated",
    ),
    RequirementKind.BLOCK_RELIEF: ("relief from a nerve block", "at least {} % relief from a nerve block"),
    RequirementKind.BOTULINUM_CYCLES: ("a cycle of botulinum toxin", "at least {} cycles of botulinum toxin"),
    RequirementKind.IMAGING_MONTHS: ("an MRI or CT", "an MRI or CT within {} months"),
    RequirementKind.HEADACHE_DAYS: ("a headache day in 30", "at least {} headache days in 30"),
    RequirementKind.DIARY: ("a headache diary", "a headache diary of at least {} days"),
    RequirementKind.BODY_MASS_INDEX: ("a body mass index", "a body mass index of at most {}"),
    RequirementKind.NO_NICOTINE: ("no nicotine use now",) * 2,
    RequirementKind.NO_BLOOD_THINNER: ("no blood thinner, or its prescriber named",) * 2,
}

_COUNTS = (RequirementKind.PREVENTIVES, RequirementKind.BOTULINUM_CYCLES, RequirementKind.HEADACHE_DAYS)

BUILT_IN = (
    # A headache specialist's diagnosis and 3 preventives before a surgeon is asked: Austen 2023; PAINS screen
    # (PMC6952133); rules S1 and S3.
    Requirement(RequirementKind.SPECIALIST_DIAGNOSIS, None, Level.WISH),
    Requirement(RequirementKind.PREVENTIVES, 3, Level.WISH),
    # A block that halves the pain: ASPN 2021, rule S4. It tests one nerve, so it is not asked before a block itself.
    Requirement(RequirementKind.BLOCK_RELIEF, 50, Level.WISH, ProcedureKind.OCCIPITAL_RELEASE.value),
    Requirement(RequirementKind.BLOCK_RELIEF, 50, Level.WISH, ProcedureKind.NERVE_DECOMPRESSION.value),
    # Two cycles of botulinum toxin in chronic migraine: rule S5 (PREEMPT); also Austen 2023.
    Requirement(RequirementKind.BOTULINUM_CYCLES, 2, Level.WISH, ProcedureKind.NERVE_DECOMPRESSION.value),
    # Imaging of the last 12 months and a diary of at least 28 days: the lint of the letter, section 11, stage 2.
    Requirement(RequirementKind.IMAGING_MONTHS, 12, Level.WISH),
    Requirement(RequirementKind.DIARY, 28, Level.WISH),
)
"""What the Center asks for unless it chose otherwise: reference/clinical.md sections 2.3 and 11. All are wishes."""


def concerns(requirement: Requirement, values: Values) -> bool:
    """Tell whether a requirement concerns the procedures of a request; without any procedures it does."""
    wanted = given(values, "request.procedures")
    if not requirement.procedure or not isinstance(wanted, list):
        return True
    return any(code in wanted for code in (requirement.procedure, *requirement.codes))


def said(requirement: Requirement, names: Mapping[str, str]) -> str:
    """Return a requirement in words with what it is for; `names` are those of procedures by code."""
    if not (name := procedure_name(requirement.procedure, names)):
        return requirement.words
    return f"{requirement.words} (for {name[:1].lower()}{name[1:]})"


def procedure_name(procedure: str | None, names: Mapping[str, str]) -> str:
    """Return the name of the procedure, or kind of procedures, that a requirement is for; "" for all."""
    if not procedure or procedure in names:
        return names.get(procedure or "", "")
    return next((kind.label for kind in ProcedureKind if kind == procedure), procedure.replace("_", " "))


def problems(requirements: Sequence[Requirement], path: str = "requirements") -> dict[str, str]:
    """Return what is wrong with a list of requirements, one sentence for each field by its path."""
    found: dict[str, str] = {}
    for number, one in enumerate(requirements):
        for field, sentence in _problems(one):
            found.setdefault(f"{path}[{number}].{field}", sentence)
        same = [n for n, other in enumerate(requirements[:number]) if _asks_the_same(one, other)]
        if same:
            found.setdefault(
                f"{path}[{number}].kind", f"Rule {same[0] + 1} asks for this already. Remove one."
            )
    return found


def _asks_the_same(one: Requirement, other: Requirement) -> bool:
    return (one.kind, one.level, one.procedure, texts.folded(one.detail)) == (
        other.kind, other.level, other.procedure, texts.folded(other.detail),
    )  # fmt: skip


def _problems(one: Requirement) -> list[tuple[str, str]]:
    amount, found = AMOUNTS.get(one.kind), list[tuple[str, str]]()
    if amount and not amount.fits(one.amount):
        found.append(("amount", f"Type a whole number from {amount.low} to {amount.high}."))
    if one.kind is RequirementKind.DOCUMENT and one.detail not in DOCUMENTS:
        found.append(("detail", "Choose a document."))
    if one.kind is RequirementKind.OWN_FORM and not one.detail.strip():
        found.append(("detail", "Enter the name of the form."))
    return found
