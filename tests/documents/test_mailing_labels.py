"""Mailing labels: thirty a sheet in their places, from any label on, long addresses smaller and never cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app.documents import mailing_labels
from referral_app.documents.mailing_labels import A_SHEET, Label, Labels
from referral_app.services.errors import InvalidInput
from tests.documents import paper
from tests.documents.tagged import problems

LONG = Label(
    "Maximiliana Konstantinopolitanska-Wolfeschlegelsteinhausen III",
    ("12345 Very Long Boulevard of the Inventors and Dreamers, Northwest", "Suite 100, Building 12, left door",
     "San Buenaventura Lakes, CA 93001-1234"),
)  # fmt: skip


def _people(number: int) -> list[Label]:
    return [Label(f"Invented Person {at}", ("12 Elm Street", "Baltimore, MD 21201")) for at in range(number)]


def _words(pdf: bytes) -> str:
    return " ".join(paper.text(pdf).split())


def test_a_sheet_has_thirty_and_the_next_begins_a_new_one() -> None:
    pdf = mailing_labels.render(Labels(_people(A_SHEET + 1)))
    assert paper.pages(pdf) == 2
    assert all(f"Invented Person {at}" in _words(pdf) for at in range(A_SHEET + 1))


def test_a_sheet_that_was_begun_is_used_from_its_first_free_label_on() -> None:
    assert paper.pages(mailing_labels.render(Labels(_people(A_SHEET - 3), start=4))) == 1
    assert paper.pages(mailing_labels.render(Labels(_people(A_SHEET - 3), start=5))) == 2


def test_a_long_address_is_printed_smaller_and_whole() -> None:
    words = _words(mailing_labels.render(Labels([LONG], sender="Headache Center, 1 Invented Way, Baltimore")))
    for line in (LONG.name, *LONG.lines):
        assert all(word in words for word in line.split())


def test_what_fits_no_label_stops_with_the_name() -> None:
    with pytest.raises(InvalidInput, match="Endless"):
        mailing_labels.render(Labels([Label("Endless", ("Very long street " * 30, "Baltimore, MD 21201"))]))


@pytest.mark.parametrize("start", [0, A_SHEET + 1])
def test_a_label_that_no_sheet_has_is_refused(start: int) -> None:
    with pytest.raises(InvalidInput, match="from 1 to 30"):
        mailing_labels.render(Labels(_people(1), start=start))


def test_nobody_with_an_address_is_a_sentence() -> None:
    with pytest.raises(InvalidInput, match="has an address"):
        mailing_labels.render(Labels([]))


def test_labels_are_the_same_each_time_and_accessible(tmp_path: Path) -> None:
    labels = Labels(_people(3), start=2)
    assert mailing_labels.render(labels) == mailing_labels.render(labels)
    assert problems(mailing_labels.render(labels)) == []
