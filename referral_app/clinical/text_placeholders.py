"""The placeholders of patient texts: a closed list, each with what stands in its place on paper, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from referral_app.clinical import patient_markdown


class Placeholder(NamedTuple):
    """What a placeholder gives, and what it gives for an invented patient in English and in Spanish."""

    meaning: str
    example: str
    spanish: str = ""


PACKET: Mapping[str, Placeholder] = {
    "surgeon": Placeholder("The surgeon's name", "Dr. Keen"),
    "center": Placeholder("The name of the Headache Center", "Invented Headache Center"),
    "phone": Placeholder("The phone number to call", "(410) 555-0142"),
    "after_hours": Placeholder(
        "A sentence with the number for nights and weekends; nothing where there is none",
        "When we are closed, call (410) 555-0143.", "Cuando estemos cerrados, llame al (410) 555-0143.",
    ),
    "referrer": Placeholder("Who sent the patient", "Dr. Ross"),
    "purpose": Placeholder(
        "Why the patient comes", "to give you a second opinion", "para darle una segunda opinión"
    ),
    "diagnosis": Placeholder("What the pain is called", "occipital neuralgia", "neuralgia occipital"),
    "plans": Placeholder(
        "A sentence with the plans the office works with; nothing where none is on file",
        "This office works with: Invented Health Plan.", "Este consultorio trabaja con: Invented Health Plan.",
    ),
    "coverage": Placeholder(
        "A sentence with the patient's plan; nothing where there is none",
        "The plan we have on file for you is Invented Health Plan.",
        "El plan que tenemos registrado para usted es Invented Health Plan.",
    ),
    "for_language": Placeholder(
        "In which language an interpreter speaks; nothing for English", " in Portuguese", " en portugués"
    ),
    "interest": Placeholder(
        "A sentence for those who asked for a study; nothing for others",
        "You told us that you may want to join one. ", "Nos dijo que quizá quiera participar en uno. ",
    ),
    "scope": Placeholder(
        "Which operation a study was about; nothing for migraine", "They wrote about migraine. ",
        "Escribieron sobre la migraña. ",
    ),
    "wheelchair_access": Placeholder(
        "How to get in with a wheelchair; nothing where it is not known", "Use the ramp at the side door.",
        "Use la rampa de la puerta lateral.",
    ),
    "sites": Placeholder("The names of the trigger sites", "forehead, temple", "frente, sien"),
    "own_sites": Placeholder(
        "A sentence where the patient's own sites are marked; nothing for others", "Yours are marked.",
        "Los suyos están marcados.",
    ),
}  # fmt: skip
"""What the texts of both packets may use; `documents/consult_packet.py` fills it."""

SURGERY: Mapping[str, Placeholder] = {
    "patient": Placeholder("The patient's full name", "Ana Ruiz"),
    "operation": Placeholder("What the operation is called", "occipital release", "liberación occipital"),
    "day": Placeholder("The day of the surgery", "on Friday, March 27, 2026", "el viernes 27 de marzo de 2026"),
    "arrive": Placeholder("When to be there", "8:00 a.m."),
    "start": Placeholder("When the surgery is planned to begin", "9:30 a.m."),
    "place": Placeholder("Where it is", "Invented Hospital, 12 Mockup Street, Baltimore, MD 21224"),
    "access": Placeholder("How to get in; nothing where it is not known", "Use the main door."),
    "interpreter": Placeholder(
        "That an interpreter is booked; nothing where none is", "An interpreter will be there.",
        "Habrá un intérprete.",
    ),
    "fasting": Placeholder("The surgeon's words on food and drink", "(the surgeon's words on food and drink)"),
    "medications": Placeholder("The surgeon's words on medicine", "(the surgeon's words on medicine)"),
    "ride": Placeholder("The surgeon's words on the ride home", "(the surgeon's words on the ride home)"),
    "aftercare": Placeholder("The surgeon's words on care at home", "(the surgeon's words on care at home)"),
    "day_after": Placeholder(
        "The day after the surgery", "on Saturday, March 28, 2026", "el sábado 28 de marzo de 2026"
    ),
    "week_one": Placeholder("The day one week later", "April 3, 2026", "3 de abril de 2026"),
    "week_two": Placeholder("The day two weeks later", "April 10, 2026", "10 de abril de 2026"),
    "week_three": Placeholder("The day three weeks later", "April 17, 2026", "17 de abril de 2026"),
}  # fmt: skip
"""What texts of the surgery packet may use besides; their names begin with "surgery"."""

CARD = ("surgeon", "phone", "plans")
"""What texts of the surgeon card may use; their names begin with "card"."""

HELP = ("phone",)
"""What the notice of help in another language may use: it stands on papers that are of no visit, too."""

AS_BEFORE = "As in the text of the program"


def known_for(name: str, original: str) -> dict[str, Placeholder]:
    """Return the placeholders that a text may use; those of the program's own text always."""
    if name.startswith("card") or name == "help":
        known = {key: PACKET[key] for key in (HELP if name == "help" else CARD)}
    else:
        known = {**PACKET, **(SURGERY if name.startswith("surgery") else {})}
    more = (one for one in patient_markdown.placeholders(original) if one not in known)
    return known | {one: Placeholder(AS_BEFORE, f"({one.replace('_', ' ')})") for one in more}


def examples(name: str, original: str, language: str) -> dict[str, str]:
    """Return what fills the placeholders of a text for an invented patient."""
    known = known_for(name, original)
    return {key: (language == "es" and one.spanish) or one.example for key, one in known.items()}
