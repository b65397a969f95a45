"""Search box and filters in step: fields typed show in the filters, and filters are written as text."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from referral_app.services.surgeon_records import Query
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.asking import Asking
from referral_app.ui.surgeons.filters import Filters
from referral_app.ui.surgeons.short_pane import ShortPane
from referral_app.ui.widgets.search_box import SearchBox


@pytest.fixture
def asking(qtbot: QtBot, desk: Desk) -> tuple[Asking, SearchBox, Filters]:
    filters, search = Filters(ShortPane()), SearchBox("Search surgeons", "surgeonSearch")
    qtbot.addWidget(filters)
    qtbot.addWidget(search)
    return Asking(search, filters), search, filters


Bound = tuple[Asking, SearchBox, Filters]


def test_fields_that_are_typed_show_in_the_filters(asking: Bound) -> None:
    ask, search, filters = asking
    search.setText("keen zip:21287 within:50 language:es")
    assert ask.query() == Query(text="keen", zip="21287", within=50.0, language="es")
    assert fields.value_of(filters.widgets["zip"]) == "21287"
    assert fields.value_of(filters.widgets["within"]) == "50"
    assert filters.count() == 3
    assert ask.as_text()


def test_fields_that_are_deleted_from_the_box_leave_the_filters(asking: Bound) -> None:
    ask, search, filters = asking
    fields.write(filters.widgets["age"], "54")
    search.setText("zip:21287")
    search.setText("")
    assert ask.query() == Query(age=54)
    assert fields.value_of(filters.widgets["zip"]) == ""


def test_what_is_chosen_is_written_into_a_box_that_holds_fields(asking: Bound) -> None:
    ask, search, filters = asking
    search.setText("keen zip:21287")
    fields.write(filters.widgets["language"], "es")
    assert "language" in search.text()
    assert "keen" in search.text()
    fields.write(filters.widgets["zip"], "")
    assert "zip" not in search.text()
    assert ask.query() == Query(text="keen", language="es")


def test_words_alone_stay_alone_whatever_is_chosen(asking: Bound) -> None:
    ask, search, filters = asking
    search.setText("keen")
    fields.write(filters.widgets["language"], "es")
    assert search.text() == "keen"
    assert ask.query() == Query(text="keen", language="es")


def test_the_whole_question_becomes_text_and_words_again(asking: Bound) -> None:
    ask, search, filters = asking
    search.setText("keen")
    fields.write(filters.widgets["zip"], "21287")
    whole = ask.query()
    ask.show_as_text(True)
    assert "zip:21287" in search.text()
    assert ask.query() == whole
    ask.show_as_text(False)
    assert search.text() == "keen"
    assert ask.query() == whole


def test_a_kept_search_is_asked_alone(asking: Bound) -> None:
    ask, _, filters = asking
    fields.write(filters.widgets["age"], "54")
    ask.take("zip:21287 keen")
    assert ask.query() == Query(text="keen", zip="21287")


@pytest.mark.parametrize("typed", ["zip:", ":", "within:far", "nosuch:field", 'plan:"', "🙂 zip:21287:"])
def test_half_typed_fields_are_no_error(asking: Bound, typed: str) -> None:
    ask, search, _ = asking
    search.setText(typed)
    ask.query()


def test_numbers_that_no_box_offers_are_shown_all_the_same(asking: Bound) -> None:
    ask, search, filters = asking
    search.setText("zip:21287 within:37 wait:<45")
    assert fields.value_of(filters.widgets["within"]) == "37"
    assert filters.widgets["within"].currentText() == "37 miles"  # type: ignore[attr-defined]
    assert ask.query().max_wait == 45
