"""Deleting a record: asked first, then a backup, then all of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from referral_app.jobs import backups, retention
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services import legal_holds, patients
from referral_app.services.errors import InvalidInput, NotFound
from tests.services.conftest import Offices, offices, offices_store

__all__ = ["offices", "offices_store"]

NAME = "Northfield, Invented"


def outlived(world: Offices) -> None:
    with world.db.begin() as session:
        values = {"updated": datetime(2001, 3, 27, tzinfo=UTC)}
        mine = Referral.patient_id == world.north.patient
        session.execute(update(Referral).where(mine).values(**values, state="closed"))
        session.execute(update(Patient).where(Patient.id == world.north.patient).values(**values))


def kept(world: Offices) -> list[str]:
    return [one.reason for one in backups.listed(world.db.paths)]


def test_a_backup_is_made_before_a_record_goes(offices: Offices) -> None:
    outlived(offices)
    before = kept(offices)
    assert retention.delete(offices.db, offices.north.patient, NAME).referrals == 1
    assert sorted(kept(offices)) == sorted([*before, backups.BEFORE_DELETION])
    with offices.db.read() as session, pytest.raises(NotFound):
        patients.get(session, offices.north.patient)


def test_what_is_refused_makes_no_backup(offices: Offices) -> None:
    outlived(offices)
    with offices.db.begin() as session:
        legal_holds.place(session, offices.north.patient, "Claim")
    before = kept(offices)
    with pytest.raises(InvalidInput, match="legal hold"):
        retention.delete(offices.db, offices.north.patient, NAME)
    assert kept(offices) == before
