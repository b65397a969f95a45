"""The cryptography of the keys: each way in has a key pair, to which the keys of the store are sealed.

A passphrase (Argon2id) or the recovery key (HKDF, it is random) opens the private half; sealing needs the public half
alone, so that the store can get a new key without anybody else's passphrase. Wrapping is AES-256 key wrap (RFC 3394),
the pair X25519 (RFC 7748), content AES-256-GCM, derivation HKDF-SHA256 (RFC 5869) and Argon2id (RFC 9106), all by
`cryptography` and `argon2-cffi`.
"""

from __future__ import annotations

import os
import secrets
import time
import unicodedata
from dataclasses import dataclass
from importlib import import_module
from typing import Any

LEAST_MEMORY = 64 * 1024
"""KiB that Argon2id must at least fill, which makes guessing expensive (issue 3, part 2)."""

AIM = 0.5
"""Seconds that a derivation should take on this PC, between 0.25 and 1."""

MOST_PASSES = 24

_ONCE = bytes(12)
"""The nonce: each key that `lock` is given encrypts one content alone (NIST SP 800-38D, 8.2.1)."""


class WrongKey(Exception):
    """What was given does not open what was locked."""


@dataclass(frozen=True)
class Cost:
    """How expensive a passphrase is to try: memory in KiB, passes over it, lanes."""

    memory: int = 128 * 1024
    passes: int = 3
    lanes: int = 4


def calibrated() -> Cost:
    """Return a cost that takes about `AIM` seconds on this PC, measured once and stored with what it locks."""
    start = time.perf_counter()
    derive("measured", os.urandom(16), Cost(passes=1))
    took = time.perf_counter() - start
    return Cost(passes=max(2, min(MOST_PASSES, round(AIM / took))))


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes from a passphrase; the same letters typed in another composed form give the same."""
    if cost.memory < LEAST_MEMORY or cost.passes < 1:
        raise WrongKey
    low_level: Any = import_module("argon2.low_level")
    return low_level.hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(), salt,
        time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes, hash_len=32, type=low_level.Type.ID,
    )  # fmt: skip


def expand(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Return 32 bytes for one purpose from a secret that is random already."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt or None, purpose.encode()).derive(secret)


def wrap(key: bytes, content: bytes) -> bytes:
    """Lock a key with a key."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(key, content)


def unwrap(key: bytes, wrapped: bytes) -> bytes:
    """Open what `wrap` locked; raises WrongKey."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(key, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise WrongKey from error


def pair(private: bytes = b"") -> tuple[bytes, bytes]:
    """Return private and public half of a key pair: a new one, or that of the given 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = private or secrets.token_bytes(32)
    return private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, purpose: str) -> bytes:
    """Lock a key so that only the private half opens it."""
    private, mine = pair()
    return mine + wrap(_shared(private, public, mine + public, purpose), content)


def unseal(private: bytes, sealed: bytes, purpose: str) -> bytes:
    """Open what `seal` locked; raises WrongKey."""
    theirs, public = sealed[:32], pair(private)[1]
    return unwrap(_shared(private, theirs, theirs + public, purpose), sealed[32:])


def lock(key: bytes, content: bytes) -> bytes:
    """Encrypt content of any length with a key that is used once (AES-256-GCM)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(_ONCE, content, None)


def unlock(key: bytes, locked: bytes) -> bytes:
    """Decrypt what `lock` encrypted; raises WrongKey, also where it was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(_ONCE, locked, None)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def _shared(private: bytes, public: bytes, salt: bytes, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        common = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(public)
        )
    except ValueError as error:
        raise WrongKey from error
    return expand(common, purpose, salt)
