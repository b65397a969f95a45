"""The records of sending: what is to be sent, one attempt with what became of it, and why one came to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from referral_app.choices import AttemptState, BounceReason, Channel, PaperKind
from referral_app.clinical import phones
from referral_app.models.sending import SendAttempt

ATTACHMENTS = "attachments"
"""The part that stands for every enclosed file."""


@dataclass(frozen=True)
class Sending:
    """What is sent: how, whereto, which parts in which order; `paper_id` is the set in the ledger.

    By fax the number is that of the directory: `shown` is the one that the person saw, `last_four` what they typed of
    it. `version` is the lock version of the referral as it was looked at.
    """

    channel: Channel
    address: str = ""
    parts: tuple[str, ...] = ()
    last_four: str = ""
    shown: str = ""
    version: int = 0
    note: str = ""
    paper_id: str = ""
    pages: int = 0


@dataclass(frozen=True)
class Bounce:
    """Why an attempt came to nothing: on which day that was known, in which words, and which answers are asked anew.

    `who_has_it` says where a wrong number or address belongs to, as far as that is known, `reached` which it was: None
    stands for the one that was meant, "" for one that nobody knows.
    """

    reason: BounceReason
    on: date
    note: str = ""
    fields: tuple[str, ...] = ()
    who_has_it: str = ""
    reached: str | None = None


@dataclass(frozen=True)
class AttemptRecord:
    """One attempt to send a referral, and what became of it."""

    id: str
    referral_id: str
    number: int
    channel: Channel
    address: str
    verified_on: date | None
    parts: tuple[str, ...]
    pages: int
    paper_id: str
    started_at: datetime
    started_by: str
    state: AttemptState
    reason: BounceReason | None
    note: str
    settled_at: datetime | None
    settled_by: str
    confirmation: str
    attachment_id: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return self.state is AttemptState.WAITING

    @property
    def may_be_repeated(self) -> bool:
        """Whether the same paper can go again: nothing of it or of the number has to change first."""
        again = (None, BounceReason.BUSY, BounceReason.OTHER, BounceReason.CANCELED)
        return bool(self.paper_id) and self.state is not AttemptState.CONFIRMED and self.reason in again

    @property
    def said(self) -> str:
        """Channel and address in words."""
        return say(self.channel, self.address)

    @property
    def state_words(self) -> str:
        """What became of it, in words."""
        return self.reason.label if self.reason else self.state.label

    @property
    def parts_words(self) -> tuple[str, ...]:
        """What went, in its order."""
        return tuple(part_label(one) for one in self.parts)


@dataclass(frozen=True)
class Settled:
    """What came of an attempt: the attempt, and the incident that was opened or "" where none was."""

    attempt: AttemptRecord
    incident_id: str = ""


def say(channel: Channel, address: str) -> str:
    """Return how something goes out, in words."""
    if not address:
        return channel.label
    if channel is Channel.FAX:
        return f"Fax to {phones.say(address)}, ending in {' '.join(phones.digits(address)[-4:])}"
    return f"{channel.label}: {address}"


def part_label(part: str) -> str:
    """Return what a part of the set is called."""
    return "Attached files" if part == ATTACHMENTS else PaperKind(part).label


def record_of(row: SendAttempt) -> AttemptRecord:
    """Return the record of a row."""
    return AttemptRecord(
        row.id, row.referral_id, row.number, row.channel, row.address, row.verified_on,
        tuple(str(one) for one in row.parts), row.pages, row.paper_id or "", row.started_at, row.started_by, row.state,
        row.reason, row.note, row.settled_at, row.settled_by, row.confirmation, row.attachment_id or "",
    )  # fmt: skip
