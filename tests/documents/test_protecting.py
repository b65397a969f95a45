"""A password on a PDF: it opens with it, in other programs too, and shows nothing without."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from referral_app.documents import letter, protecting
from referral_app.documents.protecting import protected
from referral_app.services.errors import InvalidInput
from tests import attachment_files
from tests.documents import paper, people, tagged

PASSWORD = "seven lanterns"


@pytest.fixture(scope="module")
def ours() -> bytes:
    return letter.render(people.letter(people.intake()))


def test_it_opens_with_the_password_and_is_the_same_document(ours: bytes) -> None:
    content = protected(ours, PASSWORD)
    with pikepdf.open(io.BytesIO(content), password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert not opened.owner_password_matched
        assert opened.allow.accessibility
        assert opened.allow.extract
        assert opened.allow.print_highres
        out = io.BytesIO()
        opened.save(out, encryption=False)
    assert paper.text(out.getvalue()) == paper.text(ours)
    assert tagged.problems(out.getvalue()) == []


@pytest.mark.parametrize("wrong", ["", "seven lantern", PASSWORD.upper()])
def test_it_does_not_open_without_it(ours: bytes, wrong: str) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(protected(ours, PASSWORD)), password=wrong)


@pytest.mark.parametrize(
    "password", [PASSWORD, "Ångström für ältere", "pässwort 🔑 groß", " spaces at ends "]
)
def test_other_readers_open_it_too(ours: bytes, tmp_path: Path, password: str) -> None:
    path = tmp_path / "protected.pdf"
    path.write_bytes(protected(ours, password))
    for given, status in ((password, 0), ("wrong one here", 2)):
        run = subprocess.run(["qpdf", f"--password={given}", "--check", path], capture_output=True)
        assert run.returncode == status


def test_the_preview_library_opens_it_with_the_password_alone(ours: bytes, qapp: QApplication) -> None:
    buffer = QBuffer()
    buffer.setData(QByteArray(protected(ours, PASSWORD)))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.error() is QPdfDocument.Error.IncorrectPassword
    document.setPassword(PASSWORD)
    buffer.seek(0)
    document.load(buffer)
    assert document.error() is QPdfDocument.Error.None_
    assert document.pageCount() == paper.pages(ours)
    document.close()


def test_nothing_of_the_patient_is_readable_in_it(ours: bytes) -> None:
    content = protected(ours, PASSWORD)
    with pikepdf.open(io.BytesIO(ours)) as opened:
        title = str(opened.docinfo["/Title"])
    for words in (title, people.letter(people.intake()).reference, "Referral", "x:xmpmeta", PASSWORD):
        assert words.encode() not in content
        assert words.encode("utf-16-be") not in content


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Enter a password"),
        ("        ", "Enter a password"),
        ("short", "at least 8"),
        ("x" * 128, "at most 127"),
        ("🔑" * 40, "at most 127"),
        ("line\nbreak", "Type it again"),
    ],
)
def test_an_empty_short_or_long_password_is_refused_in_a_sentence(
    ours: bytes, password: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        protected(ours, password)
    assert said in protecting.password_problem(password)


@pytest.mark.parametrize("user", ["secret", ""])
def test_what_is_protected_already_is_refused(user: str) -> None:
    with pytest.raises(InvalidInput, match="already"):
        protected(attachment_files.encrypted(user), PASSWORD)
