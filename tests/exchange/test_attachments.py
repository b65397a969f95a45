"""Files of others are opened in a limited process, cleaned, and refused in a sentence where they cannot be kept."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from referral_app.exchange import attachment_child, attachment_files, attachment_reader
from referral_app.exchange.attachment_child import Limits
from referral_app.exchange.attachments import LARGEST_FILE, REPAIRED, Cleaned, Refused, Why
from referral_app.exchange.sources import BadFile
from tests import attachment_files as files

PICTURES = {
    "PNG": files.picture,
    "with alpha": lambda: files.picture(mode="RGBA"),
    "with a palette": lambda: files.picture(mode="P"),
    "of one bit": lambda: files.picture(mode="1"),
    "gray": lambda: files.picture(mode="L"),
    "JPEG": lambda: files.picture("JPEG"),
    "CMYK": lambda: files.picture("JPEG", mode="CMYK"),
    "TIFF": lambda: files.picture("TIFF"),
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES.keys())
def test_a_picture_becomes_one_page_of_letter_paper(make: Callable[[], bytes]) -> None:
    found = attachment_reader.clean(make())
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        assert (len(pdf.pages), found.pages) == (1, 1)
        assert sorted(float(side) for side in pdf.pages[0].mediabox) == [0, 0, 612, 792]


def test_a_picture_of_sixteen_bits_keeps_its_grays() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("I;16", (64, 1), b"".join((n * 1000).to_bytes(2, "little") for n in range(64))).save(
        out, "PNG"
    )
    found = attachment_reader.clean(out.getvalue())
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        kept = Image.open(io.BytesIO(pdf.pages[0].Resources.XObject.P.read_raw_bytes()))
        grays = [kept.getpixel((at, 0)) for at in range(64)]
    assert all(abs(gray - at * 1000 // 256) <= 12 for at, gray in enumerate(grays))


def test_a_picture_is_upright_and_without_place_or_camera() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "evil-camera"
    found = attachment_reader.clean(files.picture("JPEG", size=(300, 100), exif=exif))
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        kept = pdf.pages[0].Resources.XObject.P
        assert (int(kept.Width), int(kept.Height)) == (100, 300)
    assert b"evil-camera" not in files.plain(found.pdf)


def test_every_page_of_a_scan_is_kept() -> None:
    assert attachment_child.read(files.tiff(5)).pages == 5


def test_a_pdf_keeps_its_pages_and_words() -> None:
    found = attachment_child.read(files.pdf(3))
    assert (found.pages, found.notes) == (3, ())
    assert b"(Invented report 3)" in files.plain(found.pdf)


def test_all_that_acts_is_gone_and_what_was_typed_into_a_form_stays() -> None:
    before, found = files.plain(files.acting()), attachment_child.read(files.acting())
    left = files.plain(found.pdf)
    assert all(evil in before for evil in files.EVIL)
    assert [evil for evil in files.EVIL if evil in left] == []
    assert b"Typed into the form" in left
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        assert not pdf.attachments


def test_the_same_file_gives_the_same_bytes() -> None:
    for make in (files.pdf, files.picture, files.tiff):
        assert attachment_reader.clean(make()).pdf == attachment_child.read(make()).pdf


def test_a_pdf_that_everybody_may_open_loses_its_encryption() -> None:
    found = attachment_child.read(files.encrypted(""))
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        assert not pdf.is_encrypted


def test_a_broken_pdf_is_repaired_and_says_so() -> None:
    whole = attachment_child.read(files.pdf(3).replace(b"startxref", b"startxxxx"))
    assert (whole.pages, whole.notes) == (3, (REPAIRED,))


def test_layers_that_are_all_seen_are_kept_as_they_are_seen() -> None:
    left = files.plain(attachment_child.read(files.layered(off=False)).pdf)
    assert b"In a layer" in left
    assert b"/OCG" not in left


def test_drawings_in_circles_are_read_once() -> None:
    assert attachment_child.read(files.looping()).pages == 1


def test_a_deeply_nested_object_that_nothing_uses_is_left_behind() -> None:
    assert b"[[[[" not in files.plain(attachment_child.read(files.nested()).pdf)


REFUSED = {
    "empty": (lambda: b"", Why.EMPTY),
    "a zip file": (lambda: b"PK\3\4" + bytes(500), Why.KIND),
    "random bytes": (lambda: bytes(range(256)) * 9, Why.KIND),
    "the head of a PDF alone": (lambda: b"%PDF-1.7\n", Why.DAMAGED),
    "half a picture": (lambda: files.picture("JPEG")[:300], Why.DAMAGED),
    "with a password": (files.encrypted, Why.PASSWORD),
    "hidden layers": (lambda: files.layered(off=True), Why.LAYERS),
    "pages that hold themselves": (files.page_loop, Why.DAMAGED),
    "201 pages": (lambda: files.long_pdf(201), Why.PAGES),
    "100,000 pages": (files.long_pdf, Why.PAGES),
    "a PNG bomb": (files.png_bomb, Why.PIXELS),
    "a picture bomb in a PDF": (files.picture_bomb, Why.PIXELS),
    "a stream bomb": (files.stream_bomb, Why.UNPACKED),
    "a TIFF of 10,000 pages": (lambda: files.long_tiff(10_000), Why.PAGES),
    "one byte too large": (lambda: b"%PDF-" + bytes(LARGEST_FILE), Why.LARGE),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_is_refused_for_its_reason(make: Callable[[], bytes], why: Why) -> None:
    with pytest.raises(Refused) as refused:
        attachment_child.read(make())
    assert refused.value.why is why
    assert str(refused.value).endswith(".")


def test_a_form_that_only_its_program_can_show_is_refused() -> None:
    made = pikepdf.open(io.BytesIO(files.pdf(1)))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=made.make_stream(b"<xdp/>"))
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(Refused, match="one program only"):
        attachment_child.read(out.getvalue())


def test_keys_that_act_are_found_in_resources_and_drawings_too() -> None:
    made = pikepdf.open(io.BytesIO(files.pdf(1)))
    evil = pikepdf.Dictionary(S=Name.JavaScript, JS=pikepdf.String("evil"))
    page = made.pages[0].obj
    page.Resources["/Evil"] = evil
    page.Resources.Font.F1["/AA"] = evil
    page.Resources.Font["/AA"] = page.Resources.Font.F1
    page.Contents["/F"] = pikepdf.String("evil-file")
    out = io.BytesIO()
    made.save(out)
    found = attachment_reader.clean(out.getvalue())
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        kept = pdf.pages[0].obj.Resources
        assert set(kept.Font.keys()) == {"/F1", "/AA"}, "the name of a font is free"
        assert "/AA" not in kept.Font.F1
    assert b"evil" not in files.plain(found.pdf)


# The process


def test_a_reader_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        attachment_child.read(files.pdf(), limits=Limits(seconds=0.05))
    assert refused.value.why is Why.SLOW
    assert time.monotonic() - began < 5


def test_a_reader_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(Refused) as refused:
        attachment_child.read(files.picture("JPEG", size=(6000, 6000)), limits=Limits(memory=60_000_000))
    assert refused.value.why is Why.MEMORY


def test_reading_is_canceled() -> None:
    with pytest.raises(Refused) as refused:
        attachment_child.read(files.pdf(), canceled=lambda: True)
    assert refused.value.why is Why.CANCELED


def test_nothing_stays_in_the_temporary_folder_and_no_process_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psutil

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    attachment_child.read(files.pdf())
    for limits in (Limits(seconds=0.05), Limits(memory=1)):
        with pytest.raises(Refused):
            attachment_child.read(files.pdf(), limits=limits)
    assert list(tmp_path.iterdir()) == []
    assert not [one for one in psutil.Process().children(recursive=True) if "reader" in str(one.cmdline())]


PROBE = """
import os, sys
from referral_app.exchange import attachment_reader
attachment_reader._read_ahead()
attachment_reader.limit()
found = []
try:
    open(os.path.join({folder!r}, "written"), "wb", buffering=0).write(b"x" * 10)
    found.append("wrote a file")
