"""Notices of the center: a PDF of its own made anew, and behind every packet, stamped and read aloud."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from referral_app.database import Database
from referral_app.jobs import notices, packets
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import NoticeRecord
from tests.documents import paper, tagged


def pdf(path: Path, pages: int) -> Path:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(path)
    return path


def test_a_pdf_of_the_center_goes_behind_every_packet_with_the_name_of_the_patient(
    filled: Database, reference: str, tmp_path: Path
) -> None:
    before = packets.make(filled, reference).content
    taken = notices.take(pdf(tmp_path / "rights.pdf", 2))
    notices.save(filled, NoticeRecord(1, "Your rights", content=taken.content, pages=taken.pages))
    made = packets.make(filled, reference)
    assert paper.pages(made.content) == paper.pages(before) + 2
    assert made.enclosed == ("Your rights",)
    assert "Quintero" in paper.text(made.content, paper.pages(made.content))
    assert tagged.problems(made.content) == []


def test_a_notice_in_words_is_a_part_of_the_packet(filled: Database, reference: str) -> None:
    notices.save(filled, NoticeRecord(2, "Help in your language", "Invented words of the center."))
    made = packets.make(filled, reference)
    assert "Invented words of the center." in paper.flat(paper.text(made.content))
    assert made.enclosed == ()


@pytest.mark.parametrize("content", [b"", b"MZ no pdf", b"%PDF-1.7 damaged"])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rights.pdf").write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        notices.take(tmp_path / "rights.pdf")
    assert list(refused.value.fields) == ["content"]


def test_a_notice_of_more_pages_than_go_with_a_packet_is_refused(filled: Database, tmp_path: Path) -> None:
    taken = notices.take(pdf(tmp_path / "book.pdf", 21))
    with pytest.raises(InvalidInput, match="at most 20"):
        notices.save(filled, NoticeRecord(1, "Your rights", content=taken.content, pages=taken.pages))


def test_letters_that_no_font_draws_are_named(filled: Database) -> None:
    with pytest.raises(InvalidInput) as refused:
        notices.save(filled, NoticeRecord(1, "Rights", "שלום"))
    assert list(refused.value.fields) == ["words"]
