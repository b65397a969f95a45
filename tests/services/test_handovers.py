"""Who leaves leaves nothing behind that nobody sees to."""

from __future__ import annotations

from referral_app.models.person import Person
from referral_app.services import owners, people, referrals, tasks, waiting_lists, waiting_making, whereabouts
from referral_app.services.referral_records import PLANNED
from referral_app.services.tasks import Wish
from tests.acting import as_role
from tests.services.conftest import EVERYTHING, Offices
from tests.services.test_requests import sent

ANN = "00000000-0000-4000-8000-0000000000a1"


def test_open_referrals_and_tasks_of_who_is_removed_go_to_who_removes_them(offices: Offices) -> None:
    name, closed = sent(offices), offices.south.referral
    with offices.db.begin() as session:
        session.add(Person(id=ANN, login="ann", name="Ann Vale", roles=[], active=True))
    with offices.db.begin() as session:
        for one in (name, closed):
            owners.assign(session, one, ANN)
        referrals.cancel(session, closed, "The patient moved away")
        tasks.begin(session, name, Wish("Call the office", owner_id=ANN))
        done = tasks.begin(session, name, Wish("Ask for the MRI", owner_id=ANN))
        tasks.done(session, done.id, "Asked")
    who = as_role(offices.db, *EVERYTHING)
    with offices.db.begin() as session:
        people.remove(session, ANN)
    with offices.db.read() as session:
        assert owners.get(session, name).owner == who.name
        assert owners.get(session, closed).owner == "Ann Vale"  # it is over, and was hers
        assert "sees to it: Rosa Ortiz" in whereabouts.find(session, [name])[name].words
        assert referrals.history(session, name)[-1].what == PLANNED
        owned = {one.what: one.owner for one in tasks.of_referral(session, name, with_done=True)}
        assert owned == {"Call the office": who.name, "Ask for the MRI": "Ann Vale"}
        assert sum(one.all for one in waiting_lists.counts(session, waiting_lists.MINE).values()) == 1
        assert waiting_making.holds(session)
