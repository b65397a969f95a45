"""What the reports count of referrals from before an upgrade is read in the background: all of it, and once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from referral_app.choices import Readiness, ReferralState, RequestStatus
from referral_app.database import Database
from referral_app.jobs import report_facts
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import referrals, request_facts_making
from tests.services.conftest import Offices, offices, offices_store

__all__ = ["offices", "offices_store"]
COLUMNS = (
    Request.id,
    Request.missing,
    Request.headache_index,
    Request.index_on,
    Request.version,
    Request.updated,
)


def sent(world: Offices, number: int = 5) -> None:
    """Let there be some requests, sent as they are today."""
    for at in range(number):
        with world.db.begin() as session:
            intake = world.intake(f"Field{at}")
            if at % 2:
                intake["exam"].pop("nerve_tender")
                intake["last_30_days"].pop("headache_days")
            made = referrals.save(session, intake)
            referrals.sign(session, made.id, "Rosa Ortiz, MD")
            referrals.mark_sent(session, made.id, "Mail")


def noted(world: Offices) -> list[tuple[Any, ...]]:
    with world.db.read() as session:
        return [tuple(row) for row in session.execute(select(*COLUMNS).order_by(Request.id))]


def forget(world: Offices) -> None:
    """Let the requests be as an upgrade leaves them."""
    with world.db.begin() as session:
        table = Request.__table__
        session.connection().execute(
            update(table).values(missing=None, headache_index=None, index_on=None, updated=table.c.updated)
        )


def fill(db: Database, stop_after: int = 1000, chunk: int = 2) -> tuple[int, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    done = report_facts.fill(
        db, lambda done, of: told.append((done, of)), lambda: len(told) >= stop_after, rest=0, chunk=chunk
    )
    return done, told


def test_what_sending_would_have_noted_is_filled_in_and_nothing_else_changes(offices: Offices) -> None:
    sent(offices)
    before = noted(offices)
    assert len({one[1] for one in before}) == 2, "of some nothing is missing, of others something"
    forget(offices)
    assert noted(offices) != before
    assert report_facts.is_needed(offices.db)
    assert fill(offices.db) == (5, [(2, 5), (4, 5), (5, 5)])
    assert noted(offices) == before
    assert not report_facts.is_needed(offices.db)
    assert fill(offices.db) == (0, [])


def test_what_is_canceled_goes_on_from_there(offices: Offices) -> None:
    sent(offices)
    before = noted(offices)
    forget(offices)
    assert fill(offices.db, stop_after=1)[0] == 2
    assert sum(one[1] is None for one in noted(offices)) == 3
    assert fill(offices.db)[0] == 3
    assert noted(offices) == before


def test_the_answers_that_were_sent_count_and_not_later_ones(offices: Offices) -> None:
    sent(offices, 1)
    before = noted(offices)
    forget(offices)
    with offices.db.begin() as session:
        row = session.scalars(select(Referral).where(Referral.patient_name.startswith("Field0"))).one()
        record = referrals.get(session, row.id)
        intake = record.intake | {"exam": {}}
        intake.pop("signature", None)
        referrals.save(session, intake, referral_id=row.id, version=record.version, why="Corrected")
    fill(offices.db)
    assert [one[1:4] for one in noted(offices)] == [one[1:4] for one in before]


def test_what_was_noted_meanwhile_stays_and_one_without_answers_is_left(offices: Offices) -> None:
    sent(offices, 1)
    (before,) = noted(offices)
    forget(offices)
    with offices.db.read() as session:
        (one,) = request_facts_making.find(session, "", 10)
        facts = request_facts_making.figures(session)
    assert facts
    with offices.db.begin() as session:
        session.execute(update(Request).where(Request.id == one.id).values(missing="meanwhile"))
        stored = report_facts.request_facts.Facts("later", 7.0, date.today())
        request_facts_making.write(session, {one.id: stored})
    assert noted(offices)[0][1] == "meanwhile"
    with offices.db.begin() as session:
        empty = Referral(
            id=new_id(),
            reference="AAAA-BBBB-C",
            number=0,
            state=ReferralState.SENT,
            readiness=Readiness.READY,
            marks=[],
            serial=999_999,
        )
        session.add(empty)
        session.flush()
        old = date.today() - timedelta(days=90)
        session.add(Request(referral_id=empty.id, number=1, status=RequestStatus.SENT, sent_on=old))
    assert not report_facts.is_needed(offices.db)
    assert before[0] == one.id
