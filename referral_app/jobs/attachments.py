"""Adding a file to a referral: taken, opened and cleaned in a process of its own, and kept; and looking at it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from referral_app.database import Database
from referral_app.exchange import attachment_child, attachment_files
from referral_app.exchange.attachments import ENDINGS, REPAIRED, Refused, Why
from referral_app.exchange.sources import BadFile
from referral_app.services import attachments
from referral_app.services.attachments import AttachmentRecord, Owner
from referral_app.services.errors import InvalidInput

__all__ = ["CHECK_PAGES", "ENDINGS", "Added", "Canceled", "add", "look"]

CHECK_PAGES = "This file was damaged and could be repaired. Look at it: pages may be missing."


class Canceled(Exception):
    """Somebody canceled the reading; nothing was kept."""


@dataclass(frozen=True)
class Added:
    """A file that was kept, with what a person should know of it."""

    record: AttachmentRecord
    note: str = ""


def add(
    db: Database,
    owner: Owner,
    source: Path | bytes,
    name: str = "",
    canceled: Callable[[], bool] = lambda: False,
) -> Added:
    """Keep a file, or bytes that were pasted, and return what was kept.

    Raises InvalidInput with one sentence where it is not taken, StoreProblem where it cannot be kept, Canceled.
    """
    try:
        data = attachment_files.taken(source) if isinstance(source, Path) else source
        cleaned = attachment_child.read(data, canceled)
    except Refused as refused:
        if refused.why is Why.CANCELED:
            raise Canceled from refused
        raise InvalidInput({"attachments": str(refused)}) from refused
    except BadFile as error:
        raise InvalidInput({"attachments": str(error)}) from error
    with db.begin() as session:
        record = attachments.add(
            session, owner, cleaned.pdf, pages=cleaned.pages, name=name or _name(source),
            original_sha256=hashlib.sha256(data).hexdigest(),
        )  # fmt: skip
    return Added(record, CHECK_PAGES if REPAIRED in cleaned.notes else "")


def look(db: Database, owner: Owner, sha256: str) -> bytes:
    """Return the PDF that is kept of a file; raises InvalidInput with one sentence where it cannot be shown."""
    with db.read() as session:
        return attachments.read(session, owner, sha256)


def _name(source: Path | bytes) -> str:
    """Return what a file is called, without characters that hide or turn others around."""
    name = source.name if isinstance(source, Path) else ""
    return "".join(letter for letter in name if letter.isprintable())
