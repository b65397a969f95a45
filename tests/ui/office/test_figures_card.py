"""The figures of the live check on the Center's page: shown with the program's, refused beside the field, stored."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from referral_app.clinical.thresholds import FIGURES
from referral_app.services import thresholds
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.office.center_page import CenterPage


def _page(qtbot: QtBot, desk: Desk) -> CenterPage:
    page = CenterPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: bool(page.trials.records))
    return page


def _save(qtbot: QtBot, page: CenterPage) -> None:
    with qtbot.waitSignal(page.saved):
        page.save()


def test_each_figure_says_what_it_means_its_unit_source_and_the_programs(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    page = _page(qtbot, filled_desk)
    card = page.figures
    assert list(card.lines) == [one.name for one in FIGURES]
    assert not card.back_button.isEnabled()
    line = card.lines["diary_days"]
    assert line.edit.text() == "28"
    assert line.edit.accessibleName() == "A diary covers at least, days"
    said = line.edit.accessibleDescription()
    assert "A diary covers … days or more. The program's figure is 28. Source: Neurotorium." in said


def test_a_changed_figure_is_stored_and_goes_back(qtbot: QtBot, filled_desk: Desk) -> None:
    page = _page(qtbot, filled_desk)
    fields.write(page.figures.lines["diary_days"].edit, "56")
    fields.write(page.figures.lines["block_supports"].edit, "52,5")
    _save(qtbot, page)
    with filled_desk.db.read() as session:
        assert thresholds.of_center(session) == {"diary_days": 56, "block_supports": 52.5}
    other = _page(qtbot, filled_desk)
    assert other.figures.lines["block_supports"].edit.text() == "52.5"
    assert other.can_leave()
    other.figures.lines["diary_days"].back_button.click()
    assert other.figures.lines["diary_days"].edit.text() == "28"
    other.figures.back_button.click()
    assert other.figures.read() == ({}, {})
    _save(qtbot, other)
    with filled_desk.db.read() as session:
        assert thresholds.of_center(session) == {}


def test_what_cannot_be_a_figure_is_said_beside_it_and_nothing_is_stored(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    page = _page(qtbot, filled_desk)
    for typed in ("", "many", "5", "39.9.1", "1e9", "٤٥", "50,000", "40"):
        fields.write(page.figures.lines["block_supports"].edit, typed)
        page.save()
        error = page.figures.lines["block_supports"].block.error()
        assert bool(error) == bool(typed), typed
    assert "above 40" in error
    assert page.figures.widget("thresholds.block_supports") is page.figures.lines["block_supports"].edit
    with filled_desk.db.read() as session:
        assert thresholds.of_center(session) == {}
    fields.write(page.figures.lines["block_supports"].edit, "50")


def test_it_is_said_how_many_figures_differ_those_that_cannot_be_right_among_them(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    page = _page(qtbot, filled_desk)
    card = page.figures
    assert card.whose.text() == "All are the program's own."
    fields.write(card.lines["block_supports"].edit, "55")
    assert card.whose.text() == "1 of them differs from the program's."
    fields.write(card.lines["block_strong"].edit, "50")
    assert card.whose.text() == "2 of them differ from the program's."
