"""The closed lists of the surgeon directory and the Center."""

from __future__ import annotations

from referral_app.choices.base import Choice


class Accepting(Choice):
    """Whether a surgeon takes new patients."""

    YES = "yes", "Accepting new patients"
    EXISTING = "existing", "Existing patients only"
    NO = "no", "Not accepting"


class ProcedureKind(Choice):
    """A family of procedures of the directory."""

    OCCIPITAL_RELEASE = "occipital_release"
    NERVE_DECOMPRESSION = "nerve_decompression", "Migraine nerve decompression"
    REVISION = "revision"
    DIAGNOSTIC_BLOCK = "diagnostic_block", "Diagnostic nerve block"


class RequirementKind(Choice):
    """What a surgeon wants to be true of a referral."""

    SPECIALIST_DIAGNOSIS = "specialist_diagnosis", "A headache specialist confirms the diagnosis"
    PREVENTIVES = "preventives", "Preventive classes that did not help enough or were not tolerated"
    BLOCK_RELIEF = "block_relief", "Relief from a nerve block, percent"
    BOTULINUM_CYCLES = "botulinum_cycles", "Cycles of botulinum toxin"
    IMAGING_MONTHS = "imaging_months", "MRI or CT within months"
    HEADACHE_DAYS = "headache_days", "Headache days in 30 days"
    DIARY = "diary", "A headache diary"


class Level(Choice):
    """How firm a requirement is."""

    MUST = "must", "Must have"
    WISH = "wish"


class ExpertField(Choice):
    """The field of one of the Center's other experts."""

    NEUROLOGY = "neurology"
    PAIN = "pain", "Pain medicine"
    PEDIATRICS = "pediatrics"
    PHYSICAL_THERAPY = "physical_therapy"
    PSYCHOLOGY = "psychology", "Pain psychology"
    OTHER = "other"


class TrialState(Choice):
    """The state of a clinical trial."""

    RECRUITING = "recruiting"
    ACTIVE = "active", "Active, not recruiting"
    CLOSED = "closed"
