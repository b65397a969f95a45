"""The placeholders of patient texts: a closed list, each with what stands in its place on paper."""

from __future__ import annotations

from collections.abc import Mapping

from referral_app.clinical import patient_markdown

PACKET: Mapping[str, str] = {
    "surgeon": "The surgeon's name, such as Dr. Jonah Keen",
    "center": "The name of the Headache Center",
    "phone": "The phone number to call",
    "after_hours": "A sentence with the number for nights and weekends; nothing where there is none",
    "referrer": "Who sent the patient",
    "purpose": "Why the patient comes, such as: to give you a second opinion",
    "diagnosis": "What the pain is called",
    "plans": "Which plans the surgeon takes",
    "coverage": "A sentence with the patient's plan; nothing where there is none",
    "for_language": "In which language an interpreter speaks, such as: in Spanish; nothing for English",
    "interest": "A sentence for those who asked for a study; nothing for others",
    "scope": "Which operation is meant",
}
"""What every text may use, with what it gives."""

SURGERY: Mapping[str, str] = {}
"""What texts of the surgery packet may use besides; their names begin with "surgery"."""

AS_BEFORE = "As in the text of the program"


def known_for(name: str, original: str) -> dict[str, str]:
    """Return the placeholders that a text may use, with their meanings; those of the program's own text always."""
    known = {**PACKET, **(SURGERY if name.startswith("surgery") else {})}
    return known | {one: AS_BEFORE for one in patient_markdown.placeholders(original) if one not in known}
