"""Logos: what is no picture or far too large is refused with a sentence, the rest is made anew."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from referral_app.exchange import logos
from referral_app.jobs import logos as jobs_logos
from referral_app.services.errors import InvalidInput


def _png(wide: int, tall: int) -> bytes:
    """Return a PNG whose head tells a size, without the pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, tall, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def test_a_logo_is_kept_small_on_white_and_without_notes(tmp_path: Path) -> None:
    drawn = Image.new("RGBA", (3000, 500), (11, 100, 112, 0))
    path = tmp_path / "logo.png"
    drawn.save(path, pnginfo=None, dpi=(72, 72))
    kept = logos.read(path)
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, opened.mode) == ("PNG", (900, 150), "RGB")
        assert opened.getpixel((5, 5)) == (255, 255, 255)
        assert not opened.info
    assert logos.small(kept) == kept


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"<svg onload=x>", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 50]
)
def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    with pytest.raises(InvalidInput, match="not a whole JPEG or PNG picture") as refusal:
        jobs_logos.read(path)
    assert set(refusal.value.fields) == {"logo"}


def test_a_hundred_megapixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(ValueError, match="25 million pixels"):
        logos.small(_png(10_000, 10_000))
    with pytest.raises(ValueError, match="25 million pixels"):
        logos.small(_png(200_000, 200_000))


def test_a_file_that_is_not_there_or_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        logos.read(tmp_path / "none.png")
    with pytest.raises(ValueError, match="larger than 10 MB"):
        logos.small(b"\x89PNG" + b"\0" * 11_000_000)
