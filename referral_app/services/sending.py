"""Attempts to send a referral: begun with the paper in the ledger, confirmed, failed with a reason, and repeated.

What goes by mail through a server is announced first and marked as sent once the server took it: the store is never
held while the network is waited for, and a crash in between leaves the announcement, so that nothing goes twice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import (
    AttemptState,
    AuditAction,
    BounceReason,
    Channel,
    DeclineReason,
    PaperAct,
    Permission,
    ReferralState,
    ReplyKind,
    RequestAct,
    RequestStatus,
    TaskKind,
)
from referral_app.clinical import dates, phones, transitions
from referral_app.models.base import now
from referral_app.models.paper import Paper
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.sending import SendAttempt
from referral_app.services import (
    attachments,
    fax_numbers,
    incidents,
    ledger,
    mail_server,
    referral_rows,
    referrals,
    replies,
    requests,
    send_attempts,
    tasks,
    waiting,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Leaving
from referral_app.services.permissions import in_scope, needs
from referral_app.services.replies import Reply
from referral_app.services.request_records import Happened
from referral_app.services.send_records import AttemptRecord, Bounce, Sending, Settled, record_of, say
from referral_app.services.tasks import Wish

__all__ = [
    "AttemptRecord", "Bounce", "Sending", "Settled", "announce", "begin", "confirm", "fail", "find", "get", "left",
    "refused", "reopen", "unanswered", "uncertain",
]  # fmt: skip

ANNOUNCED = "Handed to the mail server; its answer is not known yet."
UNCERTAIN = (
    "The mail server had the whole message and did not answer. Ask the recipient before it is sent again."
)
SETTLE_FIRST = (
    "A mail of {on} to this address waits for a confirmation. Record first whether it arrived: the same must not go "
    "twice."
)
NOT_YET = "Only a signed referral can be sent."
CHANGED = "This referral was changed meanwhile. Let it be signed again, then send it."
OVER = (
    "The request to this surgeon is over: {}. To ask again, correct the referral or choose another surgeon."
)
BOUNCES = tuple(one for one in BounceReason if one is not BounceReason.CANCELED)
"""What a person can say of an attempt; that it was canceled in time is known by who canceled it alone."""
_NEEDS_NOTE = frozenset({BounceReason.REFUSED, BounceReason.OTHER})


@needs(Permission.SEND)
def begin(session: Session, name: str, sending: Sending) -> AttemptRecord:
    """Record that a referral leaves now, and return the attempt; part of the act by which the paper leaves.

    The first time it is marked as sent; again it counts from today. Raises InvalidInput by field (channel, address,
    parts, last_four) or for one that is not signed or has an uncleared emergency; Conflict since `version`; NotFound,
    Denied.
    """
    row = referral_rows.row(session, name)
    _refuse(session, row, sending)
    return record_of(_begin(session, row, sending))


@needs(Permission.SEND)
def announce(session: Session, name: str, sending: Sending) -> AttemptRecord:
    """Record that a referral is about to be handed to the mail server, and return the attempt; nothing is sent yet.

    Raises as `begin`, and while an earlier mail to the same address waits for its confirmation.
    """
    row = referral_rows.row(session, name)
    _refuse(session, row, sending)
    made = send_attempts.add(session, row, replace(sending, note=ANNOUNCED), sending.address, None)
    send_attempts.note(session, AuditAction.CREATED, made, row)
    return record_of(made)


@needs(Permission.SEND)
def left(session: Session, attempt_id: str, sending: Sending) -> AttemptRecord:
    """Record that the mail server took what was announced, and return the attempt; the referral is sent with it."""
    made, row = send_attempts.unsettled(session, attempt_id)
    if not send_attempts.is_of_version(session, made, row):
        raise InvalidInput({"": CHANGED})
    send_attempts.move(session, row, replace(sending, version=0))
    made.note, made.started_at, made.paper_id = sending.note.strip(), now(), sending.paper_id or made.paper_id
    session.flush()
    send_attempts.follow(session, row)
    return record_of(made)


@needs(Permission.SEND)
def refused(session: Session, attempt_id: str, why: str, *, canceled: bool = False) -> AttemptRecord:
    """Record that what was announced was not sent, refused or `canceled` in time, and return the attempt.

    The referral stays as it was.
    """
    made, row = send_attempts.unsettled(session, attempt_id)
    send_attempts.settle(session, made, AttemptState.FAILED, why)
    made.reason = BounceReason.CANCELED if canceled else BounceReason.REFUSED
    send_attempts.note(session, AuditAction.CHANGED, made, row)
    return record_of(made)


@needs(Permission.SEND)
def uncertain(session: Session, attempt_id: str, paper_id: str = "") -> AttemptRecord:
    """Record that nobody can tell whether what was announced was sent, and return the attempt, which stays open."""
    made, row = send_attempts.unsettled(session, attempt_id)
    made.note, made.paper_id = UNCERTAIN, paper_id or made.paper_id
    send_attempts.note(session, AuditAction.CHANGED, made, row)
    return record_of(made)


@needs(Permission.SEND)
def confirm(
    session: Session,
    attempt_id: str,
    on: date,
    words: str,
    attachment_id: str = "",
    today: date | None = None,
    *,
    confirmed: bool = False,
) -> AttemptRecord:
    """Record that an attempt arrived, by what was read or by a file, and return it; its request is received with it.

    A mail of which nobody could tell whether it went is sent with that. Raises InvalidInput by field (words, on, pages
    until `confirmed` where another number of them arrived) and for one that is settled already, NotFound, Denied.
    """
    made, row = send_attempts.unsettled(session, attempt_id)
    if not words.strip() and not attachment_id:
        raise InvalidInput({"words": "Type what the confirmation says, or attach it."})
    if not confirmed and (problem := send_attempts.pages_problem(made, words)):
        raise InvalidInput({"pages": problem})
    if attachment_id:
        attachments.keep(session, row.id, attachment_id)
    if on < made.started_at.astimezone().date():
        raise InvalidInput({"on": "The confirmation cannot be older than the attempt."})
    if on > (today or date.today()):
        raise InvalidInput({"on": "This day has not come yet."})
    request = _sent_with(session, made, row)
    if request is not None and request.status is RequestStatus.SENT:
        happened = Happened(RequestAct.RECEIVE, on, note=words.strip(), attachment_id=attachment_id)
        requests.enter(session, row.id, happened, today=today)
    made.confirmation, made.attachment_id = words.strip(), attachment_id or None
    send_attempts.settle(session, made, AttemptState.CONFIRMED, made.note)
    send_attempts.note(session, AuditAction.CHANGED, made, row)
    return record_of(made)


@needs(Permission.SEND)
def fail(session: Session, attempt_id: str, bounce: Bounce, today: date | None = None) -> Settled:
    """Record that an attempt came to nothing or came back, with all that follows from the reason, and return that.

    A wrong number opens an incident and is asked for again; what came back as incomplete opens a task with the answers
    that are asked anew; a plan that is not accepted declines the request, so that another surgeon can be asked; for
    the rest a task says that it is to be sent again. Raises InvalidInput by field (reason, note, on), NotFound, Denied.
    """
    made, row = send_attempts.unsettled(session, attempt_id)
    _refuse_bounce(made, bounce, today or date.today())
    request, incident = send_attempts.request_of(session, made, row), ""
    if bounce.reason is BounceReason.WRONG_NUMBER and made.channel is not Channel.MAIL:
        incident = incidents.record(session, _incident(session, made, row, bounce), today).id
        if made.channel is Channel.FAX:
            fax_numbers.distrust(session, made.address)
    if request is not None and request.status not in transitions.OVER:
        _reply(session, row, bounce, today)
    if bounce.reason in send_attempts.FAILURES and send_attempts.is_current(session, made, row):
        what, due = f"Send again: {bounce.reason.label.lower()}", today or date.today()
        tasks.begin(session, row.id, Wish(what, TaskKind.RESEND, due=due), today)
    made.reason = bounce.reason
    send_attempts.settle(session, made, AttemptState.FAILED, bounce.note)
    send_attempts.follow(session, row)
    send_attempts.note(session, AuditAction.CHANGED, made, row)
    return Settled(record_of(made), incident)


@needs(Permission.SEND)
def reopen(session: Session, attempt_id: str, why: str) -> AttemptRecord:
    """Take back with a reason what was recorded of an attempt, which waits again, and return it.

    The step that it entered goes with it where nothing was entered since; an incident or a task that followed stays and
    is settled by itself. Raises InvalidInput by "why", and where there is nothing to take back; NotFound, Denied.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    made, row = send_attempts.get(session, attempt_id)
    if made.state is AttemptState.WAITING:
        raise InvalidInput({"": "Nothing was recorded of this attempt yet."})
    if made.channel is Channel.EMAIL and made.reason in (BounceReason.REFUSED, BounceReason.CANCELED):
        raise InvalidInput({"": "This mail was not sent. Send it again."})
    if made.state is AttemptState.CONFIRMED or made.reason is BounceReason.OUT_OF_NETWORK:
        _undo_step(session, made, row, why)
    was = record_of(made).state_words
    said = f"Taken back: “{was}”, because: {why.strip()}"
    made.reason, made.settled_at, made.settled_by = None, None, ""
    made.confirmation, made.attachment_id = "", None
    made.state, made.note = AttemptState.WAITING, f"{made.note} {said}".strip()
    session.flush()
    send_attempts.follow(session, row)
    send_attempts.note(session, AuditAction.CHANGED, made, row)
    return record_of(made)


