"""What a change of the releases of diagnosis codes means for drafts and for referrals that are not signed yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, ReferralState
from referral_app.clinical import code_rules
from referral_app.clinical.code_lists import CodeLists
from referral_app.models.referral import Draft, Referral, ReferralVersion
from referral_app.services import events, referral_rows, referrals
from referral_app.services.permissions import in_scope, needs
from referral_app.services.referral_writing import readiness

MOST_SHOWN = 200
_AT_ONCE = 200


class Stopped(Exception):
    """Looking was given up by whoever asked for it."""


@dataclass(frozen=True)
class Use:
    """A draft or an unsigned referral with codes that cannot be used any more, and whose it is."""

    kind: str
    id: str
    reference: str
    patient: str
    person: str
    codes: tuple[str, ...] = ()


@dataclass
class Affected:
    """The first of those that use codes that are gone, how many there are, and the referrals that need a new check."""

    uses: list[Use] = field(default_factory=list[Use])
    count: int = 0
    rechecked: list[str] = field(default_factory=list[str])

    def add(self, use: Use) -> None:
        """Count one, and keep it while there are few."""
        self.count += 1
        if len(self.uses) < MOST_SHOWN:
            self.uses.append(use)


@needs(Permission.ADMINISTER)
def affected(
    session: Session,
    before: CodeLists,
    after: CodeLists,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    canceled: Callable[[], bool] = lambda: False,
) -> Affected:
    """Return which drafts and unsigned referrals use codes that stand in `before` and not in `after`.

    Reads all of them; `progress` hears how many of how many, `canceled` ends it with Stopped.
    """
    found, judge = Affected(), _Judge(before, after, today or date.today())
    whole = _count(session)
    for done, (use, intake) in enumerate(_all(session)):
        gone, changed = judge.of(intake)
        if gone:
            found.add(replace(use, codes=gone))
        if changed and use.kind == "referral":
            found.rechecked.append(use.id)
        if done % _AT_ONCE == 0:
            progress(done, whole)
            if canceled():
                raise Stopped
    events.record(session, AuditAction.SEARCHED, "code_use", count=found.count)
    return found


@needs(Permission.ADMINISTER)
def recheck(session: Session, referral_ids: Sequence[str]) -> None:
    """Bring what lists say of unsigned referrals up to date with the codes that are known by now.

    Neither the version nor the time of the last change moves: nobody changed an answer, and an open form stays good.
    """
    for one in referral_ids:
        row = session.get(Referral, one)
        if row is None or row.state is not ReferralState.DRAFT:
            continue
        now = readiness(referrals.checked(session, referral_rows.current(session, row) or {}))
        if now is not row.readiness:
            same = {"readiness": now, "updated": Referral.updated}
            session.execute(update(Referral).where(Referral.id == one).values(same))
            events.record(
                session,
                AuditAction.CHECKED,
                "referral",
                one,
                row.patient_id,
                reference=row.reference,
                readiness=str(now),
            )
    session.expire_all()


class _Judge:
    """Says of an intake which codes are gone, and whether anything is judged otherwise than before."""

    def __init__(self, before: CodeLists, after: CodeLists, today: date) -> None:
        self._before, self._after, self._today = before, after, today
        self._known: dict[tuple[str, date], tuple[bool, bool]] = {}

    def of(self, intake: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
        day = code_rules.day_of(intake, self._today)
        judged = {code: self._troubles(code, day) for code in code_rules.codes_of(intake)}
        gone = tuple(code for code, (then, now) in judged.items() if now and not then)
        return gone, any(then != now for then, now in judged.values())

    def _troubles(self, code: str, day: date) -> tuple[bool, bool]:
        if (code, day) not in self._known:
            then, now = (bool(code_rules.trouble(code, lists, day)) for lists in (self._before, self._after))
            self._known[code, day] = then, now
        return self._known[code, day]


_Found = tuple[Use, Mapping[str, Any]]


def _count(session: Session) -> int:
    unsigned = select(func.count()).select_from(Referral).where(*_unsigned(session))
    drafts = select(func.count()).select_from(Draft).where(in_scope(session, Draft.practice_id))
    return (session.scalar(unsigned) or 0) + (session.scalar(drafts) or 0)


def _unsigned(session: Session) -> tuple[Any, ...]:
    return Referral.state == ReferralState.DRAFT, in_scope(session, Referral.practice_id)


def _all(session: Session) -> Iterator[_Found]:
    yield from _referrals(session)
    yield from _drafts(session)


def _referrals(session: Session) -> Iterator[_Found]:
    rows = session.execute(
        select(
            Referral.id,
            Referral.reference,
            Referral.patient_name,
            ReferralVersion.saved_by,
            ReferralVersion.intake,
        )
        .join(
            ReferralVersion,
            (ReferralVersion.referral_id == Referral.id) & (ReferralVersion.number == Referral.number),
        )
        .where(*_unsigned(session))
        .order_by(Referral.serial)
        .execution_options(yield_per=_AT_ONCE)
    )
    for one, reference, patient, person, intake in rows:
        yield Use("referral", one, reference, patient, person), intake


def _drafts(session: Session) -> Iterator[_Found]:
    rows = session.execute(
        select(Draft.id, Referral.reference, Draft.patient, Draft.person, Draft.intake)
        .outerjoin(Referral, Referral.id == Draft.referral_id)
        .where(in_scope(session, Draft.practice_id))
        .order_by(Draft.updated.desc())
        .execution_options(yield_per=_AT_ONCE)
    )
    for one, reference, patient, person, intake in rows:
        yield Use("draft", one, reference or "", patient, person), intake
