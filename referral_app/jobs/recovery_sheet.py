"""The sheet with the recovery key, made while the key is shown; nothing keeps it afterward."""

from __future__ import annotations

from datetime import date

from referral_app.database import Database
from referral_app.documents import recovery_sheet
from referral_app.documents.text import Unprintable
from referral_app.services import practices

NAME = "recovery-key.pdf"
OFFICE = "Referral desk"


def make(db: Database, key: str, today: date | None = None) -> bytes:
    """Return the sheet as a PDF, under the name of our office where that is entered."""
    with db.read() as session:
        office = practices.ours(session)
    name = office.name if office and office.name else OFFICE
    try:
        return recovery_sheet.render(key, name, today or date.today())
    except Unprintable:
        return recovery_sheet.render(key, OFFICE, today or date.today())
