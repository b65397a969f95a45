"""The keychain opens the store where it is trusted, is never the only way in, and is never needed."""

from __future__ import annotations

from collections.abc import Generator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import PasswordDeleteError

from referral_app.choices import InstallationMode
from referral_app.database import Keychain, Passphrase, keychain, unlock
from referral_app.database.problems import NotRemembered, WrongPassphrase
from referral_app.jobs import people
from referral_app.paths import Paths
from tests.database.protected import CHEAP, LOGIN, PASSPHRASE, Protected, set_up


class Remembering(KeyringBackend):
    """A keychain of a computer, which lasts as long as the test."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what was kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep something."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def backend() -> Generator[Remembering]:
    before = keyring.get_keyring()
    made = Remembering()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def office(paths: Paths) -> Generator[Protected]:
    made = set_up(paths, filled=False)
    yield made
    made.db.close()


def remember(office: Protected) -> str:
    """Let the keychain remember the person who acts, and return their id."""
    keys, person_id = office.db.keys, office.db.rights.person_id
    assert keys is not None
    keys.remember_here(person_id, PASSPHRASE)
    assert keys.is_remembered(person_id)
    return person_id


def test_the_keychain_opens_what_the_passphrase_opens(
    paths: Paths, office: Protected, backend: Remembering
) -> None:
    remember(office)
    assert unlock(paths, Keychain(LOGIN)) == unlock(paths, Passphrase(LOGIN, PASSPHRASE))


def test_neither_keychain_nor_key_file_alone_opens_anything(
    paths: Paths, office: Protected, backend: Remembering
) -> None:
    remember(office)
    ((_, kept),) = backend.kept.items()
    assert kept not in paths.key.read_text()
    backend.kept.clear()
    with pytest.raises(NotRemembered, match="Log in with your passphrase"):
        unlock(paths, Keychain(LOGIN))
    backend.kept["referral-app", office.db.rights.person_id] = "AAAA"
    with pytest.raises(NotRemembered):
        unlock(paths, Keychain(LOGIN))


def test_a_lost_keychain_keeps_nobody_out(paths: Paths, office: Protected, backend: Remembering) -> None:
    remember(office)
    keyring.set_keyring(fail.Keyring())
    office.db.close()
    people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), InstallationMode.REFERRING_OFFICE).close()


def test_what_is_forgotten_opens_nothing(paths: Paths, office: Protected, backend: Remembering) -> None:
    person_id = remember(office)
    assert office.db.keys is not None
    office.db.keys.forget_here(person_id)
    assert not backend.kept
    assert not office.db.keys.is_remembered(person_id)
    with pytest.raises(NotRemembered):
        unlock(paths, Keychain(LOGIN))
    office.db.keys.forget_here(person_id)


def test_a_changed_passphrase_and_a_reset_forget_the_keychain(
    paths: Paths, office: Protected, backend: Remembering
) -> None:
    person_id = remember(office)
    people.change_passphrase(office.db, PASSPHRASE, "another velvet orchard", CHEAP)
    with pytest.raises(NotRemembered):
        unlock(paths, Keychain(LOGIN))
    people.start_reset(office.db, person_id)
    with pytest.raises(NotRemembered):
        unlock(paths, Keychain(LOGIN))


def test_a_new_key_of_the_store_is_sealed_for_the_keychain_too(
    paths: Paths, office: Protected, backend: Remembering
) -> None:
    remember(office)
    before = unlock(paths, Keychain(LOGIN)).key
    office.db.rotate()
    assert unlock(paths, Keychain(LOGIN)).key == unlock(paths, Passphrase(LOGIN, PASSPHRASE)).key != before


def test_remembering_asks_for_the_passphrase(office: Protected, backend: Remembering) -> None:
    assert office.db.keys is not None
    with pytest.raises(WrongPassphrase):
        office.db.keys.remember_here(office.db.rights.person_id, "something else entirely")
    with pytest.raises(WrongPassphrase):
        office.db.keys.remember_here("nobody", PASSPHRASE)
    assert not backend.kept


def test_nobody_is_remembered_for_a_login_that_nobody_has(
    paths: Paths, office: Protected, backend: Remembering
) -> None:
    remember(office)
    with pytest.raises(NotRemembered):
        unlock(paths, Keychain("nobody"))


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring])
def test_a_computer_without_a_keychain_says_so(
    office: Protected, backend: Remembering, kind: type[KeyringBackend]
) -> None:
    keyring.set_keyring(kind())
    assert not keychain.available()
    assert office.db.keys is not None
    with pytest.raises(NotRemembered, match="no keychain"):
        office.db.keys.remember_here(office.db.rights.person_id, PASSPHRASE)
    assert not office.db.keys.is_remembered(office.db.rights.person_id)


def test_a_keychain_that_keeps_its_secrets_in_a_plain_file_is_refused(backend: Remembering) -> None:
    plain = type("PlaintextKeyring", (Remembering,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plain())
    assert not keychain.available()