@needs(Permission.SEE_PATIENTS)
def find(session: Session, name: str) -> list[AttemptRecord]:
    """Return the attempts of a referral that is open, the latest first."""
    row = referral_rows.row(session, name)
    mine = select(SendAttempt).where(SendAttempt.referral_id == row.id).order_by(SendAttempt.number.desc())
    return [record_of(one) for one in session.scalars(mine)]


@needs(Permission.SEE_PATIENTS)
def get(session: Session, attempt_id: str) -> AttemptRecord:
    """Return one attempt; part of an opened referral. Raises NotFound, Denied."""
    return record_of(send_attempts.get(session, attempt_id)[0])


@needs(Permission.SEND)
def unanswered(session: Session) -> list[tuple[str, str]]:
    """Return id and reference of the referrals in view with a mail of which nobody knows what became, oldest first."""
    mine = (
        select(Referral.id, Referral.reference)
        .join(SendAttempt, SendAttempt.referral_id == Referral.id)
        .where(SendAttempt.state == AttemptState.WAITING, SendAttempt.channel == Channel.EMAIL)
        .where(SendAttempt.note.in_((ANNOUNCED, UNCERTAIN)), in_scope(session, Referral.practice_id))
        .order_by(SendAttempt.started_at, SendAttempt.id)
    )
    return [(row.id, row.reference) for row in session.execute(mine)]


