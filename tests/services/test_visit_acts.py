"""Visits and the request of their referral go together: each act enters its step, and a wrong click is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    ReplyKind,
    RequestAct,
    RequestStatus,
    StaffRole,
)
from referral_app.clinical import business_days, dates
from referral_app.services import appointments, closed_days, referrals, replies, requests, visit_acts
from referral_app.services.appointment_records import AppointmentRecord, Visit
from referral_app.services.errors import InvalidInput
from referral_app.services.replies import Reply
from referral_app.services.request_records import Happened, RequestRecord, StepRecord
from tests.acting import as_role
from tests.services.conftest import Offices, complete

NOW = datetime.now(UTC)
DAY = business_days.after(date.today() + timedelta(days=20), 0)
CONSULT = Visit(
    AppointmentKind.CONSULT, datetime.combine(DAY, datetime.min.time()).replace(hour=9, minute=30)
)
LATER = NOW + timedelta(days=60)


@pytest.fixture
def world(offices: Offices) -> Offices:
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD")
        referrals.mark_sent(session, offices.north.referral, "Mail")
    return offices


def book(world: Offices, visit: Visit = CONSULT, confirmed: bool | str = False) -> AppointmentRecord:
    with world.db.begin() as session:
        return visit_acts.book(session, world.north.referral, visit, confirmed=confirmed)


def request(world: Offices) -> RequestRecord:
    with world.db.read() as session:
        found = requests.current(session, world.north.referral)
    assert found is not None
    return found


def steps(world: Offices) -> list[tuple[RequestAct, bool]]:
    with world.db.read() as session:
        found = requests.steps(session, world.north.referral)
        return [(one.act, one.inferred) for one in found if one.undone_at is None]


def states(world: Offices) -> list[AppointmentStatus]:
    with world.db.read() as session:
        return [one.status for one in appointments.of_referral(session, world.north.referral)]


def test_booking_a_consultation_is_a_step_of_the_request_with_the_skipped_ones(world: Offices) -> None:
    made = book(world)
    assert (request(world).status, request(world).visit_on) == (RequestStatus.SCHEDULED, DAY)
    assert steps(world)[-1] == (RequestAct.SCHEDULE, False)
    assert steps(world)[:-1] == [(RequestAct.RECEIVE, True), (RequestAct.ACCEPT, True)]
    assert made.request_id == request(world).id


def test_booking_before_anything_was_sent_is_no_step(offices: Offices) -> None:
    assert book(offices).request_id == ""


def test_an_operation_is_no_step_of_the_request(world: Offices) -> None:
    book(world, replace(CONSULT, kind=AppointmentKind.SURGERY))
    assert (steps(world), request(world).status) == ([], RequestStatus.SENT)


def test_a_move_leaves_how_it_was_and_is_a_step_of_its_own(world: Offices) -> None:
    made = book(world)
    there = replace(CONSULT, start=CONSULT.start + timedelta(hours=2))
    with world.db.begin() as session:
        moved = visit_acts.move(session, made.id, there, made.version, why="The surgeon operates")
    assert (moved.id, moved.start - made.start) == (made.id, timedelta(hours=2))
    with world.db.read() as session:
        old, new = appointments.of_referral(session, world.north.referral)
        assert appointments.on_day(session, DAY) == [new]
    assert (old.status, old.start, new.status) == (
        AppointmentStatus.MOVED, made.start, AppointmentStatus.SCHEDULED,
    )  # fmt: skip
    assert old.why.startswith("Rescheduled to ")
    assert old.why.endswith(": The surgeon operates")
    assert [act for act, _ in steps(world)][-2:] == [RequestAct.SCHEDULE, RequestAct.SCHEDULE]


def test_a_note_alone_is_no_step(world: Offices) -> None:
    made = book(world)
    before = steps(world)
    with world.db.begin() as session:
        visit_acts.move(session, made.id, replace(CONSULT, note="Ask for the MRI"), made.version)
    assert (steps(world), states(world)) == (before, [AppointmentStatus.SCHEDULED])


def test_a_canceled_visit_says_why_and_by_whom(world: Offices) -> None:
    made = book(world)
    with pytest.raises(InvalidInput, match="Enter why"), world.db.begin() as session:
        visit_acts.cancel(session, made.id, " ", "The patient")
    with world.db.begin() as session:
        gone = visit_acts.cancel(session, made.id, "has a cold", "The patient")
    assert (gone.status, gone.why) == (AppointmentStatus.CANCELED, "The patient: has a cold")
    assert (request(world).status, request(world).visit_on) == (RequestStatus.VISIT_CANCELED, None)


@pytest.mark.parametrize("came", [True, False])
def test_a_visit_is_kept_or_missed_on_its_day_and_not_before(world: Offices, came: bool) -> None:
    made = book(world)

    def end(moment: datetime) -> AppointmentRecord:
        with world.db.begin() as session:
            if came:
                return visit_acts.keep(session, made.id, moment)
            return visit_acts.miss(session, made.id, moment=moment)

    with pytest.raises(InvalidInput, match="has not come yet"):
        end(NOW)
    assert end(LATER).status is (AppointmentStatus.KEPT if came else AppointmentStatus.NO_SHOW)
    after = RequestStatus.SEEN if came else RequestStatus.UNATTENDED
    assert request(world).status is after
    with world.db.read() as session:
        assert requests.steps(session, world.north.referral)[-1].happened_on == DAY


def test_a_wrong_no_show_is_taken_back_with_a_reason(world: Offices) -> None:
    made = book(world)
    with world.db.begin() as session:
        visit_acts.miss(session, made.id, moment=LATER)
    with pytest.raises(InvalidInput, match="why"), world.db.begin() as session:
        visit_acts.take_back(session, made.id, "")
    with world.db.begin() as session:
        back = visit_acts.take_back(session, made.id, "Another patient")
    assert back.is_booked
    assert back.why == "No-show, taken back: Another patient"
    assert (request(world).status, request(world).visit_on) == (RequestStatus.SCHEDULED, DAY)


def test_what_was_followed_by_a_later_step_is_not_taken_back(world: Offices) -> None:
    made = book(world)
    with world.db.begin() as session:
        visit_acts.keep(session, made.id, LATER)
        outcome = Happened(RequestAct.OUTCOME, DAY, note="Blocks first")
        requests.enter(session, world.north.referral, outcome, today=LATER.date())
    with pytest.raises(InvalidInput, match="entered last"), world.db.begin() as session:
        visit_acts.take_back(session, made.id, "Wrong click")
    assert states(world) == [AppointmentStatus.KEPT]


def test_a_weekend_or_holiday_is_booked_once_a_person_confirms_it(world: Offices) -> None:
    saturday = CONSULT.start + timedelta(days=5 - CONSULT.start.weekday())
    with pytest.raises(InvalidInput) as error:
        book(world, replace(CONSULT, start=saturday))
    assert list(error.value.fields) == ["confirm"]
    assert "is a Saturday" in error.value.fields["confirm"]
    assert states(world) == []
    assert book(world, replace(CONSULT, start=saturday), confirmed=True).is_booked


def book_south(world: Offices, start: datetime, kind: AppointmentKind = AppointmentKind.CONSULT) -> None:
    with world.db.begin() as session:
        appointments.book(session, world.south.referral, replace(CONSULT, start=start, kind=kind))


@pytest.mark.parametrize(
    ("kind", "minutes", "asked"),
    [
        (AppointmentKind.CONSULT, 0, True), (AppointmentKind.CONSULT, 14, True), (AppointmentKind.CONSULT, -14, True),
        (AppointmentKind.CONSULT, 15, False), (AppointmentKind.CONSULT, -15, False),
        (AppointmentKind.SURGERY, -59, True), (AppointmentKind.SURGERY, -60, False),
        (AppointmentKind.SURGERY, 15, False),
    ],
)  # fmt: skip
def test_another_patient_of_the_surgeon_at_that_time_is_booked_once_a_person_confirms_it(
    world: Offices, kind: AppointmentKind, minutes: int, asked: bool
) -> None:
    book_south(world, CONSULT.start + timedelta(minutes=minutes), kind)
    if not asked:
        assert book(world).is_booked
        return
    with pytest.raises(InvalidInput) as error:
        book(world)
    said = error.value.fields["confirm"]
    assert "Southfield" in said
    assert "has another patient at that time" in said
    assert states(world) == []
    made = book(world, confirmed=said)
    with world.db.read() as session:
        assert said in visit_acts.notes(session, made)


def test_what_comes_to_what_was_confirmed_is_asked_anew(world: Offices) -> None:
    saturday = CONSULT.start + timedelta(days=5 - CONSULT.start.weekday())
    with pytest.raises(InvalidInput) as error:
        book(world, replace(CONSULT, start=saturday))
    of_day = error.value.fields["confirm"]
    book_south(world, saturday)
    with pytest.raises(InvalidInput) as error:
        book(world, replace(CONSULT, start=saturday), confirmed=of_day)
    both = error.value.fields["confirm"]
    assert both.startswith(of_day)
    assert "Southfield" in both
    assert book(world, replace(CONSULT, start=saturday), confirmed=both).is_booked


def test_a_visit_is_moved_beside_another_patient_once_a_person_confirms_it(world: Offices) -> None:
    made = book(world)
    there = CONSULT.start + timedelta(hours=2)
    book_south(world, there)
    with pytest.raises(InvalidInput, match="Southfield"), world.db.begin() as session:
        visit_acts.move(session, made.id, replace(CONSULT, start=there), made.version)
    with world.db.begin() as session:
        visit_acts.move(session, made.id, replace(CONSULT, start=there), made.version, confirmed=True)


def test_a_patient_of_another_practice_at_that_time_is_not_told_of(world: Offices) -> None:
    book_south(world, CONSULT.start)
    as_role(world.db, StaffRole.OFFICE_STAFF, practice_id=world.north.practice)
    assert book(world).is_booked


def test_a_visit_before_the_referral_was_sent_is_refused_as_in_a_reply(world: Offices) -> None:
    written = date.fromisoformat(complete("North")["referrer"]["date"])
    assert written <= date.today() - timedelta(1), "or the day of the referral is what speaks against it"
    yesterday = datetime.combine(date.today() - timedelta(1), CONSULT.start.time())
    said = f"The referral was sent on {dates.say(date.today())}. Enter that day or a later one."
    for came in (True, False):
        with pytest.raises(InvalidInput) as error, world.db.begin() as session:
            visit_acts.enter_past(session, world.north.referral, replace(CONSULT, start=yesterday), came=came)
        assert error.value.fields == {"start": said}
    reply = Reply(ReplyKind.NO_SHOW, date.today(), visit=replace(CONSULT, start=yesterday))
    with pytest.raises(InvalidInput) as error, world.db.begin() as session:
        replies.record(session, world.north.referral, reply)
    assert error.value.fields == {"start": said}
    assert states(world) == []


def test_thanksgiving_is_named(world: Offices) -> None:
    day = next(day for day, name in business_days.holidays(DAY.year + 1).items() if "Thanksgiving" in name)
    with pytest.raises(InvalidInput, match="Thanksgiving Day"):
        book(world, replace(CONSULT, start=datetime.combine(day, CONSULT.start.time())))


def test_a_closed_day_is_refused_also_when_confirmed(world: Offices) -> None:
    with world.db.begin() as session:
        closed_days.add(session, DAY, why="Moving")
    with pytest.raises(InvalidInput) as error:
        book(world, confirmed=True)
    assert "All offices are closed on" in error.value.fields["start"]
    assert "Moving" in error.value.fields["start"]


def test_a_visit_in_the_past_is_refused_but_can_be_entered_as_what_happened(world: Offices) -> None:
    before = replace(CONSULT, start=datetime.combine(date.today(), CONSULT.start.time()))
    moment = NOW + timedelta(days=2)
    with pytest.raises(InvalidInput, match="has passed"), world.db.begin() as session:
        visit_acts.book(session, world.north.referral, before, moment=moment)
    with pytest.raises(InvalidInput, match="not come yet"), world.db.begin() as session:
        visit_acts.enter_past(session, world.north.referral, CONSULT, came=True)
    with world.db.begin() as session:
        made = visit_acts.enter_past(session, world.north.referral, before, came=True, moment=moment)
    assert (made.status, request(world).status) == (AppointmentStatus.KEPT, RequestStatus.SEEN)


def test_an_hour_that_the_clock_skips_is_refused(world: Offices) -> None:
    with world.db.read() as session:
        place = next(
            place.location.id
            for place in referrals.surgeon_of(
                session, referrals.get(session, world.north.referral)
            ).placements
        )
    night = Visit(AppointmentKind.SURGERY, datetime(2027, 3, 14, 2, 30), place)
    with pytest.raises(InvalidInput, match="There is no 2:30 AM on March 14, 2027"):
        book(world, night, confirmed=True)
    made = book(
        world, replace(night, start=datetime(2027, 3, 14, 3, 10), arrive_minutes_before=30), confirmed=True
    )
    assert made.arrive_by.replace(tzinfo=None) == datetime(2027, 3, 14, 1, 40)


@pytest.mark.parametrize("act", [RequestAct.DECLINE, RequestAct.ASK_CANCEL])
def test_a_visit_does_not_outlive_its_request(world: Offices, act: RequestAct) -> None:
    book(world)
    with world.db.begin() as session:
        requests.enter(session, world.north.referral, Happened(act, date.today(), "Out of network"))
    assert states(world) == [AppointmentStatus.CANCELED]
    with world.db.read() as session:
        (gone,) = appointments.of_referral(session, world.north.referral)
    assert gone.why.endswith("Out of network")


def test_a_visit_does_not_outlive_its_referral(offices: Offices) -> None:
    book(offices, replace(CONSULT, kind=AppointmentKind.SURGERY))
    with offices.db.begin() as session:
        referrals.cancel(session, offices.north.referral, "Moved away")
    with offices.db.read() as session:
        (gone,) = appointments.of_referral(session, offices.north.referral)
    assert (gone.status, gone.why) == (AppointmentStatus.CANCELED, "The referral was canceled: Moved away")


def test_a_missing_interpreter_is_noted(world: Offices) -> None:
    intake = complete("Northfield")
    intake["patient"] |= {"interpreter_needed": True, "interpreter_language": "es"}
    with world.db.begin() as session:
        record = referrals.get(session, world.north.referral)
        referrals.save(session, intake, referral_id=record.id, version=record.version, why="Interpreter")
    made = book(world, replace(CONSULT, kind=AppointmentKind.SURGERY))
    with world.db.read() as session:
        assert visit_acts.notes(session, made) == (visit_acts.NO_INTERPRETER,)
        assert visit_acts.notes(session, replace(made, interpreter_booked=True)) == ()


def _undo_last(world: Offices) -> None:
    with world.db.begin() as session:
        last = [one for one in requests.steps(session, world.north.referral) if one.undone_at is None][-1]
        replies.undo(session, world.north.referral, last.entry, "Wrong patient")


def test_a_reschedule_that_is_undone_puts_the_visit_back(world: Offices) -> None:
    made = book(world)
    later = replace(CONSULT, start=CONSULT.start + timedelta(days=7))
    with world.db.begin() as session:
        visit_acts.move(session, made.id, later, made.version, confirmed=True)
    _undo_last(world)
    with world.db.read() as session:
        (back,) = appointments.of_referral(session, world.north.referral)
    assert (back.id, back.start, back.is_booked) == (made.id, made.start, True)
    assert (request(world).status, request(world).visit_on) == (RequestStatus.SCHEDULED, DAY)


def test_a_new_time_is_taken_back_with_a_reason_and_its_step_with_it(world: Offices) -> None:
    made = book(world)
    first, second = (replace(CONSULT, start=CONSULT.start + timedelta(days=days)) for days in (7, 14))
    for visit in (first, second):
        with world.db.begin() as session:
            visit_acts.move(session, made.id, visit, why="They operate", confirmed=True)
    with world.db.read() as session:
        assert visit_acts.is_moved(session, appointments.get(session, made.id))
    with pytest.raises(InvalidInput) as refused, world.db.begin() as session:
        visit_acts.take_back(session, made.id, " ")
    assert refused.value.fields == {"why": "Enter why this is taken back."}
    for visit, left in ((first, 1), (CONSULT, 0)):
        with world.db.begin() as session:
            back = visit_acts.take_back(session, made.id, "Wrong line of the list")
        assert back.start.replace(tzinfo=None) == visit.start
        assert back.is_booked
        assert back.why.endswith("They operate, taken back: Wrong line of the list")
        assert states(world).count(AppointmentStatus.MOVED) == left
        assert request(world).visit_on == visit.start.date()
    assert steps(world)[-1] == (RequestAct.SCHEDULE, False)
    assert [one.undone_why for one in undone(world)] == ["Wrong line of the list"] * 2
    with pytest.raises(InvalidInput, match="was not rescheduled"), world.db.begin() as session:
        visit_acts.take_back(session, made.id, "Again")
    assert request(world).status is RequestStatus.SCHEDULED


def undone(world: Offices) -> list[StepRecord]:
    with world.db.read() as session:
        found = requests.steps(session, world.north.referral)
    return [one for one in found if one.undone_at is not None]


def test_another_place_alone_is_taken_back_without_a_step(world: Offices) -> None:
    made = book(world)
    with world.db.begin() as session:
        surgeon = referrals.surgeon_of(session, referrals.get(session, world.north.referral))
        there = replace(CONSULT, start=made.start, location_id=surgeon.placements[0].location.id)
        moved = visit_acts.move(session, made.id, there)
    before = steps(world)
    with world.db.begin() as session:
        back = visit_acts.take_back(session, made.id, "It stays where it was")
    assert (back.location_id, back.start) == ("", made.start) != (moved.location_id, moved.start)
    assert steps(world) == before
    assert states(world) == [AppointmentStatus.SCHEDULED]


def test_the_new_time_of_one_follow_up_is_not_that_of_another(world: Offices) -> None:
    kind = AppointmentKind.FOLLOW_UP
    one = book(world, replace(CONSULT, kind=kind))
    other = book(world, replace(CONSULT, kind=kind, start=CONSULT.start + timedelta(hours=1)))
    with world.db.begin() as session:
        visit_acts.move(
            session, one.id, replace(CONSULT, kind=kind, start=CONSULT.start + timedelta(hours=3))
        )
    with pytest.raises(InvalidInput, match="was not rescheduled"), world.db.begin() as session:
        visit_acts.take_back(session, other.id, "Wrong one")
    with world.db.begin() as session:
        assert visit_acts.take_back(session, one.id, "Wrong one").start == one.start


def test_a_new_time_is_not_taken_back_where_something_came_since(world: Offices) -> None:
    made = book(world)
    there = replace(CONSULT, start=CONSULT.start + timedelta(hours=1))
    with world.db.begin() as session:
        visit_acts.move(session, made.id, there)
        requests.enter(session, world.north.referral, Happened(RequestAct.INTERIM_NOTE, date.today()))
    with pytest.raises(InvalidInput, match="entered last"), world.db.begin() as session:
        visit_acts.take_back(session, made.id, "Wrong")
    with world.db.begin() as session:
        one = next(
            one for one in appointments.of_referral(session, world.north.referral) if one.id == made.id
        )
        assert one.start.replace(tzinfo=None) == there.start


def test_a_booking_that_is_undone_is_canceled(world: Offices) -> None:
    book(world)
    _undo_last(world)
    assert states(world) == [AppointmentStatus.CANCELED]
    assert request(world).visit_on is None


def test_a_no_show_that_is_undone_lets_the_visit_stand_again(world: Offices) -> None:
    made = book(world)
    with world.db.begin() as session:
        visit_acts.miss(session, made.id, moment=LATER)
    _undo_last(world)
    assert states(world) == [AppointmentStatus.SCHEDULED]
    assert request(world).visit_on == DAY


def test_a_refusal_that_was_none_gives_the_visit_back(world: Offices) -> None:
    book(world)
    with world.db.begin() as session:
        decline = Happened(RequestAct.DECLINE, date.today(), "Out of network")
        requests.enter(session, world.north.referral, decline)
    assert states(world) == [AppointmentStatus.CANCELED]
    _undo_last(world)
    assert states(world) == [AppointmentStatus.SCHEDULED]
    assert (request(world).status, request(world).visit_on) == (RequestStatus.SCHEDULED, DAY)
