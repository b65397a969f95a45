"""Referrals that come in and go out as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from referral_app.clinical import schema
from referral_app.clinical.check import Check
from referral_app.database import Database
from referral_app.services import audit, referrals, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter

EVERY_REFERRAL = 1_000_000
LINE = ("id", "status", "text", "source", "field")
"""What a line of the live check says on the command line (contract section 7)."""


def new_from(db: Database, path: Path) -> str:
    """Store the intake of a JSON file as a new referral and return its reference number.

    Raises InvalidInput with one sentence for a file that cannot be read or each field that is wrong.
    """
    try:
        intake = schema.read_json(path.read_bytes())
    except OSError as error:
        raise InvalidInput({"file": f"The file {path.name} cannot be read: {error.strerror}."}) from error
    except ValueError as error:
        raise InvalidInput({"file": str(error)}) from error
    with db.begin() as session:
        return referrals.save(session, intake).reference


def checked(db: Database, reference: str, today: date | None = None) -> dict[str, Any]:
    """Return the live check of a referral in the form of contract section 7."""
    with db.read() as session:
        record = referrals.get(session, reference)
        return as_json(record.reference, referrals.checked(session, record.intake, today))


def as_json(reference: str, check: Check) -> dict[str, Any]:
    """Return a check in the form of contract section 7."""
    return {
        "reference": reference,
        "ready": check.ready,
        **{
            name: [{key: getattr(line, key) for key in LINE} for line in getattr(check, name)]
            for name in ("emergency", "missing", "supports", "review")
        },
        "computed": json.loads(json.dumps(check.computed, default=str)),
    }


def listed(db: Database) -> list[dict[str, str]]:
    """Return all referrals in the form of contract section 7, the latest first."""
    with db.read() as session:
        found = worklists.find(session, Filter(), EVERY_REFERRAL)
        audit.searched(session, "referrals", "", len(found))
    return [
        {
            "reference": row.reference,
            "patient": row.patient,
            "date_of_birth": row.date_of_birth.isoformat() if row.date_of_birth else "",
            "surgeon": row.surgeon,
            "state": row.state_words,
            "updated": row.updated.isoformat(timespec="seconds"),
        }
        for row in found
    ]
