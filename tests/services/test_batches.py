"""What a batch holds and what became of it, as it is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from referral_app.choices import BatchState, PaperKind, StaffRole
from referral_app.database import Database
from referral_app.models.base import now
from referral_app.models.paper import PrintBatch
from referral_app.services import batches
from referral_app.services.batches import FILES, Wish
from referral_app.services.errors import InvalidInput, NotFound
from tests.acting import as_role
from tests.jobs.batch_people import many, wishes
from tests.services.conftest import Offices


def _begun(db: Database, number: int = 4) -> str:
    asked = wishes(many(db, number))
    with db.begin() as session:
        return batches.begin(session, "Visits", FILES, asked, target="folder")


def test_a_batch_keeps_its_order_and_what_became_of_each(filled: Database) -> None:
    batch_id = _begun(filled)
    with filled.begin() as session:
        batches.settle(session, batch_id, 1, BatchState.PRINTED, pages=6)
        batches.settle(session, batch_id, 2, BatchState.REFUSED, why="No surgeon.")
    with filled.read() as session:
        found = batches.latest(session)
    assert found is not None
    assert [one.position for one in found.items] == [1, 2, 3, 4]
    assert found.waiting == found.items[2]
    assert found.items[1].why == "No surgeon."


def test_going_on_makes_all_behind_the_place_wait_again(filled: Database) -> None:
    batch_id = _begun(filled)
    with filled.begin() as session:
        batches.handing_over(session, batch_id, [1, 2, 3, 4])
        batches.finish(session, batch_id)
        found = batches.take_up(session, batch_id, 3)
    assert [one.state for one in found.items] == [BatchState.PRINTED] * 2 + [BatchState.WAITING] * 2
    assert not found.sent
    assert found.finished_at is None


def test_nothing_and_too_much_are_refused(filled: Database) -> None:
    with pytest.raises(InvalidInput, match="at least one"), filled.begin() as session:
        batches.begin(session, "Visits", FILES, [])
    much = [Wish("0000-0000-0", PaperKind.PACKET)] * (batches.MOST + 1)
    with pytest.raises(InvalidInput, match="at most"), filled.begin() as session:
        batches.begin(session, "Visits", FILES, much)
    with pytest.raises(NotFound), filled.begin() as session:
        batches.begin(session, "Visits", FILES, much[:1])
    with pytest.raises(NotFound), filled.read() as session:
        batches.get(session, "there is none")


def test_an_old_batch_is_forgotten_and_a_finished_one_no_longer_offered(filled: Database) -> None:
    batch_id = _begun(filled)
    with filled.begin() as session:
        batches.finish(session, batch_id)
        session.get_one(PrintBatch, batch_id).finished_at = now() - batches.OFFERED - timedelta(minutes=1)
    with filled.read() as session:
        assert batches.latest(session) is None
    with filled.begin() as session:
        session.get_one(PrintBatch, batch_id).made_at = now() - batches.KEPT - timedelta(days=1)
        reference = batches.get(session, batch_id).items[0].reference
        batches.begin(session, "Visits", FILES, [Wish(reference, PaperKind.PACKET)])
    with pytest.raises(NotFound), filled.read() as session:
        batches.get(session, batch_id)


def test_another_office_neither_reads_nor_changes_a_batch(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="North")
    with offices.db.begin() as session:
        wish = Wish(offices.north.reference, PaperKind.PACKET)
        batch_id = batches.begin(session, "Visits", FILES, [wish], target="folder")
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice, name="South")
    for act in (
        lambda session: batches.get(session, batch_id),
        lambda session: batches.take_up(session, batch_id),
        lambda session: batches.settle(session, batch_id, 1, BatchState.REFUSED),
        lambda session: batches.handing_over(session, batch_id, [1]),
        lambda session: batches.finish(session, batch_id),
    ):
        with offices.db.begin() as session, pytest.raises(NotFound, match="not there any more"):
            act(session)
