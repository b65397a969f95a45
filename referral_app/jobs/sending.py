"""Sending a referral as one act: the set is made, leaves on paper, as a file or by mail, and is recorded with it.

Nothing is recorded where the paper did not leave, and nothing leaves that cannot be recorded.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from referral_app.choices import Channel, PaperAct
from referral_app.clinical.check import Check
from referral_app.clinical.fields import rows
from referral_app.database import Database, StoreProblem
from referral_app.jobs import bundles, letters, paper_files, papers
from referral_app.jobs.papers import Made
from referral_app.services import disclosures, fax_numbers, ledger, mail_server, referrals, requests, sending
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.services.ledger import Leaving
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.request_records import RequestRecord
from referral_app.services.send_records import AttemptRecord, Sending, say

CANCELED = "Canceled before anything was handed to the mail server. Nothing was sent."
NOT_RECORDED = "The mail went out, but the referral was not marked as sent: {} Its attempt stays open."


@dataclass(frozen=True)
class Outgoing:
    """A referral as it is about to be sent, with all that a person must see before it is.

    `target` is its fax, `mail_to` and `portal` what the directory says of the surgeon, `mail_from` the address from
    which mail goes out, "" without a server; `files` is how many go along.
    """

    record: ReferralRecord
    check: Check
    target: Target | None
    place: str
    mail_to: str
    portal: str
    mail_from: str
    files: int
    attempts: tuple[AttemptRecord, ...]
    request: RequestRecord | None = None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words: it is listed and holds nothing up."""
        return tuple(line.text for line in self.check.missing)

    @property
    def parts(self) -> tuple[str, ...]:
        """What can go, in the order in which a fax is read."""
        return tuple(part for part in bundles.ORDER if self.files or part != bundles.ATTACHMENTS)


def look(db: Database, name: str, today: date | None = None) -> Outgoing:
    """Return a referral as it is about to be sent; raises InvalidInput, NotFound, Denied."""
    with db.read() as session:
        record = referrals.get(session, name)
        surgeon = referrals.surgeon_of(session, record)
        return Outgoing(
            record, referrals.checked(session, record.intake, today), fax_numbers.target(session, name, today),
            surgeon.name, surgeon.email, surgeon.portal, mail_server.sender(session),
            sum(bool(one.get("sha256")) for one in rows(record.intake, "attachments")),
            tuple(sending.find(session, name)), requests.current(session, name),
        )  # fmt: skip


def make(db: Database, reference: str, parts: Sequence[str], today: date | None = None) -> Made:
    """Return the set with its parts in their order; raises InvalidInput naming what stands in the way."""
    if list(parts) == [bundles.LETTER]:
        return letters.make(db, reference, today)
    return bundles.make(db, reference, parts, today)


def rehearse(db: Database, made: Made, wanted: Sending) -> None:
    """Raise what would refuse the sending, and write nothing: asked before anything is printed or saved."""

    class Rehearsed(Exception):
        pass

    try:
        with db.begin() as session:
            sending.begin(session, made.reference, wanted)
            raise Rehearsed
    except Rehearsed:
        return


def record(
    db: Database, made: Made, wanted: Sending, how: str = "", *, protected: bool = False
) -> AttemptRecord:
    """Record that a set leaves now: in the ledger with its bytes, as an attempt, and the referral as sent.

    Called while the paper leaves and before it is out of hand. Raises as `sending.begin`, and StoreProblem.
    """
    said = say(wanted.channel, wanted.address or wanted.shown)
    how = ", ".join(one for one in (said, how) if one)
    whom = disclosures.PATIENT if wanted.channel is Channel.HAND else ""
    leaving = Leaving(PaperAct.SENT, how, whom, protected=protected)
    with db.begin() as session:
        paper_id = papers.record(session, made, leaving)
        pages = papers.pages(made.content)
        return sending.begin(session, made.reference, replace(wanted, paper_id=paper_id, pages=pages))


