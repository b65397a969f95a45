"""The live check: counts that agree, sources that are explained, and values read back in full width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from referral_app.ui.referrals.answers_card import AnswersCard
from referral_app.ui.referrals.check_line import CheckLine
from referral_app.ui.referrals.check_panel import Section
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.widgets.states import StateLabel
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New


def _title(form: FormPage, key: str) -> str:
    section: Section = form.panel.sections[key]
    label = section.findChild(QLabel)
    assert label is not None
    return "" if section.isHidden() else label.text()


def test_what_happened_at_the_onset_is_required_where_it_is_counted(new_form: New) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    lines = [line for line in form.draft.check.missing if line.field == "diagnosis.onset_event"]
    assert len(lines) == 1
    assert find(form, "diagnosis.onset_event").accessibleDescription().startswith("Required.")


def test_gaps_stand_apart_and_the_counts_agree(qtbot: QtBot, saved_form: FormPage) -> None:
    form = saved_form
    form.draft.put("patient.phone", {"unavailable": "No phone"})
    form.draft.settle()
    gaps = [line for line in form.draft.check.missing if line.status == "gap"]
    assert form.panel.state.words() == "Ready"
    assert _title(form, "missing") == ""
    assert _title(form, "gaps") == f"Listed as not available ({len(gaps)})"
    form.draft.put("patient.family_name", None)
    form.draft.settle()
    words, title = form.panel.state.words(), _title(form, "missing")
    assert words == f"{title.removeprefix('Missing (').removesuffix(')')} missing"
    assert _title(form, "gaps") == f"Listed as not available ({len(gaps)})"


def test_the_mark_of_a_line_explains_below_it_and_its_words_jump(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    line = find(form, "check.missing.patient.given_name")
    assert isinstance(line, CheckLine)
    assert line.toolTip().startswith("The surgeon's office needs this answer.")
    assert "Source: Required fields of the referral." in line.accessibleDescription()
    low = line.heightForWidth(300)
    with qtbot.assertNotEmitted(line.chosen):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 10, 10))
        assert line.explained
        assert line.heightForWidth(300) > low + 20
        qtbot.keyClick(line, "?")
    assert not line.explained
    assert line.heightForWidth(300) == low
    with qtbot.waitSignal(line.chosen):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert QApplication.focusWidget() is find(form, "patient.given_name")


def test_one_button_explains_all_lines_those_that_come_later_too(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    find(form, "checkWhy").setFocus()
    qtbot.keyClick(find(form, "checkWhy"), Qt.Key.Key_Space)
    lines = [one for one in form.panel.findChildren(CheckLine) if one.toolTip()]
    assert lines
    assert all(one.explained for one in lines)
    form.draft.put("patient.phone", "12")
    form.draft.put("goals.expectations", "A cure")
    form.draft.settle()
    assert find(form, "check.review.expectations").explained
    qtbot.keyClick(find(form, "checkWhy"), Qt.Key.Key_Space)
    shown = [one for one in form.panel.findChildren(CheckLine) if not one.isHidden()]
    assert not any(one.explained for one in shown)


def test_a_line_names_the_figure_that_is_not_the_programs(saved_form: FormPage) -> None:
    form = saved_form
    form.draft.sheet.figures = {"block_supports": 80.0, "block_strong": 90.0}
    form.draft.put("patient.mrn", "X-1")
    form.draft.settle()
    line = find(form, "check.note.block_relief")
    assert (
        "Relief of 80 % or more supports (the Center's figure; the program's is 50)"
        in line.accessibleDescription()
    )


def test_an_emergency_that_nobody_cleared_stands_above_the_computed_values(saved_form: FormPage) -> None:
    form = saved_form
    emergency, facts = form.panel.sections["emergency"], form.panel.facts
    assert facts.y() < emergency.y()
    form.draft.put("red_flags.papilledema.answer", "yes")
    form.draft.settle()
    QApplication.processEvents()
    assert emergency.y() < facts.y()
    form.draft.put("red_flags.papilledema.answer", "no")
    form.draft.settle()
    QApplication.processEvents()
    assert facts.y() < emergency.y()


def test_a_computed_value_shows_its_formula_by_key_and_by_mouse(qtbot: QtBot, saved_form: FormPage) -> None:
    panel = saved_form.panel
    index = find(panel, "computed.mhi")
    assert index.accessibleName() == "Migraine Headache Index: 52.2 of 300"
    assert find(panel, "computed.medication_overuse").words == "Not by these days"
    index.setFocus()
    qtbot.keyClick(index, Qt.Key.Key_Return)
    assert (
        "22 headache days x average pain 6 x 9.5 hours / 24 = 52.2"
        in find(panel, "computed.formula.text").text()
    )
    saved_form.draft.put("pain.average", 7)
    saved_form.draft.settle()
    assert "x average pain 7 x" in find(panel, "computed.formula.text").text()
    qtbot.mouseClick(index, Qt.MouseButton.LeftButton)
    assert panel.facts.formula.isHidden()


def test_a_value_that_waits_says_for_what_and_leads_there(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    index = find(form, "computed.mhi")
    assert index.accessibleName() == "Migraine Headache Index: not computed yet"
    qtbot.mouseClick(index, Qt.MouseButton.LeftButton)
    said = find(form, "computed.formula.text").text()
    assert said.startswith(
        "Migraine Headache Index cannot be computed yet: it needs “Headache days”, “Average pain” and"
    )
    qtbot.mouseClick(find(form, "computed.formula.go"), Qt.MouseButton.LeftButton)
    assert form.step == 3
    assert QApplication.focusWidget() is find(form, "last_30_days.headache_days")


@pytest.mark.parametrize("group", ["diagnosis", "patient"])
def test_a_missing_answer_leaves_the_others_their_width(qtbot: QtBot, new_form: New, group: str) -> None:
    form = new_form()
    words = "A long answer that needs the whole width of the column, " * 4
    form.draft.put("diagnosis.text" if group == "diagnosis" else "patient.name_own_script", words)
    form.go_to(6)
    form.view(6).chores.finish()
    change = find(form, f"answers.{group}.change")
    card = change.parentWidget()
    assert isinstance(card, AnswersCard)
    assert card.findChildren(StateLabel)
    value = next(label for label in card.findChildren(QLabel) if label.text() == words)
    assert value.width() > card.width() / 2
