"""The closed lists of the intake."""

from __future__ import annotations

from referral_app.choices.base import Choice


class Answer(Choice):
    """An answer to a question that may not have been asked."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Finding(Choice):
    """A finding of an examination that may not have been done."""

    YES = "yes"
    NO = "no"
    NOT_DONE = "not_done"


class Result(Choice):
    """A normal or abnormal examination."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    NOT_DONE = "not_done"


class NeckRange(Choice):
    """The range of movement of the neck."""

    NORMAL = "normal"
    REDUCED = "reduced"
    NOT_DONE = "not_done"


class Sex(Choice):
    """The sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class ContactPreference(Choice):
    """How a patient wishes to be reached."""

    PHONE = "phone"
    EMAIL = "email"
    MAIL = "mail"
    PORTAL = "portal"


class Need(Choice):
    """What a patient needs from a visit or a document."""

    LARGE_PRINT = "large_print"
    ASL = "asl", "American Sign Language"
    WHEELCHAIR = "wheelchair"
    LOW_VISION = "low_vision"
    HEARING = "hearing"
    COGNITIVE = "cognitive"


class CoverageKind(Choice):
    """Who pays."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    WORKERS_COMP = "workers_comp", "Workers' compensation"
    AUTO = "auto", "Auto insurance"
    SELF_PAY = "self_pay", "Self-pay"


class Authorization(Choice):
    """The state of a prior authorization."""

    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"
    REQUESTED = "requested"
    APPROVED = "approved"
    DENIED = "denied"


class Role(Choice):
    """The profession of a referring provider."""

    PHYSICIAN = "physician"
    NURSE_PRACTITIONER = "nurse_practitioner"
    PHYSICIAN_ASSISTANT = "physician_assistant"
    OTHER = "other"


class Purpose(Choice):
    """What is asked of the surgeon."""

    ASSESS_FOR_SURGERY = "assess_for_surgery"
    SECOND_OPINION = "second_opinion"
    DIAGNOSTIC_BLOCK = "diagnostic_block", "Diagnostic nerve block"
    ADVICE = "advice"
    REVISION = "revision"


class Urgency(Choice):
    """How soon."""

    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Diagnosis(Choice):
    """The working diagnosis."""

    OCCIPITAL_NEURALGIA = "occipital_neuralgia"
    CHRONIC_MIGRAINE = "chronic_migraine"
    MIGRAINE = "migraine"
    CERVICOGENIC = "cervicogenic", "Cervicogenic headache"
    TENSION_TYPE = "tension_type", "Tension-type headache"
    POST_TRAUMATIC = "post_traumatic", "Post-traumatic headache"
    MEDICATION_OVERUSE = "medication_overuse", "Medication overuse headache"
    FACIAL_PAIN = "facial_pain"
    OTHER = "other"


class Confirmation(Choice):
    """Whether a headache specialist confirmed the diagnosis."""

    YES = "yes"
    PENDING = "pending"
    NO = "no"


class OnsetEvent(Choice):
    """What happened when the headache began."""

    NONE = "none"
    INJURY = "injury"
    SURGERY = "surgery"
    INFECTION = "infection"
    OTHER = "other"


class PriorProcedure(Choice):
    """Procedures of head or neck already done."""

    NONE = "none"
    NECK_SURGERY = "neck_surgery"
    CRANIOTOMY = "craniotomy"
    RADIOFREQUENCY = "radiofrequency", "Radiofrequency treatment"
    STIMULATOR = "stimulator", "Nerve stimulator"
    NERVE_SURGERY = "nerve_surgery"


