"""The intake of a referral: every field declared once (contract section 1)."""

from __future__ import annotations

from referral_app import choices as c
from referral_app.clinical.fields import Field, Kind, When
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag, Tier

STEPS = ("Patient", "Request", "Headache", "Treatment", "Safety", "Check and sign")

_T, _D, _P = Kind.TEXT, Kind.DATE, Kind.PHONE


def _asked(name: str, label: str, **more: object) -> Field:
    return Field(name, label, Kind.CHOICE, choices=c.Answer, **more)  # type: ignore[arg-type]


def _done(name: str, label: str, **more: object) -> Field:
    return Field(name, label, Kind.CHOICE, choices=c.Finding, **more)  # type: ignore[arg-type]


def _days(name: str, label: str, required: bool = True) -> Field:
    return Field(
        name, label, Kind.INTEGER, required, unit="days of 30", low=0, high=30, private=name == "opioid_days"
    )


def _score(name: str, label: str, low: int, high: int, required: bool = False, **more: object) -> Field:
    return Field(name, label, Kind.INTEGER, required, low=low, high=high, **more)  # type: ignore[arg-type]


def _person(name: str, label: str, **more: object) -> Field:
    return Field(
        name,
        label,
        Kind.GROUP,
        fields=(
            Field("name", "Name", _T, required="required" in more),
            Field("relation", "Relation to the patient", _T),
            Field("phone", "Phone", _P),
        ),
        **more,  # type: ignore[arg-type]
    )


ADDRESS = (
    Field("line1", "Street address", _T),
    Field("line2", "Apartment or suite", _T),
    Field("zip", "ZIP code", Kind.ZIP, hint="Fills in state and city"),
    Field("city", "City", _T),
    Field("state", "State", Kind.STATE, hint="Two letters, such as MD"),
)

PATIENT = Field("patient", "Patient", Kind.GROUP, step=1, fields=(
    Field("family_name", "Last name", _T, True, hint="As on the insurance card"),
    Field("given_name", "First name", _T, True, hint="As on the insurance card"),
    Field("middle_name", "Middle name", _T),
    Field("suffix", "Suffix", _T, hint="Such as Jr. or III"),
    Field("preferred_name", "Preferred name", _T),
    Field("name_own_script", "Name in own script", _T),
    Field("date_of_birth", "Date of birth", _D, True, hint="Such as 3/27/2007 or March 27, 2007"),
    Field("sex", "Sex", Kind.CHOICE, choices=c.Sex),
    Field("mrn", "Medical record number", _T),
    Field("phone", "Phone", _P, True),
    Field("phone_alt", "Other phone", _P),
    Field("message_ok", "A message may be left", Kind.FLAG),
    Field("email", "Email", Kind.EMAIL),
    Field("address", "Address", Kind.GROUP, fields=ADDRESS),
    Field("contact_preference", "Best way to reach the patient", Kind.CHOICE, True, choices=c.ContactPreference),
    Field("language", "Preferred language", Kind.LANGUAGE, True),
    Field("interpreter_needed", "Interpreter needed", Kind.FLAG, True),
    Field("interpreter_language", "Interpreter for", Kind.LANGUAGE, True,
          when=When("patient.interpreter_needed", (True,))),
    Field("needs", "Needs", Kind.CHOICES, choices=c.Need),
    _person("support_person", "Support person"),
    Field("has_representative", "Has a legal representative", Kind.FLAG),
    _person("legal_representative", "Legal representative", required=True,
            when=When("computed.needs_representative", (True,))),
))  # fmt: skip

_INSURED = ("primary", "secondary", "workers_comp", "auto")

