"""What only the patient can tell: the fields of the intake that the questionnaire asks, each in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A field of the intake as a patient is asked for it.

    `plain` says some choices, or the columns of a table, in other words than the declaration; in a table nothing else
    is asked. `rows` is how many empty rows a table has. Two short questions share a line; `before` is
    a sentence above the question.
    """

    path: str
    words: str
    plain: Mapping[str, str] = field(default_factory=dict[str, str])
    rows: int = 4
    short: bool = False
    before: str = ""


@dataclass(frozen=True)
class Part:
    """Questions below a heading, with a sentence on how to answer."""

    heading: str
    questions: tuple[Question, ...]
    how: str = ""


_Q = Question

_ABOUT = Part("About you", (
    _Q("patient.given_name", "First name", short=True),
    _Q("patient.family_name", "Last name", short=True),
    _Q("patient.date_of_birth", "Date of birth", short=True),
    _Q("patient.phone", "Phone", short=True),
    _Q("patient.contact_preference", "How can we best reach you?", {"portal": "Patient portal"}),
    _Q("patient.message_ok", "May we leave a message?"),
    _Q("patient.language", "Which language do you like best?"),
    _Q("patient.interpreter_needed", "Do you need an interpreter? It is free."),
    _Q("patient.needs", "Do you need any of these?",
       {"asl": "Sign language", "low_vision": "Help to see", "hearing": "Help to hear",
        "cognitive": "Help to think or recall", "wheelchair": "Room for a wheelchair"}),
))  # fmt: skip

_PAIN = Part("Where it hurts", (
    _Q("pain.sketch", "Shade each place that hurts. Put an X where the pain starts."),
    _Q("pain.side", "Which side hurts?"),
    _Q("pain.one_finger_start", "Can you point with one finger to where it starts?"),
    _Q("pain.quality", "How does it feel?", {"electric": "Like a shock", "pressure": "Like a tight band"}),
    _Q("pain.burst", "How long does a burst of pain last?", {"constant": "It never stops"}),
    _Q("pain.worst", "At worst", before="How bad is it? 0 is no pain. 10 is the worst pain you can think of."),
    _Q("pain.average", "Most days"),
    _Q("pain.now", "Right now"),
    _Q("diagnosis.onset", "When did this pain begin? (month and year)"),
    _Q("diagnosis.onset_event", "What happened just before it began?", {"none": "Nothing"}),
    _Q("diagnosis.family_migraine", "Does someone in your family have migraine?"),
))  # fmt: skip

_DAYS = Part("The last 30 days", (
    _Q("last_30_days.source", "How did you count?", {"diary": "With a diary", "recall": "From memory"}),
    _Q("last_30_days.headache_days", "Your head hurt", short=True),
    _Q("last_30_days.migraine_days", "It was a migraine", short=True),
    _Q("last_30_days.simple_analgesic_days",
       "You took a plain pain pill, such as Tylenol, Advil, Aleve, or aspirin"),
    _Q("last_30_days.triptan_days", "You took a triptan, such as Imitrex or Maxalt"),
    _Q("last_30_days.ergot_days", "You took DHE or another ergot"),
    _Q("last_30_days.opioid_days", "You took a strong pain drug, such as oxycodone, Norco, or tramadol"),
    _Q("last_30_days.combination_days", "You took a pill that mixes drugs, such as Excedrin or Fioricet"),
    _Q("last_30_days.hours_per_headache_day", "On a day when your head hurt, how long did it hurt?"),
), "On how many of these days was each line true? Write 0 for none.")  # fmt: skip