class Side(Choice):
    """The side of the body."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"


class Nerve(Choice):
    """An occipital nerve."""

    GREATER = "greater", "Greater occipital nerve"
    LESSER = "lesser", "Lesser occipital nerve"
    THIRD = "third", "Third occipital nerve"


class Quality(Choice):
    """How the pain feels."""

    SHOOTING = "shooting"
    STABBING = "stabbing"
    SHARP = "sharp"
    ELECTRIC = "electric"
    THROBBING = "throbbing"
    PRESSURE = "pressure"
    BURNING = "burning"


class Burst(Choice):
    """How long a burst of pain lasts."""

    SECONDS_TO_MINUTES = "seconds_to_minutes"
    HOURS = "hours"
    DAYS = "days"
    CONSTANT = "constant"


class Site(Choice):
    """A trigger site of migraine surgery (Guyuron 2015)."""

    I = "I", "Site I, frontal"  # noqa: E741 - the field's own name
    II = "II", "Site II, temporal"
    III = "III", "Site III, rhinogenic"
    IV = "IV", "Site IV, occipital"
    V = "V", "Site V, auriculotemporal"
    VI = "VI", "Site VI, lesser occipital"


class SketchClass(Choice):
    """How a clinician, never the program, rates the pain sketch."""

    TYPICAL = "typical"
    INTERMEDIATE = "intermediate"
    ATYPICAL = "atypical"
    NOT_RATED = "not_rated"


class CountSource(Choice):
    """Where the day counts come from."""

    DIARY = "diary"
    RECALL = "recall"


class TreatmentClass(Choice):
    """The class of a treatment tried."""

    TRICYCLIC = "tricyclic", "Tricyclic antidepressant"
    SNRI = "snri", "SNRI"
    ANTICONVULSANT = "anticonvulsant"
    BETA_BLOCKER = "beta_blocker", "Beta-blocker"
    CANDESARTAN = "candesartan"
    CGRP_ANTIBODY = "cgrp_antibody", "CGRP antibody"
    GEPANT = "gepant"
    MUSCLE_RELAXANT = "muscle_relaxant"
    NSAID = "nsaid", "NSAID"
    TRIPTAN = "triptan"
    OPIOID = "opioid"
    PHYSICAL_THERAPY = "physical_therapy"
    BEHAVIORAL = "behavioral", "Behavioral treatment"
    DEVICE = "device"
    OTHER = "other"


class StopReason(Choice):
    """Why a treatment ended."""

    NO_BENEFIT = "no_benefit", "Did not help enough"
    SIDE_EFFECT = "side_effect"
    CONTRAINDICATED = "contraindicated"
    COST = "cost"
    ONGOING = "ongoing"


class Effect(Choice):
    """How much a treatment helped."""

    NONE = "none"
    UNDER_50 = "under_50", "Under 50 % better"
    OVER_50 = "over_50", "50 % better or more"
    UNKNOWN = "unknown"


class InjectionKind(Choice):
    """A nerve block (anesthetic, with or without steroid) or botulinum toxin, which is not a steroid."""

    NERVE_BLOCK = "nerve_block"
    BOTULINUM_TOXIN = "botulinum_toxin"


class ImagingType(Choice):
    """A kind of imaging."""

    MRI = "mri", "MRI"
    CT = "ct", "CT"
    XRAY = "xray", "X-ray"
    OTHER = "other"


class Region(Choice):
    """The region imaged."""

    HEAD = "head"
    CERVICAL = "cervical", "Cervical spine"
    SINUS = "sinus", "Sinuses"
    OTHER = "other"


class ImagingResult(Choice):
    """The result of imaging."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    AWAITED = "awaited"


class Pregnancy(Choice):
    """Pregnancy, where it applies."""

    YES = "yes"
    NO = "no"
    POSSIBLE = "possible"
    NOT_APPLICABLE = "not_applicable"


class Nicotine(Choice):
    """Use of nicotine."""

    NEVER = "never"
    FORMER = "former"
    CURRENT = "current"


class AttachmentKind(Choice):
    """What an attachment is."""

    NEUROLOGY_NOTE = "neurology_note"
    IMAGING_REPORT = "imaging_report"
    MEDICATION_LIST = "medication_list"
    BLOCK_RECORD = "block_record", "Nerve block record"
    DIARY = "diary", "Headache diary"
    INSURANCE_CARD = "insurance_card"
    CONSENT = "consent"
    OTHER = "other"
