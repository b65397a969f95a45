"""A person's own signature and their passphrase: sealing it, and opening it for the act of signing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from referral_app.choices import AuditAction, Permission, SignatureKind
from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import Handwriting
from referral_app.database import Database, Session, StoreProblem
from referral_app.database.problems import SealedBefore, WrongPassphrase
from referral_app.services import e_signatures
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import Actor, ask
from referral_app.services.referral_records import ReferralRecord

WRONG = "This is not your passphrase. Nothing was signed."
NONE = "You have no signature yet. Draw or type one under My signature."


@dataclass(frozen=True)
class Standing:
    """The signature of the person who acts: none, or how it is written, since when, and whether it still opens.

    `is_demonstration` says that there are no people: a typed one, marked as invented, is placed without a passphrase.
    """

    kind: SignatureKind | None = None
    made_at: datetime | None = None
    opens: bool = False
    is_demonstration: bool = False

    @property
    def can_be_placed(self) -> bool:
        """Whether a signature can be placed when signing."""
        return self.opens or self.is_demonstration


def standing(db: Database) -> Standing:
    """Return how the signature of the person who acts stands; nobody has one who may not sign."""
    who = db.rights
    if not isinstance(who, Actor) or not who.may(Permission.SIGN):
        return Standing(is_demonstration=db.keys is None)
    if db.keys is None:
        return Standing(is_demonstration=True)
    with db.read() as session:
        found = e_signatures.mine(session)
    if found is None:
        return Standing()
    return Standing(found.kind, found.made_at, db.keys.opens(who.person_id, found.sealed))


def keep(db: Database, written: Handwriting, kind: SignatureKind) -> None:
    """Seal a signature and keep it for the person who acts; raises InvalidInput, StoreProblem, Denied."""
    if problem := handwriting.problem(written, kind) or unprintable(written.words):
        raise InvalidInput({str(kind): problem})
    with db.begin() as session:
        who = ask(session, Permission.SIGN, "e_signatures.keep")
        if db.keys is None:
            raise InvalidInput({"": e_signatures.NOBODY})
        content = json.dumps(handwriting.stored(written)).encode()
        e_signatures.keep(session, kind, db.keys.seal(who.person_id, content))


def forget(db: Database) -> None:
    """Throw the signature of the person who acts away."""
    with db.begin() as session:
        e_signatures.forget(session)


def opened(db: Database, passphrase: str, name: str) -> Handwriting:
    """Return the signature of the person who acts, opened by their passphrase, to be placed in the name that signs.

    In a demonstration it is the name, typed. Raises InvalidInput by "passphrase" with a sentence for a wrong one, which
    counts as a failed login does and is noted, while one has to wait, and where a reset took the signature away.
    """
    if db.keys is None:
        return handwriting.typed(name[: handwriting.LONGEST_NAME])
    with db.read() as session:
        who, found = ask(session, Permission.SIGN, "e_signatures.opened"), e_signatures.mine(session)
    if found is None:
        raise InvalidInput({"": NONE})
    try:
        content = db.keys.unseal(who.person_id, passphrase, found.sealed)
    except WrongPassphrase as error:
        db.note(str(AuditAction.DENIED), kind="own_signature", object_id=who.person_id, outcome="denied",
                reason="wrong passphrase")  # fmt: skip
        raise InvalidInput({"passphrase": WRONG}) from error
    except StoreProblem as error:
        raise InvalidInput({"passphrase": str(error)}) from error
    written = handwriting.read(json.loads(content))
    if written is None:
        raise InvalidInput({"": str(SealedBefore())})
    return written


def place(session: Session, record: ReferralRecord, written: Handwriting) -> ReferralRecord:
    """Put an opened signature on a referral that was signed in the same transaction, and return the referral."""
    e_signatures.place(session, record.id, written)
    return record


def unprintable(words: str) -> str:
    """Return a sentence for a typed name with letters that our fonts cannot draw, "" where they can."""
    from referral_app.documents import text

    lost = text.missing(words)
    return f"These characters cannot be printed: {lost}. Type the name without them." if lost else ""
