"""A draft that is opened again says that its patient was changed since, and is saved without bringing them back."""

from __future__ import annotations

from dataclasses import replace

from referral_app.database import Database
from referral_app.services import drafts, patients, referrals
from referral_app.ui.referrals import sheets
from tests.acting import acting
from tests.services.conftest import complete


def _keep(db: Database, sheet: sheets.Sheet) -> None:
    with db.begin() as session:
        drafts.save(
            session, sheet.draft_id, sheet.intake, patient_id=sheet.patient_id, based_on=sheet.patient_version
        )


def test_a_draft_knows_with_which_state_of_the_patient_it_was_begun(db: Database) -> None:
    with db.begin() as session:
        patient_id = str(referrals.save(session, complete("Northfield")).patient_id)
    begun = sheets.new(db, patient_id)
    _keep(db, begun)
    assert sheets.resumed(db, begun.draft_id).note == sheets.TYPED
    with db.begin() as session:
        now = patients.get(session, patient_id)
        patients.save(session, replace(now, values={**now.values, "phone": "410-555-0177"}))
    again = sheets.resumed(db, begun.draft_id)
    assert again.note == sheets.OTHER_PATIENT
    with db.begin() as session:
        referrals.save(
            session, again.intake, patient_id=again.patient_id, patient_version=again.patient_version,
            draft_id=again.draft_id,
        )  # fmt: skip
    with db.read() as session:
        assert patients.get(session, patient_id).phone == "410-555-0177"


def test_somebody_elses_draft_is_not_called_ones_own(db: Database) -> None:
    begun = sheets.new(db)
    with acting(db, "Ann Bell"):
        _keep(db, begun)
        assert sheets.resumed(db, begun.draft_id).note == sheets.TYPED
    with acting(db, "Bob Cole"):
        assert sheets.resumed(db, begun.draft_id).note.startswith("Ann Bell typed this and did not save it.")
