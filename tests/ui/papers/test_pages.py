"""What was printed and sent, found and opened; and the release log, from a request to the copies given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import PaperAct
from referral_app.clinical import dates
from referral_app.jobs import letters, packets, papers
from referral_app.services import ledger, patients, releases
from referral_app.services.ledger import Filter
from referral_app.services.releases import ReleaseRecord
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.papers.giving_dialog import GivingDialog, WhyDialog
from referral_app.ui.papers.page import PapersPage
from referral_app.ui.papers.releases_page import ReleasesPage
from referral_app.ui.papers.request_dialog import RequestDialog


@pytest.fixture
def sent(filled_desk: Desk, reference: str) -> Desk:
    """Return a desk from which a letter was printed and sent, and a packet looked at."""
    letter = letters.make(filled_desk.db, reference)
    papers.left(filled_desk.db, letter, PaperAct.PRINTED, how="Front desk", copies=2)
    papers.left(filled_desk.db, letter, PaperAct.SENT, how="Fax to (410) 555-0103")
    papers.looked_at(filled_desk.db, packets.make(filled_desk.db, reference))
    return filled_desk


@pytest.fixture
def page(qtbot: QtBot, sent: Desk) -> PapersPage:
    made = PapersPage(sent)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


def words(widget: QWidget) -> str:
    return " ".join(
        str(one.property("text") or "") for one in widget.findChildren(QWidget) if one.property("text")
    )


def test_what_left_is_listed_with_its_last_act_and_opened_byte_by_byte(
    qtbot: QtBot, page: PapersPage, sent: Desk
) -> None:
    assert page.count.text() == "1 document, the latest first"
    page.list.table.selectRow(0)
    qtbot.waitUntil(lambda: "Fax to (410) 555-0103" in words(page.detail))
    assert "2 copies" in words(page.detail)
    with qtbot.waitSignal(page.kept) as asked:
        page.detail.open_button.click()
    assert asked.args is not None
    kept = papers.kept(sent.db, asked.args[0])
    assert kept.content.startswith(b"%PDF")
    papers.left(sent.db, kept, PaperAct.PRINTED, how="Again")
    with sent.db.read() as session:
        (one,) = ledger.find(session, Filter())
    assert [act.how for act in one.acts] == ["Again", "Fax to (410) 555-0103", "Front desk"]


def test_what_was_only_looked_at_is_shown_when_asked_and_has_nothing_to_open(
    qtbot: QtBot, page: PapersPage
) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.seen.set_value("all")
    qtbot.waitUntil(lambda: page.count.text().startswith("2 documents"))
    with qtbot.waitSignal(page.list.loaded):
        page.kind.set_value("packet")
    page.list.table.selectRow(0)
    qtbot.waitUntil(lambda: "looked at" in words(page.detail))
    assert not page.detail.open_button.isVisible()


def test_the_list_is_narrowed_to_a_patient_and_widened_again(qtbot: QtBot, page: PapersPage) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.search.setText("nobody of this name")
    qtbot.waitUntil(lambda: page.count.text().startswith("0 documents"))
    page.search.clear()
    qtbot.waitUntil(lambda: page.count.text().startswith("1 document"))
    page.list.table.selectRow(0)
    qtbot.waitUntil(page.detail.patient_button.isVisible)
    page.detail.patient_button.click()
    assert page.of.text().startswith("Of Quintero")
    page.all.click()
    assert page.of.text() == ""


def test_enter_in_the_search_opens_the_top_document_and_the_list_gives_way_where_it_must(
    qtbot: QtBot, page: PapersPage
) -> None:
    page.resize(640, 700)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "quintero")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.detail.open_button.hasFocus)
    assert page.count.text().startswith("1 document")


@pytest.fixture
def log(qtbot: QtBot, sent: Desk) -> ReleasesPage:
    made = ReleasesPage(sent)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


def patient(desk: Desk) -> tuple[str, str]:
    with desk.db.read() as session:
        found = patients.find(session, "Quintero")[0]
    return found.id, found.name


def request(qtbot: QtBot, log: ReleasesPage, desk: Desk, identity: str) -> None:
    log.show_of(*patient(desk))
    log.new_button.click()
    dialog = log.findChild(RequestDialog, "requestDialog")
    assert dialog is not None
    assert dialog.due_on.text() == dates.say(date.today() + timedelta(days=30))
    assert dialog.focusWidget() is dialog.asked_by, "The patient is known: who asked comes next."
    dialog.asked_by.setText("Marisol Quintero")
    dialog.identity.setText(identity)
    with qtbot.waitSignal(log.said):
        dialog.accept()
    qtbot.waitUntil(lambda: log.count.text() == "1 request")
    qtbot.waitUntil(log.detail.give_button.isVisible)
    assert "Marisol Quintero" in words(log.detail), "What was entered is the row that is chosen."


def test_a_request_leads_to_copies_that_stand_in_log_and_ledger(
    qtbot: QtBot, log: ReleasesPage, sent: Desk
) -> None:
    request(qtbot, log, sent, "Photo ID")
    log.detail.give_button.click()
    qtbot.waitUntil(lambda: log.findChild(GivingDialog, "givingDialog") is not None)
    dialog = log.findChild(GivingDialog, "givingDialog")
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: "Choose at least one document." in words(dialog))
    for tick in dialog.ticks.values():
        tick.setChecked(True)
    dialog.how.set_value("By hand")
    with qtbot.waitSignal(log.said):
        dialog.accept()
    qtbot.waitUntil(lambda: f"Referral letter, {dates.say(date.today())}" in words(log.detail))
    with sent.db.read() as session:
        assert [one.given_how for one in releases.find(session)] == ["By hand"]
        assert ledger.find(session, Filter())[0].acts[0].act is PaperAct.RELEASED


def test_the_patient_of_a_request_is_chosen_and_changed_with_the_keyboard_alone(
    qtbot: QtBot, log: ReleasesPage, sent: Desk
) -> None:
    log.new_button.click()
    dialog = log.findChild(RequestDialog, "requestDialog")
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    box, (number, name) = dialog.patient, patient(sent)
    for keys in (
        (Qt.Key.Key_Return,),
        (Qt.Key.Key_Down, Qt.Key.Key_Space),
        (Qt.Key.Key_Tab, Qt.Key.Key_Space),
    ):
        box.search.setFocus()
        qtbot.keyClicks(box.search, name[:5])
        qtbot.keyClick(box.search, Qt.Key.Key_Return)
        assert not box.patient_id, "Enter takes nobody before the answer to these words is there."
        qtbot.waitUntil(lambda: any(one.isVisible() for one in box._rows))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        for key in keys:
            focus = dialog.focusWidget()
            assert focus is not None
            qtbot.keyClick(focus, key)
        assert (box.patient_id, box.name) == (number, name), keys
        assert dialog.focusWidget() is box.focusProxy()
        qtbot.keyClick(box.focusProxy(), Qt.Key.Key_Space)
        assert not box.patient_id
        assert dialog.focusWidget() is box.search


def test_a_request_without_a_patient_or_with_a_day_that_is_none_is_said(
    qtbot: QtBot, log: ReleasesPage
) -> None:
    log.new_button.click()
    dialog = log.findChild(RequestDialog, "requestDialog")
    assert dialog is not None
    dialog.asked_on.setText("the other day")
    dialog.accept()
    assert dialog.blocks["patient_id"].error() == "Choose the patient."
    assert dialog.blocks["asked_on"].error()


def test_the_day_on_which_a_copy_is_due_follows_the_day_of_the_request(
    qtbot: QtBot, log: ReleasesPage, sent: Desk
) -> None:
    log.show_of(*patient(sent))
    log.new_button.click()
    dialog = log.findChild(RequestDialog, "requestDialog")
    assert dialog is not None
    day = date.today() - timedelta(days=5)
    dialog.asked_on.setText(dates.say(day))
    assert dialog.due_on.text() == dates.say(day + timedelta(days=30))
    dialog.due_on.setText(dates.say(date.today() + timedelta(days=180)))
    dialog.asked_by.setText("Marisol Quintero")
    dialog.accept()
    qtbot.waitUntil(lambda: "at the latest" in (dialog.blocks["due_on"].error() or ""))


def test_more_time_is_given_once_with_its_reason(qtbot: QtBot, log: ReleasesPage, sent: Desk) -> None:
    request(qtbot, log, sent, "")
    log.detail.extend_button.click()
    dialog = log.findChild(WhyDialog, "extensionDialog")
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: "told this in writing" in words(dialog))
    dialog.why.setPlainText("The films are in the archive")
    with qtbot.waitSignal(log.said):
        dialog.accept()
    qtbot.waitUntil(lambda: f"Due {dates.say(date.today() + timedelta(days=60))}" in words(log.detail))
    assert "The films are in the archive" in words(log.detail)
    assert not log.detail.extend_button.isVisible()
    assert log.detail.give_button.isVisible()


def test_the_identity_is_asked_for_where_copies_are_given(
    qtbot: QtBot, log: ReleasesPage, sent: Desk
) -> None:
    request(qtbot, log, sent, "")
    log.detail.give_button.click()
    qtbot.waitUntil(lambda: log.findChild(GivingDialog, "givingDialog") is not None)
    dialog = log.findChild(GivingDialog, "givingDialog")
    assert dialog is not None
    next(iter(dialog.ticks.values())).setChecked(True)
    dialog.how.set_value("By hand")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(dialog.blocks["identity"].error()))
    dialog.identity.setText("Photo ID")
    with qtbot.waitSignal(log.said):
        dialog.accept()
    qtbot.waitUntil(lambda: "Photo ID" in words(log.detail))


def test_a_refusal_needs_its_reason(qtbot: QtBot, log: ReleasesPage, sent: Desk) -> None:
    request(qtbot, log, sent, "")
    log.detail.refuse_button.click()
    dialog = log.findChild(WhyDialog, "refusalDialog")
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: "Enter why no copy was given." in words(dialog))
    dialog.why.setPlainText("Could not say who they are")
    with qtbot.waitSignal(log.said):
        dialog.accept()
    with sent.db.read() as session:
        (one,) = releases.find(session)
    assert isinstance(one, ReleaseRecord)
    assert not one.is_open


def test_the_status_bar_says_that_a_request_was_saved(qtbot: QtBot, window: MainWindow, sent: Desk) -> None:
    window.show_page("releases")
    log = window.page("releases")
    assert isinstance(log, ReleasesPage)
    request(qtbot, log, sent, "")
    assert "Request saved" in words(window.status)
