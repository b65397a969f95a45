"""The operating system's keychain, as a convenience on one computer: never the only way in, and never needed.

A random key in the keychain locks a second copy of a person's private half, which lies in the key file. Whoever may use
the account of this person on this computer can open the store with it, which the window says before it is turned on.
"""

from __future__ import annotations

import base64
import secrets
from importlib import import_module
from typing import Any

from referral_app.database import wrapping
from referral_app.database.key_file import Entry
from referral_app.database.problems import NotRemembered
from referral_app.database.wrapping import WrongKey

SERVICE = "referral-app"
REFUSED = {"fail", "null", "keyrings"}
"""Parts of the names of back ends that keep nothing, or keep it in a file that anybody can read."""


def available() -> bool:
    """Tell whether this computer has a keychain that keeps secrets secret."""
    try:
        return _is_trusted(import_module("keyring").get_keyring())
    except Exception:  # back ends look for services of the desktop, and fail in their own ways
        return False


def remember(entry: Entry, private: bytes) -> None:
    """Put a new key into the keychain and lock a person's private half with it; raises NotRemembered."""
    if not available():
        raise NotRemembered("This computer has no keychain that could remember you.")
    key = secrets.token_bytes(32)
    try:
        import_module("keyring").set_password(SERVICE, entry.id, base64.b64encode(key).decode())
    except Exception as error:
        raise NotRemembered("The keychain of this computer took nothing.") from error
    entry.remembered = wrapping.wrap(key, private).hex()


def forget(entry: Entry) -> None:
    """Take the key out of the keychain and the second copy out of the key file."""
    entry.remembered = ""
    try:
        import_module("keyring").delete_password(SERVICE, entry.id)
    except Exception:  # gone already, or no keychain any more: the copy that it opened is gone too
        return


def private(entry: Entry) -> bytes:
    """Return a person's private half by the keychain alone; raises NotRemembered."""
    try:
        if not entry.remembered or not available():
            raise WrongKey
        kept: Any = import_module("keyring").get_password(SERVICE, entry.id)
        return wrapping.unwrap(base64.b64decode(kept or "", validate=True), bytes.fromhex(entry.remembered))
    except Exception as error:
        raise NotRemembered(
            "This computer does not remember you (any more). Log in with your passphrase."
        ) from error


def _is_trusted(backend: Any) -> bool:
    """Tell whether a back end keeps secrets: one that asks several others is as good as the worst of them."""
    place = f"{type(backend).__module__}.{type(backend).__qualname__}".casefold().split(".")
    if "chainer" in place:
        return all(_is_trusted(one) for one in backend.backends) and bool(backend.backends)
    return not REFUSED & set(place) and backend.priority > 0
