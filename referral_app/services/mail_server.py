"""The office's own mail server, for encrypted documents; its password stays in the encrypted store."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.models.base import now
from referral_app.models.mail import MailServer
from referral_app.services import events
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, needs

PORT = 587
"""The port of submission with STARTTLS (RFC 6409)."""
NONE = "No mail server is set up. An administrator enters it under Settings."
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.?")


@dataclass(frozen=True)
class MailServerRecord:
    """The server as an administrator sees it: never with its password, of which it says only whether there is one."""

    host: str = ""
    port: int = PORT
    sender: str = ""
    login: str = ""
    has_password: bool = False
    updated: datetime | None = None
    updated_by: str = ""


@dataclass(frozen=True)
class Access:
    """What a connection to the server needs; the password is in no text that is made of it."""

    host: str
    port: int
    sender: str
    login: str = ""
    password: str = field(default="", repr=False)


def address_problem(address: str) -> str:
    """Return what is wrong with a mail address, "" where nothing is."""
    if not address.strip():
        return "Enter the mail address."
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        return "Type one mail address, such as referrals@example.org."
    return ""


@needs(Permission.ADMINISTER)
def get(session: Session) -> MailServerRecord | None:
    """Return the server without its password, None where none is set up."""
    row = session.get(MailServer, 1)
    return _record(row) if row else None


@needs(Permission.ADMINISTER)
def save(session: Session, record: MailServerRecord, password: str | None = None) -> MailServerRecord:
    """Set the server up and return it; `password` None keeps the one that is there, "" forgets it.

    Another host or login drops a password that is not typed anew: it belongs to the old ones. Raises InvalidInput by
    field (host, port, sender, password).
    """
    if problems := _problems(record):
        raise InvalidInput(problems)
    row = session.get(MailServer, 1) or MailServer(
        slot=1, host="", port=PORT, sender="", login="", password=""
    )
    if password is None and (row.host, row.login) != (record.host.strip(), record.login.strip()):
        password = ""
    row.host, row.port, row.sender = record.host.strip(), record.port, record.sender.strip()
    row.login = record.login.strip()
    row.password = row.password if password is None else password
    if row.login and not row.password:
        raise InvalidInput({"password": "Enter the password of this login."})
    row.updated, row.updated_by = now(), actor(session).name
    session.add(row)
    session.flush()
    events.record(session, AuditAction.SETTING_CHANGED, "mail_server", row.host)
    return _record(row)


@needs(Permission.ADMINISTER)
def forget(session: Session) -> None:
    """Forget the server with its password, after which nothing goes out by email; none is no matter."""
    row = session.get(MailServer, 1)
    if row is not None:
        session.delete(row)
        session.flush()
        events.record(session, AuditAction.SETTING_CHANGED, "mail_server", row.host, removed=True)


@needs(Permission.SEND)
def sender(session: Session) -> str:
    """Return the address from which mail goes out, "" where no server is set up."""
    row = session.get(MailServer, 1)
    return row.sender if row else ""


@needs(Permission.SEND)
def access(session: Session) -> Access:
    """Return what a connection needs, for an act of sending; raises InvalidInput where no server is set up."""
    row = session.get(MailServer, 1)
    if row is None:
        raise InvalidInput({"": NONE})
    return Access(row.host, row.port, row.sender, row.login, row.password)


def _problems(record: MailServerRecord) -> dict[str, str]:
    found: dict[str, str] = {}
    if not _HOST.fullmatch(record.host.strip()):
        found["host"] = "Enter the name of the server, such as mail.example.org."
    if not 1 <= record.port <= 65535:
        found["port"] = "Enter a port from 1 to 65535; usual is 587."
    if record.port == 465:
        found["port"] = "Port 465 does not speak STARTTLS. Enter the port for STARTTLS; usual is 587."
    if problem := address_problem(record.sender.strip()):
        found["sender"] = problem
    return found


def _record(row: MailServer) -> MailServerRecord:
    return MailServerRecord(
        row.host, row.port, row.sender, row.login, bool(row.password), row.updated, row.updated_by
    )
