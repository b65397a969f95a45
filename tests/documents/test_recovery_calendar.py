"""The calendar after an operation: the months that hold something, what stands in them, and what is read out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from referral_app.documents import layout, packet_language, recovery_calendar, surgery_pages
from referral_app.documents.figures import Figure
from referral_app.documents.layout import Page
from referral_app.documents.recovery_calendar import Marks
from tests.documents import paper

SURGERY, VISITS = date(2027, 2, 26), (date(2027, 3, 5), date(2027, 3, 19), date(2028, 2, 29))
MARKS = Marks(SURGERY, VISITS)
EN, ES = packet_language.words("en"), packet_language.words("es")


def drawn(size: float = 12, marks: Marks = MARKS) -> list[Figure]:
    return recovery_calendar.drawn(marks, size, EN, surgery_pages.words("en"))


def pdf(figures: list[Figure]) -> bytes:
    return layout.build(list(figures), Page("Calendar", "Nobody", (), layout.patient_styles(large=False)))


def test_only_months_with_a_mark_are_drawn_in_their_order() -> None:
    assert MARKS.months == [date(2027, 2, 1), date(2027, 3, 1), date(2028, 2, 1)]
    said = paper.text(pdf(drawn()))
    for month in ("February 2027", "March 2027", "February 2028"):
        assert month in said
    assert "April" not in said


def test_every_day_of_a_month_is_drawn_once_below_its_weekday() -> None:
    made = pdf(drawn(marks=Marks(date(2028, 2, 1))))
    words = paper.word_places(made, 1)
    days = {
        int(word): (left + right) / 2
        for word, left, _, right, _ in words
        if word.isdigit() and int(word) < 32
    }
    columns = {word: (left + right) / 2 for word, left, _, right, _ in words if word in {"Sun", "Tue", "Sat"}}
    assert set(days) == set(range(1, 30))
    assert days[1] == pytest.approx(columns["Tue"], abs=2)
    assert days[5] == pytest.approx(columns["Sat"], abs=2)
    assert days[6] == pytest.approx(columns["Sun"], abs=2)


def test_two_months_stand_side_by_side_in_usual_print_and_one_in_large() -> None:
    assert len(drawn()) == 2
    assert len(drawn(18)) == 3


@pytest.mark.parametrize("size", [12, 18])
def test_nothing_is_drawn_beside_the_page(size: float) -> None:
    figures = drawn(size)
    assert all(0 <= edge <= layout.PAGE_WIDTH - layout.MARGIN + 1 for edge in paper.edges(pdf(figures)))


def test_what_is_read_out_names_each_marked_day_of_these_months() -> None:
    first, second = (one.alternative for one in drawn())
    assert first == (
        "Calendar of February 2027 and March 2027. Surgery on February 26, 2027. Visit on March 5, 2027. "
        "Visit on March 19, 2027."
    )
    assert second == "Calendar of February 2028. Visit on February 29, 2028."


def test_in_spanish_months_days_and_what_is_read_are_spanish() -> None:
    (made,) = recovery_calendar.drawn(Marks(SURGERY), 12, ES, surgery_pages.words("es"))
    assert made.alternative == "Calendario de febrero de 2027. Cirugía el 26 de febrero de 2027."
    said = paper.text(pdf([made]))
    assert "dom" in said
    assert "febrero de 2027" in said


def test_the_day_of_surgery_that_is_a_visit_too_is_filled() -> None:
    assert Marks(SURGERY, (SURGERY,)).months == [date(2027, 2, 1)]
    assert pdf(drawn(marks=Marks(SURGERY, (SURGERY,))))


def _years() -> Iterator[date]:
    yield from (date(2027, month, 28) for month in range(1, 13))


def test_a_year_of_visits_goes_on_on_further_pages() -> None:
    made = pdf(drawn(18, Marks(date(2027, 1, 5), tuple(_years()))))
    assert paper.pages(made) > 2
    assert paper.whole(made)
