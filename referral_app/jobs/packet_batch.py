"""Saving the packets of several referrals into a folder; plain functions, each item by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from referral_app.choices import LANGUAGES, Need, PaperAct
from referral_app.database import Database, Session
from referral_app.jobs import files, packets, papers
from referral_app.jobs.papers import Made
from referral_app.services import printing
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import ReferralRow

PRINTED = ("en", "es")
"""The languages that a packet can be asked in; until the Spanish one is reviewed it prints English with a notice."""


_LARGE = frozenset({Need.LARGE_PRINT, Need.LOW_VISION})


@dataclass(frozen=True)
class Wanted:
    """What is printed; None is as each patient needs it.

    `why` says why that is proposed; `minor` that the patient is under 18, for whom there is no packet yet.
    """

    language: str | None = None
    large: bool | None = None
    why: str = field(default="", compare=False)
    minor: bool = False


@dataclass(frozen=True)
class Unprinted:
    """A packet that could not be made, and why."""

    reference: str
    why: str


@dataclass(frozen=True)
class Saved:
    """What became of a batch."""

    folder: Path
    names: tuple[str, ...] = ()
    replaced: int = 0
    unprinted: tuple[Unprinted, ...] = ()
    canceled: bool = False


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
    large = any(one in needed for one in _LARGE)
    words = [f"the patient prefers {LANGUAGES[language]}"] if language in LANGUAGES else []
    if language in LANGUAGES and language not in PRINTED:
        words[-1] += ", for which there is no packet"
    if large:
        words += [f"needs: {', '.join(one.label.lower() for one in Need if one in _LARGE and one in needed)}"]
    why = "; ".join(words)
    sentence = f"{why[:1].upper()}{why[1:]}." if why else ""
    return Wanted(language if language in PRINTED else "en", large, sentence, minor)


def shown(db: Database, reference: str, wanted: Wanted) -> Made:
    """Return a packet to be shown, as its patient needs it where nothing else is wanted; raises as `packets.make`."""
    with db.read() as session:
        printed = resolved(session, reference, wanted)
    return packets.make(db, reference, language=printed.language or "en", large=bool(printed.large))


def resolved(session: Session, reference: str, wanted: Wanted) -> Wanted:
    """Return what is printed for one referral."""
    asked = needs(session, reference)
    return Wanted(
        asked.language if wanted.language is None else wanted.language,
        asked.large if wanted.large is None else wanted.large,
    )


def save(
    db: Database,
    chosen: Sequence[ReferralRow],
    wanted: Wanted,
    folder: Path,
    progress: Callable[[int, int], None],
    canceled: Callable[[], bool],
) -> Saved:
    """Make and write each packet, and return what was written and what could not be made.

    A file carries the reference, not the patient. Raises InvalidInput where the folder itself cannot be written.
    """
    saved = Saved(folder)
    for number, row in enumerate(chosen):
        if canceled():
            return replace(saved, canceled=True)
        try:
            saved = _one(db, row.reference, wanted, saved)
        except InvalidInput as error:
            if "file" in error.fields:
                raise
            saved = replace(saved, unprinted=(*saved.unprinted, Unprinted(row.reference, str(error))))
        progress(number + 1, len(chosen))
    return saved


def _one(db: Database, reference: str, wanted: Wanted, saved: Saved) -> Saved:
    with db.read() as session:
        exact = resolved(session, reference, wanted)
    made = packets.make(db, reference, language=exact.language or "en", large=bool(exact.large))
    target = saved.folder / made.name
    again = target.exists()
    papers.left(db, made, PaperAct.SAVED, how=made.name)
    files.write(target, made.content)
    return replace(saved, names=(*saved.names, made.name), replaced=saved.replaced + again)
