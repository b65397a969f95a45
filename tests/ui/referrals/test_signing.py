"""Handing over, reviewing, signing in turn, returning, correcting what was sent, and the versions."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Permission, ReferralState
from referral_app.services import drafts, permissions, referrals, signing
from referral_app.services.people import PersonRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.ui.desk import Desk
from referral_app.ui.home.page import HomePage
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.referrals.versions_dialog import VersionsDialog
from tests import staff
from tests.acting import acting
from tests.ui.referrals.conftest import find, shown

Act = Callable[[str], None]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SIGNER = "Eleanor Whitcombe, MD"


def _stored(desk: Desk, name: str) -> ReferralRecord:
    with desk.db.read() as session:
        return referrals.get(session, name)


def _unsigned(desk: Desk, reference: str, **changes: Any) -> ReferralRecord:
    """Make the invented referral one that is not signed, and hand back how it is stored."""
    record = _stored(desk, reference)
    intake = deepcopy(record.intake)
    intake["pain"]["average"] = 3
    for path, value in changes.items():
        group, name = path.split("__")
        intake[group][name] = value
    with acting(desk.db, "Ann"), desk.db.begin() as session:
        return referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
        )


def _another(desk: Desk, given_name: str) -> ReferralRecord:
    """Save another referral of the same answers that is not signed, and hand it over."""
    with acting(desk.db, "Ann"), desk.db.begin() as session:
        intake = deepcopy(referrals.get(session, next(iter(_all(session)))).intake)
        intake["patient"] |= {"given_name": given_name, "phone": "410-555-0147"}
        intake["signature"] = {"prepared_by": "Ann"}
        record = referrals.save(session, intake)
        return signing.hand_over(session, record.id)


def _all(session: Any) -> list[str]:
    from referral_app.services import worklists
    from referral_app.services.referral_records import Filter

    return [one.id for one in worklists.find(session, Filter())]


def _hand_over(desk: Desk, name: str) -> ReferralRecord:
    with acting(desk.db, "Ann"), desk.db.begin() as session:
        return signing.hand_over(session, name)


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> ReferralsPage:
    made = shown(qtbot, ReferralsPage(filled_desk))
    made.reload()
    qtbot.waitUntil(lambda: made.list.table.model.rowCount() == 1)
    return made


def _open(qtbot: QtBot, page: ReferralsPage, name: str) -> FormPage:
    page.open(name)
    qtbot.waitUntil(lambda: page.form is not None and page.form.draft.sheet.referral_id == name)
    assert page.form is not None
    page.form.shown.finish()
    return page.form


@pytest.fixture
def act_as(filled_desk: Desk) -> Callable[[str], None]:
    """Lets one of the invented people with accounts act: "ruth" of the office, "odile" who signs."""

    def begin(login: str) -> None:
        if not people:
            staff.protect(filled_desk.db)
            people.update(staff.hire(filled_desk.db))
        staff.act_as(filled_desk.db, people[login].id)

    people: dict[str, PersonRecord] = {}
    return begin


def _choose(box: Any, value: str) -> None:
    """Choose an entry of a box as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def _answer(dialog: Any, words: str) -> None:
    dialog.edit.setPlainText(words)
    dialog.yes.click()


def _words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_office_staff_hand_over_and_do_not_sign(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str, act_as: Act
) -> None:
    record = _unsigned(filled_desk, reference)
    act_as("ruth")
    form = _open(qtbot, page, record.id)
    form.go_to(6)
    assert not form.findChild(QWidget, "signReferral").isVisible()  # type: ignore[union-attr]
    form.draft.put("pain.average", 4)
    with qtbot.waitSignal(form.saving.saved) as said:
        find(form, "handOver").click()
    assert said.args[0].startswith("Handed to a clinician to sign")
    stored = _stored(filled_desk, reference)
    assert (stored.waits, stored.intake["pain"]["average"]) == (True, 4)
    assert not form.findChild(QWidget, "handOver").isVisible()  # type: ignore[union-attr]
    assert "To sign, from" in _words(find(form, "card.signature"))
    assert "To sign, from" in _words(form.head)


def test_a_clinician_reviews_first_and_signs_the_next_one_by_keyboard(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    first = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    second = _another(filled_desk, "Benita")
    page.show_queue("sign")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 2)
    page.list.table.enter()
    qtbot.waitUntil(lambda: page.list.table.current() is not None)
    assert page.list.table.current().id == first.id
    qtbot.waitUntil(lambda: find(page, "detailOpen").text() == "Review and sign")
    qtbot.keyClick(page.list.table.table, Qt.Key.Key_Return)
    for record in (first, second):
        qtbot.waitUntil(
            lambda name=record.id: page.form is not None and page.form.draft.sheet.referral_id == name
        )
        form: Any = page.form
        assert form.step == 6
        form.shown.finish()
        qtbot.waitUntil(lambda form=form: form.window().focusWidget() is find(form, "review.question"))
        form.draft.put("signature.signed_by", SIGNER)
        with qtbot.waitActive(page):  # the window system of the tests does not bring it back after a dialog
            page.activateWindow()
        qtbot.keyClick(form, Qt.Key.Key_S, CTRL_SHIFT)
        find(form, "askYes").click()
        qtbot.waitUntil(lambda name=record.id: _stored(filled_desk, name).state is ReferralState.SIGNED)
    qtbot.waitUntil(lambda: page.form is None)


