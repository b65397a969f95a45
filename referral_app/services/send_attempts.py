"""The rows of attempts to send, written and read for `sending`, which asks who may."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import (
    AttemptState,
    AuditAction,
    BounceReason,
    Channel,
    ReferralState,
    RequestStatus,
    TaskKind,
)
from referral_app.clinical import dates, transitions
from referral_app.models.base import now
from referral_app.models.paper import Paper
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.sending import SendAttempt
from referral_app.services import events, fax_numbers, referral_writing, referrals, tasks, waiting
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope
from referral_app.services.send_records import Sending, record_of, say

_PAGES = re.compile(r"\b(\d{1,4})\s*(?:pages?|pgs?|pp?)\b", re.IGNORECASE)
FAILURES = frozenset({
    BounceReason.BUSY, BounceReason.WRONG_NUMBER, BounceReason.REFUSED, BounceReason.OTHER,
})  # fmt: skip
"""With these the surgeon's office has nothing: it is sent again."""


def get(session: Session, attempt_id: str) -> tuple[SendAttempt, Referral]:
    """Return an attempt with its referral; raises NotFound, Denied."""
    made = session.get(SendAttempt, attempt_id)
    if made is None:
        raise NotFound("This attempt is not there.")
    row = session.get_one(Referral, made.referral_id)
    ask_scope(session, row.practice_id, "send_attempt", made.id)
    return made, row


def unsettled(session: Session, attempt_id: str) -> tuple[SendAttempt, Referral]:
    """Return an attempt that is open with its referral; raises InvalidInput for one that is settled."""
    made, row = get(session, attempt_id)
    if made.state is not AttemptState.WAITING:
        on = _said(made.settled_at)
        raise InvalidInput(
            {"": f"{made.settled_by or 'Somebody'} recorded “{record_of(made).state_words.lower()}”{on} already. "
                 "Nothing was recorded twice."}
        )  # fmt: skip
    return made, row


def request_of(session: Session, made: SendAttempt, row: Referral) -> Request | None:
    """Return the latest request where an attempt was made for it, None where it was for an earlier one."""
    request = waiting.latest(session, row.id)
    return request if request is not None and made.started_at >= request.created else None


def is_current(session: Session, made: SendAttempt, row: Referral) -> bool:
    """Tell whether the request of an attempt still waits for something."""
    request = request_of(session, made, row)
    return request is not None and request.status not in transitions.OVER


def is_of_version(session: Session, made: SendAttempt, row: Referral) -> bool:
    """Tell whether an attempt carried the version that its referral has now."""
    return is_number(session, made.paper_id or "", row.number)


def is_number(session: Session, paper_id: str, number: int) -> bool:
    """Tell whether a paper of the ledger is of this version."""
    paper = session.get(Paper, paper_id) if paper_id else None
    return paper is not None and paper.number == number


def open_mail(session: Session, row: Referral, address: str) -> SendAttempt | None:
    """Return a mail of this version to this address of which nobody knows yet what became of it."""
    mine = (
        select(SendAttempt)
        .join(Paper, Paper.id == SendAttempt.paper_id)
        .where(
            SendAttempt.referral_id == row.id,
            SendAttempt.channel == Channel.EMAIL,
            SendAttempt.state == AttemptState.WAITING,
            func.lower(SendAttempt.address) == address.lower(),
            Paper.number == row.number,
        )
    )
    return session.scalar(mine.limit(1))


def add(
    session: Session, row: Referral, sending: Sending, address: str, verified_on: date | None
) -> SendAttempt:
    """Write an attempt that is open, and return it."""
    last = select(func.max(SendAttempt.number)).where(SendAttempt.referral_id == row.id)
    made = SendAttempt(
        referral_id=row.id, number=1 + (session.scalar(last) or 0), channel=sending.channel, address=address.strip(),
        verified_on=verified_on, parts=list(sending.parts), pages=sending.pages, paper_id=sending.paper_id or None,
        started_at=now(), started_by=actor(session).name, state=AttemptState.WAITING, note=sending.note.strip(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def move(session: Session, row: Referral, sending: Sending) -> None:
    """Mark the referral as sent, the first time or again, and settle what asked for that."""
    fax = sending.channel is Channel.FAX
    if row.state is ReferralState.SIGNED:
        if fax:
            fax_numbers.mark_faxed(session, row.id, sending.last_four, sending.shown, sending.version)
        else:
            how = say(sending.channel, sending.address)
            referrals.mark_sent(session, row.id, how, sending.version, channel=str(sending.channel))
    else:
        _send_again(session, row, sending)
    for task in tasks.of_referral(session, row.id):
        if task.kind is TaskKind.RESEND:
            tasks.done(session, task.id, "Sent again")


def pages_problem(made: SendAttempt, words: str) -> str:
    """Return what is wrong where a confirmation names another number of pages than was sent, "" where nothing is."""
    said = _PAGES.search(words)
    if said is None or not made.pages or int(said[1]) == made.pages:
        return ""
    named = f"{int(said[1])} page{'' if int(said[1]) == 1 else 's'}"
    return f"The confirmation says {named}, and {made.pages} {'was' if made.pages == 1 else 'were'} sent."


def settle(session: Session, made: SendAttempt, state: AttemptState, note: str) -> None:
    """Write what became of an attempt, by whom and when."""
    made.state, made.note = state, note.strip()
    made.settled_at, made.settled_by = now(), actor(session).name
    session.flush()


def follow(session: Session, row: Referral) -> None:
    """Let the latest request say whether anything that was sent for it may have arrived, and why nothing did.

    Where the table of transitions has a request that is sent, a failure changes nothing: it is sent and not received.
    """
    request = waiting.latest(session, row.id)
    if request is None or request.status is not RequestStatus.SENT:
        return
    mine = SendAttempt.referral_id == row.id, SendAttempt.started_at >= request.created
    made = session.scalars(select(SendAttempt).where(*mine).order_by(SendAttempt.number)).all()
    failed = [one for one in made if one.state is AttemptState.FAILED and one.reason in FAILURES]
    on_its_way = any(one.state is not AttemptState.FAILED for one in made)
    last = failed[-1] if failed and not on_its_way else None
    why = last.reason if last else None
    if request.undelivered is not why:
        request.undelivered = why
        request.undelivered_on = (last.settled_at or now()).astimezone().date() if last else None
        session.flush()
        waiting.follow(session, row, request)


def note(session: Session, action: AuditAction, made: SendAttempt, row: Referral) -> None:
    """Note an act on an attempt for the audit."""
    events.record(
        session, action, "send_attempt", made.id, row.patient_id, reference=row.reference,
        channel=str(made.channel), state=str(made.state),
    )  # fmt: skip


def _send_again(session: Session, row: Referral, sending: Sending) -> None:
    address = sending.address
    if sending.channel is Channel.FAX:
        address = fax_numbers.for_fax(
            session, row.id, "Letter sent again", sending.last_four, sending.shown
        ).number
    request = waiting.latest(session, row.id)
    if request is not None and request.status is RequestStatus.SENT:
        request.sent_on = now().astimezone().date()
        session.flush()
        waiting.follow(session, row, request)
    referral_writing.append_event(
        session, row, referral_writing.SENT, f"Again. {say(sending.channel, address)}"
    )
    referrals.note(session, AuditAction.SENT, row, again=True, channel=str(sending.channel))


def _said(at: datetime | None) -> str:
    return f" on {dates.say(at.astimezone().date())}" if at else ""
