"""The Center's own page: stored in one go, refused beside the fields, and shown in its mode without a restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import ExpertField, InstallationMode, Level, RequirementKind, TrialState
from referral_app.clinical.requirements import BUILT_IN, Requirement
from referral_app.services import center, center_requirements
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.ui import ask, fields
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.office.center_page import CenterPage
from referral_app.ui.office.entry_dialog import EntryDialog
from referral_app.ui.office.mode_page import ModePage
from referral_app.ui.office.page import OfficePage
from referral_app.ui.widgets.lookup import Several


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CenterPage:
    return _page(qtbot, desk)


@pytest.fixture
def filled_page(qtbot: QtBot, filled_desk: Desk) -> CenterPage:
    made = _page(qtbot, filled_desk)
    made.reload()
    qtbot.waitUntil(lambda: bool(made.trials.records))
    return made


def _page(qtbot: QtBot, desk: Desk) -> CenterPage:
    made = CenterPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _stored(desk: Desk) -> tuple[CenterRecord, list[ExpertRecord], list[TrialRecord]]:
    with desk.db.read() as session:
        return center.get(session), center.experts(session), center.trials(session)


def _dialog(page: QWidget, button: str) -> EntryDialog:
    pressed = page.findChild(QAbstractButton, button)
    assert pressed is not None
    pressed.click()
    dialog = page.findChild(EntryDialog)
    assert dialog is not None
    return dialog


def test_center_experts_and_trials_are_stored_together(qtbot: QtBot, page: CenterPage, desk: Desk) -> None:
    values = {"name": "Bay Headache Center", "state": "MD", "zip": "21231", "phone": "410-555-0100"}
    fields.fill(page.form.widgets, values | {"trial_contact": "Ana Reyes"})
    dialog = _dialog(page, "addExpert")
    fields.fill(dialog.widgets, {"name": "Odile Brightwater", "field": "pain", "what": "Nerve blocks"})
    dialog.accept()
    page.trials.show_records([TrialRecord("Early release", TrialState.RECRUITING)])
    with qtbot.waitSignal(page.saved):
        page.save()
    home, experts, trials = _stored(desk)
    assert (home.name, home.state, home.trial_contact) == ("Bay Headache Center", "MD", "Ana Reyes")
    assert experts == [ExpertRecord("Odile Brightwater", ExpertField.PAIN, what="Nerve blocks")]
    assert trials == [TrialRecord("Early release", TrialState.RECRUITING)]
    assert page.can_leave()


def test_a_wrong_center_is_refused_beside_the_field_and_nothing_is_stored(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    before = _stored(filled_desk)
    fields.fill(filled_page.form.widgets, {"name": "", "zip": "2", "after_hours_phone": "12"})
    filled_page.experts.show_records([])
    filled_page.save()
    block = filled_page.form.blocks
    qtbot.waitUntil(lambda: bool(block["name"].error()))
    assert block["zip"].error()
    assert block["after_hours_phone"].error()
    summary = filled_page.findChild(QWidget, "centerErrors")
    assert summary is not None
    assert summary.isVisible()
    assert _stored(filled_desk) == before


def test_a_wrong_expert_is_refused_with_everything_else(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    before = _stored(filled_desk)
    fields.write(filled_page.form.widgets["city"], "Annapolis")
    filled_page.experts.show_records([ExpertRecord("Ana", ExpertField.OTHER, phone="12")])
    filled_page.save()
    link = "centerErrorsLink0"
    qtbot.waitUntil(lambda: filled_page.findChild(QAbstractButton, link) is not None)
    shown = filled_page.findChild(QAbstractButton, link)
    assert shown is not None
    assert shown.accessibleName().startswith("Ana: ")
    shown.click()
    assert _stored(filled_desk) == before


def test_a_trial_is_changed_and_keeps_what_was_not_touched(filled_page: CenterPage) -> None:
    before = filled_page.trials.records[0]
    dialog = _dialog(filled_page, "trial_0")
    fields.fill({"state": dialog.widgets["state"]}, {"state": "closed"})
    dialog.accept()
    after = filled_page.trials.records[0]
    assert (after.state, after.title, after.summary) == (TrialState.CLOSED, before.title, before.summary)


@pytest.mark.parametrize(
    ("button", "wrong"), [("addExpert", {"name", "field"}), ("addTrial", {"title", "state"})]
)
def test_a_dialog_says_what_is_missing(page: CenterPage, button: str, wrong: set[str]) -> None:
    dialog = _dialog(page, button)
    dialog.accept()
    assert dialog.isVisible()
    assert {name for name, block in dialog.blocks.items() if block.error()} == wrong
    dialog.close()


def test_an_expert_is_removed_after_a_question(
    filled_page: CenterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def yes(
        parent: QWidget, question: str, detail: str, word: str, act: Callable[[], None], **_: bool
    ) -> None:
        asked.append(question)
        act()

    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", yes)
    names = [one.name for one in filled_page.experts.records]
    remove = filled_page.findChild(QAbstractButton, "removeExpert_0")
    assert remove is not None
    remove.click()
    assert [one.name for one in filled_page.experts.records] == names[1:]
    assert asked[0].startswith(f"Remove {names[0]}")
    assert not filled_page.can_leave()


def test_the_page_is_left_freely_when_what_was_typed_is_taken_back(
    filled_page: CenterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda parent, question, *rest, **more: asked.append(question))
    before = fields.value_of(filled_page.form.widgets["city"])
    fields.write(filled_page.form.widgets["city"], "Annapolis")
    assert not filled_page.can_leave()
    fields.write(filled_page.form.widgets["city"], before)
    assert filled_page.can_leave()
    assert asked == ["Save what you changed about the Center?"]


def test_what_was_typed_is_not_read_over(qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk) -> None:
    filled_page.reload()
    fields.write(filled_page.form.widgets["city"], "Annapolis")
    filled_page.reload()
    filled_desk.background.wait()
    qtbot.wait(20)
    assert fields.value_of(filled_page.form.widgets["city"]) == "Annapolis"


def test_the_mode_chooses_the_page_without_a_restart(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk
) -> None:
    window.show_page("office")
    shown = window.page("office")
    assert isinstance(shown, ModePage)
    assert isinstance(shown.currentWidget(), OfficePage)
    window.show_page("settings")
    filled_desk.settings.mode = InstallationMode.HEADACHE_CENTER
    window.settings_changed()
    window.show_page("office")
    page = shown.currentWidget()
    assert isinstance(page, CenterPage)
    qtbot.waitUntil(lambda: bool(page.experts.records))
    with qtbot.waitSignal(shown.saved):
        page.save()
    filled_desk.settings.mode = InstallationMode.REFERRING_OFFICE
    window.show_page("office")
    assert isinstance(shown.currentWidget(), OfficePage)


# What the Center asks for by default


def _asked(desk: Desk) -> tuple[Requirement, ...]:
    with desk.db.read() as session:
        return center_requirements.defaults(session)


def test_the_center_begins_with_the_built_in_rules(filled_page: CenterPage) -> None:
    card = filled_page.requirements
    assert card.read() == (BUILT_IN, {})
    assert not card.back_button.isEnabled()
    assert filled_page.can_leave()


def test_a_rule_of_the_center_is_stored_with_the_center(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    rules = filled_page.requirements.rules
    while len(rules.lines) > 1:
        rules.lines[0].remove_button.click()
    line = rules.lines[0]
    line.change_button.click()
    values = {"kind": "own_form", "form": "Center intake", "level": "must", "procedure": "revision"}
    for name, value in values.items():
        fields.write(line.widgets[name], value)
    assert filled_page.requirements.back_button.isEnabled()
    with qtbot.waitSignal(filled_page.saved):
        filled_page.save()
    stored = (Requirement(RequirementKind.OWN_FORM, None, Level.MUST, "revision", "Center intake"),)
    assert _asked(filled_desk) == stored
    assert line.sentence() == ("Must have: the form “Center intake”, filled in – for revision")


def test_one_button_goes_back_to_the_built_in_rules(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    with filled_desk.db.begin() as session:
        center_requirements.save_defaults(session, ())
    filled_page.reload()
    card = filled_page.requirements
    qtbot.waitUntil(lambda: not card.rules.lines)
    card.back_button.click()
    assert card.read() == (BUILT_IN, {})
    with qtbot.waitSignal(filled_page.saved):
        filled_page.save()
    assert _asked(filled_desk) == BUILT_IN


def test_a_wrong_rule_is_said_beside_its_field_and_nothing_is_stored(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    before = _stored(filled_desk)
    fields.write(filled_page.form.widgets["city"], "Annapolis")
    line = filled_page.requirements.rules.lines[1]
    line.change_button.click()
    fields.write(line.widgets["amount"], "999")
    filled_page.save()
    assert line.blocks["amount"].error() == "Type a whole number from 1 to 20."
    link = filled_page.findChild(QAbstractButton, "centerErrorsLink0")
    assert link is not None
    link.click()
    assert filled_page.focusWidget() is line.widgets["amount"]
    assert _stored(filled_desk) == before
    assert _asked(filled_desk) == BUILT_IN


def test_a_rule_that_is_only_begun_is_not_left_silently(
    filled_page: CenterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda parent, question, *rest, **more: asked.append(question))
    filled_page.requirements.rules.add_button.click()
    assert not filled_page.can_leave()
    assert asked


def test_the_surgeons_who_run_a_trial_are_chosen_by_typing(
    qtbot: QtBot, filled_page: CenterPage, filled_desk: Desk
) -> None:
    row = filled_page.findChild(QAbstractButton, "trial_1")
    assert row is not None
    row.click()
    dialog = filled_page.findChild(EntryDialog)
    assert dialog is not None
    several = dialog.widgets["surgeons"]
    assert isinstance(several, Several)
    assert [name for _, name in several.values()] == ["Tomás Villareal, MD, PhD"]
    several.pick.line.setText("keen")
    qtbot.waitUntil(lambda: len(several.pick.tab_stops()) > 1)
    qtbot.keyClick(several.pick.line, Qt.Key.Key_Return)
    dialog.accept()
    with qtbot.waitSignal(filled_page.saved):
        filled_page.save()
    assert [name for _, name in _stored(filled_desk)[2][1].surgeons] == [
        "Marguerite Keen, MD",
        "Tomás Villareal, MD, PhD",
    ]