def save(db: Database, made: Made, wanted: Sending, path: Path, password: str = "") -> AttemptRecord:
    """Write the set into a file, whole or not at all, and record that it was sent with it; raises as `record`."""
    recorded: list[AttemptRecord] = []

    def note() -> None:
        recorded.append(record(db, made, wanted, path.name, protected=bool(password)))

    paper_files.write(path, paper_files.sealed(made.content, password), note)
    return recorded[0]


def _never() -> bool:
    return False


def email(
    db: Database,
    made: Made,
    wanted: Sending,
    password: str,
    canceled: Callable[[], bool] = _never,
    leaving: Callable[[], bool] = _never,
) -> AttemptRecord:
    """Send the set as an encrypted PDF through the office's mail server, and return the attempt.

    It is announced first with its bytes, so that nobody sends it beside and a crash loses nothing, and marked as sent
    once the server took it. Raises InvalidInput with a sentence: where nothing was sent, the attempt says why and the
    referral stays as it was; where nobody can tell, the attempt stays open. What is `canceled` before the server has
    the whole message was not sent, what is canceled later was. Where the program closes (`leaving`) the server has a
    few seconds left to answer; after that nobody can tell.
    """
    from referral_app.exchange import mail

    content = paper_files.sealed(made.content, password)
    if canceled():
        raise InvalidInput({"": CANCELED})
    with db.begin() as session:
        access = mail_server.access(session)
        office = letters.sender(session, referrals.get(session, made.reference))
        paper_id = made.paper_id or ledger.made(session, papers.document(made), made.content, keep=True)
        wanted = replace(wanted, channel=Channel.EMAIL, paper_id=paper_id, pages=papers.pages(made.content))
        announced = sending.announce(session, made.reference, wanted)
    letter = mail.Letter(wanted.address, office.name, office.phone, announced.id, content)
    try:
        mail.send(access, letter, canceled=canceled, leaving=leaving)
    except mail.NotSent as error:
        with db.begin() as session:
            sending.refused(session, announced.id, str(error), canceled=isinstance(error, mail.Canceled))
        raise InvalidInput({"": str(error)}) from error
    except mail.Uncertain as error:
        _keep(db, made, wanted, announced, "outcome not known")
        raise InvalidInput({"": str(error)}) from error
    return _taken(db, made, wanted, announced)


def try_mail(db: Database, leaving: Callable[[], bool] = _never) -> str:
    """Send a message without any content to the office's own address, and return that; raises InvalidInput.

    It ends at once where the program closes (`leaving`).
    """
    from referral_app.exchange import mail

    with db.read() as session:
        mail_server.get(session)  # an administrator's act
        access = mail_server.access(session)
    try:
        mail.send(access, mail.Letter(access.sender, "", "", str(uuid.uuid4())), leaving=leaving)
    except (mail.NotSent, mail.Uncertain) as error:
        raise InvalidInput({"": str(error)}) from error
    return access.sender


def _taken(db: Database, made: Made, wanted: Sending, announced: AttemptRecord) -> AttemptRecord:
    """Record that the server took a mail; where that is refused, it is said that the mail is out all the same."""
    try:
        with db.begin() as session:
            papers.record(session, made, _by_mail(wanted, ""))
            return sending.left(session, announced.id, wanted)
    except InvalidInput as error:
        _keep(db, made, wanted, announced, "not marked as sent")
        raise InvalidInput({"": NOT_RECORDED.format(" ".join(error.fields.values()))}) from error
    except StoreProblem as error:  # what was announced stands, with its bytes, and lets nothing go twice
        raise InvalidInput({"": NOT_RECORDED.format(error)}) from error


def _keep(db: Database, made: Made, wanted: Sending, announced: AttemptRecord, what: str) -> None:
    """Keep the bytes of what is out of hand, while the referral is not marked as sent."""
    with db.begin() as session:
        paper_id = papers.record(session, made, _by_mail(wanted, what))
        sending.uncertain(session, announced.id, paper_id)


def _by_mail(wanted: Sending, more: str) -> Leaving:
    how = ", ".join(one for one in (say(wanted.channel, wanted.address), more) if one)
    return Leaving(PaperAct.SENT, how, protected=True)
