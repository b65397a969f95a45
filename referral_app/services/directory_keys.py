"""The keys of signed directory files: the Center's own, kept in the encrypted store, and the one an office trusts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.models.directory import DirectoryKey
from referral_app.services import events
from referral_app.services.permissions import needs

OWN, TRUSTED = "own", "trusted"


@dataclass(frozen=True)
class Trusted:
    """The public key whose files are taken, in hexadecimal, and of when the last one was."""

    public: str
    issued: datetime | None = None


@needs(Permission.ADMINISTER)
def own(session: Session) -> tuple[bytes, str] | None:
    """Return the private key with which this Center signs, and its public half; None before the first file."""
    row = session.get(DirectoryKey, OWN)
    return None if row is None or row.private is None else (row.private, row.public)


@needs(Permission.ADMINISTER)
def keep_own(session: Session, private: bytes, public: str) -> None:
    """Keep the key with which this Center signs; it is made once."""
    session.add(DirectoryKey(purpose=OWN, public=public, private=private))
    session.flush()
    events.record(session, AuditAction.SETTING_CHANGED, "setting", setting="key of directory files")


@needs(Permission.SEE_DIRECTORY)
def trusted(session: Session) -> Trusted | None:
    """Return the key whose files are taken: that of an earlier file, or this Center's own; None for none yet."""
    row = session.get(DirectoryKey, TRUSTED) or session.get(DirectoryKey, OWN)
    return None if row is None else Trusted(row.public, row.issued)


@needs(Permission.CHANGE_DIRECTORY)
def trust(session: Session, public: str, issued: datetime) -> None:
    """Take files of a key from now on, none older than this one."""
    own_row = session.get(DirectoryKey, OWN)
    row = own_row if own_row is not None and own_row.public == public else session.get(DirectoryKey, TRUSTED)
    if row is None:
        row = DirectoryKey(purpose=TRUSTED, public=public)
        session.add(row)
        events.record(session, AuditAction.SETTING_CHANGED, "setting", setting="key of the Center")
    row.issued = issued
    session.flush()
