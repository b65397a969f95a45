"""People: adding, changing, resetting and removing, each by an administrator of a real store."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.choices import Permission, StaffRole
from referral_app.database import Passphrase, unlock
from referral_app.database.problems import WrongPassphrase
from referral_app.services import people
from referral_app.ui import ask, fields
from referral_app.ui.desk import Desk
from referral_app.ui.people.access import AccessDialog
from referral_app.ui.people.code_dialog import CodeDialog
from referral_app.ui.people.dialog import PersonDialog
from referral_app.ui.people.page import PeoplePage
from referral_app.ui.widgets import secret
from tests import staff


@pytest.fixture
def page(qtbot: QtBot, staffed: Desk) -> PeoplePage:
    return _shown(qtbot, staffed)


def _shown(qtbot: QtBot, desk: Desk) -> PeoplePage:
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


def _names(page: PeoplePage) -> list[str]:
    rows = [page.list.model.row(at) for at in range(page.list.model.rowCount())]
    return [row.person.name for row in rows if row is not None]


def _choose(page: PeoplePage, name: str) -> None:
    page.list.table.selectRow(_names(page).index(name))


def _dialog(qtbot: QtBot, page: PeoplePage) -> PersonDialog:
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is not None)
    dialog = page.findChild(PersonDialog)
    assert isinstance(dialog, PersonDialog)
    return dialog


def _code(qtbot: QtBot, page: PeoplePage) -> CodeDialog:
    qtbot.waitUntil(lambda: page.findChild(CodeDialog) is not None)
    dialog = page.findChild(CodeDialog)
    assert isinstance(dialog, CodeDialog)
    return dialog


def _shown_code(dialog: CodeDialog) -> str:
    return dialog.findChild(secret.Secret, "oneTimeCode").text().replace(" – ", "-").replace("\n", "-")  # pyright: ignore[reportOptionalMemberAccess]


def _yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, danger=False: on_yes())


def test_everybody_is_listed_with_roles_and_state(page: PeoplePage) -> None:
    assert _names(page) == sorted([staff.NAME, *(name for _, name, _ in staff.OTHERS)])
    dana = page.list.model.row(0)
    assert dana is not None
    assert dana.roles == "Scheduler, administrator"
    assert dana.state == ("ok", "Active")
    waiting = page.list.model.row(_names(page).index("Ruth Ng"))
    assert waiting is not None
    assert waiting.state[1] == "Waits with a one-time code"


def test_a_second_administrator_is_advised_until_there_is_one(
    qtbot: QtBot, page: PeoplePage, staffed: Desk
) -> None:
    assert page.advice.isVisible()
    _choose(page, "Ruth Ng")
    page.detail.edit_button.click()
    dialog = _dialog(qtbot, page)
    dialog.roles.boxes[StaffRole.ADMINISTRATOR].setChecked(True)
    with qtbot.waitSignal(page.list.loaded):
        dialog.save()
    assert not page.advice.isVisible()
    with staffed.db.read() as session:
        assert people.administrators(session) == 2


def test_a_new_person_gets_a_code_that_lets_them_in_once(
    qtbot: QtBot, page: PeoplePage, staffed: Desk
) -> None:
    page.add_button.click()
    dialog = _dialog(qtbot, page)
    fields.fill(dialog.widgets, {"name": "Imani Okafor", "login": "imani"})
    dialog.roles.set_values([StaffRole.PACKET_STAFF])
    with qtbot.waitSignal(page.list.loaded):
        dialog.save()
    code = _shown_code(_code(qtbot, page))
    assert "Imani Okafor" in _names(page)
    assert unlock(staffed.paths, Passphrase("imani", code)).must_choose


def test_the_code_leaves_the_clipboard_again(
    qtbot: QtBot, page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret, "CLEAR_MS", 50)
    _yes(monkeypatch)
    _choose(page, "Ruth Ng")
    page.detail.reset_button.click()
    dialog = _code(qtbot, page)
    dialog.findChild(QPushButton, "copyCode").click()  # pyright: ignore[reportOptionalMemberAccess]
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == _shown_code(dialog)
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, page: PeoplePage) -> None:
    page.add_button.click()
    dialog = _dialog(qtbot, page)
    fields.fill(dialog.widgets, {"name": "Ruth Ng", "login": "x"})
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.blocks["roles"].error()))
    assert dialog.blocks["login"].error()
    assert "Somebody has this name" in dialog.blocks["name"].error()
    assert dialog.save_button.isEnabled()


def test_a_reset_takes_the_old_passphrase_away(
    qtbot: QtBot, page: PeoplePage, staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _yes(monkeypatch)
    _choose(page, "Odile Brightwater")
    page.detail.reset_button.click()
    code = _shown_code(_code(qtbot, page))
    with pytest.raises(WrongPassphrase):
        unlock(staffed.paths, Passphrase("odile", staff.PASSPHRASE))
    assert unlock(staffed.paths, Passphrase("odile", code)).must_choose


def test_a_person_who_is_removed_opens_nothing_and_stays_in_the_list(
    qtbot: QtBot, page: PeoplePage, staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _yes(monkeypatch)
    _choose(page, "Odile Brightwater")
    with qtbot.waitSignal(page.said):
        page.detail.remove_button.click()
    with pytest.raises(WrongPassphrase):
        unlock(staffed.paths, Passphrase("odile", staff.PASSPHRASE))
    qtbot.waitUntil(lambda: _names(page)[-1:] == ["Odile Brightwater"])
    gone = page.list.model.row(len(_names(page)) - 1)
    assert gone is not None
    assert gone.state == ("canceled", "Removed")
    assert staffed.db.check() == []


def test_nobody_removes_or_resets_themselves_here(page: PeoplePage) -> None:
    _choose(page, staff.NAME)
    assert not page.detail.remove_button.isVisible()
    assert not page.detail.reset_button.isVisible()
    assert page.detail.edit_button.isVisible()


def test_the_last_administrator_stays_one(qtbot: QtBot, page: PeoplePage) -> None:
    _choose(page, staff.NAME)
    page.detail.edit_button.click()
    dialog = _dialog(qtbot, page)
    dialog.roles.boxes[StaffRole.ADMINISTRATOR].setChecked(False)
    dialog.save()
    qtbot.waitUntil(lambda: "One administrator must remain" in dialog.blocks["roles"].error())


def test_roles_of_ones_own_count_at_once(qtbot: QtBot, page: PeoplePage, staffed: Desk) -> None:
    _choose(page, staff.NAME)
    page.detail.edit_button.click()
    dialog = _dialog(qtbot, page)
    dialog.roles.boxes[StaffRole.CLINICIAN].setChecked(True)
    with qtbot.waitSignal(page.settings_changed):
        dialog.save()
    assert staffed.may(Permission.SIGN)


def test_who_has_access_says_it_in_words(qtbot: QtBot, page: PeoplePage) -> None:
    page.access_button.click()
    dialog = page.findChild(AccessDialog)
    assert isinstance(dialog, AccessDialog)
    qtbot.waitUntil(lambda: dialog.list.model.rowCount() == 4)
    model = dialog.list.model
    words = {model.headerData(at, page.list.table.horizontalHeader().orientation()): at for at in range(11)}
    by_name = {model.index(at, 0).data(): at for at in range(4)}
    assert model.index(by_name["Odile Brightwater"], words["Sign"]).data() == "Yes"
    assert model.index(by_name["Odile Brightwater"], words["Patients"]).data() == "Own practice"
    assert model.index(by_name["Marco Abernathy-Lindqvist"], words["Sign"]).data() == "–"


def test_a_store_without_people_offers_to_set_them_up(qtbot: QtBot, desk: Desk) -> None:
    page = PeoplePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    assert page.nobody.isVisible()
    assert not page.add_button.isVisible()
    with qtbot.waitSignal(page.set_up):
        page.nobody.button.click()