COVERAGE = Field("coverage", "Coverage", Kind.ROWS, step=1, fields=(
    Field("kind", "Kind", Kind.CHOICE, True, choices=c.CoverageKind),
    Field("payer", "Payer", _T, True,
          when=When(".kind", _INSURED)),
    Field("plan", "Plan", _T),
    Field("member_id", "Member ID", _T),
    Field("group", "Group number", _T),
    Field("subscriber", "Subscriber", Kind.GROUP, fields=(
        Field("name", "Name", _T),
        Field("date_of_birth", "Date of birth", _D),
        Field("relation", "Relation to the patient", _T),
    )),
    Field("claim_number", "Claim number", _T, when=When(".kind", ("workers_comp", "auto"))),
    Field("injury_date", "Date of injury", _D, True, when=When(".kind", ("workers_comp", "auto"))),
    Field("authorization", "Prior authorization", Kind.GROUP, when=When(".kind", _INSURED), fields=(
        Field("status", "Status", Kind.CHOICE, True, choices=c.Authorization),
        Field("number", "Number", _T),
        Field("from", "From", _D),
        Field("to", "To", _D),
        Field("visits", "Visits", Kind.INTEGER, low=0, high=999),
    )),
))  # fmt: skip

REFERRER = Field("referrer", "Referring provider", Kind.GROUP, step=2, fields=(
    Field("name", "Name", _T, True),
    Field("role", "Role", Kind.CHOICE, True, choices=c.Role),
    Field("npi", "NPI", Kind.NPI, True),
    Field("practice", "Practice", _T, True),
    Field("phone", "Phone", _P, True),
    Field("fax", "Fax", _P),
    Field("email", "Email", Kind.EMAIL),
    Field("address", "Address", Kind.GROUP, fields=ADDRESS),
    Field("callback_person", "Whom to call back", _T, True),
    Field("callback_phone", "Call-back phone", _P, True),
    Field("pcp_name", "PCP", _T, hint="The primary care provider, where that is someone else"),
    Field("copy_to", "Copies to", Kind.WORDS, hint="One name a line"),
    Field("date", "Date of referral", _D, True),
    Field("patient_agreed", "The patient agreed to this referral", Kind.FLAG, True),
))  # fmt: skip

REQUEST = Field("request", "Request", Kind.GROUP, step=2, fields=(
    Field("surgeon", "Surgeon", Kind.SURGEON, True),
    Field("location", "Location", Kind.LOCATION),
    Field("purpose", "Purpose", Kind.CHOICE, True, choices=c.Purpose),
    Field("question", "Question to the surgeon", Kind.LONG_TEXT, True, low=15, high=300,
          hint="One sentence: what should the surgeon answer?"),
    Field("urgency", "Urgency", Kind.CHOICE, True, choices=c.Urgency),
    Field("procedures", "Procedures in mind", Kind.PROCEDURES),
    Field("trial_interest", "Interested in a clinical trial", Kind.FLAG),
))  # fmt: skip

DIAGNOSIS = Field("diagnosis", "Diagnosis", Kind.GROUP, step=3, fields=(
    Field("working", "Working diagnosis", Kind.CHOICE, True, choices=c.Diagnosis),
    Field("text", "In your words", Kind.LONG_TEXT),
    Field("icd10cm", "ICD-10-CM codes", Kind.CODES, True, hint="The first is the primary code, such as M54.81"),
    Field("confirmed_by_specialist", "Confirmed by a headache specialist", Kind.CHOICE, True, choices=c.Confirmation),
    Field("confirmed_by", "Confirmed by", _T, True, when=When("diagnosis.confirmed_by_specialist", ("yes",))),
    Field("confirmed_on", "Confirmed on", _D, True, when=When("diagnosis.confirmed_by_specialist", ("yes",))),
    Field("onset", "Began in", Kind.MONTH, True, hint="Month and year, such as 5/2019"),
    Field("onset_event", "What happened at the onset", Kind.CHOICE, True, choices=c.OnsetEvent),
    Field("prior_procedures", "Earlier procedures of head or neck", Kind.CHOICES, True, choices=c.PriorProcedure),
    _asked("family_migraine", "Migraine in the family"),
))  # fmt: skip

