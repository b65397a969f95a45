"""One referral through the form: typing, conditions, the live check, drafts, saving, signing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from referral_app.choices import Channel, ReferralState, StaffRole
from referral_app.clinical.red_flags import RED_FLAGS
from referral_app.models.referral import Draft
from referral_app.services import drafts, legal_holds, matching, patients, sending
from referral_app.services.patients import PatientRecord
from referral_app.services.send_records import Sending
from referral_app.services.surgeons import Query
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import form_head, sheets
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.standing import Standing
from referral_app.ui.referrals.step_list import state_of
from tests import staff
from tests.acting import as_role
from tests.ui.referrals.conftest import find, shown

New = Callable[..., FormPage]


def type_into(qtbot: QtBot, form: FormPage, path: str, text: str) -> None:
    edit = find(form, path)
    edit.setFocus()
    qtbot.keyClicks(edit, text)


def visible(form: FormPage, name: str) -> bool:
    found = form.findChild(object, name)  # type: ignore[call-overload]
    return found is not None and found.isVisible()


def test_typing_fills_the_intake_and_the_check_follows(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    before = len(form.draft.check.missing)
    type_into(qtbot, form, "patient.family_name", "Nguyen")
    type_into(qtbot, form, "patient.date_of_birth", "3/27/2007")
    qtbot.waitUntil(lambda: len(form.draft.check.missing) == before - 2)
    assert form.draft.intake["patient"]["date_of_birth"] == "2007-03-27"
    assert find(form, "computed.age").words.endswith("years")
    assert form.banner.isVisible()


def test_conditional_fields_come_and_go(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    assert not visible(form, "patient.interpreter_language")
    find(form, "patient.interpreter_needed.yes").click()
    qtbot.waitUntil(lambda: visible(form, "patient.interpreter_language"))
    find(form, "patient.interpreter_needed.no").click()
    qtbot.waitUntil(lambda: not visible(form, "patient.interpreter_language"))


def test_blood_tests_are_asked_when_the_headache_began_at_50(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=4)
    assert not visible(form, "labs.esr_mm_h")
    form.draft.put("patient.date_of_birth", "1950-01-01")
    form.draft.put("diagnosis.onset", "2019-05")
    qtbot.waitUntil(lambda: visible(form, "labs.esr_mm_h"))


def test_a_date_that_cannot_be_read_is_kept_and_said(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.date_of_birth", "13/45/2007")
    find(form, "patient.family_name").setFocus()
    assert form.draft.intake["patient"]["date_of_birth"] == "13/45/2007"
    described = find(form, "patient.date_of_birth").accessibleDescription()
    assert "Error: " in described
    qtbot.keyClick(find(form, "patient.date_of_birth"), Qt.Key.Key_Backspace)
    assert "Error: " not in find(form, "patient.date_of_birth").accessibleDescription()


def test_typing_alone_never_shows_an_error(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.phone", "61")
    assert "Error" not in find(form, "patient.phone").accessibleDescription()


@pytest.mark.parametrize(
    "text", ["<b>Bold</b> & Co", "🙂", "Nguyễn Thị Ánh", "محمد", "x" * 10_000, '{"a": 1}', "%s %d"]
)
def test_what_is_typed_is_kept_letter_by_letter(
    qtbot: QtBot, new_form: New, filled_desk: Desk, text: str
) -> None:
    form = new_form(step=5)
    edit = find(form, "goals.patient_goal")
    edit.setPlainText(text)
    form.keep()
    with filled_desk.db.read() as session:
        kept = drafts.find(session)[0].intake["goals"]["patient_goal"]
    assert kept == text
    sheet = sheets.resumed(filled_desk.db, form.draft.sheet.draft_id)
    again = shown(qtbot, FormPage(filled_desk, sheet, 5))
    assert find(again, "goals.patient_goal").toPlainText() == text


def test_a_draft_comes_back_after_a_kill(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    type_into(qtbot, form, "patient.date_of_birth", "31/31/1970")
    find(form, "patient.given_name").setFocus()

    def stored() -> Any:
        with filled_desk.db.read() as session:
            return drafts.find(session, mine=True)

    qtbot.waitUntil(lambda: "date_of_birth" in stored()[0].intake["patient"] if stored() else False)
    draft = stored()[0]
    assert draft.patient == "Quill"
    again = shown(qtbot, FormPage(filled_desk, sheets.resumed(filled_desk.db, draft.id)))
    assert find(again, "patient.family_name").text() == "Quill"
    assert find(again, "patient.date_of_birth").text() == "31/31/1970"


def test_a_draft_is_kept_within_five_seconds_while_the_focus_stays(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    with qtbot.waitSignal(form.autosave.said, timeout=5000):
        type_into(qtbot, form, "patient.family_name", "Q")


def test_save_says_what_is_wrong_on_top_and_beside_the_field(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    type_into(qtbot, form, "patient.phone", "12")
    with qtbot.waitSignal(form.saving.refused):
        form.save()
    summary = find(form, "step1Errors")
    link = find(summary, "step1ErrorsLink0")
    assert link.text() in find(form, "patient.phone").accessibleDescription()
    link.click()
    assert QApplication.focusWidget() is find(form, "patient.phone")


def test_check_all_names_everything_missing_beside_its_field(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.check_all()
    assert "Error: " in find(form, "patient.family_name").accessibleDescription()
    assert find(form, "step1Errors").isVisible()


def test_not_available_turns_into_a_reason_and_back(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.phone", "617-555-0142")
    form.make_unavailable()
    qtbot.keyClicks(find(form, "patient.phone.unavailable"), "No phone")
    assert form.draft.intake["patient"]["phone"] == {"unavailable": "No phone"}
    qtbot.waitUntil(
        lambda: any(
            line.field == "patient.phone" and line.status == "gap" for line in form.draft.check.missing
        )
    )
    find(form, "patient.phone.answer").click()
    assert form.draft.intake["patient"]["phone"] == "617-555-0142"


def test_the_link_not_available_is_offered_where_the_focus_is(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    find(form, "patient.given_name").setFocus()
    assert find(form, "patient.given_name.not_available").isVisible()
    find(form, "patient.family_name").setFocus()
    assert not visible(form, "patient.given_name.not_available")


def test_the_sketch_is_sent_on_paper(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    find(form, "pain.sketch.on_paper").click()
    assert form.draft.intake["pain"]["sketch"] == {"unavailable": "Sent on paper with this referral"}
    find(form, "pain.sketch.answer").click()
    assert "sketch" not in form.draft.intake["pain"]


def test_rows_are_added_from_the_keyboard(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    find(form, "safety.allergies.add").setFocus()
    qtbot.keyClick(find(form, "safety.allergies.add"), Qt.Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "latex")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "penicillin")
    find(form, "safety.allergies[1].done").click()
    assert form.draft.intake["safety"]["allergies"] == [{"substance": "latex"}, {"substance": "penicillin"}]


def test_a_removed_row_can_be_put_back(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.draft.put("safety.medications", [{"name": "Apixaban"}, {"name": "Metformin"}])
    form.view(5).load()
    find(form, "safety.medications[0].remove").click()
    assert form.draft.intake["safety"]["medications"] == [{"name": "Metformin"}]
    find(form, "safety.medications.put_back").click()
    assert form.draft.intake["safety"]["medications"] == [{"name": "Apixaban"}, {"name": "Metformin"}]


def test_none_known_is_an_answer(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    find(form, "safety.allergies.none_known").click()
    assert form.draft.intake["safety"]["allergies"] == "none_known"
    assert not visible(form, "safety.allergies.add")
    find(form, "safety.allergies.none_known").click()
    assert "allergies" not in form.draft.intake["safety"]


def test_asked_none_of_these_wants_a_name_and_answers_the_rest(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    find(form, "red_flags.neoplasm.answer.yes").click()
    find(form, "red_flags.none_of_these").click()
    assert "systemic_illness" not in form.draft.intake["red_flags"]
    assert QApplication.focusWidget() is find(form, "red_flags.attested_by")
    qtbot.keyClicks(QApplication.focusWidget(), "Ann Clerk")
    find(form, "red_flags.none_of_these").click()
    flags = form.draft.intake["red_flags"]
    assert flags["neoplasm"]["answer"] == "yes"
    assert flags["systemic_illness"] == {"answer": "no"}
    assert "older_onset" not in flags
    assert flags["attested_by"] == "Ann Clerk"


def test_an_emergency_stops_signing_until_it_is_cleared(qtbot: QtBot, saved_form: FormPage) -> None:
    form = saved_form
    form.go_to(5)
    find(form, "red_flags.sudden_onset.answer.yes").click()
    form.draft.settle()
    assert state_of(5, form.draft) == ("emergency", "Has an emergency")
    form.draft.sheet.state, form.draft.sheet.standing = ReferralState.DRAFT, Standing(may_sign=True)
    form.go_to(6)
    assert not find(form, "signReferral").isEnabled()
    assert find(form, "card.emergency").isVisible()
    find(form, "goToFlags").click()
    assert QApplication.focusWidget() is find(form, "red_flags.sudden_onset.cleared.by")
    for name, words in (("by", "Dr. Lee"), ("on", "3/1/2026"), ("note", "CT normal")):
        form.draft.put(f"red_flags.sudden_onset.cleared.{name}", "2026-03-01" if name == "on" else words)
    form.draft.settle()
    form.go_to(6)
    assert find(form, "signReferral").isEnabled()


def test_letters_choose_yes_and_no_in_the_red_flags(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.view(5).chores.finish()
    first = find(form, "red_flags.systemic_illness.answer.yes")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_N)
    assert form.draft.intake["red_flags"]["systemic_illness"]["answer"] == "no"
    assert QApplication.focusWidget().objectName().startswith("red_flags.neoplasm")
    for _ in range(30):
        if QApplication.focusWidget().objectName() == "red_flags.attested_by":
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    flags = form.draft.intake["red_flags"]
    assert all(flags[flag.name] == {"answer": "no"} for flag in RED_FLAGS if not flag.computed)


def test_a_surgeon_is_found_and_brings_places_and_requirements(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    with filled_desk.db.read() as session:
        wanted = matching.find(session, Query(), 1)[0].surgeon
    form = new_form(step=2)
    type_into(qtbot, form, "request.surgeon", wanted.family_name)
    box = find(form, "request.surgeon")
    finder: Any = box.parent()
    qtbot.waitUntil(lambda: finder.found.count() > 0)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert form.draft.intake["request"]["surgeon"] == wanted.id
    assert form.draft.surgeon is not None
    assert form.view(2).findChildren(QLabel)
    find(form, "request.surgeon.change").click()
    assert QApplication.focusWidget() is find(form, "request.surgeon")


def test_a_patient_who_is_here_is_entered_once(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.find", "quintero")
    finder: Any = find(form, "patient.find").parent()
    qtbot.waitUntil(lambda: finder.found.count() == 1)
    qtbot.keyClick(find(form, "patient.find"), Qt.Key.Key_Return)
    assert find(form, "patient.family_name").text() == "Quintero-Vale"
    assert form.draft.sheet.patient_id


def test_someone_like_this_is_offered_while_typing(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quintero-Vale")
    type_into(qtbot, form, "patient.given_name", "Marisol")
    type_into(qtbot, form, "patient.date_of_birth", "6/21/1984")
    qtbot.waitUntil(lambda: visible(form, "patient.likely[0].use"))
    find(form, "patient.likely[0].use").click()
    assert form.draft.sheet.patient_id
    assert find(form, "patient.middle_name").text() == "Inés"


def test_a_line_of_the_check_leads_to_its_field(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.jump("pain.average")
    assert form.step == 3
    assert QApplication.focusWidget() is find(form, "pain.average")
    form.jump("request.question")
    assert QApplication.focusWidget() is find(form, "request.question")
    form.first_missing()
    assert QApplication.focusWidget() is find(form, "patient.family_name")


def test_leaving_keeps_the_draft_and_asks_nothing(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    with qtbot.waitSignal(form.closed):
        find(form, "formBack").click()
    with filled_desk.db.read() as session:
        assert drafts.find(session)[0].patient == "Quill"


def test_discarding_asks_and_then_forgets(
    qtbot: QtBot, new_form: New, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from referral_app.ui import ask

    monkeypatch.setattr(ask, "confirm", lambda *args, **_more: args[4]())
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    form.keep()
    with qtbot.waitSignal(form.closed):
        form.head.discard.emit()
    with filled_desk.db.read() as session:
        assert drafts.find(session) == []


def test_what_may_not_be_thrown_away_stays_in_the_form_with_the_reason(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    form = new_form()
    type_into(qtbot, form, "patient.family_name", "Quill")
    form.keep()
    with filled_desk.db.begin() as session:
        patient = patients.save(session, PatientRecord({"family_name": "Quill"}))
        legal_holds.place(session, patient.id, "Invented claim")
        session.get_one(Draft, form.draft.sheet.draft_id).patient_id = patient.id
    with qtbot.waitSignal(form.saving.refused) as said:
        form.saving.discard(form.close)
    assert said.args == [{"": legal_holds.HELD}]
    assert form.draft.dirty
    with filled_desk.db.read() as session:
        assert [one.patient for one in drafts.find(session)] == ["Quill"]


def test_steps_fold_first_and_then_the_check_becomes_a_drawer(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.resize(1060, 700)
    assert form.steps.folded
    assert form.panel.isVisible()
    form.resize(1400, 700)
    assert not form.steps.folded
    form.resize(760, 700)
    assert not form.panel.isVisible()
    find(form, "formCheck").click()
    assert form.panel.isVisible()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.panel.isVisible()


def test_every_control_of_every_step_has_a_name_and_an_own_object_name(
    qtbot: QtBot, saved_form: FormPage
) -> None:
    from PySide6.QtWidgets import QWidget

    for step in range(1, 7):
        saved_form.go_to(step)
        stops = [
            one
            for one in saved_form.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(one, QLabel)
        ]
        nameless = [
            one.objectName() or type(one).__name__
            for one in stops
            if not (one.accessibleName() or _text(one))
        ]
        assert nameless == []
        names = [one.objectName() for one in stops if not one.objectName().startswith("qt_")]
        assert "" not in names, [type(one).__name__ for one in stops if not one.objectName()]
        assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def _text(widget: Any) -> str:
    return widget.text() if hasattr(widget, "text") else ""


def test_a_child_needs_a_representative(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.view(1).chores.finish()
    assert not visible(form, "patient.legal_representative.name")
    type_into(qtbot, form, "patient.date_of_birth", "today")
    qtbot.waitUntil(lambda: visible(form, "patient.legal_representative.name"))


def test_what_is_enclosed_on_paper_is_listed_by_hand(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=6)
    find(form, "attachments.add").click()
    assert form.findChild(object, "attachments[0].sha256") is None  # type: ignore[call-overload]
    qtbot.keyClicks(find(form, "attachments[0].pages"), "3")
    assert form.draft.intake["attachments"] == [{"pages": 3}]


def test_a_surgeon_is_found_by_the_field_language_and_a_wrong_zip_is_said(
    qtbot: QtBot, new_form: Callable[..., FormPage]
) -> None:
    form = new_form(1)
    form.jump("request.surgeon")
    control = find(form, "request.surgeon")
    control.setText("procedure:occipital zip:21287 within:50")
    finder: Any = control.parent()
    qtbot.waitUntil(lambda: finder.found.count() > 0)
    control.setText("zip:00000 within:50")
    qtbot.waitUntil(lambda: "ZIP" in finder.nothing.text())


def test_a_signed_referral_is_sent_from_its_form(qtbot: QtBot, saved_form: FormPage) -> None:
    send = find(saved_form, "formSend")
    assert send.isEnabled()
    with qtbot.waitSignal(saved_form.send_wanted) as asked:
        send.click()
    assert asked.args == [saved_form.draft.sheet.referral_id]
    saved_form.draft.put("patient.preferred_name", "Lupe")
    saved_form.follow()
    assert (send.isEnabled(), send.toolTip()) == (False, form_head.UNSAVED)
    assert send.accessibleDescription() == form_head.UNSAVED


def test_who_may_not_send_reads_why_on_the_grey_button(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    sheet = sheets.saved(filled_desk.db, reference)
    staff.protect(filled_desk.db)
    as_role(filled_desk.db, StaffRole.PACKET_STAFF)
    form = shown(qtbot, FormPage(filled_desk, sheet, 0))
    form.follow()
    send = find(form, "formSend")
    assert not send.isEnabled()
    assert "Ask an administrator" in send.toolTip()


def test_a_new_referral_and_one_that_was_sent_offer_no_sending(
    qtbot: QtBot, new_form: Callable[..., FormPage], saved_form: FormPage, filled_desk: Desk, reference: str
) -> None:
    assert new_form().head.send_button.isHidden()
    send = saved_form.head.send_button
    saved_form.activateWindow()
    qtbot.waitUntil(saved_form.isActiveWindow)
    send.setFocus()
    with filled_desk.db.begin() as session:
        sending.begin(session, reference, Sending(Channel.HAND, parts=("letter",)))
    saved_form.sending.follow(sheets.moved_on(filled_desk.db, saved_form.draft.sheet.standing.record))
    assert send.isHidden()
    assert QApplication.focusWidget() is saved_form.head.save_button
    assert saved_form.head.note.text().startswith(form_head.SENT[:20])
    assert sheets.moved_on(filled_desk.db, saved_form.draft.sheet.standing.record) is None
