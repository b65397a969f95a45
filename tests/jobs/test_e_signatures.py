"""A person's own signature: sealed, opened by their passphrase alone, placed on one version, left behind by an edit."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import date
from typing import Any

import pikepdf
import pytest
from sqlalchemy import text

from referral_app.choices import SignatureKind, StaffRole
from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import Handwriting
from referral_app.database import Database, attempts, key_file
from referral_app.jobs import e_signatures as jobs
from referral_app.jobs import letters, people
from referral_app.services import departures, drafts, e_signatures, referrals, surgeons, versions
from referral_app.services.departures import Agreement
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.referral_records import ReferralRecord
from tests.acting import acting, as_role
from tests.conftest import CHEAP, ME
from tests.documents import paper, tagged
from tests.services.conftest import complete

NAME = "Dana Whitfield"
DRAWN = handwriting.drawn([[(10, 60), (60, 20), (120, 70)], [(130, 40), (200, 45)]])
TYPED = handwriting.typed("Dana Whitfield, MD")


def _signed(db: Database, written: Handwriting = DRAWN) -> ReferralRecord:
    """Return a referral that Dana signed with her signature."""
    with db.begin() as session:
        record = referrals.save(session, complete("Signfield"))
        signed = referrals.sign(session, record.id, NAME)
        return jobs.place(session, signed, written)


def _changed(db: Database, before: ReferralRecord, **answers: Any) -> ReferralRecord:
    intake = deepcopy(before.intake)
    intake["pain"] |= answers
    with db.begin() as session:
        return referrals.save(session, intake, referral_id=before.id, version=before.version, why="Mistyped")


def _on(db: Database, record: ReferralRecord, number: int = 0) -> e_signatures.Placed | None:
    with db.read() as session:
        return e_signatures.placed(session, record.id, number or record.number)


def _rows(db: Database, table: str) -> int:
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - below the services
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


@pytest.mark.parametrize("written", [DRAWN, TYPED])
def test_a_kept_signature_opens_with_its_owners_passphrase_and_nothing_of_it_is_readable(
    people_db: Database, written: Handwriting
) -> None:
    assert not jobs.standing(people_db).can_be_placed
    jobs.keep(people_db, written, written.kind)
    standing = jobs.standing(people_db)
    assert (standing.kind, standing.can_be_placed) == (written.kind, True)
    assert jobs.opened(people_db, ME.text, NAME) == written
    with people_db.read() as session:
        kept = e_signatures.mine(session)
    assert kept is not None
    assert b"Dana" not in kept.sealed
    assert b"strokes" not in kept.sealed


def test_a_wrong_passphrase_opens_nothing_is_counted_and_noted(people_db: Database) -> None:
    jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    with pytest.raises(InvalidInput, match="not your passphrase"):
        jobs.opened(people_db, "not this one at all", NAME)
    tag = key_file.load(people_db.paths.key).tag(ME.login)
    assert attempts.count(people_db.paths, tag) == 1
    with people_db._transaction(read_only=True, info={}) as session:  # noqa: SLF001
        said = text("SELECT kind, outcome FROM audit_event WHERE reason = 'wrong passphrase'")
        assert [tuple(row) for row in session.execute(said)] == [("own_signature", "denied")]
    for _ in range(attempts.FREE):
        attempts.failed(people_db.paths, tag)
    with pytest.raises(InvalidInput, match="Wait"):
        jobs.opened(people_db, ME.text, NAME)


def test_nobody_opens_anothers_signature(people_db: Database) -> None:
    jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    as_role(people_db, StaffRole.CLINICIAN, name="Rosa Ortiz")
    assert jobs.standing(people_db).kind is None
    with pytest.raises(InvalidInput, match="no signature yet"):
        jobs.opened(people_db, ME.text, "Rosa Ortiz")


def test_who_may_not_sign_keeps_and_places_nothing(people_db: Database) -> None:
    as_role(people_db, StaffRole.ADMINISTRATOR, StaffRole.OFFICE_STAFF)
    assert not jobs.standing(people_db).can_be_placed
    with pytest.raises(Denied):
        jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    with pytest.raises(Denied):
        jobs.opened(people_db, ME.text, NAME)


def test_a_new_passphrase_keeps_the_signature_and_a_reset_by_code_loses_it_and_says_so(
    people_db: Database,
) -> None:
    jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    people.change_passphrase(people_db, ME.text, "other lantern velvet orchard", CHEAP)
    assert jobs.opened(people_db, "other lantern velvet orchard", NAME) == DRAWN
    code = people.start_reset(people_db, people_db.rights.person_id)
    people.change_passphrase(people_db, code, "third lantern velvet orchard", CHEAP)
    standing = jobs.standing(people_db)
    assert (standing.kind, standing.can_be_placed) == (SignatureKind.DRAWN, False)
    with pytest.raises(InvalidInput, match="reset by a code"):
        jobs.opened(people_db, "third lantern velvet orchard", NAME)
    jobs.keep(people_db, TYPED, SignatureKind.TYPED)
    assert jobs.opened(people_db, "third lantern velvet orchard", NAME) == TYPED


def test_forgetting_leaves_the_copies_on_what_was_signed(people_db: Database) -> None:
    jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    record = _signed(people_db)
    jobs.forget(people_db)
    assert jobs.standing(people_db).kind is None
    found = _on(people_db, record)
    assert found is not None
    assert (found.name, found.handwriting, found.invented) == (NAME, DRAWN, False)


def test_the_signature_of_somebody_who_was_removed_is_thrown_away(people_db: Database) -> None:
    me = people_db.rights
    added, code = people.add(
        people_db, people.PersonRecord("odile", "Odile Brightwater", frozenset(StaffRole))
    )
    assert people_db.keys is not None
    people_db.keys.change(added.id, code, "third lantern velvet orchard", CHEAP)
    with people_db.begin() as session:
        people_db.act_as(added.id, added.name, people.people.as_actor(session, added.id, False))
    jobs.keep(people_db, DRAWN, SignatureKind.DRAWN)
    people_db.act_as(me.person_id, me.name, me)
    people.remove(people_db, added.id)
    assert _rows(people_db, "personal_signature") == 0


@pytest.mark.parametrize(
    ("written", "kind", "said"),
    [
        (handwriting.drawn([]), SignatureKind.DRAWN, "Draw your signature first"),
        (handwriting.drawn([[(5, 5)]]), SignatureKind.DRAWN, "Draw your signature first"),
        (handwriting.typed(" \n "), SignatureKind.TYPED, "Type your name"),
        (handwriting.typed("x" * 81), SignatureKind.TYPED, "at most 80"),
        (handwriting.typed("Dana \U0001f600"), SignatureKind.TYPED, "cannot be printed"),
        (handwriting.drawn([[(1, 1), (2, 2)]] * 201), SignatureKind.DRAWN, "too many lines"),
    ],
)
def test_what_is_no_signature_is_refused_in_a_sentence(
    people_db: Database, written: Handwriting, kind: SignatureKind, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        jobs.keep(people_db, written, kind)


# On a version, and on no other


def test_an_edit_after_signing_leaves_the_signature_behind(people_db: Database) -> None:
    record = _signed(people_db)
    assert _on(people_db, record) is not None
    edited = _changed(people_db, record, average=3)
    assert edited.signed_at is None
    assert _on(people_db, edited) is None
    assert _on(people_db, edited, record.number) is not None
    with people_db.begin() as session:
        again = referrals.sign(session, record.id, NAME)
    assert _on(people_db, again) is None


def test_taking_an_edit_back_does_not_bring_the_signature_back(people_db: Database) -> None:
    record = _signed(people_db)
    edited = _changed(people_db, record, average=3)
    with people_db.begin() as session:
        back = referrals.save(
            session, record.intake, referral_id=record.id, version=edited.version, why="Back"
        )
    assert _on(people_db, back) is None
    draft = "00000000-0000-4000-8000-000000000031"
    with people_db.begin() as session:
        versions.restore(session, record.id, record.number, draft)
        held = drafts.get(session, draft)
        restored = referrals.save(
            session, held.intake, referral_id=record.id, version=back.version, draft_id=draft, why="Back"
        )
    assert _on(people_db, restored) is None


def test_a_correction_of_what_was_sent_starts_without_and_what_was_sent_keeps_its_own(
    people_db: Database,
) -> None:
    record = _signed(people_db)
    with people_db.begin() as session:
        referrals.mark_sent(session, record.id, "Mail")
    with pytest.raises(InvalidInput, match="never changes"), people_db.begin() as session:
        e_signatures.place(session, record.id, TYPED)
    with people_db.read() as session:
        sent = referrals.get(session, record.id)
    corrected = _changed(people_db, sent, average=3)
    assert _on(people_db, corrected) is None
    assert _on(people_db, corrected, record.number) is not None


def test_a_redirected_referral_shows_no_signature(people_db: Database) -> None:
    record = _signed(people_db)
    with people_db.begin() as session:
        other = surgeons.by_npi(session, "9000000023").id
        assert other != record.surgeon_id
        departures.redirect(session, record.id, record.version, other, Agreement(NAME, date.today()), "Leave")
    with people_db.read() as session:
        after = referrals.get(session, record.id)
    assert after.number > record.number
    assert _on(people_db, after) is None


def test_a_referral_that_begins_with_the_answers_of_another_shows_no_signature(people_db: Database) -> None:
    """Carried over or imported, whole answers with their signature among them."""
    record = _signed(people_db)
    with people_db.begin() as session:
        carried = referrals.new_intake(session, record.patient_id)
        begun = referrals.save(session, {**complete("Signfield"), **carried}, patient_id=record.patient_id)
        imported = referrals.save(session, deepcopy(record.intake))
    assert _on(people_db, begun) is None
    assert _on(people_db, imported) is None


def test_only_who_signed_a_version_places_a_signature_and_only_once(people_db: Database) -> None:
    with people_db.begin() as session:
        record = referrals.save(session, complete("Signfield"))
    with pytest.raises(InvalidInput, match="Sign it first"), people_db.begin() as session:
        e_signatures.place(session, record.id, DRAWN)
    with people_db.begin() as session:
        referrals.sign(session, record.id, NAME)
        e_signatures.place(session, record.id, DRAWN)
    with pytest.raises(InvalidInput, match="already"), people_db.begin() as session:
        e_signatures.place(session, record.id, DRAWN)
    as_role(people_db, *StaffRole, name="Rosa Ortiz")
    with pytest.raises(Denied, match="your own"), people_db.begin() as session:
        e_signatures.place(session, record.id, DRAWN)


def test_a_refused_signature_takes_the_signing_back(people_db: Database) -> None:
    with people_db.begin() as session:
        record = referrals.save(session, complete("Signfield"))
    with pytest.raises(InvalidInput), people_db.begin() as session:
        jobs.place(session, referrals.sign(session, record.id, NAME), handwriting.drawn([]))
    with people_db.read() as session:
        assert referrals.get(session, record.id).signed_at is None


def test_a_demonstration_places_a_typed_name_marked_as_invented_and_keeps_nobodys(filled: Database) -> None:
    assert jobs.standing(filled).can_be_placed
    assert jobs.standing(filled).is_demonstration
    with pytest.raises(InvalidInput, match="no people"):
        jobs.keep(filled, DRAWN, SignatureKind.DRAWN)
    written = jobs.opened(filled, "", "Eleanor Whitcombe, MD")
    with acting(filled, "Eleanor Whitcombe, MD"), filled.begin() as session:
        record = referrals.save(session, complete("Signfield"))
        jobs.place(session, referrals.sign(session, record.id, "Eleanor Whitcombe, MD"), written)
    found = _on(filled, record, record.number + 1)
    assert found is not None
    assert (found.handwriting.words, found.invented) == ("Eleanor Whitcombe, MD", True)


def test_the_letter_of_the_signed_version_shows_it_and_that_of_an_edit_does_not(people_db: Database) -> None:
    record = _signed(people_db)
    signed = letters.make(people_db, record.reference).content
    assert "Signature placed" in paper.text(signed)
    with pikepdf.open(io.BytesIO(signed)) as opened:
        words = [str(one.entry.Alt) for one in tagged.tree(opened).walk() if "/Alt" in one.entry]
    assert any(one.startswith(f"Signature of {NAME}, placed ") for one in words)
    assert tagged.problems(signed) == []
    _changed(people_db, record, average=3)
    assert "Signature placed" not in paper.text(letters.make(people_db, record.reference).content)
    older = letters.make(people_db, record.reference, number=record.number).content
    assert "Signature placed" in paper.text(older)
