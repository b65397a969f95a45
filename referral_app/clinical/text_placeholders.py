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
    "plans": Placeholder("Which plans the surgeon takes", "Invented Health Plan"),
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
        "What the societies wrote about, where that is not the patient's pain; nothing for migraine",
        "They wrote about migraine. ", "Ellos hablan de la migraña. ",
    ),
    "wheelchair_access": Placeholder(
        "Whether a wheelchair can get in; nothing where nobody knows",
        "The place where you go can be reached with a wheelchair.",
        "Al lugar de su cita se puede entrar en silla de ruedas.",
    ),
    "sites": Placeholder(
        "The six trigger sites with where they are", "I = forehead; II = temple", "I = la frente; II = la sien"
    ),
    "own_sites": Placeholder(
        "A sentence where the referral names trigger sites; nothing where it names none",
        "A thick line marks what your referral names.", "Una línea gruesa marca lo que dice su referido.",
    ),
}  # fmt: skip
"""What every text may use."""

SURGERY: Mapping[str, Placeholder] = {
    "patient": Placeholder("The patient's name", "Invented Patient"),
    "operation": Placeholder("The operation, as it was chosen", "Occipital release, greater occipital nerve"),
    "day": Placeholder("The day of the surgery", "Tuesday, April 6, 2027", "martes, 6 de abril de 2027"),
    "arrive": Placeholder("When to come on that day", "6:30 AM"),
    "start": Placeholder("When the surgery is planned for", "7:30 AM"),
    "place": Placeholder("Where, with the address", "Harbor Surgery Center, 200 Mockup Street, Baltimore, MD 21202"),
    "access": Placeholder("How to get in; its whole line is left out where nothing is known", "Use the east door."),
    "interpreter": Placeholder(
        "That an interpreter is booked; its whole line is left out where none is",
        "one is booked for you. It is free.", "ya hay uno para usted. Es gratis.",
    ),
    "fasting": Placeholder("What the surgeon wrote about eating and drinking", "(the words of the surgeon)"),
    "medications": Placeholder("What the surgeon wrote about medicine", "(the words of the surgeon)"),
    "ride": Placeholder("What the surgeon wrote about the ride home", "(the words of the surgeon)"),
    "aftercare": Placeholder("What the surgeon wrote about care at home", "(the words of the surgeon)"),
    "day_after": Placeholder("The day after the surgery", "Wednesday, April 7, 2027", "miércoles, 7 de abril de 2027"),
    "week_one": Placeholder("The day one week after it", "April 13, 2027", "13 de abril de 2027"),
    "week_two": Placeholder("The day two weeks after it", "April 20, 2027", "20 de abril de 2027"),
    "week_three": Placeholder("The day three weeks after it", "April 27, 2027", "27 de abril de 2027"),
}  # fmt: skip
"""What texts of the surgery packet may use besides; their names begin with "surgery"."""

AS_BEFORE = "As in the text of the program"


def known_for(name: str, original: str) -> dict[str, Placeholder]:
    """Return the placeholders that a text may use; those of the program's own text always."""
    known = {**PACKET, **(SURGERY if name.startswith("surgery") else {})}
    more = (one for one in patient_markdown.placeholders(original) if one not in known)
    return known | {one: Placeholder(AS_BEFORE, f"({one.replace('_', ' ')})") for one in more}


def examples(name: str, original: str, language: str) -> dict[str, str]:
    """Return what fills the placeholders of a text for an invented patient."""
    known = known_for(name, original)
    return {key: (language == "es" and one.spanish) or one.example for key, one in known.items()}
