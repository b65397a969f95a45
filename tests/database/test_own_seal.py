"""What belongs to one person alone: their passphrase opens it, nothing else does."""

from __future__ import annotations

import pytest

from referral_app.database import attempts, key_file, own_seal, wrapping
from referral_app.database.problems import Locked, SealedBefore, TooManyAttempts, WrongPassphrase
from referral_app.database.wrapping import WrongKey
from referral_app.paths import Paths
from tests.database.protected import CHEAP, LOGIN, PASSPHRASE, set_up

CONTENT = b"invented strokes" * 40


def test_sealed_content_opens_with_the_private_half_alone_and_not_after_a_change() -> None:
    (private, public), (other, _) = wrapping.pair(), wrapping.pair()
    sealed = own_seal.seal(public, CONTENT)
    assert own_seal.unseal(private, sealed) == CONTENT
    assert CONTENT[:16] not in sealed
    for wrong in (sealed[:-1], sealed[:40], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(WrongKey):
            own_seal.unseal(private, wrong)
    with pytest.raises(WrongKey):
        own_seal.unseal(other, sealed)
    assert sealed != own_seal.seal(public, CONTENT)


def test_a_changed_passphrase_still_opens_what_was_sealed_and_a_reset_by_code_does_not(paths: Paths) -> None:
    db = set_up(paths, filled=False).db
    keys, who = db.keys, db.rights.person_id
    assert keys is not None
    sealed = keys.seal(who, CONTENT)
    assert keys.unseal(who, PASSPHRASE, sealed) == CONTENT
    keys.change(who, PASSPHRASE, "other lantern velvet", CHEAP)
    assert keys.opens(who, sealed)
    assert keys.unseal(who, "other lantern velvet", sealed) == CONTENT
    code = keys.start_reset(who, LOGIN)
    with pytest.raises(Locked):
        keys.seal(who, CONTENT)
    with pytest.raises(WrongPassphrase):
        keys.unseal(who, code, sealed)
    keys.change(who, code, "third lantern velvet", CHEAP)
    assert not keys.opens(who, sealed)
    with pytest.raises(SealedBefore, match="anew"):
        keys.unseal(who, "third lantern velvet", sealed)
    db.close()


def test_a_new_key_of_the_store_leaves_what_is_sealed_to_a_person(paths: Paths) -> None:
    db = set_up(paths, filled=False).db
    assert db.keys is not None
    who = db.rights.person_id
    sealed = db.keys.seal(who, CONTENT)
    db.rotate()
    assert db.keys.unseal(who, PASSPHRASE, sealed) == CONTENT
    db.close()


def test_wrong_passphrases_count_as_failed_logins_until_a_right_one(paths: Paths) -> None:
    db = set_up(paths, filled=False).db
    assert db.keys is not None
    who = db.rights.person_id
    sealed, tag = db.keys.seal(who, CONTENT), key_file.load(paths.key).tag(LOGIN)
    for count in range(1, 3):
        with pytest.raises(WrongPassphrase):
            db.keys.unseal(who, "not this one at all", sealed)
        assert attempts.count(paths, tag) == count
    db.keys.unseal(who, PASSPHRASE, sealed)
    assert attempts.count(paths, tag) == 0
    for _ in range(attempts.FREE):
        attempts.failed(paths, tag)
    with pytest.raises(TooManyAttempts):
        db.keys.unseal(who, PASSPHRASE, sealed)
    db.close()
