"""What the morning sheet holds: what is due alone, shared fairly, noted once, and seen by its own practice alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from referral_app.choices import PaperAct, StaffRole, Step
from referral_app.jobs import morning_sheets as job
from referral_app.jobs import papers
from referral_app.services import ledger, morning_sheets
from referral_app.services.errors import Denied
from referral_app.services.ledger import Filter
from referral_app.services.morning_sheets import LINES
from referral_app.services.waiting_lists import Pile
from tests.acting import as_role
from tests.services.conftest import Offices
from tests.services.test_waiting_lists import TODAY, sent


def test_only_what_is_due_is_on_it_and_it_is_noted_once(offices: Offices) -> None:
    sent(offices)
    with offices.db.read() as session:
        assert morning_sheets.read(session).piles == ()
        found = morning_sheets.read(session, day=TODAY + timedelta(30))
        noted = [one["kind"] for one in session.info["events"]]
    assert {one.step: (one.due, len(one.rows)) for one in found.piles} == {
        Step.NO_RECEIPT: (1, 1), Step.DRAFT: (1, 1),
    }  # fmt: skip
    assert noted == ["morning_sheet", "morning_sheet"]


@pytest.mark.parametrize(
    ("due", "shares"), [([2], [2]), ([900], [LINES]), ([900, 900], [LINES // 2] * 2), ([1, 900], [1, LINES - 1])]
)  # fmt: skip
def test_worklists_share_the_room(due: list[int], shares: list[int]) -> None:
    piles = [Pile(Step.DRAFT, one, one, TODAY) for one in due]
    assert morning_sheets.shares(piles) == shares


def test_a_printed_sheet_is_seen_by_the_practice_that_printed_it_alone(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Kim North")
    made = job.make(offices.db, today=TODAY + timedelta(30))
    assert made.name == f"morning-sheet-{(TODAY + timedelta(30)).isoformat()}.pdf"
    papers.left(offices.db, made, PaperAct.PRINTED, how="Front desk")
    with offices.db.read() as session:
        (paper,) = ledger.find(session, Filter())
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice, name="Lee South")
    with offices.db.read() as session:
        assert ledger.find(session, Filter()) == []
    with pytest.raises(Denied), offices.db.read() as session:
        ledger.get(session, paper.id)