def test_the_review_shows_what_decides_and_its_ticks_go_with_a_change(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    before = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    with acting(filled_desk.db, ""), filled_desk.db.begin() as session:
        signing.give_back(session, before.id, "Ask about the block")
    _hand_over(filled_desk, before.id)
    form = _open(qtbot, page, before.id)
    card = find(form, "card.review")
    said = _words(card)
    for words in (
        "Question",
        "Examination",
        "Red flags",
        "Allergies and medications",
        "Class of the head sketch",
    ):
        assert words in said
    assert str(before.intake["request"]["question"]) in said
    assert "Asked by" in said
    find(form, "review.exam").click()
    find(form, "review.question").click()
    form.draft.put("exam.tinel", "no" if form.draft.get("exam.tinel") == "yes" else "yes")
    qtbot.waitUntil(lambda: not find(form, "review.exam").isChecked())
    assert find(form, "review.question").isChecked()
    form.draft.put("signature.signed_by", SIGNER)
    form.shown.view(6).sign()  # type: ignore[attr-defined]
    assert "Not marked as looked at: Examination, Red flags" in find(form, "ask").accessibleDescription()


def test_the_class_of_the_sketch_is_chosen_in_the_review_and_its_own_field_follows(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference, pain__sketch_class=None).id)
    form = _open(qtbot, page, record.id)
    form.go_to(3)
    form.shown.finish()
    form.go_to(6)
    box = find(form, "review.sketch_class")
    _choose(box, "atypical")
    assert form.draft.get("pain.sketch_class") == "atypical"
    form.go_to(3)
    own = find(form, "pain.sketch_class")
    assert own.currentData() == "atypical"
    _choose(own, "typical")
    form.go_to(6)
    assert find(form, "review.sketch_class").currentData() == "typical"


