"""Referrals: versions, conflicts, signatures, and the patient that is entered once."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from referral_app.choices import Readiness, ReferralState, RequestAct
from referral_app.database import Database
from referral_app.paths import resource
from referral_app.services import drafts, patients, referrals, requests, surgeons, worklists
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.referral_records import Filter, ReferralRecord
from referral_app.services.requests import Happened


@pytest.fixture
def intake() -> dict[str, Any]:
    """Return the invented complete intake, not signed yet."""
    values = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    values["patient"]["given_name"] = "Second"
    values["signature"] = {"prepared_by": "Office"}
    return values


def saved(db: Database, intake: dict[str, Any], **more: Any) -> ReferralRecord:
    """Save an intake in a transaction of its own."""
    with db.begin() as session:
        return referrals.save(session, intake, **more)


def test_a_complete_referral_is_ready_to_sign(filled: Database, intake: dict[str, Any]) -> None:
    record = saved(filled, intake)
    assert (record.state, record.readiness) == (ReferralState.DRAFT, Readiness.READY)
    assert record.surgeon == "Marguerite Keen, MD"
    assert record.state_words == "Ready to sign"


def test_a_save_makes_a_version_and_the_same_again_does_not(filled: Database, intake: dict[str, Any]) -> None:
    first = saved(filled, intake)
    again = saved(filled, intake, referral_id=first.id, version=first.version)
    assert again.number == 1
    changed = deepcopy(intake)
    changed["pain"]["average"] = 3
    assert saved(filled, changed, referral_id=first.id, version=again.version).number == 2


def test_a_save_over_someone_elses_is_refused_and_changes_nothing(
    filled: Database, intake: dict[str, Any]
) -> None:
    first = saved(filled, intake)
    theirs = deepcopy(intake)
    theirs["pain"]["average"] = 3
    saved(filled, theirs, referral_id=first.id, version=first.version)
    mine = deepcopy(intake)
    mine["pain"]["average"] = 9
    with pytest.raises(Conflict, match="Someone else saved"):
        saved(filled, mine, referral_id=first.id, version=first.version)
    with filled.read() as session:
        assert referrals.get(session, first.id).intake["pain"]["average"] == 3


def test_what_cannot_be_read_is_refused_by_field(filled: Database, intake: dict[str, Any]) -> None:
    intake["patient"]["date_of_birth"] = "13/45/2007"
    with pytest.raises(InvalidInput) as refusal:
        saved(filled, intake)
    assert set(refusal.value.fields) == {"patient.date_of_birth"}


def test_the_patient_is_entered_once_and_follows_the_referral(
    filled: Database, intake: dict[str, Any]
) -> None:
    first = saved(filled, intake)
    moved = deepcopy(intake)
    moved["patient"]["phone"] = "410-555-0199"
    second = saved(filled, moved)
    assert second.patient_id == first.patient_id
    with filled.read() as session:
        assert patients.get(session, first.patient_id).phone == "410-555-0199"


def test_the_next_referral_of_a_patient_begins_with_what_is_known(
    filled: Database, intake: dict[str, Any]
) -> None:
    first = saved(filled, intake)
    with filled.read() as session:
        begun = referrals.new_intake(session, patient_id=first.patient_id, surgeon_id=first.surgeon_id)
    assert begun["patient"] == intake["patient"]
    assert begun["treatments"] == intake["treatments"]
    assert begun["request"] == {"surgeon": first.surgeon_id}
    assert begun["referrer"]["practice"].startswith("Canton")
    assert begun["safety"]["medications"] == intake["safety"]["medications"]
    assert begun["pain"]["side"] == intake["pain"]["side"]
    assert not begun.keys() & {"red_flags", "signature", "exam", "last_30_days", "scores", "goals"}
    assert not begun["pain"].keys() & {"worst", "average", "now", "sketch"}
    assert not begun["safety"].keys() & {"pregnancy", "nicotine", "weight_kg"}


def test_a_signature_makes_a_version_of_its_own(filled: Database, intake: dict[str, Any]) -> None:
    first = saved(filled, intake)
    with filled.begin() as session:
        signed = referrals.sign(session, first.reference, "Eleanor Whitcombe, MD")
    assert signed.state is ReferralState.SIGNED
    assert signed.intake["signature"]["signed_by"] == "Eleanor Whitcombe, MD"
    assert signed.intake["signature"]["prepared_by"] == "Office"


def test_a_change_after_signing_voids_the_signature(filled: Database, intake: dict[str, Any]) -> None:
    first = saved(filled, intake)
    with filled.begin() as session:
        signed = referrals.sign(session, first.id, "Eleanor Whitcombe, MD")
    changed = deepcopy(signed.intake)
    changed["pain"]["average"] = 2
    after = saved(filled, changed, referral_id=first.id, version=signed.version)
    assert after.state is ReferralState.DRAFT
    assert after.intake["signature"] == {"prepared_by": "Office"}
    with filled.read() as session:
        assert referrals.history(session, first.id)[-1].what == "Changed after signing; the signature is void"


def test_an_uncleared_emergency_can_be_saved_but_neither_signed_nor_sent(
    filled: Database, intake: dict[str, Any]
) -> None:
    intake["red_flags"]["papilledema"] = {"answer": "yes"}
    record = saved(filled, intake)
    assert record.readiness is Readiness.EMERGENCY
    with filled.begin() as session, pytest.raises(InvalidInput, match="emergency has not been cleared"):
        referrals.sign(session, record.id, "Eleanor Whitcombe, MD")
    with filled.begin() as session, pytest.raises(InvalidInput, match="Only a signed referral"):
        referrals.mark_sent(session, record.id, "fax")


def test_a_signed_json_with_an_uncleared_emergency_does_not_count_as_signed(
    filled: Database, intake: dict[str, Any]
) -> None:
    intake["red_flags"]["papilledema"] = {"answer": "yes"}
    intake["signature"] |= {"signed_by": "Eleanor Whitcombe, MD", "signed_at": "2026-03-16T19:42:00Z"}
    assert saved(filled, intake).state is ReferralState.DRAFT


def test_the_way_of_a_referral_is_kept_as_history(filled: Database, intake: dict[str, Any]) -> None:
    record = saved(filled, intake)
    with filled.begin() as session:
        referrals.sign(session, record.id, "Eleanor Whitcombe, MD")
        referrals.mark_sent(session, record.id, "fax to the number ending 0103")
        requests.enter(session, record.id, Happened(RequestAct.ACCEPT, date.today()))
        assert referrals.get(session, record.id).state is ReferralState.ANSWERED
        events = referrals.history(session, record.id)
    assert [event.what for event in events] == [
        "Begun",
        "Signed by Eleanor Whitcombe, MD",
        "Sent",
        "Reply recorded",
    ]


def test_a_referral_is_canceled_only_with_a_reason(filled: Database, intake: dict[str, Any]) -> None:
    record = saved(filled, intake)
    with filled.begin() as session, pytest.raises(InvalidInput, match="why"):
        referrals.cancel(session, record.id, " ")
    with filled.begin() as session:
        assert referrals.cancel(session, record.id, "patient moved").state is ReferralState.CANCELED


def test_a_mistyped_reference_is_told_from_an_unknown_one(filled: Database) -> None:
    with filled.read() as session:
        with pytest.raises(InvalidInput, match="mistyped"):
            referrals.get(session, "0000-0000-1")
        with pytest.raises(NotFound, match="There is no referral"):
            referrals.get(session, "0000-0000-0")


def test_queues_count_what_waits(filled: Database, intake: dict[str, Any]) -> None:
    saved(filled, intake)
    incomplete = deepcopy(intake)
    del incomplete["pain"]
    saved(filled, incomplete)
    with filled.begin() as session:
        drafts.save(session, "00000000-0000-4000-8000-000000000001", incomplete)
    with filled.read() as session:
        found = {queue.key: queue.count for queue in worklists.queues(session)}
    assert found == {
        "draft": 1, "missing": 1, "ready": 1, "returned": 0, "sign": 0, "signed": 1, "sent": 0
    }  # fmt: skip


def test_lists_find_by_name_surgeon_and_reference(filled: Database, intake: dict[str, Any]) -> None:
    record = saved(filled, intake)
    with filled.read() as session:
        for text in ("second", "KEEN second", record.reference, record.reference[:6]):
            assert record.id in {row.id for row in worklists.find(session, Filter(text=text))}
        assert worklists.count(session, Filter(text="nobody")) == 0
        by_patient = worklists.find(session, Filter(patient_id=record.patient_id))
    assert [row.id for row in by_patient] == [record.id]


def test_a_draft_replaces_itself_and_goes_when_it_is_saved(filled: Database, intake: dict[str, Any]) -> None:
    draft_id = "00000000-0000-4000-8000-000000000001"
    with filled.begin() as session:
        drafts.save(session, draft_id, {"patient": {"family_name": "Half"}})
        drafts.save(session, draft_id, intake, marks=frozenset({"scores.phq2"}))
        assert drafts.get(session, draft_id).marks == {"scores.phq2"}
        assert [draft.patient for draft in drafts.find(session, mine=True)] == ["Quintero-Vale, Second"]
    saved(filled, intake, draft_id=draft_id)
    with filled.read() as session, pytest.raises(NotFound):
        drafts.get(session, draft_id)


def test_a_referral_without_a_known_surgeon_is_kept(filled: Database, intake: dict[str, Any]) -> None:
    intake["request"]["surgeon"] = "9000000296"
    record = saved(filled, intake)
    assert record.surgeon == ""
    with filled.read() as session:
        assert surgeons.find_by(session, "9000000296") is None


@pytest.mark.parametrize("name", ["<b>Nguyễn</b> & Sons", "O'Brien-Keen", "de la Cruz y Ñíguez"])
def test_latin_names_of_any_kind_come_back_as_typed(
    filled: Database, intake: dict[str, Any], name: str
) -> None:
    intake["patient"]["family_name"] = name
    record = saved(filled, intake)
    with filled.read() as session:
        assert referrals.get(session, record.id).intake["patient"]["family_name"] == name


@pytest.mark.parametrize("name", ["محمد", "O'Brien\u202eneeK", "Zoë 😀"], ids=range(3))
def test_other_names_are_refused_in_words_and_kept_in_their_own_script(
    filled: Database, intake: dict[str, Any], name: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        saved(filled, {**intake, "patient": {**intake["patient"], "family_name": name}})
    assert set(refusal.value.fields) == {"patient.family_name"}
    if "\u202e" not in name:
        intake["patient"]["name_own_script"] = name
        assert saved(filled, intake).intake["patient"]["name_own_script"] == name


def test_a_note_of_ten_thousand_characters_comes_back_whole(filled: Database, intake: dict[str, Any]) -> None:
    note = "Line of a note – with <marks> & more.\n" * 256
    intake["goals"]["expectations"] = note
    assert saved(filled, intake).intake["goals"]["expectations"] == note
