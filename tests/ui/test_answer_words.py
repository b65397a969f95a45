"""Answers in words on screen."""

from __future__ import annotations

from referral_app.clinical.intake import find
from referral_app.ui import answer_words


def test_an_address_is_written_as_on_an_envelope() -> None:
    address = {"line1": "1 Invented Lane", "city": "Baltimore", "state": "MD", "zip": "21230"}
    said = answer_words.answer(find("patient.address"), address)
    assert said == "1 Invented Lane, Baltimore, MD 21230"
    assert answer_words.answer(find("patient.address"), {"zip": "21230"}) == "21230"


def test_a_document_that_nobody_named_is_called_one() -> None:
    said = answer_words.answer(find("attachments"), [{"pages": 3, "sha256": "0" * 64}, {"pages": 3}])
    assert said == "Document – 3 pages\n3 pages · enclosed on paper"
