"""The sheet with the recovery key, read back from the finished PDF."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app import crockford
from referral_app.documents import recovery_sheet
from tests.documents import paper

KEY = "7QK2M4TX9ABCDEFGHJKMNPQRSTVWXYZ012345678901234567890M"
MADE = date(2026, 11, 23)


def sheet(key: str = KEY, office: str = "Rowan Street Practice") -> bytes:
    return recovery_sheet.render(key, office, MADE)


def test_the_key_can_be_read_back_from_the_paper() -> None:
    said = paper.text(sheet())
    lines = recovery_sheet.grouped(KEY)
    assert all(line in said for line in lines)
    assert crockford.read("".join(lines)) == KEY


def test_a_key_that_comes_in_groups_is_printed_the_same() -> None:
    assert sheet(crockford.grouped(KEY, 5)) == sheet()


@pytest.mark.parametrize("key", [KEY, KEY[:27], KEY + KEY[:11]])
@pytest.mark.parametrize(
    "office", ["Rowan Street Practice", "The Very Long Name of a Headache Practice " * 4]
)
def test_it_is_one_whole_page_with_fonts_in_it(key: str, office: str) -> None:
    pdf = sheet(key, office)
    assert paper.pages(pdf) == 1
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())


def test_it_says_what_it_is_where_to_keep_it_and_how_to_use_it() -> None:
    said = paper.text(sheet())
    for words in ("made on November 23, 2026", "in a locked place away from this computer", "whoever holds both can "
                  "read everything", "choose Restore", "say that you have the recovery key",
                  "administrators are locked out", "--recovery-key-file", "Kept where",
                  "Checked by"):  # fmt: skip
        assert words in said, words


def test_the_name_of_the_office_is_printed_as_it_is() -> None:
    assert "<b>Rowan & Sons" in paper.text(sheet(office="<b>Rowan & Sons"))