_TRIED = Part("What you have tried", (
    _Q("treatments", "Pills, therapy, or devices to stop the headaches",
       {"name": "What was it?", "weeks_at_target": "For how many weeks?",
        "effect": "Did it help? (no, some, half or more)", "stop_reason": "Why did you stop?"}, 6),
    _Q("injections", "Shots in the head or neck, such as a nerve block or botulinum toxin (Botox)",
       {"kind": "Which shot?", "site": "Where?", "date": "When?", "relief_hours": "How long did it help?"}),
    _Q("diagnosis.prior_procedures", "Have you had any of these done to your head or neck?",
       {"craniotomy": "Surgery inside the skull", "radiofrequency": "Heat on a nerve",
        "stimulator": "A nerve device put in", "nerve_surgery": "Surgery on a nerve"}),
))  # fmt: skip

_HEALTH = Part("Your health", (
    _Q("safety.allergies", "What are you allergic to? Think of drugs, latex, and numbing shots.",
       {"substance": "What is it?", "reaction": "What happens?"}),
    _Q("safety.medications", "What do you take? List each drug, vitamin, and herb.",
       {"name": "Name", "dose": "How much?", "frequency": "How often?"}, 7),
    _Q("safety.blood_thinner", "Do you take a blood thinner, such as warfarin?"),
    _Q("safety.blood_thinner_name", "Which one?", short=True),
    _Q("safety.blood_thinner_prescriber", "Who gave it to you?", short=True),
    _Q("safety.sleep_apnea", "Do you stop breathing in your sleep (sleep apnea)?"),
    _Q("safety.diabetes", "Do you have diabetes?"),
    _Q("safety.glp1", "Do you take Ozempic, Wegovy, or one like it?"),
    _Q("safety.anesthesia_problem", "Did being put to sleep ever cause a problem?"),
    _Q("safety.keloid", "Do you get thick, raised scars (keloids)?"),
    _Q("safety.pregnancy", "Are you pregnant?", {"possible": "Maybe", "not_applicable": "Does not fit me"}),
    _Q("safety.nicotine", "Do you smoke, vape, or chew?", {"former": "In the past", "current": "Now"}),
    _Q("safety.height_cm", "How tall are you?", short=True),
    _Q("safety.weight_kg", "What do you weigh?", short=True),
))  # fmt: skip

_WARNING = Part("Tell us right away", (
    _Q("red_flags.sudden_onset.answer", "Did it start all at once, and get to its worst in about a minute?"),
    _Q("red_flags.neurologic_deficit.answer",
       "Is your face, arm, or leg weak or numb? Is it hard to speak or see? Did you have a seizure?"),
    _Q("red_flags.systemic_illness.answer", "Do you have a fever, a stiff neck, or a rash, or do you feel very ill?"),
    _Q("red_flags.painful_eye.answer", "Do you have a red or sore eye, or a lid that droops?"),
    _Q("red_flags.pattern_change.answer", "Is this headache new, or has it just changed?"),
    _Q("red_flags.progressive.answer", "Does it get worse and worse?"),
    _Q("red_flags.positional.answer", "Does it change a lot when you stand up or lie down?"),
    _Q("red_flags.precipitated.answer", "Does it start when you cough, sneeze, or strain?"),
    _Q("red_flags.neoplasm.answer", "Do you have cancer, or did you ever have it?"),
    _Q("red_flags.immune_disease.answer", "Is it hard for your body to fight germs, from HIV, a drug, or an illness?"),
    _Q("red_flags.pregnancy.answer", "Are you pregnant, or were you in the last six weeks?"),
), "If you tick Yes in this part, show this page to the staff now. Do not wait.")  # fmt: skip

_HOPES = Part("What you hope for", (
    _Q("goals.patient_goal", "What do you want most from this visit?"),
    _Q("goals.expectations", "What do you think surgery could do for you?"),
    _Q("goals.work_impact", "How do the headaches change your work or school?"),
    _Q("goals.caring_impact", "How do they change what you do for your family?"),
))  # fmt: skip

PARTS = (_ABOUT, _WARNING, _PAIN, _DAYS, _TRIED, _HEALTH, _HOPES)
"""The questionnaire from its beginning to its end."""
