"""Attempts to send: begun with the paper, confirmed, failed for each reason, repeated, and never recorded twice."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from referral_app.choices import (
    AttemptState,
    BounceReason,
    Channel,
    PaperKind,
    ReferralState,
    RequestAct,
    RequestStatus,
    StaffRole,
    Step,
    TaskKind,
)
from referral_app.clinical import usual_steps
from referral_app.database import Database
from referral_app.models.referral import Referral
from referral_app.models.waiting import Waiting
from referral_app.services import (
    audit,
    fax_numbers,
    incidents,
    ledger,
    morning_sheets,
    referrals,
    requests,
    sending,
    tasks,
    waiting_lists,
    whereabouts,
    worklists,
)
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.ledger import Document
from referral_app.services.permissions import actor
from referral_app.services.referral_records import Filter
from referral_app.services.request_records import Happened
from referral_app.services.send_records import AttemptRecord, Bounce, Sending, Settled
from referral_app.services.waiting_lists import Which
from tests.acting import as_role
from tests.services.conftest import Offices, complete

TODAY = date.today()
LETTER = ("fax_cover", "letter", "response_form")
HAND = Sending(Channel.HAND, parts=("letter",))


def act(db: Database, function: Callable[..., Any], *values: Any, **named: Any) -> Any:
    with db.begin() as session:
        return function(session, *values, **named)


def faxed(db: Database, name: str, **more: Any) -> AttemptRecord:
    with db.begin() as session:
        target = fax_numbers.target(session, name)
        assert target is not None
        paper = ledger.made(session, Document(PaperKind.BUNDLE, name, 1, pages=4), b"%PDF")
        wanted = Sending(
            Channel.FAX,
            parts=LETTER,
            last_four=target.number[-4:],
            shown=target.number,
            paper_id=paper,
            **more,
        )
        return sending.begin(session, name, wanted)


def status(db: Database, name: str) -> RequestStatus:
    with db.read() as session:
        found = requests.current(session, name)
    assert found is not None
    return found.status


def mailed(db: Database, name: str, number: int = 1) -> AttemptRecord:
    with db.begin() as session:
        paper = ledger.made(session, Document(PaperKind.LETTER, name, number, pages=2), b"%PDF")
        wanted = Sending(Channel.EMAIL, "front@keen.example", ("letter",), paper_id=paper)
        return sending.announce(session, name, wanted)


def test_a_fax_is_an_attempt_with_number_parts_and_verification(filled: Database, reference: str) -> None:
    made = faxed(filled, reference, pages=4)
    with filled.read() as session:
        target = fax_numbers.target(session, reference)
        assert [one.id for one in sending.find(session, reference)] == [made.id]
        assert sending.get(session, made.id) == made
        assert referrals.get(session, reference).state is ReferralState.SENT
        assert len(fax_numbers.went_to(session, made.address)) == 1
    assert target is not None
    assert (made.number, made.address, made.verified_on) == (1, target.number, target.verified_on)
    assert made.parts == LETTER
    assert made.parts_words == ("Fax cover sheet", "Referral letter", "Referral response form")
    assert made.said.startswith("Fax to (")
    assert " ".join(target.number[-4:]) in made.said
    assert made.is_waiting
    assert made.may_be_repeated


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Sending(Channel.MAIL, parts=("fax_cover",)), "parts"),
        (Sending(Channel.PORTAL, " ", ("letter",)), "address"),
        (Sending(Channel.FILE, "", ("letter",)), "address"),
        (Sending(Channel.EMAIL, "not an address", ("letter",)), "address"),
        (Sending(Channel.EMAIL, "a@b.example\nBcc: c@d.example", ("letter",)), "address"),
        (Sending(Channel.FAX, parts=("letter",)), "last_four"),
        (Sending(Channel.FAX, parts=("letter",), last_four="0000"), "last_four"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    filled: Database, reference: str, wanted: Sending, field: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        act(filled, sending.begin, reference, wanted)
    assert list(raised.value.fields) == [field]
    with filled.read() as session:
        assert sending.find(session, reference) == []
        assert referrals.get(session, reference).state is ReferralState.SIGNED


def test_a_number_that_changed_since_it_was_shown_sends_nothing(filled: Database, reference: str) -> None:
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        act(filled, sending.begin, reference, Sending(Channel.FAX, parts=("letter",), shown="410-555-0199"))


def test_a_draft_is_not_sent(filled: Database) -> None:
    with filled.begin() as session:
        draft = referrals.save(session, complete("Quintero"))
    with pytest.raises(InvalidInput, match="Only a signed referral"):
        act(filled, sending.begin, draft.id, HAND)


def test_an_emergency_that_nobody_cleared_is_neither_sent_nor_sent_again(
    filled: Database, reference: str
) -> None:
    with filled.begin() as session:  # as if it had come from elsewhere: sending asks again
        intake = complete("Quintero")
        intake["red_flags"]["papilledema"] = {"answer": "yes"}
        record = referrals.save(session, intake)
        session.execute(update(Referral).where(Referral.id == record.id).values(state=ReferralState.SIGNED))
    with pytest.raises(InvalidInput, match="emergency has not been cleared"):
        act(filled, sending.begin, record.id, HAND)
    with pytest.raises(InvalidInput, match="emergency has not been cleared"):
        act(filled, sending.announce, record.id, Sending(Channel.EMAIL, "a@b.example", ("letter",)))


def test_somebody_elses_change_is_not_sent_unseen(filled: Database, reference: str) -> None:
    with pytest.raises(Conflict):
        act(filled, sending.begin, reference, Sending(Channel.HAND, parts=("letter",), version=99))


def test_a_paper_of_an_older_version_is_not_sent(filled: Database, reference: str) -> None:
    with filled.begin() as session:
        paper = ledger.made(session, Document(PaperKind.LETTER, reference, 7), b"%PDF")
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        act(filled, sending.begin, reference, Sending(Channel.HAND, parts=("letter",), paper_id=paper))


# Confirming


def test_a_confirmation_makes_it_received_once(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    assert status(filled, reference) is RequestStatus.SENT
    settled = act(filled, sending.confirm, made.id, TODAY, "OK, 4 pages, 10:42")
    assert (settled.state, settled.confirmation) == (AttemptState.CONFIRMED, "OK, 4 pages, 10:42")
    assert status(filled, reference) is RequestStatus.RECEIVED
    with pytest.raises(InvalidInput, match=r"recorded “confirmed” on .* already. Nothing was recorded twice"):
        act(filled, sending.confirm, made.id, TODAY, "Again")
    with filled.read() as session:
        assert len(requests.steps(session, reference)) == 1


@pytest.mark.parametrize(
    ("on", "words", "field"),
    [
        (TODAY, " ", "words"),
        (TODAY - timedelta(days=1), "OK", "on"),
        (TODAY + timedelta(days=1), "OK", "on"),
    ],
)
def test_a_confirmation_says_something_of_a_day_that_can_be(
    filled: Database, reference: str, on: date, words: str, field: str
) -> None:
    made = faxed(filled, reference)
    with pytest.raises(InvalidInput) as raised:
        act(filled, sending.confirm, made.id, on, words)
    assert field in raised.value.fields
    assert status(filled, reference) is RequestStatus.SENT


def test_a_confirmation_after_a_reply_changes_no_state(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    accepted = requests.Happened(requests.RequestAct.ACCEPT, TODAY)
    act(filled, requests.enter, reference, accepted)
    assert act(filled, sending.confirm, made.id, TODAY, "OK").state is AttemptState.CONFIRMED
    assert status(filled, reference) is RequestStatus.ACCEPTED


# Failing


def failed(db: Database, made: AttemptRecord, reason: BounceReason, **more: Any) -> Settled:
    return act(db, sending.fail, made.id, Bounce(reason, TODAY, **more))


def open_tasks(db: Database, name: str) -> list[tuple[TaskKind, str, tuple[str, ...]]]:
    with db.read() as session:
        return [(one.kind, one.what, one.fields) for one in tasks.of_referral(session, name)]


def test_a_busy_line_is_to_be_tried_again_and_the_same_paper_goes(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    settled = failed(filled, made, BounceReason.BUSY)
    assert settled.attempt.state_words == "Line busy or no answer"
    assert settled.attempt.may_be_repeated
    assert open_tasks(filled, reference) == [(TaskKind.RESEND, "Send again: line busy or no answer", ())]
    again = faxed(filled, reference)
    assert (again.number, again.paper_id) == (2, made.paper_id)
    assert open_tasks(filled, reference) == []
    with filled.read() as session:
        assert len(requests.find(session, reference)) == 1
        assert referrals.history(session, reference)[-1].why.startswith("Again. Fax to (")


def test_a_wrong_number_opens_an_incident_and_is_asked_again(filled: Database, reference: str) -> None:
    made = faxed(filled, reference, pages=4)
    settled = failed(filled, made, BounceReason.WRONG_NUMBER, who_has_it="A bakery")
    with filled.read() as session:
        incident = incidents.get(session, settled.incident_id)
        assert fax_numbers.needs_confirmation(session, made.address)
    assert (incident.address, incident.who_has_it, incident.is_open) == (made.address, "A bakery", True)
    assert incident.what.startswith("Letter and enclosures, 4 pages, sent on")
    assert not settled.attempt.may_be_repeated


def test_a_letter_that_the_mail_brought_back_is_no_incident(filled: Database, reference: str) -> None:
    made = act(filled, sending.begin, reference, Sending(Channel.MAIL, parts=("letter",)))
    assert failed(filled, made, BounceReason.WRONG_NUMBER).incident_id == ""
    with filled.read() as session:
        assert incidents.count(session) == 0


def test_what_came_back_as_incomplete_reopens_its_answers(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    failed(filled, made, BounceReason.INCOMPLETE, note="Diary", fields=("last_30_days.headache_days",))
    assert status(filled, reference) is RequestStatus.RECEIVED
    assert open_tasks(filled, reference) == [(TaskKind.INFORMATION, "Diary", ("last_30_days.headache_days",))]
    with filled.read() as session:
        found = requests.current(session, reference)
    assert found is not None
    assert found.information_owed


def test_a_plan_that_is_not_accepted_declines_the_request(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    failed(filled, made, BounceReason.OUT_OF_NETWORK, note="No Atlantic plans")
    assert status(filled, reference) is RequestStatus.DECLINED
    with pytest.raises(InvalidInput, match="The request to this surgeon is over: declined"):
        act(filled, sending.begin, reference, HAND)


@pytest.mark.parametrize("reason", [BounceReason.OTHER, BounceReason.REFUSED, BounceReason.INCOMPLETE])
def test_some_reasons_need_words(filled: Database, reference: str, reason: BounceReason) -> None:
    made = faxed(filled, reference)
    with pytest.raises(InvalidInput) as raised:
        failed(filled, made, reason)
    assert list(raised.value.fields) == ["note"]
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidInput) as raised:
            act(filled, sending.fail, made.id, Bounce(reason, on, "Words"))
        assert list(raised.value.fields) == ["on"]


def test_two_people_record_the_same_failure_once(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    failed(filled, made, BounceReason.WRONG_NUMBER)
    with pytest.raises(InvalidInput, match="Nothing was recorded twice"):
        failed(filled, made, BounceReason.WRONG_NUMBER)
    with filled.read() as session:
        assert incidents.count(session) == 1


# Taking back


def test_a_confirmation_by_mistake_is_taken_back_with_its_step(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    act(filled, sending.confirm, made.id, TODAY, "OK")
    with pytest.raises(InvalidInput) as raised:
        act(filled, sending.reopen, made.id, " ")
    assert list(raised.value.fields) == ["why"]
    back = act(filled, sending.reopen, made.id, "Another patient's confirmation")
    assert back.is_waiting
    assert "Taken back: “Confirmed”, because: Another patient's confirmation" in back.note
    assert status(filled, reference) is RequestStatus.SENT
    with pytest.raises(InvalidInput, match="Nothing was recorded"):
        act(filled, sending.reopen, made.id, "Again")
    assert act(filled, sending.confirm, made.id, TODAY, "The right one").confirmation == "The right one"


def test_a_step_that_was_entered_since_stays(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    act(filled, sending.confirm, made.id, TODAY, "OK")
    act(filled, requests.enter, reference, requests.Happened(requests.RequestAct.ACCEPT, TODAY))
    act(filled, sending.reopen, made.id, "Mistake")
    assert status(filled, reference) is RequestStatus.ACCEPTED


def test_a_plan_that_is_accepted_after_all_takes_the_decline_back(filled: Database, reference: str) -> None:
    made = faxed(filled, reference)
    failed(filled, made, BounceReason.OUT_OF_NETWORK)
    assert act(filled, sending.reopen, made.id, "They looked at the wrong plan").reason is None
    assert status(filled, reference) is RequestStatus.SENT


def test_a_mail_that_the_server_refused_is_not_taken_back(filled: Database, reference: str) -> None:
    made = mailed(filled, reference)
    act(filled, sending.refused, made.id, "No login")
    with pytest.raises(InvalidInput, match="was not sent"):
        act(filled, sending.reopen, made.id, "Mistake")


# Mail


def test_what_is_announced_is_not_sent_and_nothing_else_goes_to_that_address(
    filled: Database, reference: str
) -> None:
    made = mailed(filled, reference)
    assert (made.state, made.note) == (AttemptState.WAITING, sending.ANNOUNCED)
    with filled.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SIGNED
    with pytest.raises(InvalidInput, match="must not go twice"):
        mailed(filled, reference)


def test_what_the_server_took_is_sent(filled: Database, reference: str) -> None:
    made = mailed(filled, reference)
    after = act(filled, sending.left, made.id, Sending(Channel.EMAIL, made.address, made.parts))
    assert (after.is_waiting, after.note) == (True, "")
    assert status(filled, reference) is RequestStatus.SENT
    assert act(filled, sending.confirm, made.id, TODAY, "Called").state is AttemptState.CONFIRMED
    assert status(filled, reference) is RequestStatus.RECEIVED


def test_what_the_server_refused_is_said_and_may_be_tried_again(filled: Database, reference: str) -> None:
    made = mailed(filled, reference)
    after = act(filled, sending.refused, made.id, "The login was refused.")
    assert (after.state, after.note) == (AttemptState.FAILED, "The login was refused.")
    with filled.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SIGNED
    assert mailed(filled, reference).number == 2


def test_a_mail_of_unknown_outcome_stays_open_and_is_sent_once_it_is_confirmed(
    filled: Database, reference: str
) -> None:
    made = mailed(filled, reference)
    after = act(filled, sending.uncertain, made.id)
    assert after.is_waiting
    assert after.note == sending.UNCERTAIN
    with pytest.raises(InvalidInput, match="must not go twice"):
        mailed(filled, reference)
    act(filled, sending.confirm, made.id, TODAY, "Their front desk has it")
    assert status(filled, reference) is RequestStatus.RECEIVED


def test_a_mail_of_unknown_outcome_that_never_came_leaves_it_unsent(filled: Database, reference: str) -> None:
    made = mailed(filled, reference)
    act(filled, sending.uncertain, made.id)
    failed(filled, made, BounceReason.OTHER, note="They have nothing")
    with filled.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SIGNED
    assert open_tasks(filled, reference) == []
    assert mailed(filled, reference).is_waiting


def test_what_was_changed_while_the_mail_was_under_way_is_not_marked(
    filled: Database, reference: str
) -> None:
    made = mailed(filled, reference)
    with filled.begin() as session:
        record = referrals.get(session, reference)
        intake = deepcopy(record.intake)
        intake["goals"]["patient_goal"] = "Back to work"
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
        )
    with pytest.raises(InvalidInput, match="changed meanwhile"):
        act(filled, sending.left, made.id, Sending(Channel.EMAIL, made.address, made.parts))


# Worklist


def test_what_waits_for_a_confirmation_is_in_the_worklist_and_counts_from_the_last_attempt(
    filled: Database, reference: str
) -> None:
    faxed(filled, reference)
    with filled.read() as session:
        (step,) = session.scalars(select(Waiting.step).where(Waiting.step == Step.NO_RECEIPT))
    assert step is Step.NO_RECEIPT


# Scope


def test_a_mail_without_an_answer_is_named_to_its_own_practice_until_it_is_settled(offices: Offices) -> None:
    db, name = offices.db, offices.north.reference
    with db.begin() as session:
        number = referrals.sign(session, name, actor(session).name).number
    made = mailed(db, name, number)
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with db.read() as session:
        assert sending.unanswered(session) == []
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with db.read() as session:
        assert sending.unanswered(session) == [(offices.north.referral, name)]
    act(db, sending.uncertain, made.id)
    with db.read() as session:
        assert sending.unanswered(session) == [(offices.north.referral, name)]
    act(db, sending.refused, made.id, "They have nothing")
    with db.read() as session:
        assert sending.unanswered(session) == []


def test_another_practice_neither_sees_nor_settles_an_attempt(offices: Offices) -> None:
    db, name = offices.db, offices.north.reference
    with db.begin() as session:
        referrals.sign(session, name, actor(session).name)
        made = sending.begin(session, name, HAND)
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    bounce = Bounce(BounceReason.BUSY, TODAY)
    acts: tuple[Callable[[Any], Any], ...] = (
        lambda session: sending.find(session, name),
        lambda session: sending.get(session, made.id),
        lambda session: sending.confirm(session, made.id, TODAY, "OK"),
        lambda session: sending.fail(session, made.id, bounce),
        lambda session: sending.begin(session, name, HAND),
        lambda session: sending.announce(session, name, HAND),
    )
    for one in acts:
        with pytest.raises(InvalidInput), db.begin() as session:
            one(session)
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with db.read() as session:
        assert sending.get(session, made.id).is_waiting


def test_confirming_and_failing_leave_their_events(filled: Database, reference: str) -> None:
    for settle in (
        lambda one: act(filled, sending.confirm, one.id, TODAY, "OK"),
        lambda one: failed(filled, one, BounceReason.WRONG_NUMBER),
    ):
        made = faxed(filled, reference)
        settle(made)
        with filled.read() as session:
            noted = audit.find(session, audit.Filter())
        assert any(one.kind == "send_attempt" and one.object_id == made.id for one in noted)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (BounceReason.BUSY, "Not delivered: line busy"),
        (BounceReason.WRONG_NUMBER, "Not delivered: wrong number or address"),
    ],
)
def test_what_did_not_arrive_says_so_in_lists_and_search_and_is_sent_again_today(
    filled: Database, reference: str, reason: BounceReason, words: str
) -> None:
    made = faxed(filled, reference)
    failed(filled, made, reason)
    assert status(filled, reference) is RequestStatus.SENT  # the table of transitions knows no failure
    with filled.read() as session:
        (row,) = worklists.find(session, Filter(text=reference))
        found = whereabouts.find(session, [row.id])[row.id]
        (task,) = tasks.of_referral(session, reference)
        (waits,) = waiting_lists.find(session, Which(Step.NOT_DELIVERED))
        assert waiting_lists.find(session, Which(Step.NO_RECEIPT)) == []
        sheet = morning_sheets.read(session)
        assert referrals.get(session, reference).state_words == words
    assert (row.state_words, found.where, found.since, found.next_step) == (
        words, words, TODAY, usual_steps.AGAIN,
    )  # fmt: skip
    assert (task.kind, task.due) == (TaskKind.RESEND, TODAY)
    assert (waits.state_words, waits.since, waits.due, waits.next_step) == (
        words, TODAY, TODAY, usual_steps.AGAIN,
    )  # fmt: skip
    assert [
        one.reference for pile in sheet.piles if pile.step is Step.NOT_DELIVERED for one in pile.rows
    ] == [row.reference]


def test_what_is_sent_again_or_taken_back_waits_for_its_confirmation_as_before(
    filled: Database, reference: str
) -> None:
    def said() -> str:
        with filled.read() as session:
            return referrals.get(session, reference).state_words

    made = faxed(filled, reference)
    failed(filled, made, BounceReason.BUSY)
    act(filled, sending.reopen, made.id, "It was another referral")
    assert said() == "Sent, not acknowledged"
    failed(filled, made, BounceReason.BUSY)
    again = faxed(filled, reference)
    assert said() == "Sent, not acknowledged"
    failed(filled, again, BounceReason.OTHER, note="Paper jam")
    assert said() == "Not delivered: see why"
    act(filled, requests.enter, reference, Happened(RequestAct.ACCEPT, TODAY))
    assert said() == "Accepted"  # it came there all the same


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ("OK, 5 pages", True), ("ok 3pp 10:42", True), ("OK 5 p.", True), ("OK, 4 pages", False), ("OK", False),
        ("Job 5 sent at 10:42 PM", False), ("4 pgs, ext. 5", False),
    ],
)  # fmt: skip
def test_a_confirmation_of_another_number_of_pages_counts_only_once_somebody_says_so(
    filled: Database, reference: str, words: str, is_asked: bool
) -> None:
    made = faxed(filled, reference, pages=4)
    if is_asked:
        with pytest.raises(InvalidInput, match="and 4 were sent") as raised:
            act(filled, sending.confirm, made.id, TODAY, words)
        assert list(raised.value.fields) == ["pages"]
        assert status(filled, reference) is RequestStatus.SENT
    act(filled, sending.confirm, made.id, TODAY, words, confirmed=is_asked)
    assert status(filled, reference) is RequestStatus.RECEIVED