except OSError: pass
try:
    bytearray(2 << 30); found.append("took memory")
except MemoryError: pass
print(sorted(os.environ), found, os.listdir("/proc/self/fd") if os.path.isdir("/proc") else [])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_limited_process_writes_no_file_and_takes_no_more_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-c", PROBE.format(folder=str(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"TMPDIR": str(tmp_path)})
    assert "[]" in done.stdout, done.stdout
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_a_reader_has_no_environment_and_no_open_file_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY", "evil-canary")
    seen: dict[str, str] = {}

    def look() -> bool:
        import psutil

        for one in psutil.Process().children():
            if attachment_reader.__name__ in " ".join(one.cmdline()):
                folder = Path(f"/proc/{one.pid}")
                seen["environment"] = (folder / "environ").read_text()
                seen["files"] = " ".join(str(link.readlink()) for link in (folder / "fd").iterdir())
        return False

    with (tmp_path / "store").open("wb") as store:
        os.set_inheritable(store.fileno(), True)
        attachment_child.read(files.pdf(), canceled=look)
    assert "CANARY" not in seen["environment"]
    assert str(tmp_path / "store") not in seen["files"]


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense", b"[]\n", b'{"pages": 0, "notes": []}\n%PDF-', b'{"pages": 1, "notes": []}\nMZ',
     b'{"refused": "unheard of"}\n', b'{"pages": "1"}\n%PDF-', b"[" * 9000 + b"\n"],
)  # fmt: skip
def test_a_reader_that_was_taken_over_is_believed_nothing(answer: bytes) -> None:
    with pytest.raises(Refused) as refused:
        attachment_child._answer(answer, 0)  # noqa: SLF001
    assert refused.value.why is Why.UNREADABLE