# What stands in the way


def _refuse(session: Session, row: Referral, sending: Sending) -> None:
    referrals.ask_version(row, sending.version)
    problems = _problems(sending)
    if problems:
        raise InvalidInput(problems)
    if referrals.checked(session, referral_rows.current(session, row) or {}).uncleared:
        raise InvalidInput(referrals.UNCLEARED)
    if row.state is not ReferralState.SIGNED:
        _refuse_again(session, row)
    if sending.paper_id and not send_attempts.is_number(session, sending.paper_id, row.number):
        raise InvalidInput({"": CHANGED})
    if sending.channel is Channel.EMAIL and (
        open_one := send_attempts.open_mail(session, row, sending.address)
    ):
        on = dates.say(open_one.started_at.astimezone().date())
        raise InvalidInput({"address": SETTLE_FIRST.format(on=on)})


def _problems(sending: Sending) -> dict[str, str]:
    found: dict[str, str] = {}
    if "letter" not in sending.parts:
        found["parts"] = "The letter is always part of what goes out."
    if sending.channel is Channel.EMAIL and (problem := mail_server.address_problem(sending.address)):
        found["address"] = problem
    if sending.channel in (Channel.PORTAL, Channel.FILE) and not sending.address.strip():
        portal = sending.channel is Channel.PORTAL
        found["address"] = "Enter which portal." if portal else "Enter to whom the file goes."
    return found


def _refuse_again(session: Session, row: Referral) -> None:
    """Refuse to send again what is not the version that was sent, or asks nobody any more."""
    if row.state not in (ReferralState.SENT, ReferralState.ANSWERED):
        raise InvalidInput({"": NOT_YET if row.sent_number is None else CHANGED})
    if row.sent_number != row.number:
        raise InvalidInput({"": CHANGED})
    request = waiting.latest(session, row.id)
    if request is None or request.status in transitions.OVER:
        raise InvalidInput({"": OVER.format(request.status.label.lower() if request else "nobody was asked")})


