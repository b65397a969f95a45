"""How packets are wanted: language and print size as each patient needs them, unless somebody chose otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from referral_app.choices import LANGUAGES, Need, PaperKind
from referral_app.database import Database, Session
from referral_app.jobs import packets
from referral_app.jobs.papers import Made
from referral_app.services import packet_people, printing
from referral_app.services.batches import Wish

PRINTED = ("en", "es")
"""The languages that a packet can be asked in; until the Spanish one is reviewed it prints English with a notice."""


@dataclass(frozen=True)
class Wanted:
    """What is printed; None is as each patient needs it.

    `why` says why that is proposed; `minor` that the patient is under 18, for whom there is no packet yet. `sections`
    are the keys of the parts that are ticked.
    """

    language: str | None = None
    large: bool | None = None
    why: str = field(default="", compare=False)
    minor: bool = False
    sections: frozenset[str] | None = None


NO_PACKET = (
    "The patient is under 18. The packet is written for adults, and there is none yet for people under 18: talk it "
    "through with the patient and the legal representative instead."
)


def needs(session: Session, reference: str) -> Wanted:
    """Return the language and print size that the patient of a referral needs, and why; whether there is a packet."""
    language, needed = printing.wishes(session, reference)
    return proposed(language, needed, printing.is_minor(session, reference))


def proposed(language: str, needed: Collection[str], minor: bool) -> Wanted:
    """Return what fits a preferred language and needs, and why that is proposed."""
    bigger = [one.label.lower() for one in Need if one in packet_people.LARGE and one in needed]
    words = [f"the patient prefers {LANGUAGES[language]}"] if language in LANGUAGES else []
    if language in LANGUAGES and language not in PRINTED:
        words[-1] += ", for which there is no packet"
    if bigger:
        words.append(f"needs: {', '.join(bigger)}")
    why = "; ".join(words)
    sentence = f"{why[:1].upper()}{why[1:]}." if why else ""
    return Wanted(language if language in PRINTED else "en", bool(bigger), sentence, minor)


def shown(db: Database, reference: str, wanted: Wanted, *, ahead: bool = False) -> Made:
    """Return a packet to be shown, as its patient needs it where nothing else is wanted; raises as `packets.make`."""
    with db.read() as session:
        printed = resolved(session, reference, wanted)
    return packets.make(
        db, reference, language=printed.language or "en", large=bool(printed.large), sections=wanted.sections,
        ahead=ahead,
    )  # fmt: skip


def resolved(session: Session, reference: str, wanted: Wanted) -> Wanted:
    """Return what is printed for one referral."""
    asked = needs(session, reference)
    return Wanted(
        asked.language if wanted.language is None else wanted.language,
        asked.large if wanted.large is None else wanted.large,
        sections=wanted.sections,
    )


def wishes(db: Database, references: Sequence[str], wanted: Wanted) -> list[Wish]:
    """Return what a batch makes for referrals, each as its patient needs it where nothing else is wanted."""
    with db.read() as session:
        people = packet_people.find(session, references)
    made: list[Wish] = []
    for reference in references:
        if person := people.get(reference):
            asked = proposed(person.language, person.needs, person.minor)
            language = asked.language if wanted.language is None else wanted.language
            large = asked.large if wanted.large is None else wanted.large
            made.append(Wish(reference, PaperKind.PACKET, language or "en", bool(large)))
    return made
