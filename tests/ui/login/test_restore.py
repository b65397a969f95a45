"""A guided restore where something is wrong: which backup, by which way in, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from referral_app.choices import InstallationMode
from referral_app.database import Passphrase, open_database, unlock
from referral_app.database.problems import StoreProblem
from referral_app.jobs import backups, people
from referral_app.paths import Paths
from referral_app.ui.door import Door
from referral_app.ui.login.restore_page import RestorePage
from tests.database.ways import LOGIN, PASSPHRASE
from tests.ui.login.conftest import Hands


def _broken(paths: Paths) -> StoreProblem:
    """Back the store up, lose it, and return what the start says."""
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), InstallationMode.REFERRING_OFFICE)
    backups.make(db)
    db.close()
    paths.store.unlink()
    try:
        open_database(paths, unlock(paths, Passphrase(LOGIN, PASSPHRASE)))
    except StoreProblem as problem:
        return problem
    raise AssertionError("The store opened.")


def _page(door: Door) -> RestorePage:
    page = door.entry.page() if door.entry else None
    assert isinstance(page, RestorePage)
    return page


def test_a_missing_store_is_met_at_login_and_restored_with_the_recovery_key_alone(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    problem = _broken(paths)
    door.begin()
    assert door.entry is not None
    hands.type(door.entry, "loginLogin", LOGIN)
    hands.type(door.entry, "loginPassphrase", PASSPHRASE)
    hands.press(door.entry, "loginSubmit")
    hands.until(lambda: isinstance(door.entry and door.entry.page(), RestorePage))
    page = _page(door)
    assert page.problem.words() == str(problem)
    hands.until(page.list.count)
    hands.type(page, "restoreKey", recovery)
    hands.press(page, "restoreNow")
    hands.until(lambda: page.done.words() or page.problem.words())
    assert "is in place" in page.done.words(), page.problem.words()
    hands.press(page, "afterRestore")
    hands.until(lambda: door.entry and door.entry.page() and door.entry.page().objectName() == "loginPage")
    people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), InstallationMode.REFERRING_OFFICE).close()


def test_a_passphrase_of_that_time_restores_too(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    door.restore(str(_broken(paths)))
    page = _page(door)
    hands.until(page.list.count)
    page.way.set_value("person")
    page.way.changed.emit()
    hands.type(page, "restoreLogin", LOGIN)
    hands.type(page, "restorePassphrase", PASSPHRASE)
    hands.press(page, "restoreNow")
    hands.until(page.done.words)


def test_a_wrong_key_restores_nothing_and_says_which_it_is(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    door.restore(str(_broken(paths)))
    page = _page(door)
    hands.until(page.list.count)
    hands.type(page, "restoreKey", "ABCD")
    hands.press(page, "restoreNow")
    hands.until(lambda: "mistyped" in page.problem.words())
    assert not paths.store.exists()
    hands.press(page, "leaveRestore")
    hands.until(lambda: door.entry is None)
    assert door.status == 2


def test_a_file_that_is_no_backup_is_refused_in_words(
    door: Door, hands: Hands, paths: Paths, tmp_path: Path, recovery: str
) -> None:
    song = tmp_path / "song.backup"
    song.write_bytes(b"la la la")
    door.restore()
    page = _page(door)
    page.take(song)
    assert "song.backup is no backup" in page.problem.words()


def test_without_backups_it_says_so_and_never_offers_to_delete(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    door.restore("The store is damaged.")
    page = _page(door)
    hands.until(page._nothing.isVisible)  # noqa: SLF001
    words = " ".join(one.objectName().casefold() for one in page.findChildren(QWidget))
    assert "delete" not in words
