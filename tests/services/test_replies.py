"""A reply is one act with all that follows from it: steps, task, visit, scan; nothing twice, nothing half."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    DeclineReason,
    ReferralState,
    ReplyKind,
    RequestAct,
    TaskKind,
    VisitOutcome,
)
from referral_app.choices import RequestStatus as Status
from referral_app.clinical import dates
from referral_app.models.request import Request
from referral_app.models.work import Appointment
from referral_app.services import (
    appointments,
    attachments,
    closed_days,
    departures,
    owners,
    referrals,
    replies,
    requests,
    tasks,
    waiting,
)
from referral_app.services.appointments import Visit
from referral_app.services.attachments import Owner
from referral_app.services.departures import Agreement
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.replies import Reply
from referral_app.services.request_records import RequestRecord
from tests.services.conftest import Offices
from tests.services.test_requests import sent

TODAY = date.today()
SOON = Visit(AppointmentKind.CONSULT, datetime(2199, 3, 27, 9))


def record(world: Offices, kind: ReplyKind, version: int = 0, **parts: Any) -> RequestRecord:
    with world.db.begin() as session:
        reply = replace(Reply(kind, TODAY), **parts)
        return replies.record(session, world.north.referral, reply, version)


def shown(world: Offices) -> list[tuple[str, bool, str]]:
    with world.db.read() as session:
        return [
            (str(one.act), one.inferred, one.why or one.note)
            for one in requests.steps(session, world.north.referral)
            if one.undone_at is None
        ]


def test_a_decline_keeps_its_reason_and_its_words(offices: Offices) -> None:
    sent(offices)
    wrong: list[tuple[dict[str, Any], str]] = [({}, "reason"), ({"reason": DeclineReason.OTHER}, "words")]
    for parts, field in wrong:
        with pytest.raises(InvalidInput) as refused:
            record(offices, ReplyKind.DECLINED, **parts)
        assert set(refused.value.fields) == {field}
    after = record(offices, ReplyKind.DECLINED, reason=DeclineReason.PLAN, words="Only Blue plans")
    assert (after.status, after.reason) == (Status.DECLINED, "Plan not accepted: Only Blue plans")
    assert [act for act, _, _ in shown(offices)] == ["receive", "decline"]


def test_what_is_asked_for_is_a_task_that_names_the_answers(offices: Offices) -> None:
    name = sent(offices)
    after = record(
        offices, ReplyKind.INFORMATION, words="MRI report", fields=("attachments", "exam.fundi"), due=TODAY
    )
    assert (after.status, after.information_owed) == (Status.RECEIVED, True)
    with offices.db.read() as session:
        (task,) = tasks.of_referral(session, name)
        assert (task.kind, task.what, task.due) == (TaskKind.INFORMATION, "MRI report", TODAY)
        assert tasks.asked_fields(session, name) == {"attachments": "MRI report", "exam.fundi": "MRI report"}
    assert record(offices, ReplyKind.INFORMATION, words="MRI report").version == after.version + 1
    with offices.db.read() as session:
        assert len(tasks.of_referral(session, name)) == 1


def test_a_sheet_of_somebody_else_that_is_taken_back_asks_for_nothing_any_more(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        tasks.begin(session, name, tasks.Wish("Diary", TaskKind.INFORMATION))
    record(offices, ReplyKind.INFORMATION, words="MRI {report}")
    with offices.db.begin() as session:
        entry = requests.steps(session, name)[-1].entry
        assert replies.undo(session, name, entry, "Another patient's sheet").information_owed  # the diary is
        assert [one.what for one in tasks.of_referral(session, name)] == ["Diary"]
        (diary,) = tasks.of_referral(session, name)
        tasks.done(session, diary.id, "Sent")
        found = requests.current(session, name)
        assert found is not None
        assert not found.information_owed


def test_sending_again_settles_what_was_asked_for(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.ACCEPTED)
    record(offices, ReplyKind.INFORMATION, words="Blood thinner")
    with offices.db.begin() as session:
        before = referrals.get(session, name)
        intake = before.intake | {"goals": {**before.intake["goals"], "patient_goal": "To work again"}}
        referrals.save(
            session,
            intake,
            referral_id=name,
            version=before.version,
            patient_id=before.patient_id,
            why="Asked",
        )
        referrals.sign(session, name, "Rosa Ortiz, MD")
    with offices.db.begin() as session:
        again = referrals.mark_sent(session, name, "Fax")
        request = requests.current(session, name)
        assert request is not None
        assert (request.number, request.status, request.information_owed) == (1, Status.ACCEPTED, False)
        (task,) = tasks.of_referral(session, name, with_done=True)
        assert (task.is_open, task.done_how) == (False, "Sent again")
    assert again.state is ReferralState.ANSWERED


def test_an_appointment_is_booked_and_entered_once(offices: Offices) -> None:
    name = sent(offices)
    after = record(offices, ReplyKind.APPOINTMENT, visit=SOON, words="Bring the films")
    assert (after.status, after.visit_on) == (Status.SCHEDULED, date(2199, 3, 27))
    assert record(offices, ReplyKind.APPOINTMENT, visit=SOON).version == after.version
    assert [act for act, _, _ in shown(offices)] == ["receive", "accept", "schedule"]
    assert shown(offices)[-1][2] == "March 27, 2199, 9:00 AM: Bring the films"
    moved = replace(SOON, start=datetime(2199, 3, 28, 9))
    assert record(offices, ReplyKind.APPOINTMENT, visit=moved).visit_on == date(2199, 3, 28)
    with offices.db.read() as session:
        booked = [one for one in appointments.of_referral(session, name) if one.is_booked]
    assert [one.day for one in booked] == [date(2199, 3, 28)]


def test_an_appointment_on_an_unusual_day_or_at_a_taken_time_is_booked_once_it_is_confirmed(
    offices: Offices,
) -> None:
    name, saturday = sent(offices), replace(SOON, start=datetime(2199, 3, 30, 9))
    with offices.db.begin() as session:
        appointments.book(session, offices.south.referral, replace(SOON, start=datetime(2199, 3, 28, 9, 10)))
        closed_days.add(session, date(2199, 4, 1), why="Training")
    for visit, words in (
        (saturday, "is a Saturday"), (replace(SOON, start=datetime(2199, 3, 28, 9)), "Southfield"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            record(offices, ReplyKind.APPOINTMENT, visit=visit)
        assert list(refused.value.fields) == ["confirm"]
        assert words in refused.value.fields["confirm"]
        with offices.db.read() as session:
            assert not any(
                one.is_booked and one.start == visit.start for one in appointments.of_referral(session, name)
            )
        said = refused.value.fields["confirm"]
        assert (
            record(offices, ReplyKind.APPOINTMENT, visit=visit, confirmed=said).visit_on == visit.start.date()
        )
    with pytest.raises(InvalidInput) as refused:
        record(
            offices, ReplyKind.APPOINTMENT, visit=replace(SOON, start=datetime(2199, 4, 1, 9)), confirmed=True
        )
    assert "Training" in refused.value.fields["start"]


def test_an_appointment_that_cannot_be_leaves_nothing(offices: Offices) -> None:
    name = sent(offices)
    with pytest.raises(InvalidInput, match="has passed"):
        record(offices, ReplyKind.APPOINTMENT, visit=replace(SOON, start=datetime(2020, 3, 27, 9)))
    with pytest.raises(InvalidInput, match="day and time"):
        record(offices, ReplyKind.APPOINTMENT)
    assert shown(offices) == []
    with offices.db.read() as session:
        assert appointments.of_referral(session, name) == []


def test_a_visit_that_is_canceled_or_missed_says_so_and_an_undo_lets_it_go(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.APPOINTMENT, visit=SOON)
    with pytest.raises(InvalidInput, match="Enter why"):
        record(offices, ReplyKind.VISIT_CANCELED)
    assert record(offices, ReplyKind.VISIT_CANCELED, words="Surgeon ill").status is Status.VISIT_CANCELED
    with offices.db.begin() as session:
        (visit,) = appointments.of_referral(session, name)
        assert visit.status is AppointmentStatus.CANCELED
        entry = requests.steps(session, name)[-1].entry
        assert replies.undo(session, name, entry, "Another patient").status is Status.SCHEDULED
        entry = requests.steps(session, name)[2].entry
        assert replies.undo(session, name, entry, "Another patient").status is Status.SENT


@pytest.mark.parametrize("kind", [AppointmentKind.SURGERY, AppointmentKind.FOLLOW_UP])
def test_a_canceled_visit_is_the_consultation_and_no_other_one_that_comes_before_it(
    offices: Offices, kind: AppointmentKind
) -> None:
    name = sent(offices)
    record(offices, ReplyKind.APPOINTMENT, visit=SOON)
    with offices.db.begin() as session:
        appointments.book(session, name, Visit(kind, datetime(2199, 3, 20, 9)))
    record(offices, ReplyKind.VISIT_CANCELED, words="Surgeon ill")
    with offices.db.read() as session:
        states = [(one.kind, one.status) for one in appointments.of_referral(session, name)]
    assert states == [
        (kind, AppointmentStatus.SCHEDULED), (AppointmentKind.CONSULT, AppointmentStatus.CANCELED),
    ]  # fmt: skip


def test_a_booking_that_is_taken_back_cancels_its_visit(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.APPOINTMENT, visit=SOON)
    with offices.db.begin() as session:
        entry = requests.steps(session, name)[-1].entry
        back = replies.undo(session, name, entry, "Another patient’s sheet")
        assert (back.status, back.visit_on) == (Status.SENT, None)
        assert [one.is_booked for one in appointments.of_referral(session, name)] == [False]


def test_the_outcome_closes_the_loop_once_the_patient_was_told(offices: Offices) -> None:
    name = sent(offices)
    with pytest.raises(InvalidInput, match="Choose what came"):
        record(offices, ReplyKind.OUTCOME)
    after = record(offices, ReplyKind.OUTCOME, outcome=VisitOutcome.SURGERY, words="In May")
    assert shown(offices)[-1] == ("outcome", False, "Surgery planned: In May")
    assert replies.possible(after) == (ReplyKind.PATIENT_TOLD,)
    told = record(offices, ReplyKind.PATIENT_TOLD, words="By phone")
    assert told.told_on == TODAY
    with offices.db.begin() as session:
        assert referrals.get(session, name).state is ReferralState.CLOSED
        assert referrals.history(session, name)[-1].why == "By phone"
        requests.take_back_told(session, name, "It was her sister")
        assert referrals.get(session, name).state is ReferralState.ANSWERED


def test_a_scan_belongs_to_the_referral_once_its_reply_is_recorded(offices: Offices) -> None:
    name = sent(offices)
    owner = Owner("00000000-0000-4000-8000-0000000000aa", name)
    with offices.db.begin() as session:
        scan = attachments.add(session, owner, b"%PDF-invented", pages=1, name="Reply.pdf")
        assert attachments.find(session, Owner(referral_id=name)) == []
    record(offices, ReplyKind.ACCEPTED, attachment_id=scan.id)
    with offices.db.read() as session:
        assert [one.id for one in attachments.find(session, Owner(referral_id=name))] == [scan.id]
        assert requests.steps(session, name)[-1].attachment_id == scan.id
    with pytest.raises(InvalidInput):
        record(offices, ReplyKind.OUTCOME, words="Done", attachment_id="00000000-0000-4000-8000-0000000000ff")
    assert [act for act, _, _ in shown(offices)] == ["receive", "accept"]


def test_the_second_person_with_the_same_paper_is_told_who_recorded_it(offices: Offices) -> None:
    sent(offices)
    first = record(offices, ReplyKind.ACCEPTED)
    assert record(offices, ReplyKind.ACCEPTED, version=first.version - 1).version == first.version
    with pytest.raises(
        InvalidInput, match=r"Rosa Ortiz entered “Accepted” of .* already. Nothing was entered twice"
    ):
        record(offices, ReplyKind.ACCEPTED, words="They call the patient")
    with pytest.raises(Conflict, match=r"Rosa Ortiz entered “Accepted” of .* meanwhile"):
        record(offices, ReplyKind.OUTCOME, version=first.version - 1, words="No surgery")
    assert [act for act, _, _ in shown(offices)] == ["receive", "accept"]


def test_a_day_before_the_referral_and_one_to_come_are_refused(offices: Offices) -> None:
    sent(offices)
    for on, words in ((TODAY - timedelta(1), "was sent on"), (TODAY + timedelta(1), "not come yet")):
        kinds: list[tuple[ReplyKind, dict[str, Any]]] = [
            (ReplyKind.ACCEPTED, {}), (ReplyKind.INFORMATION, {"words": "MRI"}),
            (ReplyKind.APPOINTMENT, {"visit": SOON}),
        ]  # fmt: skip
        for kind, parts in kinds:
            with pytest.raises(InvalidInput, match=words) as refused:
                record(offices, kind, on=on, **parts)
            assert set(refused.value.fields) == {"on"}
    assert shown(offices) == []


def test_the_number_of_the_surgeons_office_is_kept(offices: Offices) -> None:
    sent(offices)
    assert record(offices, ReplyKind.ACCEPTED, their_number=" HS-2291 ").their_number == "HS-2291"
    assert record(offices, ReplyKind.APPOINTMENT, visit=SOON).their_number == "HS-2291"


def test_what_would_be_filled_in_is_said_before(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.read() as session:
        one = requests.current(session, name)
    assert one is not None
    assert replies.skipped(one, ReplyKind.OUTCOME) == ("Receipt confirmed", "Accepted")
    assert replies.skipped(one, ReplyKind.NO_SHOW) == ("Receipt confirmed", "Accepted", "Visit booked")
    assert replies.skipped(one, ReplyKind.RECEIPT) == ()
    assert ReplyKind.CANCEL_CONFIRMED not in replies.possible(one)
    assert ReplyKind.PATIENT_TOLD not in replies.possible(one)


def test_the_next_surgeon_is_asked_with_all_data_as_the_second_request(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.DECLINED, reason=DeclineReason.NO_ROOM)
    record(offices, ReplyKind.PATIENT_TOLD)
    with offices.db.begin() as session:
        before = referrals.get(session, name)
        assert before.state is ReferralState.CLOSED
        other = next(
            one for one in ("9000000023", "9000000015") if one not in str(before.intake["request"]["surgeon"])
        )
        agreed = Agreement("Rosa Ortiz", TODAY)
        after = departures.redirect(session, name, before.version, other, agreed, "Declined: no room")
        assert after.state is ReferralState.DRAFT
        assert after.intake["pain"] == before.intake["pain"]
        referrals.sign(session, name, "Rosa Ortiz, MD")
    with offices.db.begin() as session:
        again = referrals.mark_sent(session, name, "Fax")
        found = requests.find(session, name)
    assert [(one.number, one.status) for one in found] == [(2, Status.SENT), (1, Status.DECLINED)]
    assert (again.reference, again.state) == (before.reference, ReferralState.SENT)


def test_a_surgeon_who_still_has_it_is_asked_to_cancel_when_another_is_asked(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.ACCEPTED)
    with offices.db.begin() as session:
        before = referrals.get(session, name)
        agreed = Agreement("Rosa Ortiz", TODAY)
        departures.redirect(session, name, before.version, "9000000023", agreed, "Too long a wait")
        referrals.sign(session, name, "Rosa Ortiz, MD")
    with offices.db.begin() as session:
        referrals.mark_sent(session, name, "Fax")
        assert [one.status for one in requests.find(session, name)] == [Status.SENT, Status.CANCEL_ASKED]
        old = requests.steps(session, name, 1)[-1]
        assert (old.act, old.why.partition(":")[0]) == (RequestAct.ASK_CANCEL, "Another surgeon is asked")
        closed = requests.enter(session, name, requests.Happened(RequestAct.CONFIRM_CANCEL, TODAY), number=1)
        assert closed.status is Status.CANCELED
        assert referrals.get(session, name).state is ReferralState.SENT


def test_a_cancellation_is_asked_for_and_followed_up(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        assert referrals.cancel(session, name, "Moved away").state is ReferralState.CANCELED
        request = requests.current(session, name)
        assert request is not None
        assert request.status is Status.CANCEL_ASKED
        (task,) = tasks.of_referral(session, name)
        assert task.what.endswith("confirmed the cancellation")
    assert record(offices, ReplyKind.CANCEL_CONFIRMED).status is Status.CANCELED


def test_who_sent_it_sees_to_it(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.read() as session:
        plan = owners.get(session, name)
        row = waiting.latest(session, name)
    assert row is not None
    assert (plan.owner, plan.next_step) == ("Rosa Ortiz", "Confirm that the surgeon’s office has it")


def seen(days_ago: int = 5) -> Visit:
    """A visit that has passed, at noon."""
    day = TODAY - timedelta(days=days_ago)
    return Visit(AppointmentKind.CONSULT, datetime(day.year, day.month, day.day, 12))


def sent_back(world: Offices, days_ago: int = 20) -> str:
    """Let the north referral be one that was sent some days ago."""
    name, back = sent(world), TODAY - timedelta(days=days_ago)
    with world.db.begin() as session:
        session.execute(update(Request).where(Request.referral_id == name).values(sent_on=back))
    return name


def visits(world: Offices) -> list[tuple[date, AppointmentStatus]]:
    with world.db.read() as session:
        return [(one.day, one.status) for one in appointments.of_referral(session, world.north.referral)]


@pytest.mark.parametrize(
    ("kind", "status"),
    [(ReplyKind.VISIT_NOTE, AppointmentStatus.KEPT), (ReplyKind.NO_SHOW, AppointmentStatus.NO_SHOW)],
)
def test_a_visit_that_was_never_booked_here_is_entered_with_the_late_paper_and_undone_with_it(
    offices: Offices, kind: ReplyKind, status: AppointmentStatus
) -> None:
    name, day = sent_back(offices), seen().start.date()
    after = record(offices, kind, visit=seen(), on=day)
    assert visits(offices) == [(day, status)]
    with offices.db.read() as session:
        steps = requests.steps(session, name)
    assert [one.inferred for one in steps] == [True] * (len(steps) - 1) + [False]
    assert [one.act for one in steps][:2] == [RequestAct.RECEIVE, RequestAct.ACCEPT]
    assert steps[-1].happened_on == day
    assert record(offices, kind, visit=seen(), on=day).status is after.status
    assert len(visits(offices)) == 1, "the second person with the same paper"
    with offices.db.begin() as session:
        assert replies.undo(session, name, steps[-1].entry, "Another patient").status is Status.SENT
    assert visits(offices) == [(day, AppointmentStatus.CANCELED)]


def test_an_outcome_says_when_she_was_seen_and_is_taken_back_first(offices: Offices) -> None:
    name, day = sent_back(offices), seen().start.date()
    parts: dict[str, Any] = {"visit": seen(), "outcome": VisitOutcome.NO_SURGERY}
    after = record(offices, ReplyKind.OUTCOME, **parts)
    assert after.status is Status.COMPLETED
    assert record(offices, ReplyKind.OUTCOME, **parts).version == after.version
    assert visits(offices) == [(day, AppointmentStatus.KEPT)]
    with offices.db.read() as session:
        last = [one for one in requests.steps(session, name) if not one.inferred]
    assert [(one.act, one.happened_on) for one in last] == [
        (RequestAct.INTERIM_NOTE, day), (RequestAct.OUTCOME, TODAY),
    ]  # fmt: skip
    with offices.db.begin() as session:
        assert replies.undo(session, name, last[1].entry, "Other plan").status is Status.SEEN
    assert visits(offices) == [(day, AppointmentStatus.KEPT)], "she was seen all the same"
    with offices.db.begin() as session:
        replies.undo(session, name, last[0].entry, "Other patient")
    assert visits(offices) == [(day, AppointmentStatus.CANCELED)]


def test_what_was_booked_for_that_day_is_closed_and_another_open_one_is_asked_about(offices: Offices) -> None:
    name = sent_back(offices)
    with offices.db.begin() as session:
        made = appointments.book(session, name, replace(SOON, start=datetime(2199, 3, 27, 9)))
    day = TODAY - timedelta(days=5)
    with offices.db.begin() as session:
        at = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
        session.execute(update(Appointment).where(Appointment.id == made.id).values(start=at))
    with pytest.raises(InvalidInput) as refused:
        record(offices, ReplyKind.VISIT_NOTE, visit=seen(3))
    assert refused.value.fields["start"].startswith(f"A consultation is booked for {dates.say(day)}")
    assert visits(offices) == [(day, AppointmentStatus.SCHEDULED)]
    record(offices, ReplyKind.VISIT_NOTE, visit=seen())
    assert visits(offices) == [(day, AppointmentStatus.KEPT)]


def test_a_visit_before_the_referral_one_to_come_and_a_day_before_the_visit_are_refused(
    offices: Offices,
) -> None:
    sent_back(offices)
    for visit, on, field, words in (
        (seen(30), TODAY, "start", "was sent on"), (SOON, SOON.start.date(), "start", "has not come yet"),
        (seen(3), TODAY - timedelta(days=4), "on", "The visit was on"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            record(offices, ReplyKind.OUTCOME, visit=visit, on=on, words="Plan")
        assert words in refused.value.fields[field]
    assert visits(offices) == []


def test_an_appointment_that_has_passed_is_refused_with_what_to_choose_instead(offices: Offices) -> None:
    sent_back(offices)
    with pytest.raises(InvalidInput) as refused:
        record(offices, ReplyKind.APPOINTMENT, visit=seen())
    said = refused.value.fields["start"]
    assert "has passed. If the visit took place, choose “Visit note, more to come”" in said
    assert "tick that it was not booked here. Else enter a later time." in said
    assert visits(offices) == []


def test_a_visit_taken_back_by_the_number_of_its_request_is_expected_no_more(offices: Offices) -> None:
    name = sent(offices)
    record(offices, ReplyKind.APPOINTMENT, visit=SOON)
    with offices.db.begin() as session:
        (*_, last) = requests.steps(session, name)
        back = replies.undo(session, name, last.entry, "Another patient’s sheet", 1)  # as the card names it
    assert (back.status, back.visit_on) == (Status.SENT, None)
    with offices.db.read() as session:
        assert requests.find(session, name)[0].visit_on is None