def _refuse_bounce(made: SendAttempt, bounce: Bounce, today: date) -> None:
    problems: dict[str, str] = {}
    if bounce.reason not in BOUNCES:
        problems["reason"] = "Choose why."
    if bounce.reason in _NEEDS_NOTE and not bounce.note.strip():
        problems["note"] = "Enter what happened."
    if bounce.reason is BounceReason.INCOMPLETE and not (bounce.note.strip() or bounce.fields):
        problems["note"] = "Enter what is missing, or mark the answers that are asked for."
    if bounce.on < made.started_at.astimezone().date():
        problems["on"] = "This day is before the attempt."
    elif bounce.on > today:
        problems["on"] = "This day has not come yet."
    if made.channel is Channel.FAX and bounce.reached and (wrong := phones.problem(bounce.reached, "fax")):
        problems["reached"] = wrong
    if problems:
        raise InvalidInput(problems)


# Writing


def _begin(session: Session, row: Referral, sending: Sending) -> SendAttempt:
    target = fax_numbers.target(session, row.id) if sending.channel is Channel.FAX else None
    send_attempts.move(session, row, sending)
    made = send_attempts.add(
        session, row, sending, target.number if target else sending.address, target and target.verified_on
    )
    send_attempts.follow(session, row)
    return made


def _reply(session: Session, row: Referral, bounce: Bounce, today: date | None) -> None:
    """Record what a failure says of the request: more is asked for, or it is declined."""
    if bounce.reason is BounceReason.INCOMPLETE:
        reply = Reply(ReplyKind.INFORMATION, bounce.on, bounce.note, fields=bounce.fields)
    elif bounce.reason is BounceReason.OUT_OF_NETWORK:
        reply = Reply(ReplyKind.DECLINED, bounce.on, bounce.note, reason=DeclineReason.PLAN)
    else:
        return
    replies.record(session, row.id, reply, today=today)


def _sent_with(session: Session, made: SendAttempt, row: Referral) -> Request | None:
    """Return the request that an attempt arrived for; a mail of which that was not known is sent with it."""
    if made.note == ANNOUNCED and made.paper_id:  # the program ended before the server's answer was recorded
        how = say(made.channel, made.address)
        ledger.again(session, made.paper_id, Leaving(PaperAct.SENT, how, protected=True))
    is_mail, is_signed = made.channel is Channel.EMAIL, row.state is ReferralState.SIGNED
    if is_mail and is_signed and send_attempts.is_of_version(session, made, row):
        send_attempts.move(session, row, Sending(made.channel, made.address))
        return waiting.latest(session, row.id)
    return send_attempts.request_of(session, made, row)


def _undo_step(session: Session, made: SendAttempt, row: Referral, why: str) -> None:
    """Take back the step that was entered with an attempt, where it is still the last one of its request."""
    if send_attempts.request_of(session, made, row) is None:
        return
    act = RequestAct.RECEIVE if made.state is AttemptState.CONFIRMED else RequestAct.DECLINE
    standing = [one for one in requests.steps(session, row.id) if one.undone_at is None]
    if standing and standing[-1].act is act:
        requests.undo(session, row.id, standing[-1].entry, why)


def _incident(session: Session, made: SendAttempt, row: Referral, bounce: Bounce) -> IncidentRecord:
    paper = session.get(Paper, made.paper_id) if made.paper_id else None
    pages = made.pages or (paper.pages if paper else 0)
    what = paper.kind.label if paper else "Referral letter"
    sent = dates.say(made.started_at.astimezone().date())
    own = f"Sent by {made.started_by or 'somebody'}", bounce.note.strip().rstrip(".")
    return IncidentRecord(
        row.reference, bounce.on, made.address if bounce.reached is None else bounce.reached,
        f"{what}, {pages} page{'' if pages == 1 else 's'}, sent on {sent}", bounce.who_has_it, attempt_id=made.id,
        note=". ".join(part for part in own if part) + ".",
    )  # fmt: skip
