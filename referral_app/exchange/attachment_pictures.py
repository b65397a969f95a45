"""Pictures made into the pages of a PDF: upright, on white, without place, camera or any other note."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from referral_app.exchange.attachments import MOST_PAGES, MOST_PIXELS, Cleaned, Refused, Why

if TYPE_CHECKING:
    from pikepdf import Object, Pdf
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "TIFF")
KEPT_PIXELS = 12_000_000
"""A page is kept with at most so many: about 360 dots an inch on Letter, more than a fax or printer shows."""
QUALITY = 90
PAPER = (612.0, 792.0)
MARGIN = 18.0
"""Letter and a quarter of an inch, in points."""
_REDUCED, _SUBFILE = 1, 254
"""TIFF 6.0: bit 0 of the tag NewSubfileType says that a page is a small copy of another one."""


def clean(data: bytes) -> Cleaned:
    """Return a JPEG, PNG or TIFF file as a PDF with one page for each picture; raises Refused."""
    import pikepdf
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pdf, out = pikepdf.new(), io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # sizes are judged by `_refuse_large`, and what Pillow doubts is drawn
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as given:
                for picture in _pages(given):
                    _add_page(pdf, picture)
        except Image.DecompressionBombError as error:
            raise Refused(Why.PIXELS) from error
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Cleaned(out.getvalue(), len(pdf.pages))


def _pages(given: Image) -> Generator[Image]:
    """Yield the pictures of a file; all of their sizes are looked at before the first one is unpacked."""
    frames = list(_frames(given))
    for number in frames:
        given.seek(number)
        yield _upright(given)


def _frames(given: Image) -> Generator[int]:
    """Yield the numbers of the pages: all of a TIFF file but small copies, the first picture of others."""
    if given.format != "TIFF":
        _refuse_large(given)
        yield 0
        return
    small: list[int] = []
    for number in range(MOST_PAGES + 1):
        try:
            given.seek(number)
        except EOFError:
            break
        if number == MOST_PAGES:
            raise Refused(Why.PAGES)
        _refuse_large(given)
        if _is_small_copy(given):
            small.append(number)
        else:
            yield number
    else:
        raise Refused(Why.PAGES)
    if small and small[0] == 0 and number == len(small):
        yield 0


def _is_small_copy(given: Any) -> bool:
    kind = given.tag_v2.get(_SUBFILE, 0)
    return isinstance(kind, int) and bool(kind & _REDUCED)


def _refuse_large(given: Image) -> None:
    """Refuse a picture by the size that its head tells, before any of it is unpacked."""
    if given.width * given.height > MOST_PIXELS:
        raise Refused(Why.PIXELS)
    if min(given.size) < 1:
        raise Refused(Why.DAMAGED)


def _upright(given: Image) -> Image:
    """Return a picture as a new one of one bit, gray or color, no larger than a page needs."""
    from PIL import Image, ImageOps

    given.load()
    picture = ImageOps.exif_transpose(given)
    if picture.mode == "1":
        return picture
    picture = _in_color(picture)
    if (ratio := (KEPT_PIXELS / (picture.width * picture.height)) ** 0.5) < 1:
        smaller = (max(1, int(picture.width * ratio)), max(1, int(picture.height * ratio)))
        return picture.resize(smaller, Image.Resampling.LANCZOS)
    return picture


def _in_color(picture: Image) -> Image:
    """Return a picture in gray or color, what is transparent on white."""
    from PIL import Image

    if picture.mode.startswith("I"):  # sixteen bits a point, of which the upper eight are kept
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        bare = Image.new("RGB", seen.size, "white")
        bare.paste(seen, mask=seen.getchannel("A"))
        return bare
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _add_page(pdf: Pdf, picture: Image) -> None:
    """Add a page of Letter paper with a picture at its middle, as large as fits but never coarser than the screen."""
    from pikepdf import Array, Dictionary, Name

    wide, tall = PAPER if picture.height >= picture.width else PAPER[::-1]
    scale = min((wide - 2 * MARGIN) / picture.width, (tall - 2 * MARGIN) / picture.height, 1.0)
    across, up = picture.width * scale, picture.height * scale
    left, low = (wide - across) / 2, (tall - up) / 2
    content = f"q {across:.3f} 0 0 {up:.3f} {left:.3f} {low:.3f} cm /P Do Q".encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, int(wide), int(tall)]),
        Resources=Dictionary(XObject=Dictionary(P=_stream(pdf, picture))),
        Contents=pdf.make_stream(content),
    )
    pdf._add_page(page, first=False)  # noqa: SLF001


def _stream(pdf: Pdf, picture: Image) -> Object:
    """Return a picture as an object of a PDF: one bit a point without loss, others as JPEG."""
    from pikepdf import Name

    one_bit = picture.mode == "1"
    out = io.BytesIO()
    if not one_bit:
        picture.save(out, "JPEG", quality=QUALITY, subsampling=0, exif=b"", icc_profile=None)
    return pdf.make_stream(
        zlib.compress(picture.tobytes(), 9) if one_bit else out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray,
        BitsPerComponent=1 if one_bit else 8,
        Filter=Name.FlateDecode if one_bit else Name.DCTDecode,
    )
