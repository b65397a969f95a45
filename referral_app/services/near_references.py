"""Reference numbers that somebody may have meant: mistyped by a character or two, or the beginning of one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app import crockford
from referral_app.choices import AuditAction, Permission
from referral_app.models.referral import Referral
from referral_app.services import events, standing_rows
from referral_app.services.permissions import in_scope, needs
from referral_app.services.referral_records import ReferralRow

LENGTH = 9
SHORTEST = 4
"""So many characters at least, before the beginning of a number tells anything."""
MOST = 900
"""Numbers asked for in one statement."""


@needs(Permission.SEE_PATIENTS)
def find(session: Session, text: str, limit: int = 4) -> list[ReferralRow]:
    """Return the referrals in view whose number somebody may have meant, those with the fewest slips alone.

    One wrong, missing or added character or two that changed places come first; then two wrong ones; of a shorter text
    it is the beginning. The number itself is not among them. What is found is offered and never taken.
    """
    typed = crockford.read(text) or ""
    if not SHORTEST <= len(typed) <= LENGTH + 1:
        return []
    if len(typed) < LENGTH - 1:
        grouped = crockford.grouped(typed, 4)  # an index is read from there to behind the last letter
        return _noted(session, _rows(session, Referral.reference.between(grouped, f"{grouped}~"), limit))
    for slips in (_one_slip(typed), _two_wrong(typed) if len(typed) == LENGTH else iter(())):
        meant = sorted({crockford.grouped(one, 4) for one in slips if one != typed})
        found: list[ReferralRow] = []
        for at in range(0, len(meant), MOST):
            found += _rows(session, Referral.reference.in_(meant[at : at + MOST]), limit)
        if found:
            return _noted(session, found[:limit])
    return []


def _rows(session: Session, condition: object, limit: int) -> list[ReferralRow]:
    wanted = select(Referral).where(condition, in_scope(session, Referral.practice_id))  # pyright: ignore[reportArgumentType]
    rows = session.scalars(wanted.order_by(Referral.updated.desc()).limit(limit))
    return standing_rows.rows(session, rows.all())


def _noted(session: Session, found: list[ReferralRow]) -> list[ReferralRow]:
    if found:
        events.record(
            session,
            AuditAction.SEARCHED,
            "reference_number",
            found[0].id,
            found[0].patient_id,
            found=len(found),
        )
    return found


def _one_slip(typed: str) -> Iterator[str]:
    """Yield the whole numbers that one slip makes into what was typed."""
    for at in range(len(typed) + 1):
        head, rest = typed[:at], typed[at:]
        made = [head + rest[1:]] if rest else []
        made += [head + rest[1] + rest[0] + rest[2:]] if len(rest) > 1 else []
        made += [head + mark + rest[1:] for mark in crockford.ALPHABET] if rest else []
        made += [head + mark + rest for mark in crockford.ALPHABET]
        yield from (one for one in made if len(one) == LENGTH and crockford.fits(one))


def _two_wrong(typed: str) -> Iterator[str]:
    """Yield the whole numbers that differ from what was typed in two places; the check sorts nearly all of them out."""
    marks = crockford.ALPHABET
    for first, second in combinations(range(len(typed)), 2):
        for one in marks:
            begun = typed[:first] + one + typed[first + 1 :]
            for other in marks:
                made = begun[:second] + other + begun[second + 1 :]
                if crockford.fits(made):
                    yield made