PAIN = Field("pain", "Pain", Kind.GROUP, step=3, fields=(
    Field("side", "Side", Kind.CHOICE, True, choices=c.Side),
    Field("nerves", "Nerve territory", Kind.CHOICES, True, choices=c.Nerve),
    _asked("one_finger_start", "The patient points to the start with one finger", required=True),
    Field("quality", "Quality", Kind.CHOICES, True, choices=c.Quality),
    Field("burst", "A burst lasts", Kind.CHOICE, choices=c.Burst),
    Field("sites", "Trigger sites", Kind.CHOICES, choices=c.Site),
    Field("sketch", "Head sketch", Kind.SKETCH, True),
    Field("sketch_class", "Sketch, rated by a clinician", Kind.CHOICE, choices=c.SketchClass),
    _score("worst", "Worst pain", 0, 10, unit="0 to 10"),
    _score("average", "Average pain", 0, 10, required=True, unit="0 to 10"),
    _score("now", "Pain now", 0, 10, unit="0 to 10"),
))  # fmt: skip

LAST_30_DAYS = Field("last_30_days", "Last 30 days", Kind.GROUP, step=3, fields=(
    Field("source", "Counted from", Kind.CHOICE, True, choices=c.CountSource),
    _days("headache_days", "Headache days"),
    _days("migraine_days", "Migraine days"),
    Field("hours_per_headache_day", "Hours on a headache day", Kind.DECIMAL, True, unit="hours", low=0, high=24),
    _days("simple_analgesic_days", "Simple pain reliever"),
    _days("triptan_days", "Triptan"),
    _days("ergot_days", "Ergot"),
    _days("opioid_days", "Opioid"),
    _days("combination_days", "Combination pain reliever"),
    Field("diary_from", "Diary from", _D),
    Field("diary_to", "Diary to", _D),
))  # fmt: skip

EXAM = Field("exam", "Examination", Kind.GROUP, step=3, fields=(
    Field("date", "Date", _D),
    _done("nerve_tender", "Tender over the nerve", required=True),
    Field("tender_side", "Tender side", Kind.CHOICE, True, choices=c.Side,
          when=When("exam.nerve_tender", ("yes",))),
    _done("tinel", "Tinel sign", required=True),
    _done("allodynia", "Pain from light touch (allodynia)", required=True),
    _done("reduced_sensation", "Reduced sensation"),
    _done("trigger_point", "Trigger point"),
    Field("neck_range", "Neck movement", Kind.CHOICE, choices=c.NeckRange),
    Field("fundi", "Fundi", Kind.CHOICE, choices=c.Result),
    Field("neuro_exam", "Neurologic examination", Kind.CHOICE, True, choices=c.Result),
    _score("bp_systolic", "Blood pressure, systolic", 50, 300, unit="mmHg"),
    _score("bp_diastolic", "Blood pressure, diastolic", 20, 200, unit="mmHg"),
))  # fmt: skip

TREATMENTS = Field("treatments", "Treatments tried", Kind.ROWS, True, step=4, none="none_tried",
                   none_label="None tried", fields=(
    Field("class", "Class", Kind.CHOICE, True, choices=c.TreatmentClass),
    Field("name", "Name", _T, True),
    Field("dose", "Dose", Kind.DECIMAL, low=0, high=100000),
    Field("unit", "Unit", _T, hint="Such as mg a day, or visits"),
    Field("weeks_at_target", "Weeks at target", Kind.DECIMAL, unit="weeks", low=0, high=2600),
    Field("started", "Started", Kind.MONTH),
    Field("stopped", "Stopped", Kind.MONTH),
    Field("stop_reason", "Why stopped", Kind.CHOICE, choices=c.StopReason),
    Field("effect", "Effect", Kind.CHOICE, choices=c.Effect),
))  # fmt: skip

