"""Taking the logo of a letterhead from a file."""

from __future__ import annotations

from pathlib import Path

from referral_app.exchange import logos
from referral_app.services.errors import InvalidInput


def read(path: Path) -> bytes:
    """Return the picture in a file as a letterhead keeps it; raises InvalidInput with one sentence."""
    try:
        return logos.read(path)
    except ValueError as error:
        raise InvalidInput({"logo": str(error)}) from error
