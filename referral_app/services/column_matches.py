"""Which column of a file is which field, remembered for files with the same headings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.base import now
from referral_app.models.directory import ColumnMatch
from referral_app.services.permissions import needs


@needs(Permission.SEE_DIRECTORY)
def remembered(session: Session, headings: str) -> dict[str, str] | None:
    """Return the fields by heading that were chosen for these headings, None where they were never matched."""
    row = session.get(ColumnMatch, headings)
    return None if row is None else {str(name): str(field) for name, field in row.fields.items()}


@needs(Permission.CHANGE_DIRECTORY)
def remember(session: Session, headings: str, fields: Mapping[str, str]) -> None:
    """Keep which heading is which field, for the next file with these headings."""
    _keep(session, headings, fields)


@needs(Permission.WRITE)
def remember_of_patients(session: Session, headings: str, fields: Mapping[str, str]) -> None:
    """Keep which heading is which field of a list of patients; `headings` begin with "patients|"."""
    _keep(session, headings, fields)


def _keep(session: Session, headings: str, fields: Mapping[str, str]) -> None:
    row = session.get(ColumnMatch, headings) or ColumnMatch(headings=headings)
    row.fields, row.updated = dict(fields), now()
    session.add(row)
    session.flush()
