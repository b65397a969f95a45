"""Saving the packets of several referrals into a folder; plain functions, each item by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from referral_app.database import Database, Session
from referral_app.jobs import files, packets
from referral_app.jobs.letters import Made
from referral_app.services import printing
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import ReferralRow

PRINTED = ("en", "es")
"""The languages that a packet can be asked in; until the Spanish one is reviewed it prints English with a notice."""


@dataclass(frozen=True)
class Wanted:
    """What is printed; None is as each patient needs it."""

    language: str | None = None
    large: bool | None = None


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


def needs(session: Session, reference: str) -> Wanted:
    """Return the language and print size that the patient of a referral needs."""
    language, needed = printing.wishes(session, reference)
    return Wanted(language if language in PRINTED else "en", bool({"large_print", "low_vision"} & needed))


def shown(db: Database, reference: str, wanted: Wanted) -> Made:
    """Return a packet to be shown, as its patient needs it where nothing else is wanted; raises as `packets.make`."""
    with db.read() as session:
        printed = resolved(session, reference, wanted)
    made = packets.make(
        db, reference, language=printed.language or "en", large=bool(printed.large), preview=True
    )
    return replace(made, large=bool(printed.large))


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
    files.write(target, made.content)
    return replace(saved, names=(*saved.names, made.name), replaced=saved.replaced + again)