def test_a_reader_that_ends_in_a_crash_is_said() -> None:
    with pytest.raises(Refused, match="stopped its reader"):
        attachment_child._answer(b'{"pages": 1, "notes": []}\n%PDF-', -11)  # noqa: SLF001


def test_a_frozen_program_reads_with_a_hidden_command_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert attachment_child.command() == [sys.executable, "read-attachment"]
    command = [sys.executable, "-m", "referral_app", "read-attachment"]
    done = subprocess.run(command, input=files.pdf(2), capture_output=True, check=True)
    assert done.stdout.startswith(b'{"pages": 2, "notes": []}\n%PDF-')


# The file


def test_a_file_of_two_gigabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    began = time.monotonic()
    with pytest.raises(Refused, match="25 MB"):
        attachment_files.taken(path)
    assert time.monotonic() - began < 1


def test_folders_missing_files_and_pipes_are_refused_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(Refused, match="is empty"):
        attachment_files.taken(empty)
    with pytest.raises(BadFile, match="is a folder"):
        attachment_files.taken(tmp_path)
    with pytest.raises(BadFile, match="cannot be read"):
        attachment_files.taken(tmp_path / "gone.pdf")
    odd = [Path("/dev/zero")] if Path("/dev/zero").exists() else []
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
        odd.append(tmp_path / "pipe.pdf")
    for path in odd:
        with pytest.raises(BadFile, match="no ordinary file"):
            attachment_files.taken(path)


def test_a_file_that_is_being_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "scan.pdf", os.fstat
    path.write_bytes(files.pdf())

    def later(number: int) -> os.stat_result:
        found = real(number)
        path.write_bytes(path.read_bytes() + b"more")
        return found

    monkeypatch.setattr(attachment_files.os, "fstat", later)
    with pytest.raises(BadFile, match="changed while it was read"):
        attachment_files.taken(path)


def test_what_is_read_from_a_file_is_what_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(files.pdf())
    assert attachment_files.taken(path) == files.pdf()


# Mutated files


def test_mutated_files_are_read_or_refused_without_a_crash() -> None:
    from tests.reliability import attachment_mutations

    tally = attachment_mutations.in_one_process(1000, seed=1)
    assert tally.faults == {}
    assert tally.tried == 1000


def test_mutated_files_go_through_the_real_road_without_a_crash() -> None:
    fine = {Why.DAMAGED, Why.KIND, Why.PIXELS, Why.PASSWORD, Why.UNPACKED, Why.LAYERS}
    assert {_what_became_of(data) for data in files.mutated(15, seed=2)} <= {"read", *fine}


def _what_became_of(data: bytes) -> str:
    try:
        return "read" if isinstance(attachment_child.read(data), Cleaned) else "?"
    except Refused as refused:
        return refused.why


def _pictures(content: bytes) -> list[Any]:
    """Return the pages of a PDF as they are drawn."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
    from PySide6.QtPdf import QPdfDocument

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    drawn = [document.render(page, QSize(612, 792)) for page in range(document.pageCount())]
    document.close()
    return drawn


@pytest.mark.usefixtures("qapp")
def test_a_cleaned_pdf_looks_exactly_as_before() -> None:
    from referral_app.documents import consult_packet, letter
    from tests.documents import people

    for given in (
        letter.render(people.letter()),
        consult_packet.render(people.packet()),
        files.layered(off=False),
    ):
        before, after = _pictures(given), _pictures(attachment_child.read(given).pdf)
        assert len(before) == len(after) > 0
        assert all(page == same for page, same in zip(before, after, strict=True))
