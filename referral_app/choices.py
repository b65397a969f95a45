"""The closed lists of the field, each value with the label that a person sees."""

from __future__ import annotations

import enum


class Choice(enum.StrEnum):
    """A value as stored, with its label in `.label`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choice:
        """Make the member from its stored value and its label (the value itself where none is given)."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        return member


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
    PREVENTIVES = "preventives", "Preventive classes that did not help enough"
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


class ReferralState(Choice):
    """What has been done with a referral; the states before signing are told apart by `Readiness`."""

    DRAFT = "draft"
    SIGNED = "signed", "Signed, not sent"
    SENT = "sent", "Sent, not answered"
    ANSWERED = "answered"
    CLOSED = "closed"
    CANCELED = "canceled"


class Readiness(Choice):
    """What the live check says of a referral before it is signed."""

    EMERGENCY = "emergency"
    INCOMPLETE = "incomplete", "Missing something"
    READY = "ready", "Ready to sign"


class AppointmentStatus(Choice):
    """The state of an appointment."""

    SCHEDULED = "scheduled"
    KEPT = "kept"
    CANCELED = "canceled"
    NO_SHOW = "no_show", "No-show"


class InstallationMode(Choice):
    """Who uses this installation."""

    REFERRING_OFFICE = "referring_office"
    HEADACHE_CENTER = "headache_center", "Headache Center"


class Appearance(Choice):
    """The look of the window."""

    SYSTEM = "system", "As the system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


# fmt: off
LANGUAGES: dict[str, str] = {
    "en": "English", "es": "Spanish", "ab": "Abkhazian", "aa": "Afar", "af": "Afrikaans", "ak": "Akan",
    "sq": "Albanian", "am": "Amharic", "ar": "Arabic", "an": "Aragonese", "hy": "Armenian", "as": "Assamese",
    "av": "Avaric", "ae": "Avestan", "ay": "Aymara", "az": "Azerbaijani", "bm": "Bambara", "ba": "Bashkir",
    "eu": "Basque", "be": "Belarusian", "bn": "Bengali", "bi": "Bislama", "bs": "Bosnian", "br": "Breton",
    "bg": "Bulgarian", "my": "Burmese", "ca": "Catalan", "ch": "Chamorro", "ce": "Chechen", "ny": "Chichewa",
    "zh": "Chinese", "cu": "Church Slavonic", "cv": "Chuvash", "kw": "Cornish", "co": "Corsican", "cr": "Cree",
    "hr": "Croatian", "cs": "Czech", "da": "Danish", "dv": "Dhivehi", "nl": "Dutch", "dz": "Dzongkha",
    "eo": "Esperanto", "et": "Estonian", "ee": "Ewe", "fo": "Faroese", "fj": "Fijian", "fi": "Finnish",
    "fr": "French", "ff": "Fulah", "gl": "Galician", "lg": "Ganda", "ka": "Georgian", "de": "German",
    "el": "Greek", "gn": "Guarani", "gu": "Gujarati", "ht": "Haitian Creole", "ha": "Hausa", "he": "Hebrew",
    "hz": "Herero", "hi": "Hindi", "ho": "Hiri Motu", "hu": "Hungarian", "is": "Icelandic", "io": "Ido",
    "ig": "Igbo", "id": "Indonesian", "ia": "Interlingua", "ie": "Interlingue", "iu": "Inuktitut",
    "ik": "Inupiaq", "ga": "Irish", "it": "Italian", "ja": "Japanese", "jv": "Javanese", "kl": "Kalaallisut",
    "kn": "Kannada", "kr": "Kanuri", "ks": "Kashmiri", "kk": "Kazakh", "km": "Khmer", "ki": "Kikuyu",
    "rw": "Kinyarwanda", "kv": "Komi", "kg": "Kongo", "ko": "Korean", "kj": "Kuanyama", "ku": "Kurdish",
    "ky": "Kyrgyz", "lo": "Lao", "la": "Latin", "lv": "Latvian", "li": "Limburgish", "ln": "Lingala",
    "lt": "Lithuanian", "lu": "Luba-Katanga", "lb": "Luxembourgish", "mk": "Macedonian", "mg": "Malagasy",
    "ms": "Malay", "ml": "Malayalam", "mt": "Maltese", "gv": "Manx", "mi": "Maori", "mr": "Marathi",
    "mh": "Marshallese", "mn": "Mongolian", "na": "Nauru", "nv": "Navajo", "ng": "Ndonga", "ne": "Nepali",
    "nd": "North Ndebele", "se": "Northern Sami", "no": "Norwegian", "nb": "Norwegian Bokmål",
    "nn": "Norwegian Nynorsk", "oc": "Occitan", "or": "Odia", "oj": "Ojibwa", "om": "Oromo", "os": "Ossetian",
    "pi": "Pali", "ps": "Pashto", "fa": "Persian", "pl": "Polish", "pt": "Portuguese", "pa": "Punjabi",
    "qu": "Quechua", "ro": "Romanian", "rm": "Romansh", "rn": "Rundi", "ru": "Russian", "sm": "Samoan",
    "sg": "Sango", "sa": "Sanskrit", "sc": "Sardinian", "gd": "Scottish Gaelic", "sr": "Serbian", "sn": "Shona",
    "ii": "Sichuan Yi", "sd": "Sindhi", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "nr": "South Ndebele", "st": "Southern Sotho", "su": "Sundanese", "sw": "Swahili", "ss": "Swati",
    "sv": "Swedish", "tl": "Tagalog", "ty": "Tahitian", "tg": "Tajik", "ta": "Tamil", "tt": "Tatar",
    "te": "Telugu", "th": "Thai", "bo": "Tibetan", "ti": "Tigrinya", "to": "Tongan", "ts": "Tsonga",
    "tn": "Tswana", "tr": "Turkish", "tk": "Turkmen", "tw": "Twi", "uk": "Ukrainian", "ur": "Urdu",
    "ug": "Uyghur", "uz": "Uzbek", "ve": "Venda", "vi": "Vietnamese", "vo": "Volapük", "wa": "Walloon",
    "cy": "Welsh", "fy": "Western Frisian", "wo": "Wolof", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba",
    "za": "Zhuang", "zu": "Zulu",
}
# fmt: on
"""All ISO 639-1 codes with their English names, by name after the two most frequent here."""

# fmt: off
STATES = frozenset((
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "AS", "GU", "MP", "PR", "VI", "AA", "AE", "AP",
))
# fmt: on
"""Postal codes of the states, territories and military mail of the United States."""
