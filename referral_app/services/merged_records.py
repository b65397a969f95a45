"""What hangs on an entry and follows it when two are merged or parted: referrals, appointments, favorites, trials."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical.fields import given
from referral_app.models import directory as around
from referral_app.models.center import Trial, TrialSurgeon
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.models.surgeon import Photo
from referral_app.models.work import Appointment
from referral_app.services import surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import searchable
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord

_PAIRS: dict[str, tuple[Any, Any]] = {
    "favorites": (around.Favorite, around.Favorite.person_id),
    "trials": (TrialSurgeon, TrialSurgeon.trial_id),
}
"""Tables that say "this belongs to that surgeon": at most one row for each pair."""


@dataclass(frozen=True)
class Moved:
    """The ids of what moved in a merge; `..._both` had the kept entry already and lost the dropped one."""

    referrals: list[str]
    appointments: list[tuple[str, int]]
    faxes: list[str]
    favorites: list[str]
    favorites_both: list[str]
    trials: list[str]
    trials_both: list[str]
    photo: bool

    def dump(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return asdict(self)

    @classmethod
    def load(cls, data: dict[str, Any]) -> Moved:
        """Return what `dump` made."""
        values: dict[str, Any] = {
            **data,
            "appointments": [(one, number) for one, number in data["appointments"]],
        }
        return cls(**values)


@needs(Permission.CHANGE_DIRECTORY)
def move(session: Session, dropped: SurgeonRecord, kept: SurgeonRecord) -> Moved:
    """Move all that hangs on the dropped entry to the kept one; what was moved is what the way back needs."""
    pairs: dict[str, list[str]] = {}
    for name in _PAIRS:
        pairs[name], pairs[f"{name}_both"] = _move_pairs(session, name, dropped.id, kept.id)
    appointments = session.execute(
        select(Appointment.id, Appointment.version).where(Appointment.surgeon_id == dropped.id)
    ).all()
    moved = Moved(
        referrals=_follow(session, dropped.id, (kept.id, kept.name)),
        appointments=[(row.id, row.version) for row in appointments],
        faxes=list(session.scalars(select(around.FaxUse.id).where(around.FaxUse.surgeon_id == dropped.id))),
        photo=_copy_photo(session, dropped.id, kept.id),
        **pairs,
    )
    _point(session, Appointment, Appointment.surgeon_id, (one for one, _ in moved.appointments), kept.id)
    _point(session, around.FaxUse, around.FaxUse.surgeon_id, moved.faxes, kept.id)
    return moved


@needs(Permission.CHANGE_DIRECTORY)
def move_back(session: Session, moved: Moved, kept: SurgeonRecord, since: datetime, dropped_id: str) -> None:
    """Move back what was moved and not touched since; referrals go to the entry that their answers name.

    Raises InvalidInput where a letter of one went out since the merge: it went to the kept entry's fax or address.
    """
    back = surgeons.get(session, dropped_id)
    _follow(session, kept.id, (back.id, back.name), since, moved.referrals)
    untouched = [
        one
        for one, version in moved.appointments
        if session.scalar(select(Appointment.version).where(Appointment.id == one)) == version
    ]
    for table, column, ids in (
        (Appointment, Appointment.surgeon_id, untouched),
        (around.FaxUse, around.FaxUse.surgeon_id, moved.faxes),
    ):
        _point(session, table, column, ids, dropped_id, of=kept.id)
    for name in _PAIRS:
        _pairs_back(session, name, moved, kept.id, dropped_id)
    if moved.photo and surgeons.photo(session, kept.id) == surgeons.photo(session, dropped_id):
        session.execute(delete(Photo).where(Photo.surgeon_id == kept.id))


def _follow(
    session: Session,
    surgeon_id: str,
    otherwise: tuple[str, str],
    since: datetime | None = None,
    only: Collection[str] | None = None,
) -> list[str]:
    """Let the referrals of an entry stand with the one that their answers lead to now; return those that moved.

    Those of `only` (all where it is None) whose answers lead nowhere go to `otherwise`, an id and name.
    """
    moved: list[str] = []
    for row in _of(session, surgeon_id):
        name = given(row.intake, "request.surgeon")
        known = surgeons.known_as(session, name) if isinstance(name, str) else None
        if known is None and (only is None or row.id in only):
            known = otherwise
        if known is None or known[0] == surgeon_id:
            continue
        if since and row.sent_at and row.sent_at > since:
            raise InvalidInput({
                "": f"The letter of referral {row.reference} went out since the merge, to the kept entry. The merge "
                "cannot be undone any more."
            })  # fmt: skip
        folded = searchable(row.patient_name, known[1], row.reference.replace("-", ""))
        values = {"surgeon_id": known[0], "surgeon_name": known[1], "folded": folded}
        # a referral is not changed by this: neither its version nor its time of change is
        session.execute(
            update(Referral).where(Referral.id == row.id).values(**values, updated=Referral.updated)
        )
        moved.append(row.id)
    return moved


def _of(session: Session, surgeon_id: str) -> Sequence[Any]:
    """Return the referrals of an entry with the answers of their current versions."""
    r, v = Referral, ReferralVersion
    return session.execute(
        select(r.id, r.reference, r.patient_name, r.sent_at, v.intake)
        .join(v, v.referral_id == r.id)
        .where(r.surgeon_id == surgeon_id, v.number == r.number)
    ).all()


def _copy_photo(session: Session, dropped: str, kept: str) -> bool:
    content = surgeons.photo(session, dropped)
    if content is None or surgeons.photo(session, kept) is not None:
        return False
    session.add(Photo(surgeon_id=kept, content=content))
    session.flush()
    return True


def _point(
    session: Session, table: Any, column: Any, ids: Iterable[str], to: str, of: str | None = None
) -> None:
    """Let rows belong to another entry, those alone that still belong to `of` where it is given."""
    values = {column.key: to} | ({"updated": table.updated} if hasattr(table, "updated") else {})
    for one in ids:
        mine = (table.id == one,) if of is None else (table.id == one, column == of)
        session.execute(update(table).where(*mine).values(**values))


def _move_pairs(session: Session, name: str, dropped: str, kept: str) -> tuple[list[str], list[str]]:
    table, other = _PAIRS[name]
    theirs = set(session.scalars(select(other).where(table.surgeon_id == kept)))
    mine = list(session.scalars(select(other).where(table.surgeon_id == dropped)))
    moved = [one for one in mine if one not in theirs]
    session.execute(delete(table).where(table.surgeon_id == dropped))
    _insert(session, name, moved, kept)
    return moved, [one for one in mine if one in theirs]


def _pairs_back(session: Session, name: str, moved: Moved, kept: str, dropped: str) -> None:
    table, other = _PAIRS[name]
    taken = [
        one
        for one in getattr(moved, name)
        if session.scalar(select(other).where(other == one, table.surgeon_id == kept)) is not None
    ]
    session.execute(delete(table).where(other.in_(taken), table.surgeon_id == kept))
    _insert(session, name, [*taken, *getattr(moved, f"{name}_both")], dropped)


def _insert(session: Session, name: str, others: Sequence[str], surgeon_id: str) -> None:
    table, other = _PAIRS[name]
    known = set(session.scalars(select(other).where(table.surgeon_id == surgeon_id)))
    gone = {one for one in others if table is TrialSurgeon and session.get(Trial, one) is None}
    for one in others:
        if one not in known | gone:
            session.execute(insert(table).values(**{other.key: one, "surgeon_id": surgeon_id}))
