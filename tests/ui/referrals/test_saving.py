"""Saving a version, signing it, and what is printed of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from referral_app.choices import ReferralState
from referral_app.services import drafts, matching, referrals
from referral_app.services.surgeons import Query
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.form import FormPage
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, type_into


def test_saving_makes_a_version_and_ends_the_draft(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    with qtbot.waitSignal(form.saving.saved):
        qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    sheet = form.draft.sheet
    assert sheet.reference in form.head.findChild(QLabel).text() or sheet.reference
    with filled_desk.db.read() as session:
        assert referrals.get(session, sheet.referral_id).patient == "Quill"
        assert drafts.find(session) == []
    type_into(qtbot, form, "patient.given_name", "Ann")
    with qtbot.waitSignal(form.saving.saved):
        form.save()
    with filled_desk.db.read() as session:
        assert referrals.get(session, sheet.referral_id).patient == "Quill, Ann"


def test_saving_against_a_newer_version_is_refused_and_keeps_the_draft(
    qtbot: QtBot, saved_form: FormPage, filled_desk: Desk
) -> None:
    form = saved_form
    other = form.draft.snapshot()
    other["patient"]["middle_name"] = "Other"
    with filled_desk.db.begin() as session:
        referrals.save(
            session,
            other,
            referral_id=form.draft.sheet.referral_id,
            version=form.draft.sheet.version,
        )
    type_into(qtbot, form, "patient.suffix", "Jr.")
    with qtbot.waitSignal(form.saving.refused):
        form.save()
    form.keep()
    with filled_desk.db.read() as session:
        assert drafts.find(session)[0].intake["patient"]["suffix"] == "Jr."


def test_signing_asks_and_then_saves_and_signs_in_one_act(
    qtbot: QtBot, saved_form: FormPage, filled_desk: Desk
) -> None:
    form = saved_form
    type_into(qtbot, form, "patient.suffix", "Jr.")
    with qtbot.waitSignal(form.saving.saved):
        form.save()
    assert form.draft.sheet.state is ReferralState.DRAFT
    form.go_to(6)
    assert find(form, "signReferral").text() == "Sign referral to Dr. Keen, 1 gap listed"
    find(form, "signReferral").click()
    assert "Error" in find(form, "signature.signed_by").accessibleDescription()
    find(form, "signature.signed_by").lineEdit().setFocus()
    qtbot.keyClicks(find(form, "signature.signed_by").lineEdit(), "Eleanor Whitcombe, MD")
    with qtbot.assertNotEmitted(form.saving.saved, wait=100):
        find(form, "signReferral").click()
        assert find(form, "ask").accessibleName() == "Sign as Eleanor Whitcombe, MD?"
        assert find(form, "ask").accessibleDescription() == "Only the clinician may sign."
        find(form, "askNo").click()
    find(form, "signReferral").click()
    with qtbot.waitSignal(form.saving.saved):
        find(form, "askYes").click()
    with filled_desk.db.read() as session:
        record = referrals.get(session, form.draft.sheet.referral_id)
    assert record.state is ReferralState.SIGNED
    assert record.signed_by == "Eleanor Whitcombe, MD"


def test_private_answers_are_ticked_for_this_letter(
    qtbot: QtBot, saved_form: FormPage, filled_desk: Desk
) -> None:
    form = saved_form
    form.go_to(6)
    find(form, "mark.scores.phq2").click()
    with qtbot.waitSignal(form.saving.saved):
        form.save()
    with filled_desk.db.read() as session:
        assert "scores.phq2" in referrals.get(session, form.draft.sheet.referral_id).marks


def test_the_preview_of_unsaved_answers_saves_them_first(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    with filled_desk.db.read() as session:
        surgeon = matching.find(session, Query(), 1)[0].surgeon.id
    form = new_form(surgeon_id=surgeon)
    type_into(qtbot, form, "patient.family_name", "Quill")
    form.go_to(6)
    with qtbot.waitSignal(form.preview) as asked:
        find(form, "previewLetter").click()
    assert asked.args == ["letter", form.draft.sheet.reference]
