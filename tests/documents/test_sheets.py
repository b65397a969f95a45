"""What is printed on both sides ends on a whole sheet; what it says and its tags stay as they were."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Pdf
from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import sheets
from tests.documents import paper


def _pdf(*sizes: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number, size in enumerate(sizes, start=1):
        canvas.setPageSize(size)
        canvas.drawString(72, 72, f"This is page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


LETTER = (612, 792)


def test_an_odd_number_of_pages_gets_one_blank_page_of_the_same_size() -> None:
    found = sheets.padded(_pdf(LETTER, LETTER, (792, 612)))
    with Pdf.open(io.BytesIO(found)) as document:
        assert len(document.pages) == 4
        assert [float(edge) for edge in document.pages[3].mediabox] == [0, 0, 792, 612]
    assert "This is page 3" in paper.text(found)
    assert not paper.text(found, 4).strip()


def test_an_even_number_of_pages_stays_as_it_is() -> None:
    made = _pdf(LETTER, LETTER)
    assert sheets.padded(made) is made


def test_a_page_that_lies_on_its_side_is_followed_by_one_that_does() -> None:
    with Pdf.open(io.BytesIO(_pdf(LETTER))) as document:
        document.pages[0].rotate(90, relative=False)
        target = io.BytesIO()
        document.save(target)
    with Pdf.open(io.BytesIO(sheets.padded(target.getvalue()))) as document:
        assert [page.obj["/Rotate"] for page in document.pages] == [90, 90]


def test_the_same_document_gives_the_same_bytes() -> None:
    made = _pdf(LETTER)
    assert sheets.padded(made) == sheets.padded(made)


def test_a_protected_document_is_refused_instead_of_changed() -> None:
    with Pdf.open(io.BytesIO(_pdf(LETTER))) as document:
        target = io.BytesIO()
        document.save(target, encryption=pikepdf.Encryption(user="secret", owner="secret", R=6))
    with pytest.raises(pikepdf.PasswordError):
        sheets.padded(target.getvalue())
