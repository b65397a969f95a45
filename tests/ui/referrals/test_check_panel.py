"""The live check: counts that agree, sources that are explained, and values read back in full width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
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


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_mark_of_a_line_explains_and_its_words_jump(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    line = find(form, "check.missing.patient.given_name")
    assert isinstance(line, CheckLine)
    assert line.toolTip().startswith("The surgeon's office needs this answer.")
    assert "Source: Required fields of the referral." in line.accessibleDescription()
    with qtbot.assertNotEmitted(line.chosen):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 10, 10))
        qtbot.keyClick(line, "?")
    assert QToolTip.text() == line.toolTip()
    QToolTip.hideText()
    with qtbot.waitSignal(line.chosen):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert QApplication.focusWidget() is find(form, "patient.given_name")


def test_the_index_says_its_formula(new_form: New) -> None:
    form = new_form()
    value = find(form, "computed.mhi")
    assert "headache days of the last 30 x average pain x hours" in value.toolTip()
    assert value.accessibleDescription() == value.toolTip()


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
