"""The closed lists of the surgeon directory and the Center."""

from __future__ import annotations

from referral_app.choices.base import Choice


class Accepting(Choice):
    """Whether a surgeon takes new patients."""

    YES = "yes", "Accepting new patients"
    UNKNOWN = "unknown", "Ask about new patients"
    EXISTING = "existing", "Existing patients only"
    NO = "no", "Not accepting"


class Booking(Choice):
    """Who makes the appointment."""

    PATIENT = "patient", "The patient calls"
    OFFICE = "office", "The surgeon's office calls the patient"
    REFERRER = "referrer", "The referring office calls"


class DirectoryAct(Choice):
    """What was done to an entry of the directory."""

    CREATED = "created", "Entered"
    CHANGED = "changed"
    VERIFIED = "verified"
    ARCHIVED = "archived"
    RESTORED = "restored", "Put back"
    MERGED = "merged"
    UNMERGED = "unmerged", "Merge undone"
    IMPORTED = "imported"
    UNDONE = "undone"


class ImportState(Choice):
    """How far an import of the directory is."""

    STAGING = "staging", "Being read"
    APPLYING = "applying", "Being taken over"
    LIVE = "live", "Taken over"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone"
    CANCELED = "canceled"


class ProcedureKind(Choice):
    """A family of procedures of the directory."""

    OCCIPITAL_RELEASE = "occipital_release"
    NERVE_DECOMPRESSION = "nerve_decompression", "Migraine nerve decompression"
    REVISION = "revision"
    DIAGNOSTIC_BLOCK = "diagnostic_block", "Diagnostic nerve block"


class RequirementKind(Choice):
    """What a surgeon wants to be true of a referral."""

    SPECIALIST_DIAGNOSIS = "specialist_diagnosis", "A specialist confirms the diagnosis"
    PREVENTIVES = "preventives", "Preventives that did not help enough"
    BLOCK_RELIEF = "block_relief", "Relief from a nerve block, percent"
    BOTULINUM_CYCLES = "botulinum_cycles", "Cycles of botulinum toxin"
    IMAGING_MONTHS = "imaging_months", "MRI or CT within months"
    HEADACHE_DAYS = "headache_days", "Headache days in 30 days"
    DIARY = "diary", "A headache diary"
    DOCUMENT = "document", "A document comes along"
    OWN_FORM = "own_form", "A form of theirs is filled in"
    BODY_MASS_INDEX = "body_mass_index", "Body mass index at most"
    NO_NICOTINE = "no_nicotine", "No nicotine use now"
    NO_BLOOD_THINNER = "no_blood_thinner", "No blood thinner, or its prescriber named"


class Level(Choice):
    """How firm a requirement is."""

    MUST = "must", "Must have"
    WISH = "wish", "Good to have"


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
