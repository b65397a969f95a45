"""Making mailing labels for the patients of referrals."""

from __future__ import annotations

from collections.abc import Sequence

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.jobs.papers import Made
from referral_app.services import center, packet_people
from referral_app.services.center import CenterRecord

START, SENDER = "start ", "with our address"
"""What may stand before the reference numbers where labels are asked for by one text."""


def make(db: Database, references: Sequence[str], *, start: int = 1, with_sender: bool = False) -> Made:
    """Return sheets of labels, each patient once, from a label on; who has no address is named in the notes.

    Raises InvalidInput naming what stands in the way, Denied.
    """
    from referral_app.documents import mailing_labels

    with db.read() as session:
        found = packet_people.addresses(session, references)
        home = center.get(session)
    with_address = [one for one in found if one.lines]
    labels = tuple(mailing_labels.Label(one.name, one.lines) for one in with_address)
    sender = _line(home) if with_sender else ""
    notes = tuple(
        f"{one.name} ({one.reference}) has no whole address on file." for one in found if not one.lines
    )
    if with_sender and not sender:
        notes = ("The address of the Headache Center is not entered yet, and is left off.", *notes)
    content = mailing_labels.render(mailing_labels.Labels(labels, start, sender))
    many = f"{len(labels):,} patient{'' if len(labels) == 1 else 's'}"
    subject, details = f"Mailing labels of {many}", {"references": [one.reference for one in with_address]}
    return Made(
        "mailing-labels.pdf",
        content,
        notes,
        str(PaperKind.LABELS),
        subject=subject,
        details=details,
    )


def asked(words: Sequence[str]) -> tuple[list[str], int, bool]:
    """Return reference numbers, first label and whether our address is wanted, of the parts of a text."""
    start = next((one.removeprefix(START) for one in words if one.startswith(START)), "1")
    named = [one for one in words if one != SENDER and not one.startswith(START)]
    return named, int(start) if start.isdecimal() else 1, SENDER in words


def _line(home: CenterRecord) -> str:
    """Return the address of the Center in one line, "" where it is not whole."""
    if not all((home.line1, home.city, home.state, home.zip)):
        return ""
    street = ", ".join(part for part in (home.line1, home.line2) if part)
    return f"{home.name}, {street}, {home.city}, {home.state} {home.zip}"
