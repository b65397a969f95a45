"""Copies of signatures below the windows: whose they are, on which version, and who sees them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from referral_app.choices import StaffRole
from referral_app.services import e_signatures, people, referrals
from referral_app.services.errors import Denied
from referral_app.services.permissions import Actor
from tests.acting import as_role
from tests.services.audit_matrix import WRITTEN
from tests.services.conftest import EVERYTHING, Offices


def _signed(offices: Offices) -> int:
    """Let Dana, whom the store knows, sign a referral and return the number of that version."""
    with offices.db.read() as session:
        dana = next(one for one in people.find(session) if one.name == "Dana Whitfield")
    offices.db.act_as(dana.id, dana.name, Actor(dana.name, dana.id, dana.login, EVERYTHING, own_office=False))
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, dana.name)
        assert not e_signatures.place(session, offices.north.referral, WRITTEN).invented
        return referrals.get(session, offices.north.referral).number


def test_another_practice_sees_no_signature(offices: Offices) -> None:
    number = _signed(offices)
    with offices.db.begin() as session:
        assert e_signatures.placed(session, offices.north.reference, number) is not None
    as_role(offices.db, StaffRole.CLINICIAN, practice_id=offices.south.practice)
    with pytest.raises(Denied), offices.db.begin() as session:
        e_signatures.placed(session, offices.north.referral, number)


def test_a_copy_counts_only_on_a_version_that_its_owner_signed(offices: Offices) -> None:
    """Even where rows were put together by other means than the services."""
    assert _signed(offices) == 2
    for change in ("number = 1", "number = 2, name = 'Somebody else'"):
        with offices.db._transaction(read_only=False, info={}) as session:  # noqa: SLF001 - what no service does
            session.execute(text(f"UPDATE placed_signature SET {change}"))
        with offices.db.begin() as session:
            assert e_signatures.placed(session, offices.north.referral, 1) is None
            assert e_signatures.placed(session, offices.north.referral, 2) is None
