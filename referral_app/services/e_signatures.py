"""Signatures that are drawn or typed: each person's own, sealed, and the copies placed on versions of referrals.

A copy belongs to one version and the clinician who signed it. Every edit makes another version, which has none. Opening
the sealed one takes its owner's passphrase, which `jobs/e_signatures` asks for; nothing here could open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, SignatureKind
from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import Handwriting
from referral_app.models.base import now
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.models.signature import PersonalSignature, PlacedSignature
from referral_app.services import events, referral_rows, signatures
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, needs, refuse

_INVENTED = "invented"
"""Beside the strokes of a copy: placed in a demonstration, where there are neither people nor passphrases."""

NOT_SIGNED = "Only a version that is signed takes a signature. Sign it first."
SENT = "This version was sent, and what was sent never changes."
THERE = "This version has its signature already."
NOBODY = "A demonstration has no people, so it keeps nobody’s signature."


@dataclass(frozen=True)
class Personal:
    """A person's own signature as it is kept: how it is written, sealed, and since when."""

    kind: SignatureKind
    sealed: bytes
    made_at: datetime


@dataclass(frozen=True)
class Placed:
    """A signature on a version of a referral: whose, as it is drawn, when, and whether it is a demonstration's."""

    name: str
    handwriting: Handwriting
    placed_at: datetime
    invented: bool = False


@needs(Permission.SIGN)
def keep(session: Session, kind: SignatureKind, sealed: bytes) -> None:
    """Keep the sealed signature of the person who acts, in the place of the one before; raises InvalidInput."""
    who = actor(session)
    if not who.person_id:
        raise InvalidInput({"": NOBODY})
    session.merge(PersonalSignature(person_id=who.person_id, kind=kind, sealed=sealed, made_at=now()))
    session.flush()
    events.record(session, AuditAction.CHANGED, "own_signature", who.person_id)


@needs(Permission.SIGN)
def mine(session: Session) -> Personal | None:
    """Return the signature of the person who acts as it is kept, None where there is none."""
    row = session.get(PersonalSignature, actor(session).person_id)
    return Personal(row.kind, row.sealed, row.made_at) if row else None


@needs(Permission.SIGN)
def forget(session: Session) -> None:
    """Throw the signature of the person who acts away; copies on signed versions stay."""
    who = actor(session)
    session.execute(delete(PersonalSignature).where(PersonalSignature.person_id == who.person_id))
    events.record(session, AuditAction.REMOVED, "own_signature", who.person_id)


@needs(Permission.SIGN)
def place(session: Session, name: str, written: Handwriting) -> Placed:
    """Put a copy of the signature of the person who acts on the version that they just signed, and return it.

    Raises InvalidInput for what is not signed, was sent or has one, Denied for what another person signed.
    """
    row, who = referral_rows.row(session, name), actor(session)
    _ask(session, row)
    if problem := handwriting.problem(written, written.kind):
        raise InvalidInput({"signature": problem})
    strokes = handwriting.stored(written) | ({} if who.person_id else {_INVENTED: True})
    copy = PlacedSignature(
        referral_id=row.id, number=row.number, person_id=who.person_id or None, name=row.signed_by,
        kind=written.kind, strokes=strokes, placed_at=now(),
    )  # fmt: skip
    session.add(copy)
    session.flush()
    events.record(
        session,
        AuditAction.CREATED,
        "signature",
        row.id,
        row.patient_id,
        reference=row.reference,
        version=row.number,
    )
    return Placed(copy.name, written, copy.placed_at, not who.person_id)


@needs(Permission.SEE_PATIENTS)
def placed(session: Session, referral_id: str, number: int) -> Placed | None:
    """Return the signature on a version of a referral (by id or reference number), None where it has none.

    It counts only where that version is signed by the person whose it is. Raises NotFound, Denied.
    """
    row = referral_rows.row(session, referral_id)
    copy = _copy(session, row.id, number)
    if copy is None or not _is_signed_by(session, copy):
        return None
    written = handwriting.read(copy.strokes)
    return written and Placed(copy.name, written, copy.placed_at, bool(copy.strokes.get(_INVENTED)))


def _ask(session: Session, row: Referral) -> None:
    """Refuse to place a signature where it does not belong."""
    if row.signed_at is None:
        raise InvalidInput({"": NOT_SIGNED})
    if row.sent_number == row.number:
        raise InvalidInput({"": SENT})
    if not signatures.is_own(actor(session), row.signed_by):
        refuse(session, "You can place your own signature only.", "another's signature", "referral", row.id)
    if _copy(session, row.id, row.number) is not None:
        raise InvalidInput({"": THERE})


def _copy(session: Session, referral_id: str, number: int) -> PlacedSignature | None:
    mine = PlacedSignature.referral_id == referral_id, PlacedSignature.number == number
    return session.scalar(select(PlacedSignature).where(*mine))


def _is_signed_by(session: Session, copy: PlacedSignature) -> bool:
    of = ReferralVersion.referral_id == copy.referral_id, ReferralVersion.number == copy.number
    answers = session.scalar(select(ReferralVersion.intake).where(*of))
    return answers is not None and signatures.of(answers)[0] == copy.name
