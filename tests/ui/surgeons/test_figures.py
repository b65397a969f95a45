"""A surgeon's own figures in the form of the entry: only those that differ from the Center's."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from referral_app.services import surgeons
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import offers, wording
from referral_app.ui.surgeons.figures import Figures
from referral_app.ui.surgeons.form import SurgeonForm


def _figures(qtbot: QtBot, **own: float) -> Figures:
    made = Figures(own, {"diary_days": 56})
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_figure_is_added_from_the_list_changed_and_taken_out_again(qtbot: QtBot) -> None:
    figures = _figures(qtbot)
    assert figures.read() == ((), {})
    assert figures.empty.isVisible()
    assert figures.choice.findData("esr_raised") == -1
    figures.choice.set_value("diary_days")
    figures.add_button.click()
    line = figures.lines["diary_days"]
    assert line.edit.text() == "56"
    assert line.back_button.text() == "Back to 56"
    assert figures.choice.findData("diary_days") == -1
    with qtbot.waitSignal(figures.changed):
        fields.write(line.edit, "28")
    assert figures.read() == ((("diary_days", 28),), {})
    line.back_button.click()
    assert figures.read() == ((), {})
    assert figures.choice.findData("diary_days") != -1


def test_what_cannot_be_a_figure_is_said_beside_it(qtbot: QtBot) -> None:
    figures = _figures(qtbot, block_supports=55)
    fields.write(figures.lines["block_supports"].edit, "30")
    assert list(figures.read()[1]) == ["thresholds.block_supports"]
    assert "thresholds.block_supports" in figures.blocks()


def test_the_form_keeps_the_figures_of_an_entry(qtbot: QtBot, filled_desk: Desk) -> None:
    own = (("block_supports", 55), ("imaging_months", 6))
    with filled_desk.db.begin() as session:
        keen = surgeons.save(session, replace(surgeons.by_npi(session, "9000000015"), thresholds=own))
    with filled_desk.db.read() as session:
        found, offered = offers.read(session, keen.id)
    form = SurgeonForm(found, offered)
    qtbot.addWidget(form)
    values, problems = form.read()
    assert not problems
    assert values["thresholds"] == own
    assert form.widget("thresholds.imaging_months") is form.figures.lines["imaging_months"].edit
    assert wording.figures(keen) == ["Relief supports from 55 %", "Imaging and notes are old after 6 months"]
