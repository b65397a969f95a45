"""The match where screens meet: from a referral and back into it, and from the directory into a new one."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.choices import InstallationMode, StaffRole
from referral_app.services import audit
from referral_app.services.audit import Filter
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.surgeons.compare_dialog import CompareDialog
from referral_app.ui.surgeons.match_dialog import MatchDialog
from tests.acting import as_role


def _form(qtbot: QtBot, window: MainWindow) -> Any:
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.form is not None, timeout=20000)
    qtbot.waitUntil(lambda: page.form.step > 0)
    return page.form


def _dialog(qtbot: QtBot, window: MainWindow) -> MatchDialog:
    qtbot.waitUntil(lambda: window.findChild(MatchDialog) is not None)
    dialog = window.findChild(MatchDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.matches()) > 3, timeout=20000)
    return dialog


def test_a_referral_asks_for_a_match_and_takes_the_surgeon_with_place_and_procedures(
    qtbot: QtBot, window: MainWindow, reference: str
) -> None:
    window.open("referral", reference)
    form = _form(qtbot, window)
    form.draft.choose_surgeon(None)
    form.jump("request.surgeon")
    form.draft.match_wanted.emit()
    dialog = _dialog(qtbot, window)
    first = dialog.matches()[0]
    assert dialog.questions.question().procedures == tuple(form.draft.get("request.procedures"))
    assert first.words("for")
    card = dialog.findChild(type(dialog._cards[0]), "match1")  # noqa: SLF001
    assert card is not None
    card.refer_button.click()
    qtbot.waitUntil(lambda: form.draft.surgeon is not None)
    assert form.draft.surgeon.id == first.surgeon.id
    assert form.draft.get("request.location") == first.location_id


def test_four_questions_begin_a_new_referral_with_everything_that_was_told(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("surgeons")
    page = window.page("surgeons")
    page.find_match()
    dialog = _dialog(qtbot, window)
    for name, value in (
        ("procedure", "occipital_release_greater"), ("plan", "Medicare"), ("language", "es"),
    ):  # fmt: skip
        dialog.questions.widgets[name].set_value(value)  # type: ignore[attr-defined]
    for name, value in (("zip", "21230"), ("age", "54")):
        dialog.questions.widgets[name].setText(value)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(dialog.matches()) and dialog.matches()[0].miles is not None, timeout=20000)
    chosen = dialog.matches()[0]
    dialog._refer(chosen)  # noqa: SLF001
    form = _form(qtbot, window)
    assert form.draft.get("request.surgeon") == chosen.surgeon.id
    assert form.draft.get("request.location") == chosen.location_id
    assert form.draft.get("request.procedures") == ["occipital_release_greater"]
    assert form.draft.get("patient.address.zip") == "21230"
    assert form.draft.get("patient.language") == "es"
    assert form.draft.get("coverage")[0]["payer"] == "Medicare"
    assert "54 years" in form.draft.sheet.note


def test_two_to_four_matches_are_compared_side_by_side(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("surgeons")
    window.page("surgeons").find_match()
    dialog = _dialog(qtbot, window)
    qtbot.waitUntil(lambda: len(dialog._cards) >= 5)  # noqa: SLF001
    cards = dialog._cards  # noqa: SLF001
    assert not dialog.compare_button.isEnabled()
    for card in cards[:4]:
        card.tick.setChecked(True)
    assert not cards[4].tick.isEnabled()
    assert dialog.compare_button.text() == "Compare 4"
    dialog.compare_button.click()
    compared = dialog.findChild(CompareDialog)
    assert compared is not None
    assert any(line.differs for line in compared.lines)
    assert all(len(line.cells) == 4 for line in compared.lines)
    compared.close()


def test_an_unknown_zip_code_is_said_beside_it(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("surgeons")
    window.page("surgeons").find_match()
    dialog = _dialog(qtbot, window)
    dialog.questions.widgets["zip"].setText("00000")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "00000" in dialog.questions.fields["zip"].error())
    assert dialog.matches() == []


def test_a_match_is_noted_once(qtbot: QtBot, window: MainWindow, filled_desk: Desk) -> None:
    window.show_page("surgeons")
    window.page("surgeons").find_match()
    dialog = _dialog(qtbot, window)
    dialog.ask()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    with filled_desk.db.read() as session:
        found = audit.find(session, Filter())
    assert len([one for one in found if one.details.get("words", "").startswith("match")]) == 1


def test_closing_the_match_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page("surgeons")
    page = window.page("surgeons")
    qtbot.waitUntil(page.match_button.isVisible)
    page.match_button.setFocus()
    page.match_button.click()
    dialog = _dialog(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.match_button)


@pytest.mark.parametrize("role", [StaffRole.PACKET_STAFF])
def test_who_may_not_refer_sees_why(qtbot: QtBot, staffed: Desk, role: StaffRole) -> None:
    staffed.settings.mode = InstallationMode.HEADACHE_CENTER
    as_role(staffed.db, role)
    window = MainWindow(staffed)
    qtbot.addWidget(window)
    window.show_page("surgeons")
    window.show()
    page = window.page("surgeons")
    refer = page.directory.verbs.action("refer")
    page.directory.verbs.follow()
    assert not refer.isEnabled()
    assert refer.toolTip() == "You may not write drafts and referrals. Ask an administrator."
    assert not page.directory.verbs.action("archive").isEnabled()
    staffed.background.wait()
