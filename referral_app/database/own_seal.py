"""What belongs to one person alone, such as a signature: sealed to their pair, opened by their passphrase."""

from __future__ import annotations

import secrets

from referral_app.database import wrapping
from referral_app.database.wrapping import WrongKey

_PURPOSE = "referral desk: a person's own"
_PUBLIC, _KEY = 32, 72
"""Bytes of a public half, and of a sealed key behind it."""


def seal(public: bytes, content: bytes) -> bytes:
    """Lock content so that only the private half opens it; whose it is stands in front."""
    key = secrets.token_bytes(32)
    return public + wrapping.seal(public, key, _PURPOSE) + wrapping.lock(key, content)


def is_for(public: bytes, sealed: bytes) -> bool:
    """Tell whether something was sealed to a pair."""
    return sealed[:_PUBLIC] == public


def unseal(private: bytes, sealed: bytes) -> bytes:
    """Open what `seal` locked; raises WrongKey for another pair and for what was changed."""
    if len(sealed) < _PUBLIC + _KEY or not is_for(wrapping.pair(private)[1], sealed):
        raise WrongKey
    key = wrapping.unseal(private, sealed[_PUBLIC : _PUBLIC + _KEY], _PURPOSE)
    return wrapping.unlock(key, sealed[_PUBLIC + _KEY :])
