"""Files to attach, good and hostile, each made here: nothing is kept in the repository."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw


def picture(kind: str = "PNG", size: tuple[int, int] = (240, 160), mode: str = "RGB", **more: Any) -> bytes:
    """Return a picture with a line of text."""
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).text((10, 10), "Invented report", fill="black")
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def tiff(pages: int = 3, size: tuple[int, int] = (120, 160), mode: str = "1") -> bytes:
    """Return a TIFF file of several pages, as scanners make."""
    first, *rest = [Image.new(mode, size, "white") for _ in range(pages)]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="group4" if mode == "1" else None)
    return out.getvalue()


def long_tiff(pages: int) -> bytes:
    """Return a TIFF file of many pages of one pixel, as small as it can be."""
    out = bytearray(b"II*\0" + struct.pack("<I", 12) + b"\0\0\0\0")
    for number in range(pages):
        tags = [
            (256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
            (277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 1),
        ]  # fmt: skip
        entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
        follows = 0 if number == pages - 1 else len(out) + 2 + len(entries) + 4
        out += struct.pack("<H", len(tags)) + entries + struct.pack("<I", follows)
    return bytes(out)


def png_bomb(side: int = 50_000) -> bytes:
    """Return a small PNG that says it is very large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(pages: int = 2, words: str = "Invented report", **save: Any) -> bytes:
    """Return a PDF with a line of text on each page."""
    made = pikepdf.new()
    for number in range(pages):
        _page(made, f"{words} {number + 1}")
    return _bytes(made, **save)


def _page(made: pikepdf.Pdf, words: str) -> Any:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 612, 792]),
        Resources=Dictionary(Font=Dictionary(F1=made.make_indirect(font))),
        Contents=made.make_stream(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()),
    )
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    return made.pages[-1].obj


def _bytes(made: pikepdf.Pdf, **save: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def encrypted(user: str = "secret", owner: str = "owner") -> bytes:
    """Return a PDF with passwords; with an empty `user` everybody may look at it."""
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def acting() -> bytes:
    """Return a PDF with all that acts: scripts, launch, links, submitting, embedded files, and a field with words."""
    made = pikepdf.new()
    page = _page(made, "Harmless words")
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('evil-script')"))
    launch = Dictionary(S=Name.Launch, F=String("evil-launch.exe"))
    link = Dictionary(S=Name.URI, URI=String("http://evil-uri.example"))
    form = made.make_stream(
        b"BT /F1 12 Tf 2 5 Td (Typed into the form) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=page.Resources,
        Metadata=made.make_stream(b"evil-metadata"),
        PieceInfo=Dictionary(Evil=Dictionary(JS=String("evil-piece"))),
    )
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("field"), V=String("Typed into the form"), F=4,
            Rect=Array([72, 600, 272, 620]), AP=Dictionary(N=form), AA=Dictionary(K=script),
            A=Dictionary(S=Name.SubmitForm, F=String("http://evil-submit.example")),
        )
    )  # fmt: skip
    page.Annots = Array([
        field,
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), A=link),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 90, 90]), A=launch),
    ])  # fmt: skip
    page.AA = Dictionary(O=script)
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=launch)
    made.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=made.make_stream(b"<xdp>evil-xfa</xdp>"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    made.attachments["evil-file.txt"] = b"evil-embedded"
    made.docinfo["/Author"] = "evil-author"
    made.Root.Metadata = made.make_stream(b"<x>evil-metadata</x>", Type=Name.Metadata, Subtype=Name.XML)
    return _bytes(made, fix_metadata_version=False)


EVIL = (b"evil", b"/JS", b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction", b"/AA", b"/XFA",
        b"/Annots", b"/AcroForm", b"/SubmitForm", b"/Metadata", b"/Author")  # fmt: skip


def plain(content: bytes) -> bytes:
    """Return a PDF with nothing packed in it, to be searched."""
    with pikepdf.open(io.BytesIO(content)) as found:
        out = io.BytesIO()
        found.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return content + out.getvalue()


def layered(off: bool) -> bytes:
    """Return a PDF with words in a layer, which is hidden or not."""
    made = pikepdf.new()
    page = _page(made, "Seen")
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    page.Resources.Properties = Dictionary(MC0=layer)
    page.Contents = made.make_stream(b"/OC /MC0 BDC BT /F1 12 Tf 72 600 Td (In a layer) Tj ET EMC")
    chosen = Dictionary(OFF=Array([layer] if off else []))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=chosen)
    return _bytes(made)


