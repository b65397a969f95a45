"""Someone else saved first: both versions are shown, one is made of them, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.services import drafts, referrals
from referral_app.services.referral_records import ReferralRecord
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.page import ReferralsPage
from tests.acting import acting
from tests.ui.referrals.conftest import find, shown

NUTS, LATEX, EGGS = ({"substance": name} for name in ("Nuts", "Latex", "Eggs"))


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> ReferralsPage:
    """The screen with the form of the invented referral."""
    made = shown(qtbot, ReferralsPage(filled_desk))
    made.open(reference)
    qtbot.waitUntil(lambda: made.form is not None)
    return made


def _form(page: ReferralsPage) -> FormPage:
    assert page.form is not None
    return page.form


def _stored(desk: Desk, name: str) -> ReferralRecord:
    with desk.db.read() as session:
        return referrals.get(session, name)


def _save_elsewhere(desk: Desk, name: str, **changes: Any) -> None:
    """Save as Rosa does at another window; the paths are written with two underscores."""
    record = _stored(desk, name)
    for path, value in changes.items():
        answers.put(record.intake, path.replace("__", "."), value)
    with acting(desk.db, "Rosa Ortiz"), desk.db.begin() as session:
        referrals.save(
            session, record.intake, referral_id=record.id, version=record.version,
            patient_id=record.patient_id, marks=record.marks,
        )  # fmt: skip


def _type(page: ReferralsPage, **changes: Any) -> None:
    for path, value in changes.items():
        _form(page).draft.put(path.replace("__", "."), value)


def _save(qtbot: QtBot, page: ReferralsPage) -> ConflictDialog:
    with qtbot.waitSignal(_form(page).comparing.shown) as both:
        _form(page).save()
    dialog = both.args[0]
    dialog.chores.finish()
    return dialog


def _save_this(qtbot: QtBot, page: ReferralsPage, dialog: ConflictDialog) -> None:
    before = _form(page)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.form is not None and page.form is not before)


def test_both_versions_are_shown_and_what_only_one_changed_is_taken(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, patient__middle_name="Other", pain__average=2)
    _type(page, patient__suffix="Jr.", pain__average=9)
    dialog = _save(qtbot, page)
    assert "Rosa Ortiz saved this referral today at" in dialog.accessibleDescription()
    assert dialog.sides == {"patient.middle_name": "theirs", "patient.suffix": "mine", "pain.average": ""}
    option = dialog.blocks["pain.average"].options["theirs"]
    assert option.radio.text() == "Saved by Rosa Ortiz"
    assert option.radio.accessibleName() == "Average pain: Saved by Rosa Ortiz"
    assert (option.radio.accessibleDescription(), option.words.text()) == ("2 of 10", "2 of 10")
    dialog.save_button.click()
    assert dialog.summary.accessibleDescription() == "Average pain: choose which to keep."
    dialog.blocks["pain.average"].show_side("mine")
    before = _stored(filled_desk, reference)
    _save_this(qtbot, page, dialog)
    record = _stored(filled_desk, reference)
    assert record.number == before.number + 1
    assert record.intake["patient"]["middle_name"] == "Other"
    assert record.intake["patient"]["suffix"] == "Jr."
    assert record.intake["pain"]["average"] == 9


def test_the_form_goes_on_with_what_is_stored_and_without_a_draft(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    step = _form(page).step
    _save_elsewhere(filled_desk, reference, patient__middle_name="Other")
    _type(page, patient__suffix="Jr.")
    _form(page).keep()
    _save_this(qtbot, page, _save(qtbot, page))
    assert _form(page).draft.intake == _stored(filled_desk, reference).intake
    assert _form(page).draft.sheet.version == _stored(filled_desk, reference).version
    assert _form(page).step == step
    assert not _form(page).draft.dirty
    with filled_desk.db.read() as session:
        assert drafts.find(session) == []


def test_going_on_editing_keeps_everything_typed_and_the_draft(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, pain__average=2)
    _type(page, pain__average=9)
    dialog = _save(qtbot, page)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    form = _form(page)
    assert form.isEnabled()
    assert form.draft.get("pain.average") == 9
    form.keep()
    with filled_desk.db.read() as session:
        assert drafts.find(session)[0].intake["pain"]["average"] == 9
    assert _stored(filled_desk, reference).intake["pain"]["average"] == 2
    assert _save(qtbot, page).sides == {"pain.average": ""}


def test_a_draft_taken_up_again_is_held_against_the_version_it_began_with(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _type(page, patient__suffix="Jr.")
    _form(page).keep()
    _save_elsewhere(filled_desk, reference, patient__middle_name="Other")
    before = _form(page)
    page.open(reference)
    qtbot.waitUntil(lambda: page.form is not None and page.form is not before)
    assert _save(qtbot, page).sides == {"patient.middle_name": "theirs", "patient.suffix": "mine"}


def test_no_allergy_of_either_list_is_lost(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, safety__allergies=[NUTS, EGGS])
    _type(page, safety__allergies=[NUTS, LATEX])
    dialog = _save(qtbot, page)
    block = dialog.blocks["safety.allergies"]
    assert list(block.options) == ["theirs", "mine", "both"]
    assert block.options["mine"].left_out == "Leaves out: Eggs"
    assert "Leaves out: Latex" in block.options["theirs"].radio.accessibleDescription()
    assert not block.options["both"].left_out
    assert block.options["both"].words.text() == "Nuts\nEggs\nLatex"
    block.show_side("both")
    _save_this(qtbot, page, dialog)
    assert _stored(filled_desk, reference).intake["safety"]["allergies"] == [NUTS, EGGS, LATEX]


@pytest.mark.parametrize(("button", "pain"), [("takeAllMine", 9), ("takeAllTheirs", 2)])
def test_all_of_one_side_is_taken_at_once(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str, button: str, pain: int
) -> None:
    _save_elsewhere(filled_desk, reference, pain__average=2, patient__middle_name="Other")
    _type(page, pain__average=9)
    dialog = _save(qtbot, page)
    find(dialog, button).click()
    _save_this(qtbot, page, dialog)
    record = _stored(filled_desk, reference)
    assert record.intake["pain"]["average"] == pain
    assert (record.intake["patient"].get("middle_name") == "Other") is (button == "takeAllTheirs")


def test_a_third_save_while_choosing_shows_the_newest_version(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, pain__average=2)
    _type(page, pain__average=9)
    dialog = _save(qtbot, page)
    dialog.take_mine()
    _save_elsewhere(filled_desk, reference, pain__average=4)
    with qtbot.waitSignal(_form(page).comparing.shown) as again:
        dialog.save_button.click()
    newest = again.args[0]
    newest.chores.finish()
    assert newest.blocks["pain.average"].options["theirs"].words.text() == "4 of 10"
    newest.take_mine()
    _save_this(qtbot, page, newest)
    assert _stored(filled_desk, reference).intake["pain"]["average"] == 9


def test_what_cannot_be_saved_is_said_in_the_dialog(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(
        filled_desk, reference, last_30_days__diary_from="2026-02-01", last_30_days__diary_to=None
    )
    _type(page, last_30_days__diary_from=None, last_30_days__diary_to="2026-01-01")
    dialog = _save(qtbot, page)
    for key in dialog.blocks:
        dialog.blocks[key].show_side("theirs" if key.endswith("from") else "mine")
    with qtbot.waitSignal(_form(page).saving.refused):
        dialog.save_button.click()
    assert dialog.isVisible()
    assert not dialog.summary.isHidden()
    assert dialog.save_button.isEnabled()


def test_the_dialog_is_used_with_keys_alone(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, pain__average=2)
    _type(page, pain__average=9)
    dialog = _save(qtbot, page)
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is dialog.blocks["pain.average"].options["theirs"].radio
    )
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        focus: Any = QApplication.focusWidget()
        qtbot.keyClick(focus, key)
    assert dialog.sides == {"pain.average": "mine"}
    before = page.form
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.form is not None and page.form is not before)
    assert _stored(filled_desk, reference).intake["pain"]["average"] == 9


def test_a_referral_that_was_only_sent_meanwhile_says_so(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _stored(filled_desk, reference)
    with acting(filled_desk.db, "Rosa Ortiz"), filled_desk.db.begin() as session:
        referrals.cancel(session, record.id, "Entered twice")
    _type(page, pain__average=9)
    dialog = _save(qtbot, page)
    assert "Canceled (Rosa Ortiz, today at" in dialog.accessibleDescription()
    assert dialog.sides == {"pain.average": "mine"}


def test_private_answers_to_print_are_asked_for(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    _save_elsewhere(filled_desk, reference, pain__average=2)
    _form(page).draft.mark("scores.phq2", True)
    dialog = _save(qtbot, page)
    assert dialog.sides == {"pain.average": "theirs", "marks": ""}
    dialog.blocks["marks"].show_side("mine")
    _save_this(qtbot, page, dialog)
    assert _stored(filled_desk, reference).marks == {"scores.phq2"}
