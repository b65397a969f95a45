"""What an import meets at the last moment: an NPI that somebody gave another entry while the file was read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models import surgeon as tables
from referral_app.services import import_rows
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord

_S = tables.Surgeon
_AT_ONCE = 500


@needs(Permission.CHANGE_DIRECTORY)
def apart(session: Session, entries: Sequence[SurgeonRecord]) -> tuple[list[SurgeonRecord], list[str]]:
    """Return those new entries that can be written, and a sentence for each that came into the store meanwhile.

    Asked in the transaction that writes them.
    """
    npis, ids = set[str | None](), set[str]()
    for at in range(0, len(entries), _AT_ONCE):
        some = entries[at : at + _AT_ONCE]
        npis.update(session.scalars(select(_S.npi).where(_S.npi.in_([one.npi for one in some if one.npi]))))
        if given := [one.id for one in some if one.id]:
            ids.update(session.scalars(select(_S.id).where(_S.id.in_(given))))
    if not npis and not ids:
        return list(entries), []
    free, taken = list[SurgeonRecord](), list[str]()
    for one in entries:
        if one.npi in npis:
            taken.append(f"{one.name}: somebody entered a surgeon with the NPI {one.npi} in the meantime.")
        elif one.id in ids:
            taken.append(f"{one.name}: this entry came into the directory in the meantime.")
        else:
            free.append(one)
    return free, taken


@needs(Permission.CHANGE_DIRECTORY)
def laid(
    session: Session,
    row: tables.Surgeon,
    current: SurgeonRecord,
    wanted: SurgeonRecord,
    import_id: str | None = None,
) -> SurgeonRecord | str:
    """Write an entry and return it as stored, or why it cannot be written; then nothing of it is."""
    if wanted.npi and session.scalar(select(_S.id).where(_S.npi == wanted.npi, _S.id != row.id)):
        return f"another entry has the NPI {wanted.npi}"
    try:
        with session.begin_nested():
            return import_rows.lay(session, row, current, wanted, import_id)
    except (IntegrityError, LookupError, ValueError):
        session.expire_all()
        return "something that it names is not in the store any more"