def looping() -> bytes:
    """Return a PDF whose drawings draw each other, and hold each other, in circles."""
    made = pikepdf.new()
    page = _page(made, "Round")
    first = made.make_stream(b"/B Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    second = made.make_stream(b"/A Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    first.Resources = Dictionary(XObject=Dictionary(B=second))
    second.Resources = Dictionary(XObject=Dictionary(A=first))
    page.Resources.XObject = Dictionary(A=first)
    return _bytes(made)


def long_pdf(pages: int = 100_000) -> bytes:
    """Return a PDF of many empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, kids),
        *[b"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 612 792]>>"] * pages,
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%bendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, at = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return bytes(out + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, at))


def page_loop() -> bytes:
    """Return a PDF whose tree of pages holds itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def nested(depth: int = 100_000) -> bytes:
    """Return a PDF with arrays in one another, far deeper than anybody writes."""
    body = b"[" * depth + b"]" * depth
    return pdf(1).replace(b"%%EOF", b"") + b"\n9 0 obj " + body + b" endobj\n%%EOF"


def stream_bomb(size: int = 400_000_000) -> bytes:
    """Return a PDF whose page unpacks to `size` bytes."""
    packer, parts = zlib.compressobj(9), list[bytes]()
    block = b" " * 10_000_000
    for _ in range(size // len(block)):
        parts.append(packer.compress(block))
    packed = b"".join((*parts, packer.flush()))
    made = pikepdf.new()
    page = _page(made, "Bomb")
    page.Contents = pikepdf.Stream(made, packed, Filter=Name.FlateDecode)
    return _bytes(made, compress_streams=True)


def picture_bomb() -> bytes:
    """Return a PDF with a picture that says it has 50,000 by 50,000 pixels."""
    made = pikepdf.new()
    page = _page(made, "Picture")
    page.Resources.XObject = Dictionary(P=made.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=50_000, Height=50_000, BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
    ))  # fmt: skip
    return _bytes(made)


def seeds() -> list[bytes]:
    """Return small whole files of each kind, to be mutated."""
    return [
        pdf(2), pdf(1, object_stream_mode=pikepdf.ObjectStreamMode.generate), acting(), layered(False), looping(),
        encrypted(""), picture("PNG"), picture("PNG", mode="RGBA"), picture("PNG", mode="P"), picture("JPEG"),
        picture("JPEG", progressive=True), tiff(3), tiff(2, mode="RGB"),
        picture("TIFF", compression="tiff_lzw"), picture("TIFF", compression="jpeg"),
    ]  # fmt: skip


def mutated(count: int, seed: int) -> list[bytes]:
    """Return files with bytes changed, cut out, doubled or cut off, always the same ones for a seed."""
    chance, whole = random.Random(seed), seeds()
    return [_mutated(chance, whole[number % len(whole)]) for number in range(count)]


def _mutated(chance: random.Random, given: bytes) -> bytes:
    content = bytearray(given)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
        place = chance.randrange(max(len(content), 1))
        match chance.randrange(6):
            case 0:
                content[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                content[place : place + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"9999", b"-1  "))
            case 2:
                del content[place : place + chance.choice((1, 4, 64))]
            case 3:
                content[place:place] = content[place : place + chance.choice((1, 16, 256))]
            case 4:
                content[place:place] = chance.randbytes(chance.choice((1, 8)))
            case _:
                if chance.random() < 0.1:
                    del content[place:]
    return bytes(content)
