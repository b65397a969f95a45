"""What a change of releases means: every draft and unsigned referral is looked at, signed ones stay as they are."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.choices import AuditAction, Readiness, ReferralState
from referral_app.clinical.code_lists import DEFAULT, CodeLists, bundled
from referral_app.clinical.code_release import Entry, pack, unpack
from referral_app.database import Database
from referral_app.services import code_changes, code_lists, drafts, referrals
from referral_app.services.code_lists import NewRelease
from tests.jobs.test_code_files import intake
from tests.services.test_audit import noted

STARTS, TODAY = date(2026, 10, 1), date(2026, 11, 23)
CONTENT = pack("Next", STARTS, None, [Entry("G43.709", "Chronic migraine")])
AFTER = CodeLists([bundled(), unpack(CONTENT)])


def found(db: Database) -> code_changes.Affected:
    with db.read() as session:
        return code_changes.affected(session, DEFAULT, AFTER, TODAY)


def test_signed_referrals_and_older_dates_are_left_alone(filled: Database) -> None:
    with filled.begin() as session:
        referrals.save(session, intake("Earley", date(2026, 9, 1)))
        late = referrals.save(session, intake("Lateley", date(2026, 11, 2)))
        signed = referrals.save(session, intake("Signey", date(2026, 11, 2)))
        referrals.sign(session, signed.id, "Eleanor Whitcombe, MD")
    affected = found(filled)
    assert [(one.id, one.codes) for one in affected.uses] == [(late.id, ("M54.81",))]
    assert affected.rechecked == [late.id]


def test_only_the_first_are_kept_and_all_are_counted(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_changes, "MOST_SHOWN", 2)
    with db.begin() as session:
        for number in range(4):
            key = f"00000000-0000-4000-8000-0000000000{number:02d}"
            drafts.save(session, key, intake(f"Draughton{number}", TODAY))
    affected = found(db)
    assert (len(affected.uses), affected.count, affected.rechecked) == (2, 4, [])


def test_any_value_among_the_codes_is_looked_at_without_a_crash(db: Database) -> None:
    with db.begin() as session:
        for number, value in enumerate([None, "M54.81", [None, 7, {}], {"unavailable": "none"}]):
            key = f"00000000-0000-4000-8000-0000000000{number:02d}"
            drafts.save(session, key, {"diagnosis": {"icd10cm": value}})
        drafts.save(session, "00000000-0000-4000-8000-0000000000ff", {"diagnosis": "nothing"})
    assert found(db).count == 0


def test_a_new_check_is_noted_and_leaves_signed_referrals(filled: Database) -> None:
    with filled.begin() as session:
        late = referrals.save(session, intake("Lateley", date(2026, 11, 2)))
        signed = referrals.save(session, intake("Signey", date(2026, 11, 2)))
        referrals.sign(session, signed.id, "Eleanor Whitcombe, MD")
        code_lists.load(session, NewRelease("Next", STARTS, None, 1, "", CONTENT))
    with filled.begin() as session:
        code_changes.recheck(session, [late.id, signed.id, "00000000-0000-4000-8000-0000000000aa"])
    events = [
        one for one in noted(filled) if one["action"] == AuditAction.CHECKED and one["kind"] == "referral"
    ]
    assert [(one["object_id"], one["details"]["readiness"]) for one in events] == [(late.id, "incomplete")]
    with filled.read() as session:
        assert referrals.get(session, late.id).readiness is Readiness.INCOMPLETE
        assert referrals.get(session, signed.id).state is ReferralState.SIGNED
