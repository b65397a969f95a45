"""Taking the photo of a surgeon from a file."""

from __future__ import annotations

from pathlib import Path

from referral_app.exchange import photos
from referral_app.services.errors import InvalidInput


def read(path: Path) -> bytes:
    """Return the picture in a file as the directory keeps it; raises InvalidInput with one sentence."""
    try:
        return photos.read(path)
    except ValueError as error:
        raise InvalidInput({"photo": str(error)}) from error