def test_the_review_says_what_changed_since_this_clinician_saw_it(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    filled_desk.db.act_as("", "Eleanor", permissions.nobody_yet("Eleanor"))
    with filled_desk.db.begin() as session:
        back = signing.give_back(session, record.id, "Average?")
    intake = deepcopy(back.intake)
    intake["pain"]["average"] = 8
    intake["safety"]["medications"][0] = {"name": "Inventozol", "dose": "5 mg"}
    with acting(filled_desk.db, "Ann"), filled_desk.db.begin() as session:
        referrals.save(
            session, intake, referral_id=record.id, version=back.version, patient_id=record.patient_id
        )
        signing.hand_over(session, record.id)
    form = _open(qtbot, page, record.id)
    said = _words(find(form, "card.review"))
    assert "You last saw version" in said
    assert "3 of 10 → 8 of 10" in said
    assert "No longer: Rizatriptan – 10 mg · as needed, at most 2 days a week\nNew: Inventozol – 5 mg" in said
    assert "New: Apixaban" not in said


def test_a_return_needs_a_note_and_the_office_reads_it_everywhere(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    filled_desk.db.act_as("", "Eleanor", permissions.nobody_yet("Eleanor"))
    form = _open(qtbot, page, record.id)
    find(form, "returnReferral").click()
    dialog: Any = form.window().findChild(ReasonDialog)
    dialog.yes.click()
    assert dialog.block.error()
    with qtbot.waitSignal(form.saving.decided):
        _answer(dialog, "Ask about the block")
    said = "Returned: “Ask about the block” by Eleanor"
    assert said in _words(form.head)
    assert said in find(form, "returnedNote").words()
    assert find(form, "handOver").isVisible()
    page.show_queue("returned")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1)
    qtbot.waitUntil(lambda: bool(getattr(page.list.table.model.row(0), "returned_why", "")))
    page.list.table.enter()
    qtbot.waitUntil(lambda: find(page, "detailBeside").words() == said)
    home = shown(qtbot, HomePage(filled_desk))
    home.reload()
    qtbot.waitUntil(lambda: bool(home.findChildren(QWidget, f"returned_{record.id}")))
    assert said in find(home, f"returned_{record.id}").accessibleName()
    assert "Returned: 1" in find(home, "queue_returned").accessibleName()


def test_a_long_note_leaves_the_head_its_height_and_stands_whole_beside_the_signature(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    why = "Ask when the last block was, and how long it helped. " * 12
    with acting(filled_desk.db, "Eleanor"), filled_desk.db.begin() as session:
        signing.give_back(session, record.id, why)
    form = _open(qtbot, page, record.id)
    assert why.strip() in find(form, "returnedNote").words()
    assert why[:80] in form.head.note.text()
    assert len(form.head.note.text()) < 400
    form.resize(640, 300)
    state = form.head.state
    assert state.mapTo(form.head, state.rect().bottomLeft()).y() < form.head.note.y()


def test_for_those_who_may_sign_what_is_to_sign_comes_first(
    qtbot: QtBot, filled_desk: Desk, act_as: Act
) -> None:
    for login, key in (("odile", "sign"), ("ruth", "draft")):
        act_as(login)
        home = HomePage(filled_desk)
        qtbot.addWidget(home)
        tiles = home.findChildren(QWidget)
        first = next(one for one in tiles if one.objectName().startswith("queue_"))
        assert first.objectName() == f"queue_{key}"


def test_a_clinician_logged_in_signs_in_their_own_name(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str, act_as: Act
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    act_as("odile")
    form = _open(qtbot, page, record.id)
    assert form.draft.sheet.standing.signer == "Odile Brightwater"
    assert not form.findChild(QWidget, "signature.signed_by").isVisible()  # type: ignore[union-attr]
    find(form, "signReferral").click()
    with qtbot.waitSignal(form.saving.decided):
        find(form, "askYes").click()
    assert _stored(filled_desk, reference).signed_by == form.draft.sheet.standing.signer


def _sent(desk: Desk, reference: str) -> ReferralRecord:
    with acting(desk.db, "Ann"), desk.db.begin() as session:
        return referrals.mark_sent(session, reference, "Mail")


def test_a_change_of_what_was_sent_asks_why_and_stays_a_draft_without_an_answer(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    sent = _sent(filled_desk, reference)
    form = _open(qtbot, page, sent.id)
    assert "This version was sent" in _words(form.head)
    form.draft.put("pain.average", 4)
    form.save()
    dialog: Any = form.findChild(ReasonDialog)
    with qtbot.waitSignal(form.saving.refused):
        dialog.reject()
    assert _stored(filled_desk, reference).number == sent.number
    form.save()
    with qtbot.waitSignal(form.saving.saved):
        _answer(form.findChildren(ReasonDialog)[-1], "Mistyped")
    after = _stored(filled_desk, reference)
    assert (after.state, after.is_corrected) == (ReferralState.SENT, True)
    assert "corrected since, not sent" in _words(form.head)
    assert find(form, "formHead").isVisible() if form.findChild(QWidget, "formHead") else True
    form.draft.put("pain.average", 5)
    with qtbot.waitSignal(form.saving.saved):
        form.save()
    with filled_desk.db.read() as session:
        assert referrals.history(session, sent.id)[-2].why == "Mistyped"


def _versions(qtbot: QtBot, page: ReferralsPage, name: str) -> tuple[FormPage, VersionsDialog]:
    form = _open(qtbot, page, name)
    form.head.versions_action.trigger()
    dialog: Any = form.findChild(VersionsDialog)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QWidget, "version1")))
    return form, dialog


def test_versions_are_listed_read_and_compared(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _unsigned(filled_desk, reference)
    _form, dialog = _versions(qtbot, page, record.id)
    assert "(current)" in find(dialog, f"version{record.number}").accessibleName()
    find(dialog, "version1").click()
    qtbot.waitUntil(lambda: "Goals" in _words(dialog))
    dialog.chores.finish()
    assert not [one for one in dialog.findChildren(QWidget) if one.objectName().endswith(".change")]
    dialog.other.set_value(str(record.number))
    qtbot.waitUntil(lambda: f"Version {record.number}" in _words(dialog) and "3 of 10" in _words(dialog))
    assert find(dialog, "versionsLetter").isVisible()
    with qtbot.waitSignal(page.preview) as asked:
        find(dialog, "versionsLetter").click()
    assert asked.args == ["letter", f"{reference}, version 1"]


def test_an_older_version_is_taken_as_a_draft_and_nothing_saved_changes(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    before = _stored(filled_desk, reference)
    record = _unsigned(filled_desk, reference)
    form, dialog = _versions(qtbot, page, record.id)
    find(dialog, "version1").click()
    find(dialog, "versionsRestore").click()
    find(dialog, "askYes").click()
    qtbot.waitUntil(lambda: page.form is not None and page.form is not form)
    assert page.form is not None
    assert page.form.draft.dirty
    assert page.form.draft.get("pain") == before.intake["pain"]
    assert _stored(filled_desk, reference).number == record.number
    with filled_desk.db.read() as session:
        assert len(drafts.find(session)) == 1


def test_what_somebody_else_decided_meanwhile_is_told(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    form = _open(qtbot, page, record.id)
    with acting(filled_desk.db, "Daniel"), filled_desk.db.begin() as session:
        signing.give_back(session, record.id, "Ask about the block")
    form.draft.put("signature.signed_by", SIGNER)
    find(form, "signReferral").click()
    with qtbot.waitSignal(form.comparing.shown) as told:
        find(form, "askYes").click()
    assert "Returned by the clinician (Daniel" in told.args[0].accessibleDescription()
    assert _stored(filled_desk, reference).state is ReferralState.DRAFT


def test_permissions_of_the_buttons_are_those_of_the_services() -> None:
    assert signing.hand_over.permission is Permission.WRITE  # type: ignore[attr-defined]
    assert signing.give_back.permission is Permission.SIGN  # type: ignore[attr-defined]