INJECTIONS = Field("injections", "Nerve blocks and botulinum toxin", Kind.ROWS, step=4, fields=(
    Field("kind", "Kind", Kind.CHOICE, True, choices=c.InjectionKind),
    Field("site", "Nerve or site", _T, True),
    Field("side", "Side", Kind.CHOICE, choices=c.Side),
    Field("date", "Date", _D, True),
    Field("agent", "Agent", _T),
    Field("steroid", "With steroid", Kind.FLAG, when=When(".kind", ("nerve_block",))),
    Field("units", "Units", Kind.DECIMAL, unit="units", low=0, high=1000, when=When(".kind", ("botulinum_toxin",))),
    _score("pain_before", "Pain before", 0, 10, unit="0 to 10"),
    _score("pain_after", "Pain after", 0, 10, unit="0 to 10"),
    Field("relief_hours", "Relief lasted", Kind.DECIMAL, unit="hours", low=0, high=20000),
    Field("cycle", "Cycle", Kind.INTEGER, low=1, high=200, when=When(".kind", ("botulinum_toxin",))),
))  # fmt: skip

IMAGING = Field("imaging", "Imaging", Kind.ROWS, step=4, fields=(
    Field("type", "Type", Kind.CHOICE, choices=c.ImagingType),
    Field("region", "Region", Kind.CHOICE, choices=c.Region),
    Field("date", "Date", _D),
    Field("result", "Result", Kind.CHOICE, choices=c.ImagingResult),
    Field("note", "Note", Kind.LONG_TEXT),
))  # fmt: skip

LABS = Field("labs", "Blood tests", Kind.GROUP, step=4, when=When("computed.onset_at_50_or_later", (True,)), fields=(
    Field("esr_mm_h", "ESR", Kind.DECIMAL, True, unit="mm/h", low=0, high=200),
    Field("crp_mg_l", "CRP", Kind.DECIMAL, True, unit="mg/L", low=0, high=1000),
))  # fmt: skip

SCORES = Field("scores", "Scores", Kind.GROUP, step=4, fields=(
    _score("midas_total", "MIDAS total", 0, 276),
    Field("midas_date", "MIDAS date", _D),
    _score("hit6", "HIT-6", 36, 78),
    _score("phq2", "PHQ-2", 0, 6, private=True,
           hint="PHQ-2 by Drs. Spitzer, Williams, Kroenke and colleagues, with an educational grant from Pfizer Inc."),
    _score("phq9", "PHQ-9", 0, 27, private=True),
))  # fmt: skip

SAFETY = Field("safety", "Safety", Kind.GROUP, step=5, fields=(
    Field("allergies", "Allergies", Kind.ROWS, True, none="none_known", none_label="None known", fields=(
        Field("substance", "Substance", _T, True),
        Field("reaction", "Reaction", _T),
    )),
    Field("medications", "Current medications", Kind.ROWS, True, none="none", none_label="None", fields=(
        Field("name", "Name", _T, True),
        Field("dose", "Dose", _T),
        Field("frequency", "How often", _T),
    )),
    _asked("blood_thinner", "Takes a blood thinner", required=True),
    Field("blood_thinner_name", "Blood thinner", _T, True, when=When("safety.blood_thinner", ("yes",))),
    Field("blood_thinner_prescriber", "Prescribed by", _T, True, when=When("safety.blood_thinner", ("yes",))),
    _asked("sleep_apnea", "Sleep apnea"),
    _asked("diabetes", "Diabetes"),
    _asked("glp1", "Takes a GLP-1 drug"),
    _asked("anesthesia_problem", "Problem with anesthesia before"),
    _asked("keloid", "Keloid scars"),
    Field("pregnancy", "Pregnancy", Kind.CHOICE, choices=c.Pregnancy, private=True),
    Field("nicotine", "Nicotine", Kind.CHOICE, choices=c.Nicotine, private=True),
    Field("height_cm", "Height", Kind.DECIMAL, unit="cm", low=30, high=280),
    Field("weight_kg", "Weight", Kind.DECIMAL, unit="kg", low=1, high=500),
))  # fmt: skip


