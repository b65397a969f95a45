"""Keys open with what locked them and with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.database import wrapping
from referral_app.database.wrapping import Cost, WrongKey
from tests.database.ways import CHEAP

SALT = bytes(16)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_what_is_sealed_opens_for_the_private_half_alone(private: bytes, content: bytes) -> None:
    mine, public = wrapping.pair(private)
    sealed = wrapping.seal(public, content, "test")
    assert wrapping.unseal(mine, sealed, "test") == content
    with pytest.raises(WrongKey):
        wrapping.unseal(wrapping.pair()[0], sealed, "test")
    with pytest.raises(WrongKey):
        wrapping.unseal(mine, sealed, "another purpose")


@given(st.integers(0, 8 * 104 - 1))
def test_every_flipped_bit_of_a_sealed_key_is_noticed(bit: int) -> None:
    private, public = wrapping.pair()
    sealed = bytearray(wrapping.seal(public, bytes(64), "test"))
    sealed[bit // 8] ^= 1 << bit % 8
    if (
        bit == 255
    ):  # X25519 ignores the highest bit of a public key (RFC 7748, section 5), but the salt does not
        assert len(sealed) == 104
    with pytest.raises(WrongKey):
        wrapping.unseal(private, bytes(sealed), "test")


def test_the_same_letters_composed_otherwise_are_the_same_passphrase() -> None:
    assert wrapping.derive("Zo\u00eb quiet words", SALT, CHEAP) == wrapping.derive(
        "Zoe\u0308 quiet words", SALT, CHEAP
    )


def test_a_derivation_that_would_be_cheap_is_refused() -> None:
    with pytest.raises(WrongKey):
        wrapping.derive("words", SALT, Cost(1024, 1, 1))


def test_the_measured_cost_fills_at_least_64_mebibytes() -> None:
    cost = wrapping.calibrated()
    assert cost.memory >= wrapping.LEAST_MEMORY
    assert cost.passes >= 2
