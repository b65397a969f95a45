"""Logos of letterheads: read within the limits of photos, and kept as a small picture without losses."""

from __future__ import annotations

import io
from pathlib import Path

from referral_app.exchange import photos

ROOM = (900, 300)
"""Pixels of what is kept: three inches by one at 300 dots an inch."""


def read(path: Path) -> bytes:
    """Return the picture in a JPEG or PNG file as a PNG on white, upright, without place, camera or any other note.

    Raises ValueError with one sentence where the file cannot be read, is larger than 10 MB, has more than 25 million
    pixels or is no such picture.
    """
    return small(photos.contents(path))


def small(data: bytes) -> bytes:
    """Return a picture as `read` does."""
    out = io.BytesIO()
    photos.bare(data, ROOM).save(out, "PNG", optimize=True)
    return out.getvalue()
