"""The list of disclosures: who got something, in words that patients read with ease."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_app.clinical import readability
from referral_app.documents import disclosure_sheet
from referral_app.documents.asker import Asker
from referral_app.documents.disclosure_sheet import Accounting
from referral_app.services.disclosures import COPY, MISTAKE, Disclosure
from tests.documents import paper, people, tagged

FOUND = (
    Disclosure(
        date(2024, 3, 18), "An <invented> law office", "Referral letter", f"{COPY}: lawyer", "By mail"
    ),
    Disclosure(date(2025, 5, 2), "", "Referral letter", MISTAKE, "(410) 555-0199"),
)


def accounting(*, large: bool = False, **more: Any) -> Accounting:
    given: dict[str, Any] = {
        "asker": Asker("An Thị Nguyễn", date(1984, 3, 27), "7QK2-M4TX-9", people.PRACTICE, large),
        "since": date(2020, 3, 27), "to": people.TODAY, "care_too": False, "found": FOUND,
    } | more  # fmt: skip
    return Accounting(**given)


def test_each_time_is_told_with_day_who_what_and_why() -> None:
    said = paper.text(disclosure_sheet.render(accounting()))
    assert (
        "March 18, 2024 Who got it An <invented> law office How or where By mail What Referral letter "
        "Why A copy was asked for: lawyer"
    ) in said
    assert "May 2, 2025 Who got it We could not find out How or where (410) 555-0199" in said
    assert "Sent there by mistake" in said
    assert disclosure_sheet.NOT_CARE in said
    assert "Call Oak Lane Neurology: (410) 555-0120." in said


def test_it_says_what_it_shows_beyond_the_rule_and_where_nothing_was_found() -> None:
    said = paper.text(disclosure_sheet.render(accounting(found=(), care_too=True)))
    assert disclosure_sheet.NOTHING in said
    assert disclosure_sheet.CARE_TOO in said
    assert disclosure_sheet.NOT_CARE not in said


def test_what_no_font_can_draw_is_named_and_holds_up_no_list() -> None:
    odd = Disclosure(date(2025, 5, 2), "A bakery \U0001f600", "Letter \ufffe", MISTAKE, "By \U0001f4e0")
    pdf = disclosure_sheet.render(accounting(found=(odd,)))
    said = paper.text(pdf)
    for words in ("A bakery [grinning face]", "Letter [u+fffe]", "By [fax machine]"):
        assert words in said
    assert tagged.problems(pdf) == []


@pytest.mark.parametrize("large", [False, True])
def test_it_is_read_aloud_as_it_is_seen_in_both_sizes(large: bool) -> None:
    pdf = disclosure_sheet.render(accounting(large=large))
    assert tagged.problems(pdf) == []
    assert disclosure_sheet.render(accounting(large=large)) == pdf


def test_its_words_are_easy_to_read() -> None:
    opening = (disclosure_sheet.OPENING, disclosure_sheet.NOT_CARE, disclosure_sheet.NOT_YOU)
    for lines in (opening, disclosure_sheet.RIGHTS):
        found = readability.grade("\n\n".join(lines))
        assert found.flesch_kincaid <= readability.MOST_GRADE
        assert found.words_per_sentence <= readability.MOST_WORDS


def test_two_hundred_times_flow_on_and_none_is_lost() -> None:
    many = [Disclosure(date(2025, 1, 1), f"office{at} of", "Letter", COPY) for at in range(200)]
    said = paper.text(disclosure_sheet.render(accounting(found=many)))
    assert [at for at in range(200) if f"office{at} of" not in said] == []


def test_a_label_stands_in_one_line_in_large_print_too() -> None:
    content = disclosure_sheet.render(accounting(large=True))
    lines = [words for page in range(paper.pages(content)) for words in _lines(content, page + 1)]
    labels = [line for line in lines if line.startswith(("Who got it", "How or where"))]
    assert len(labels) >= 2


def _lines(content: bytes, page: int) -> list[str]:
    """Return the lines of a page from the places of its words."""
    found: dict[int, list[str]] = {}
    for word, _left, _top, _right, bottom in paper.word_places(content, page):
        found.setdefault(round(bottom), []).append(word)
    return [" ".join(words) for words in found.values()]
