"""The way to a signature: handing over, returning, signing, and what was sent and is corrected."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from referral_app.choices import Permission, ReferralState, RequestAct, StaffRole
from referral_app.database import Database
from referral_app.services import drafts, referrals, requests, signing, versions, worklists
from referral_app.services.errors import Conflict, Denied, InvalidInput
from referral_app.services.permissions import TABLE
from referral_app.services.referral_records import Filter, ReferralRecord
from referral_app.services.requests import Happened
from tests.acting import acting, as_role
from tests.services.conftest import Offices, complete

SIGNER = "Eleanor Whitcombe, MD"
DRAFT = "00000000-0000-4000-8000-000000000007"


def _begin(db: Database, **changes: Any) -> ReferralRecord:
    intake = complete("Signfield")
    intake["signature"] = {"prepared_by": "Ann"}
    for path, value in changes.items():
        group, name = path.split("__")
        intake[group][name] = value
    with acting(db, "Ann"), db.begin() as session:
        return referrals.save(session, intake)


def _save(db: Database, before: ReferralRecord, why: str = "", **answers: Any) -> ReferralRecord:
    intake = deepcopy(before.intake)
    intake["pain"] |= answers
    with db.begin() as session:
        return referrals.save(
            session, intake, referral_id=before.id, version=before.version, marks=before.marks, why=why
        )


def _do(db: Database, who: str, act: Any, *values: Any, **named: Any) -> Any:
    with acting(db, who), db.begin() as session:
        return act(session, *values, **named)


def _sent(db: Database) -> ReferralRecord:
    first = _begin(db)
    _do(db, "Eleanor", referrals.sign, first.id, SIGNER)
    return _do(db, "Ann", referrals.mark_sent, first.id, "Mail")


def _queues(db: Database, record: ReferralRecord) -> set[str]:
    """Return the queues in which a referral lies; each counts what it lists."""
    with db.read() as session:
        counts = {queue.key: queue.count for queue in worklists.queues(session)}
        listed = {key: worklists.find(session, Filter(key)) for key in counts if key != "draft"}
    assert {key: counts[key] for key in listed} == {key: len(rows) for key, rows in listed.items()}
    return {key for key, rows in listed.items() if record.id in {row.id for row in rows}}


def _what(db: Database, record: ReferralRecord) -> list[tuple[str, str]]:
    with db.read() as session:
        return [(event.what, event.why) for event in referrals.history(session, record.id)]


def _audit(db: Database, record: ReferralRecord) -> list[str]:
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - the audit below the services
        said = text("SELECT action FROM audit_event WHERE object_id = :id ORDER BY sequence")
        return [str(row[0]) for row in session.execute(said, {"id": record.id})]


def test_what_is_handed_over_lies_in_one_queue_and_its_state_stays_that_of_the_check(
    filled: Database,
) -> None:
    first = _begin(filled)
    assert _queues(filled, first) == {"ready"}
    handed = _do(filled, "Ann", signing.hand_over, first.id, first.version)
    assert (handed.state_words, handed.asked_by, handed.waits) == ("Ready to sign", "Ann", True)
    assert handed.beside_words.startswith("To sign, from Ann since ")
    assert _queues(filled, first) == {"sign"}
    assert _do(filled, "Bob", signing.hand_over, first.id).asked_by == "Ann"
    assert _what(filled, first)[1:] == [("Handed to a clinician to sign", "")]


def test_gaps_and_an_emergency_are_handed_over_too(filled: Database) -> None:
    gaps = _begin(filled, pain__sketch_class=None, exam__tinel=None)
    flags = _begin(filled, red_flags__papilledema={"answer": "yes"})
    for record, words in ((gaps, "Missing something"), (flags, "Emergency")):
        assert _queues(filled, record) == {"missing"}
        assert _do(filled, "Ann", signing.hand_over, record.id).state_words == words
        assert _queues(filled, record) == {"sign"}
    with pytest.raises(InvalidInput, match="emergency has not been cleared"):
        _do(filled, "Eleanor", referrals.sign, flags.id, SIGNER)


def test_of_those_to_sign_emergencies_come_first_and_then_the_oldest(filled: Database) -> None:
    oldest, gaps = _begin(filled), _begin(filled, exam__tinel=None)
    flagged = _begin(filled, red_flags__papilledema={"answer": "yes"})
    for record in (oldest, gaps, flagged):
        _do(filled, "Ann", signing.hand_over, record.id)
    with filled.read() as session:
        rows = worklists.find(session, Filter("sign", sort="asked", descending=False))
    assert [row.id for row in rows] == [flagged.id, oldest.id, gaps.id]


def test_a_returned_referral_says_who_and_why_until_it_is_handed_over_again(filled: Database) -> None:
    first = _begin(filled)
    _do(filled, "Ann", signing.hand_over, first.id)
    back = _do(filled, "Eleanor", signing.give_back, first.id, " Ask about the block. ")
    assert back.beside_words == "Returned: “Ask about the block.” by Eleanor"
    assert _queues(filled, first) == {"returned"}
    changed = _save(filled, back, average=3)
    assert changed.beside_words == back.beside_words
    again = _do(filled, "Bob", signing.hand_over, first.id)
    assert (again.returned_why, again.returned_by, again.asked_by) == ("", "", "Bob")
    signed = _do(filled, "Eleanor", referrals.sign, first.id, SIGNER, again.version)
    assert (signed.asked_at, signed.asked_by, signed.beside_words) == (None, "", "")
    assert _queues(filled, first) == {"signed"}
    assert [what for what, _ in _what(filled, first)] == [
        "Begun", "Handed to a clinician to sign", "Returned by the clinician", "Saved",
        "Handed to a clinician to sign", f"Signed by {SIGNER}",
    ]  # fmt: skip
    assert ("Returned by the clinician", "Ask about the block.") in _what(filled, first)
    assert _audit(filled, first) == ["created", "handed_over", "returned", "changed", "handed_over", "signed"]


def test_a_note_is_asked_for_and_what_does_not_wait_is_not_returned(filled: Database) -> None:
    first = _begin(filled)
    with pytest.raises(InvalidInput, match="does not wait for a signature"):
        _do(filled, "Eleanor", signing.give_back, first.id, "Again")
    _do(filled, "Ann", signing.hand_over, first.id)
    with pytest.raises(InvalidInput, match="what the office is to change"):
        _do(filled, "Eleanor", signing.give_back, first.id, "  ")
    _do(filled, "Eleanor", signing.give_back, first.id, "Ask")
    with pytest.raises(InvalidInput, match="any more"):
        _do(filled, "Eleanor", signing.give_back, first.id, "Ask twice")


def test_what_is_signed_sent_or_canceled_is_not_handed_over(filled: Database) -> None:
    first = _begin(filled)
    _do(filled, "Eleanor", referrals.sign, first.id, SIGNER)
    with pytest.raises(InvalidInput, match="already signed, not sent"):
        _do(filled, "Ann", signing.hand_over, first.id)
    _do(filled, "Ann", referrals.mark_sent, first.id, "Mail")
    with pytest.raises(InvalidInput, match="already sent"):
        _do(filled, "Ann", signing.hand_over, first.id)
    _do(filled, "Ann", referrals.cancel, first.id, "Moved")
    with pytest.raises(InvalidInput, match="already canceled"):
        _do(filled, "Ann", signing.hand_over, first.id)


def test_canceling_ends_the_waiting_and_taking_it_up_again_is_told(filled: Database) -> None:
    first = _begin(filled)
    _do(filled, "Ann", signing.hand_over, first.id)
    canceled = _do(filled, "Ann", referrals.cancel, first.id, "Moved")
    assert _queues(filled, first) == set()
    with pytest.raises(InvalidInput, match="does not wait"):
        _do(filled, "Eleanor", signing.give_back, first.id, "Ask")
    assert _save(filled, canceled, average=2).state is ReferralState.DRAFT
    assert _what(filled, first)[-1] == ("Taken up again after it was canceled", "")


def test_of_two_clinicians_at_once_the_second_is_told(filled: Database) -> None:
    first = _begin(filled)
    handed = _do(filled, "Ann", signing.hand_over, first.id, first.version)
    _do(filled, "Eleanor", signing.give_back, first.id, "Ask about the block", handed.version)
    with pytest.raises(Conflict, match="Someone else changed"):
        _do(filled, "Daniel", referrals.sign, first.id, "Daniel Osei, NP", handed.version)
    with pytest.raises(Conflict, match="Someone else changed"):
        _do(filled, "Daniel", signing.give_back, first.id, "Ask", handed.version)
    with pytest.raises(Conflict, match="Someone else changed"):
        _do(filled, "Ann", signing.hand_over, first.id, handed.version)


def test_a_draft_typed_before_a_return_or_a_signature_meets_the_conflict(filled: Database) -> None:
    first = _begin(filled)
    _do(filled, "Ann", drafts.save, DRAFT, {**first.intake}, first.id, first.version)
    handed = _do(filled, "Ann", signing.hand_over, first.id)
    _do(filled, "Eleanor", signing.give_back, first.id, "Ask", handed.version)
    with filled.read() as session:
        newer = versions.since(session, first.id, first.version)
    assert newer.base == first.intake
    assert [event.what for event in newer.events] == [
        "Handed to a clinician to sign", "Returned by the clinician",
    ]  # fmt: skip
    with pytest.raises(Conflict):
        _save(filled, first, average=1)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("pain.sketch_class", "atypical"),
        ("coverage", [{"kind": "self_pay"}]),
        ("attachments", [{"kind": "neurology_note", "date": "2026-03-02", "pages": 2}]),
        ("goals.expectations", "Fewer days"),
    ],
)
def test_any_later_edit_voids_the_signature(filled: Database, path: str, value: Any) -> None:
    first = _begin(filled)
    signed = _do(filled, "Eleanor", referrals.sign, first.id, SIGNER)
    intake = deepcopy(signed.intake)
    group, _, name = path.partition(".")
    if name:
        intake[group][name] = value
    else:
        intake[group] = value
    after = _do(filled, "Ann", referrals.save, intake, referral_id=first.id, version=signed.version)
    assert (after.state, after.signed_by, after.signed_at) == (ReferralState.DRAFT, "", None)
    assert after.intake["signature"] == {"prepared_by": "Ann"}
    assert _queues(filled, first) == {"ready"}


def test_other_ticks_for_the_letter_void_the_signature_too(filled: Database) -> None:
    first = _begin(filled)
    signed = _do(filled, "Eleanor", referrals.sign, first.id, SIGNER)
    marks = frozenset({"scores.phq2"})
    after = _do(
        filled,
        "Ann",
        referrals.save,
        signed.intake,
        referral_id=first.id,
        version=signed.version,
        marks=marks,
    )
    assert (after.state, after.signed_by) == (ReferralState.DRAFT, "")


def test_a_signature_of_an_uncleared_emergency_does_not_come_alive_when_it_is_cleared(
    filled: Database,
) -> None:
    intake = complete("Signfield")
    intake["red_flags"]["papilledema"] = {"answer": "yes"}
    intake["signature"] = {"prepared_by": "Ann", "signed_by": SIGNER, "signed_at": "2026-03-16T19:42:00Z"}
    first = _do(filled, "Ann", referrals.save, intake)
    cleared = deepcopy(intake)
    cleared["red_flags"]["papilledema"] = {"answer": "no"}
    after = _do(filled, "Ann", referrals.save, cleared, referral_id=first.id, version=first.version)
    assert (after.state, after.signed_by) == (ReferralState.DRAFT, "")


def test_who_prepared_is_who_handed_over_where_nobody_is_named(filled: Database) -> None:
    intake = complete("Signfield")
    first = _do(filled, "Ann", referrals.save, intake)
    _do(filled, "Ann", signing.hand_over, first.id)
    signed = _do(filled, "Eleanor", referrals.sign, first.id, SIGNER)
    assert signed.intake["signature"]["prepared_by"] == "Ann"


# What was sent


def test_a_correction_needs_a_reason_and_leaves_what_was_sent_as_it_was(filled: Database) -> None:
    sent = _sent(filled)
    assert (sent.sent_number, sent.number, sent.is_corrected) == (2, 2, False)
    with pytest.raises(InvalidInput, match="Enter why what was sent on") as refusal:
        _save(filled, sent, average=2)
    assert set(refusal.value.fields) == {"why"}
    after = _save(filled, sent, "The average was mistyped", average=2)
    assert after.is_corrected
    assert after.beside_words.startswith("Sent version 2; corrected since, not sent · To sign,")
    what, why = _what(filled, sent)[-1]
    assert (what[:29], why) == ("Correction of what was sent o", "The average was mistyped")
    assert _save(filled, after, average=1).number == 4
    with filled.read() as session:
        old = versions.get(session, sent.id, 2)
    assert (old.intake, old.signed_by, old.number) == (sent.intake, SIGNER, 2)


def test_what_was_sent_waits_for_its_answer_while_it_is_corrected(filled: Database) -> None:
    sent = _sent(filled)
    after = _save(filled, sent, "Mistyped", average=2)
    assert (after.state, after.signed_by) == (ReferralState.SENT, "")
    assert _queues(filled, sent) == {"sign", "sent"}
    back = _do(filled, "Eleanor", signing.give_back, sent.id, "Which average?")
    assert _queues(filled, sent) == {"returned", "sent"}
    assert _save(filled, back, average=3).returned_why == "Which average?"
    _do(filled, "Ann", signing.hand_over, sent.id)
    signed = _do(filled, "Eleanor", referrals.sign, sent.id, SIGNER)
    assert (signed.state, signed.is_corrected) == (ReferralState.SIGNED, True)
    assert _queues(filled, sent) == {"signed", "sent"}
    again = _do(filled, "Ann", referrals.mark_sent, sent.id, "Mail")
    assert (again.state, again.is_corrected, again.sent_number) == (ReferralState.SENT, False, again.number)
    assert _queues(filled, sent) == {"sent"}


def test_a_signed_correction_that_is_changed_again_is_unsigned_and_still_sent(filled: Database) -> None:
    sent = _sent(filled)
    _save(filled, sent, "Mistyped", average=2)
    signed = _do(filled, "Eleanor", referrals.sign, sent.id, SIGNER)
    after = _save(filled, signed, average=4)
    assert (after.state, after.signed_by, after.waits) == (ReferralState.SENT, "", True)
    assert _what(filled, sent)[-1][0] == "Changed after signing; the signature is void"


def test_an_answer_to_what_was_sent_leaves_the_correction_to_be_sent(filled: Database) -> None:
    sent = _sent(filled)
    _save(filled, sent, "Mistyped", average=2)
    _answer(filled, sent, RequestAct.RECEIVE)
    assert _queues(filled, sent) == {"sign", "sent"}
    _answer(filled, sent, RequestAct.ACCEPT)
    assert _state(filled, sent) is ReferralState.ANSWERED
    assert _queues(filled, sent) == {"sign"}
    signed = _do(filled, "Eleanor", referrals.sign, sent.id, SIGNER)
    assert _queues(filled, sent) == {"signed"}
    _answer(filled, sent, RequestAct.INTERIM_NOTE)
    assert _state(filled, sent) is ReferralState.SIGNED
    again = _do(filled, "Ann", referrals.mark_sent, sent.id, "Mail")
    assert (again.state, again.is_corrected) == (ReferralState.ANSWERED, False)
    after = _save(filled, again, "Phone changed", average=5)
    assert (after.state, after.is_corrected, signed.number) == (ReferralState.ANSWERED, True, 4)
    assert _queues(filled, sent) == {"sign"}


def _answer(db: Database, sent: ReferralRecord, act: RequestAct) -> None:
    with acting(db, "Ann"), db.begin() as session:
        requests.enter(session, sent.id, Happened(act, date.today()))


def _state(db: Database, sent: ReferralRecord) -> ReferralState:
    with db.read() as session:
        return referrals.get(session, sent.id).state


def test_a_referral_that_goes_to_another_surgeon_was_not_sent_there(filled: Database) -> None:
    sent = _sent(filled)
    intake = deepcopy(sent.intake)
    intake["request"] = {**intake["request"], "surgeon": "9000000023"}
    intake["request"].pop("location", None)
    after = _do(
        filled, "Ann", referrals.save, intake, referral_id=sent.id, version=sent.version, why="No openings"
    )
    assert (after.state, after.sent_number, after.waits) == (ReferralState.DRAFT, None, False)
    assert _what(filled, sent)[-1] == (
        "Changed to another surgeon, to whom nothing was sent yet", "No openings",
    )  # fmt: skip
    with filled.read() as session:
        assert [one.number for one in versions.find(session, sent.id) if one.sent] == [2]


def test_versions_are_listed_with_who_why_signatures_and_sendings(filled: Database) -> None:
    sent = _sent(filled)
    _save(filled, sent, "Mistyped", average=2)
    with filled.read() as session:
        found = versions.find(session, sent.id)
    assert [(one.number, one.saved_by, one.signed_by, bool(one.sent), one.is_current) for one in found] == [
        (3, found[0].saved_by, "", False, True),
        (2, "Eleanor", SIGNER, True, False),
        (1, "Ann", "", False, False),
    ]
    assert (found[0].why, found[2].what) == ("Mistyped", "Begun")
    with filled.read() as session, pytest.raises(InvalidInput, match="no such version"):
        versions.get(session, sent.id, 9)


def test_a_person_is_told_what_they_saw_last(filled: Database) -> None:
    first = _begin(filled)
    _do(filled, "Ann", signing.hand_over, first.id)
    assert _do(filled, "Eleanor", versions.seen, first.id) is None
    back = _do(filled, "Eleanor", signing.give_back, first.id, "Ask")
    _save(filled, back, average=1)
    seen = _do(filled, "Eleanor", versions.seen, first.id)
    assert (seen.number, seen.what, seen.intake) == (1, "Returned by the clinician", first.intake)


def test_an_older_version_comes_back_as_a_draft_without_its_signature(filled: Database) -> None:
    first = _begin(filled)
    signed = _do(filled, "Eleanor", referrals.sign, first.id, SIGNER)
    after = _save(filled, signed, average=2)
    _do(filled, "Ann", versions.restore, first.id, 2, DRAFT)
    with acting(filled, "Ann"), filled.read() as session:
        draft = drafts.get(session, DRAFT)
        assert referrals.get(session, first.id).intake == after.intake
    assert draft.intake["pain"] == first.intake["pain"]
    assert draft.intake["signature"] == {"prepared_by": "Ann"}
    assert (draft.based_on, draft.referral_id) == (after.version, first.id)
    with pytest.raises(InvalidInput, match="not saved"):
        _do(filled, "Ann", versions.restore, first.id, 1, DRAFT[:-1] + "6")


@pytest.mark.parametrize("role", StaffRole)
def test_who_hands_over_and_who_returns(offices: Offices, role: StaffRole) -> None:
    as_role(offices.db, role, practice_id=offices.north.practice)
    acts: list[tuple[Permission, Any]] = [
        (Permission.WRITE, lambda session: signing.hand_over(session, offices.north.referral)),
        (Permission.SIGN, lambda session: signing.give_back(session, offices.north.referral, "Ask")),
    ]
    may = [permission for permission, _ in acts if role in TABLE[permission]]
    for permission, act in acts:
        if permission not in may:
            with pytest.raises(Denied), offices.db.begin() as session:
                act(session)
        elif permission is Permission.WRITE or Permission.WRITE in may:
            with offices.db.begin() as session:
                assert act(session).asked_by


def test_who_is_logged_in_signs_in_no_name_but_their_own(offices: Offices) -> None:
    db, number = offices.db, offices.north.reference
    as_role(db, StaffRole.CLINICIAN, practice_id=offices.north.practice, name="Eleanor Whitcombe")
    with db.begin() as session, pytest.raises(Denied, match="in your own name"):
        referrals.sign(session, number, "Daniel Osei, NP")
    stamp = {"prepared_by": "Ann", "signed_by": "Daniel Osei, NP", "signed_at": "2026-03-16T19:42:00Z"}
    with db.begin() as session:
        assert referrals.save(session, complete("Importfield") | {"signature": stamp}).signed_by == ""
    with db.begin() as session:
        assert referrals.sign(session, number, SIGNER).signed_by == SIGNER
        stamp["signed_by"] = SIGNER
        assert referrals.save(session, complete("Ownfield") | {"signature": stamp}).signed_by == SIGNER


def test_in_a_store_without_people_any_clinician_is_named(filled: Database) -> None:
    first = _begin(filled)
    assert _do(filled, "Ann", referrals.sign, first.id, "Daniel Osei, NP").signed_by == "Daniel Osei, NP"
