"""Photos of surgeons: read within limits, and made small and bare of everything but the picture."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
SIDE = 400
"""Pixels of the longer side of what is kept."""
QUALITY = 85

NOT_A_PHOTO = "This file is not a whole JPEG or PNG picture. Choose another one."
TOO_MANY = "This picture has more than 25 million pixels. Choose a smaller one."


def read(path: Path) -> bytes:
    """Return the picture in a JPEG or PNG file as a small JPEG, upright, without place, camera or any other note.

    Raises ValueError with one sentence where the file cannot be read, is too large or is no such picture.
    """
    return small(contents(path))


def contents(path: Path) -> bytes:
    """Return what is in a file, no more than one byte beyond the largest; raises ValueError as `read` does."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ValueError(f"The file {path.name} cannot be read: {error.strerror}.") from error


def small(data: bytes) -> bytes:
    """Return a picture as a small JPEG, as `read` does."""
    out = io.BytesIO()
    bare(data, (SIDE, SIDE)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def bare(data: bytes, room: tuple[int, int]) -> Image:
    """Return a picture upright on white, no larger than so many pixels; a new one carries no notes of the old one.

    Raises ValueError as `read` does.
    """
    if len(data) > LARGEST_FILE:
        raise ValueError("This file is larger than 10 MB. Choose a smaller picture.")
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is far below the size that Pillow warns of
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as given:
                _refuse_large(given)
                given.draft("RGB", (2 * room[0], 2 * room[1]))
                upright = ImageOps.exif_transpose(given)
        return _on_white(upright, room)
    except Image.DecompressionBombError as error:
        raise ValueError(TOO_MANY) from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        raise ValueError(NOT_A_PHOTO) from error


def _refuse_large(given: Image) -> None:
    """Refuse a picture by the size that its head tells, before any of it is unpacked."""
    if given.width * given.height > MOST_PIXELS:
        raise ValueError(TOO_MANY)
    if min(given.size) < 1:
        raise ValueError(NOT_A_PHOTO)


def _on_white(picture: Image, room: tuple[int, int]) -> Image:
    from PIL import Image

    picture.thumbnail(room)
    seen = picture.convert("RGBA")
    made = Image.new("RGB", seen.size, "white")
    made.paste(seen, mask=seen.getchannel("A"))
    return made
