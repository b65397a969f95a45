"""The mail server under Settings: set up, tested against a real one, and forgotten; its password is never shown."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from referral_app.choices import StaffRole
from referral_app.services import mail_server
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.settings.mail import MailCard
from referral_app.ui.settings.mail_dialog import MailDialog
from referral_app.ui.settings.page import SettingsPage
from tests import mail_servers
from tests.acting import as_role
from tests.mail_servers import LOGIN, PASSWORD, SENDER, Post, post  # noqa: F401 - fixture
from tests.ui.referrals.conftest import shown


@pytest.fixture
def card(qtbot: QtBot, desk: Desk) -> MailCard:
    made = shown(qtbot, MailCard(desk))
    made.reload()
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    return made


def dialog_of(qtbot: QtBot, card: MailCard) -> Any:
    card.edit_button.click()
    qtbot.waitUntil(lambda: card.findChild(MailDialog) is not None)
    return card.findChild(MailDialog)


def set_up(qtbot: QtBot, card: MailCard, port: int, password: str) -> None:
    dialog = dialog_of(qtbot, card)
    dialog.host.setText(mail_servers.HOST)
    dialog.port.setValue(port)
    dialog.address.setText(SENDER)
    dialog.login.setText(LOGIN)
    dialog.password.setText(password)
    with qtbot.waitSignal(dialog.saved, timeout=20000):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: card.findChild(MailDialog) is None)


def test_a_server_is_set_up_and_tested(
    qtbot: QtBot,
    card: MailCard,
    post: Post,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: told.append(words))
    assert "No mail server" in card.state.text()
    assert not card.test_button.isVisible()
    set_up(qtbot, card, post.port, PASSWORD)
    assert card.state.text() == f"{mail_servers.HOST}, port {post.port}, from {SENDER}, login {LOGIN}"
    card.test_button.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20000)
    assert told == [f"The mail server took a test message to {SENDER}."]
    assert len(post.mailbox.letters) == 1


def test_a_test_that_fails_says_why(
    qtbot: QtBot,
    card: MailCard,
    post: Post,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: told.append(words))
    set_up(qtbot, card, post.port, "wrong")
    card.test_button.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20000)
    assert "refused the login" in told[0]
    assert card.test_button.isEnabled()


def test_the_password_that_is_stored_is_not_shown_and_stays(qtbot: QtBot, card: MailCard, desk: Desk) -> None:
    set_up(qtbot, card, 2525, PASSWORD)
    dialog = dialog_of(qtbot, card)
    assert dialog.password.text() == ""
    dialog.port.setValue(587)
    with qtbot.waitSignal(dialog.saved, timeout=20000):
        dialog.save_button.click()
    with desk.db.read() as session:
        assert mail_server.access(session).password == PASSWORD


def test_what_is_wrong_is_said_beside_its_field(qtbot: QtBot, card: MailCard) -> None:
    dialog = dialog_of(qtbot, card)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["host"].error()))
    assert dialog.blocks["sender"].error()


def test_it_is_forgotten(qtbot: QtBot, card: MailCard, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(qtbot, card, 2525, PASSWORD)
    monkeypatch.setattr(ask, "confirm", lambda _p, _q, _d, _y, on_yes, *_m, **_n: on_yes())
    with qtbot.waitSignal(card.said):
        card.forget_button.click()
    with desk.db.read() as session:
        assert mail_server.get(session) is None


def test_it_is_for_administrators(qtbot: QtBot, staffed: Desk) -> None:
    as_role(staffed.db, StaffRole.SCHEDULER)
    page = shown(qtbot, SettingsPage(staffed))
    assert not page.mail.isVisible()
    staffed.background.wait()