def _cleared(path: str, required: bool) -> Field:
    return Field("cleared", "Cleared", Kind.GROUP, required, when=When(path, ("yes",)), fields=(
        Field("by", "Cleared by (a clinician)", _T, required),
        Field("on", "On", _D, required),
        Field("note", "Result", Kind.LONG_TEXT, required),
    ))  # fmt: skip


def _flag(flag: RedFlag) -> Field:
    answer = f"computed.red_flags.{flag.name}"
    fields = [Field("answer", flag.question, Kind.CHOICE, not flag.computed, choices=c.Answer)]
    if flag.signs:
        fields.append(
            Field(
                "emergency_signs",
                flag.signs,
                Kind.CHOICE,
                True,
                when=When(answer, ("yes",)),
                choices=c.Answer,
            )
        )
    fields.append(_cleared(answer, flag.tier is not Tier.REVIEW))
    return Field(flag.name, flag.question, Kind.GROUP, fields=tuple(fields))


RED_FLAG_GROUP = Field("red_flags", "Red flags", Kind.GROUP, True, step=5, fields=(
    *map(_flag, RED_FLAGS),
    Field("attested_by", "Asked by", _T, True),
    Field("attested_at", "Asked on", _D),
))  # fmt: skip

GOALS = Field("goals", "Goals", Kind.GROUP, step=5, fields=(
    Field("patient_goal", "The patient's goal, in the patient's words", Kind.LONG_TEXT, True),
    Field("expectations", "What the patient expects", Kind.LONG_TEXT),
    Field("work_impact", "Effect on work or school", Kind.LONG_TEXT),
    Field("caring_impact", "Effect on caring for others", Kind.LONG_TEXT),
))  # fmt: skip

ATTACHMENTS = Field("attachments", "Attachments", Kind.ROWS, step=6, fields=(
    Field("kind", "Kind", Kind.CHOICE, True, choices=c.AttachmentKind),
    Field("date", "Date", _D),
    Field("pages", "Pages", Kind.INTEGER, low=1, high=10000),
    Field("title", "What it is called", _T, when=When(".kind", ("other",)),
          hint="As it is headed, such as the form that the surgeon's office asks for"),
    Field("not_available", "Not available, because", _T,
          hint="For a document that is wanted and cannot be enclosed"),
    Field("sha256", "SHA-256", _T),
))  # fmt: skip

LETTER = Field("letter", "Letter", Kind.GROUP, step=6, fields=(
    Field("opening", "Opening paragraph", Kind.LONG_TEXT),
    Field("closing", "Closing paragraph", Kind.LONG_TEXT),
))  # fmt: skip
"""What is written for this letter alone; empty ones are printed as the practice words them."""

SIGNATURE = Field("signature", "Signature", Kind.GROUP, step=6, fields=(
    Field("prepared_by", "Prepared by", _T, True),
    Field("signed_by", "Signed by (a clinician)", _T, True),
    Field("signed_at", "Signed at", Kind.TIMESTAMP, True),
))  # fmt: skip

INTAKE = (
    PATIENT, COVERAGE, REFERRER, REQUEST, DIAGNOSIS, PAIN, LAST_30_DAYS, EXAM, TREATMENTS, INJECTIONS, IMAGING, LABS,
    SCORES, SAFETY, RED_FLAG_GROUP, GOALS, ATTACHMENTS, LETTER, SIGNATURE,
)  # fmt: skip
"""Every group of the intake, in the order of the form."""


def find(path: str) -> Field:
    """Return the declaration of a field by its path, row numbers left out (`treatments.name`); raises KeyError."""
    first, *names = path.split(".")
    field = next((group for group in INTAKE if group.name == first), None)
    if field is None:
        raise KeyError(path)
    for name in names:
        field = field.child(name)
    return field
