"""Photos: kept small and bare, and what is no picture, or far too much of one, refused in a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from referral_app.exchange import photos
from referral_app.jobs import photos as jobs
from referral_app.services.errors import InvalidInput


def _packed(kind: str, size: tuple[int, int] = (900, 600), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **more)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_a_small_jpeg(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "photo"
    file.write_bytes(_packed(kind))
    kept = _opened(photos.read(file))
    assert (kept.format, kept.size) == ("JPEG", (400, 267))


def test_a_small_picture_is_not_made_larger() -> None:
    assert _opened(photos.small(_packed("PNG", (40, 30)))).size == (40, 30)


def test_place_and_camera_are_left_out_and_the_picture_stands_upright() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6  # turned by a quarter
    notes[0x010F] = "Invented camera"
    notes[0x8825] = {1: "N", 2: (39.0, 17.0, 0.0)}
    kept = photos.small(_packed("JPEG", (300, 200), exif=notes.tobytes(), comment=b"canary"))
    assert _opened(kept).size == (200, 300)
    assert not _opened(kept).getexif()
    assert b"Invented camera" not in kept
    assert b"canary" not in kept


def test_what_is_seen_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert _opened(photos.small(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16"])
def test_gray_and_indexed_pictures_are_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "PNG")
    assert _opened(photos.small(out.getvalue())).mode == "RGB"


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", _packed("GIF"), _packed("JPEG")[:300]],
    ids=["empty", "text", "svg", "gif", "cut"],
)
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole JPEG or PNG"):
        photos.small(data)


def test_a_picture_with_a_broken_block_is_refused() -> None:
    whole = bytearray(_packed("PNG", (60, 60)))
    whole[50:60] = b"\xff" * 10
    with pytest.raises(ValueError, match="not a whole JPEG or PNG"):
        photos.small(bytes(whole))


def test_a_file_above_10_mb_is_refused() -> None:
    photos.small(_packed("PNG", (10, 10)) + bytes(photos.LARGEST_FILE - 1000))
    with pytest.raises(ValueError, match="larger than 10 MB"):
        photos.small(bytes(photos.LARGEST_FILE + 1))


def test_a_picture_of_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ValueError, match="25 million pixels"):
        photos.small(_bomb(60_000, 60_000))
    with pytest.raises(ValueError, match="25 million pixels"):
        photos.small(_bomb(5001, 5000))


def _bomb(width: int, height: int) -> bytes:
    """Return the head of a PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    blocks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in blocks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_a_file_that_is_gone_is_said_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"gone\.jpg cannot be read"):
        jobs.read(tmp_path / "gone.jpg")
    (tmp_path / "text.jpg").write_text("text")
    with pytest.raises(InvalidInput) as refusal:
        jobs.read(tmp_path / "text.jpg")
    assert set(refusal.value.fields) == {"photo"}
