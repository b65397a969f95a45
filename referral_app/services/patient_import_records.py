"""What an import of patients works with: what a file tells of one, what that means, and what a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from referral_app.choices.base import Choice
from referral_app.services.patient_duplicates import LikePatient
from referral_app.services.patients import PatientRecord, sort_name


class PatientOutcome(Choice):
    """What a patient of a file is to the store."""

    NEW = "new", "New"
    SAME = "same", "Same"
    MAYBE = "maybe", "Maybe the same"
    REFUSED = "refused", "Cannot be read"


class PatientAct(Choice):
    """What is done with a patient of a file."""

    ADD = "add", "Add as a new patient"
    FILL = "fill", "Fill in what is empty"
    SKIP = "skip", "Leave out"


@dataclass(frozen=True)
class ToldPatient:
    """What a file tells of one patient; `left_out` are sentences on what of it could not be taken."""

    row: int
    values: dict[str, Any]
    coverage: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as it stands in lists."""
        return sort_name(self.values)


@dataclass(frozen=True)
class JudgedPatient:
    """What a patient of a file means.

    `likes` are those who may be the same; `fills` says by label what would be filled in at `like`; `sentence` says why
    it cannot be read.
    """

    told: ToldPatient
    outcome: PatientOutcome
    likes: tuple[LikePatient, ...] = ()
    fills: tuple[tuple[str, str], ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    sentence: str = ""

    @property
    def row(self) -> int:
        """The row of the file."""
        return self.told.row

    @property
    def like(self) -> PatientRecord | None:
        """The patient on file whom it concerns most."""
        return self.likes[0].patient if self.likes else None

    @property
    def acts(self) -> tuple[PatientAct, ...]:
        """What can be chosen for it."""
        if self.outcome is PatientOutcome.REFUSED:
            return (PatientAct.SKIP,)
        if self.outcome is PatientOutcome.NEW:
            return PatientAct.ADD, PatientAct.SKIP
        if self.outcome is PatientOutcome.MAYBE:
            return PatientAct.FILL, PatientAct.ADD, PatientAct.SKIP
        return (PatientAct.FILL, PatientAct.SKIP) if self.fills else (PatientAct.SKIP,)

    def label(self, act: PatientAct) -> str:
        """Return an act in words: of one who is only maybe the same, to fill in says that it is that person."""
        if self.outcome is not PatientOutcome.MAYBE or act is not PatientAct.FILL or self.like is None:
            return act.label
        who = f"It is the same person ({self.like.name})" if len(self.likes) > 1 else "It is the same person"
        return f"{who}: fill in what is empty"

    @property
    def suggested(self) -> PatientAct:
        """What is chosen unless a person says otherwise: of those who may be the same, nothing is done."""
        if self.outcome is PatientOutcome.NEW:
            return PatientAct.ADD
        if self.outcome is PatientOutcome.SAME and self.fills:
            return PatientAct.FILL
        return PatientAct.SKIP


Chosen = Mapping[int, PatientAct]
"""What a person chose for each row; rows that are not named take what is suggested."""
