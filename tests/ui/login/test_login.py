"""Logging in: right and wrong passphrases, waits, one-time codes, practice, and the window of the person."""

from __future__ import annotations

from referral_app.choices import AuditAction, StaffRole
from referral_app.database import Passphrase
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services import audit
from referral_app.services.people import PersonRecord
from referral_app.ui.door import Door
from tests.database.ways import LOGIN, PASSPHRASE, begun
from tests.ui.login.conftest import Clock, Hands


def _log_in(door: Door, hands: Hands, login: str = LOGIN, passphrase: str = PASSPHRASE) -> None:
    assert door.entry is not None
    hands.type(door.entry, "loginLogin", login)
    hands.type(door.entry, "loginPassphrase", passphrase)
    hands.press(door.entry, "loginSubmit")


def _problem(door: Door) -> str:
    page = door.entry.page() if door.entry else None
    return page.form.problem.words() if page else ""  # pyright: ignore[reportAttributeAccessIssue]


def test_the_right_passphrase_opens_the_window_of_the_person(door: Door, hands: Hands, recovery: str) -> None:
    door.begin()
    _log_in(door, hands)
    hands.until(lambda: door.window)
    assert door.window is not None
    assert door.entry is None
    assert "Dana Whitfield" in door.window.status._who.text()  # noqa: SLF001
    assert "dministrator" in door.window.status._who.text()  # noqa: SLF001


def test_a_wrong_passphrase_and_an_unknown_login_get_the_same_answer(
    door: Door, hands: Hands, recovery: str
) -> None:
    door.begin()
    said: list[str] = []
    for login in (LOGIN, "nobody"):
        _log_in(door, hands, login, "not the right words")
        hands.until(lambda: _problem(door))
        said.append(_problem(door))
        assert door.window is None
    assert said[0] == said[1]


def test_after_several_failures_the_wait_is_counted_down(
    door: Door, hands: Hands, recovery: str, clock: Clock
) -> None:
    door.begin()
    for _ in range(5):
        _log_in(door, hands, passphrase="not the right words")
        hands.until(lambda: _problem(door))
    _log_in(door, hands)
    hands.until(lambda: "Next try in 0:30" in _problem(door))
    assert door.entry is not None
    assert not hands.find(door.entry, "loginSubmit").isEnabled()
    clock.at += 12
    hands.until(lambda: "Next try in 0:18" in _problem(door))
    clock.at += 18
    hands.until(lambda: "again now" in _problem(door))
    assert hands.find(door.entry, "loginSubmit").isEnabled()


def test_an_empty_field_is_named_and_nothing_is_tried(door: Door, hands: Hands, recovery: str) -> None:
    door.begin()
    _log_in(door, hands, passphrase="")
    assert door.entry is not None
    assert "Enter your passphrase" in hands.find(door.entry, "loginPassphrase").accessibleDescription()
    assert hands.find(door.entry, "loginSubmit").isEnabled()


def test_a_one_time_code_leads_to_a_passphrase_before_anything_opens(
    door: Door, hands: Hands, paths: Paths
) -> None:
    db, _ = begun(paths)
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.PACKET_STAFF})))
    db.close()
    door.begin()
    _log_in(door, hands, "bo", code)
    hands.until(lambda: door.entry and door.entry.page() and door.entry.page().objectName() == "choosePage")
    assert door.window is None
    assert door.entry is not None
    hands.type(door.entry, "passphrase", "bo keen")
    hands.press(door.entry, "choosePassphrase")
    assert door.window is None
    hands.type(door.entry, "passphrase", "another invented phrase")
    hands.type(door.entry, "passphraseAgain", "another invented phrase")
    hands.press(door.entry, "choosePassphrase")
    hands.until(lambda: door.window)
    assert door.window is not None
    assert not door.window.top_bar.new.isVisible()
    hands.until(lambda: not door.window.top_bar.new.isVisible())


def test_new_staff_practice_until_an_administrator_ends_it(door: Door, hands: Hands, paths: Paths) -> None:
    db, _ = begun(paths)
    _, code = people.add(
        db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.OFFICE_STAFF}), practicing=True)
    )
    db.close()
    door.begin()
    _log_in(door, hands, "bo", code)
    hands.until(lambda: door.entry and door.entry.page() and door.entry.page().objectName() == "choosePage")
    assert door.entry is not None
    hands.type(door.entry, "passphrase", "another invented phrase")
    hands.type(door.entry, "passphraseAgain", "another invented phrase")
    hands.press(door.entry, "choosePassphrase")
    hands.until(lambda: door.window)
    assert door.window is not None
    assert "nothing here is real" in hands.find(door.window, "practiceNotice").accessibleName()


def test_practice_at_the_login_ends_at_the_login(door: Door, hands: Hands, recovery: str) -> None:
    door.begin()
    assert door.entry is not None
    hands.press(door.entry, "practice")
    hands.until(lambda: door.window)
    assert door.window is not None
    folder = door.window._desk.paths.data_dir  # noqa: SLF001
    assert folder.exists()
    door.window.close()
    hands.until(lambda: door.entry and door.entry.page())
    assert door.window is None
    hands.until(lambda: not folder.exists())


def test_failures_before_a_login_are_noted(door: Door, hands: Hands, paths: Paths, recovery: str) -> None:
    door.begin()
    _log_in(door, hands, passphrase="not the right words")
    hands.until(lambda: _problem(door))
    _log_in(door, hands)
    hands.until(lambda: door.window)
    assert door.window is not None
    with door.window._desk.db.read() as session:  # noqa: SLF001
        noted = audit.find(session, audit.Filter(action=str(AuditAction.LOGIN_FAILED)))
    assert [event.details for event in noted] == [{"times": 1}]


def test_logging_out_asks_who_comes_next(door: Door, hands: Hands, paths: Paths, recovery: str) -> None:
    door.begin()
    _log_in(door, hands)
    hands.until(lambda: door.window)
    assert door.window is not None
    door.window.asked.emit("log_out")
    hands.until(lambda: door.entry and door.entry.page())
    assert door.window is None
    people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode).close()  # noqa: SLF001
