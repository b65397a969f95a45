"""Two desks with one unsaved draft open: nothing is overwritten, nothing is lost, and the form says so."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from referral_app.services import drafts
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage
from tests.acting import acting
from tests.ui.referrals.conftest import shown


def _note(form: FormPage) -> str:
    return form.draft.sheet.note


def test_a_draft_that_somebody_else_went_on_with_is_kept_apart(qtbot: QtBot, filled_desk: Desk) -> None:
    db = filled_desk.db
    with acting(db, "Ann Bell"):
        ann = shown(qtbot, FormPage(filled_desk, sheets.new(db)))
        ann.draft.put("patient.family_name", "Annfirst")
        ann.keep()
    draft_id = ann.draft.sheet.draft_id
    with acting(db, "Bob Cole"):
        bob = shown(qtbot, FormPage(filled_desk, sheets.resumed(db, draft_id)))
        bob.draft.put("patient.family_name", "Bobsecond")
        bob.keep()
    with acting(db, "Ann Bell"):
        ann.draft.put("patient.given_name", "Cora")
        with qtbot.waitSignal(ann.autosave.parted):
            ann.autosave.save()
        assert _note(ann).startswith("Bob Cole went on with this draft at ")
        assert ann.draft.sheet.draft_id != draft_id
        assert _note(ann) in ann.head.note.text()
        ann.draft.put("patient.family_name", "Annthird")
        ann.keep()
    with db.read() as session:
        assert drafts.get(session, draft_id).intake["patient"]["family_name"] == "Bobsecond"
        apart = drafts.get(session, ann.draft.sheet.draft_id)
    assert (apart.person, apart.intake["patient"]["family_name"]) == ("Ann Bell", "Annthird")
    with acting(db, "Bob Cole"):
        bob.draft.put("patient.given_name", "Dora")
        bob.keep()
        assert bob.draft.sheet.draft_id == draft_id


def test_two_windows_on_one_saved_referral_lose_nothing(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    db = filled_desk.db
    first, second = (shown(qtbot, FormPage(filled_desk, sheets.saved(db, reference))) for _ in range(2))
    first.draft.put("goals.expectations", "First")
    first.keep()
    second.draft.put("goals.expectations", "Second")
    second.keep()
    second.draft.put("goals.expectations", "Second, more")
    second.keep()
    with db.read() as session:
        found = {one.intake["goals"]["expectations"]: bool(one.referral_id) for one in drafts.find(session)}
    assert found == {"First": True, "Second, more": False}
    assert "draft of a new referral" in _note(second)
