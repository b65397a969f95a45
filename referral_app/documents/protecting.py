"""A PDF that opens with a password alone: AES-256, revision 6 of ISO 32000-2, its metadata encrypted too."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from pikepdf import Encryption

SHORTEST, LONGEST = 8, 127
"""Characters of a password, and bytes of it: what is longer would be cut off (ISO 32000-2, 7.6.4.3.3)."""


def protected(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password, which is kept nowhere; whoever has it may print, copy and read aloud.

    It is the last step but for a digital signature. Raises InvalidInput by "password" for one that is too short or too
    long, and where the PDF is protected already.
    """
    import pikepdf

    if problem := password_problem(password):
        raise InvalidInput({"password": problem})
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if opened.is_encrypted:
                raise InvalidInput({"password": "This document is protected with a password already."})
            opened.save(out, encryption=_encryption(password))
    except pikepdf.PasswordError as error:
        raise InvalidInput({"password": "This document is protected with a password already."}) from error
    return out.getvalue()


def password_problem(password: str) -> str:
    """Return why a password is not taken, "" where it is."""
    if not password.strip():
        return "Enter a password, or save the document without one."
    if len(password) < SHORTEST:
        return f"Take a password of at least {SHORTEST} characters."
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"Take a password of at most {LONGEST} characters."
    if not password.isprintable():
        return "A password is made of letters, digits, signs and spaces. Type it again."
    return ""


def _encryption(password: str) -> Encryption:
    """Return how it is encrypted; the owner's password is thrown away, an empty one would open it for everybody."""
    import pikepdf

    return pikepdf.Encryption(
        user=password, owner=secrets.token_urlsafe(24), R=6, aes=True, metadata=True,
        allow=pikepdf.Permissions(accessibility=True, extract=True),
    )  # fmt: skip
