"""Where lists have their rows from: pages as a service gives them, or all rows read once."""

from __future__ import annotations

import pytest

from referral_app.database import Database, Session
from referral_app.services import surgeons, verification
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.services.verification import Due
from referral_app.ui import sources


@pytest.fixture
def entered(db: Database) -> Database:
    """Return a store with four surgeons whom nobody verified yet."""
    with db.begin() as session:
        for given in ("Ada", "Bo", "Cy", "Di"):
            surgeons.save(session, SurgeonRecord(given, "Invented"))
    return db


def test_a_paged_source_counts_and_gives_a_page_in_the_order_of_its_service(entered: Database) -> None:
    source = sources.paged(entered, verification.count, verification.stale)
    with entered.read() as session:
        known = verification.stale(session)
    assert source.count() == len(known) == 4
    assert [source.key(one) for one in source.fetch(1, 2, "", False)] == [one.id for one in known[1:3]]


def test_a_whole_source_reads_once_for_its_count_and_all_its_pages(entered: Database) -> None:
    looks: list[int] = []

    def find(session: Session) -> list[Due]:
        looks.append(1)
        return verification.stale(session)

    source = sources.whole(entered, find)
    number = source.count()
    pages = [*source.fetch(0, 2, "", False), *source.fetch(2, number, "", False)]
    assert len({one.id for one in pages}) == number == 4
    assert len(looks) == 1
