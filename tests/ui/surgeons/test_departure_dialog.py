"""Leave and departure in the window: the days, who is concerned, and redirecting one referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from referral_app.clinical.check import Check, Line
from referral_app.clinical.requirement_lines import CENTER, OFFICE
from referral_app.services import departures, referrals, surgeons
from referral_app.services.departures import Departure
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import concerned
from referral_app.ui.surgeons.departure_dialog import DepartureDialog
from referral_app.ui.surgeons.match_card import MatchCard
from referral_app.ui.surgeons.redirect_dialog import RedirectDialog, check_lines, lacking
from referral_app.ui.widgets.lookup import Hit
from tests.ui.surgeons.caring import asked, other, over, referral


def opened(qtbot: QtBot, desk: Desk) -> DepartureDialog:
    made = DepartureDialog(desk, asked(desk), over(qtbot))
    made.open()
    qtbot.waitUntil(lambda: not made.state.text().startswith("Looking"))
    return made


def test_days_are_kept_and_those_concerned_are_listed(qtbot: QtBot, filled_desk: Desk) -> None:
    made = opened(qtbot, filled_desk)
    assert "Enter a last day" in made.state.text()
    made.days["last_day"].setText("today")
    with qtbot.waitSignal(made.saved) as saved:
        made.save_button.click()
    assert saved.args[0].last_day == date.today()
    qtbot.waitUntil(lambda: made.state.text().startswith("1 open referral"))
    made.note.setText("Ask the desk")
    made.days["last_day"].clear()
    made.days["away_from"].setText("today")
    with qtbot.waitSignal(made.saved) as saved:
        made.save_button.click()
    assert (saved.args[0].last_day, saved.args[0].away_note) == (None, "Ask the desk")


def test_what_is_no_date_or_wrong_is_said_beside_its_field(qtbot: QtBot, filled_desk: Desk) -> None:
    made = opened(qtbot, filled_desk)
    made.days["last_day"].setText("soon")
    made.save_button.click()
    assert made.blocks["last_day"].error()
    made.days["last_day"].clear()
    made.days["away_to"].setText("today")
    made.save_button.click()
    qtbot.waitUntil(lambda: bool(made.blocks["away_from"].error()))
    assert not made.blocks["last_day"].error()


def test_a_referral_is_redirected_after_the_new_check_and_the_patients_yes(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    made = opened(qtbot, filled_desk)
    made.days["last_day"].setText("today")
    with qtbot.waitSignal(made.saved):
        made.save_button.click()
    qtbot.waitUntil(lambda: made.findChild(QWidget, "redirect0") is not None)
    made.findChild(QWidget, "redirect0").click()  # type: ignore[union-attr]
    dialog = made.findChild(RedirectDialog)
    assert dialog is not None
    assert not dialog.redirect_button.isEnabled()
    dialog.surgeon.set_hit(Hit(other(filled_desk).id, other(filled_desk).name))
    dialog.check()
    qtbot.waitUntil(dialog.redirect_button.isEnabled)
    dialog.redirect_button.click()
    assert dialog.blocks["agreed"].error()
    dialog.agreed.setChecked(True)
    dialog.asked_on.setText(str(date.today() + timedelta(1)))
    dialog.redirect_button.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["asked_on"].error()))
    dialog.asked_on.setText("today")
    places = other(filled_desk).placements
    if len(places) > 1:
        dialog.redirect_button.click()
        assert dialog.blocks["location"].error()
        dialog.location.set_value(places[1].location.id)
    assert dialog.redirect_button.shortcut().toString() == "Ctrl+Return"
    with qtbot.waitSignal(dialog.was_redirected):
        dialog.redirect_button.click()
    assert referral(filled_desk).surgeon_id == other_id(filled_desk, dialog)
    qtbot.waitUntil(lambda: made.state.text() == "No open referral is concerned.")
    with filled_desk.db.read() as session:
        why = referrals.history(session, referral(filled_desk).id)[-1].why
    assert "The patient agreed, asked by Dana Whitfield" in why
    intake = referral(filled_desk).intake
    assert intake["referrer"]["patient_agreed"] is True
    assert intake["request"]["location"] == places[min(1, len(places) - 1)].location.id


def test_the_check_says_what_is_different_and_counts_what_the_form_lacks() -> None:
    lines = [
        Line("office", "review", "This office asks for a CT.", OFFICE, "x"),
        Line("c", "note", "All", CENTER, "x"),
    ]
    gaps = [
        Line("a", "missing", "Name", "", "patient.family_name"),
        Line("s", "missing", "Sign", "", "signature.by"),
    ]
    found = Check((), tuple(gaps), (), tuple(lines), {})
    assert check_lines(found) == [("review", "This office asks for a CT.")]
    assert lacking(found) == "1 answer is missing in the form, whoever is asked; the form lists them."
    assert lacking(Check((), (), (), (), {})) == ""


def test_agreement_and_reason_are_in_sight_in_a_small_window(qtbot: QtBot, filled_desk: Desk) -> None:
    parent = over(qtbot)
    parent.resize(1280, 800)
    below = DepartureDialog(filled_desk, asked(filled_desk), parent)
    below.open()
    new = other(filled_desk)
    dialog = RedirectDialog(filled_desk, referral(filled_desk), Hit(new.id, new.name), "Leave", below)
    dialog.open()
    qtbot.waitUntil(dialog.redirect_button.isEnabled)
    area = dialog.findChild(QScrollArea)
    assert area is not None
    for widget in (dialog.agreed, dialog.why):
        bottom = widget.mapTo(area.viewport(), widget.rect().bottomLeft()).y()
        assert 0 < bottom < area.viewport().height()


def other_id(desk: Desk, dialog: RedirectDialog) -> str:
    hit = dialog.surgeon.hit()
    assert hit is not None
    return hit.id


def test_the_same_surgeon_cannot_be_chosen(qtbot: QtBot, filled_desk: Desk) -> None:
    mine = asked(filled_desk)
    dialog = RedirectDialog(filled_desk, referral(filled_desk), Hit(mine.id, mine.name), "Leave", over(qtbot))
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.blocks["surgeon"].error()))
    assert not dialog.redirect_button.isEnabled()


def test_days_that_concern_nobody_or_stay_the_same_are_not_told(qtbot: QtBot, filled_desk: Desk) -> None:
    before, parent = asked(filled_desk), over(qtbot)
    with filled_desk.db.begin() as session:
        after = departures.keep(session, before, Departure(date.today()))
    told: list[str] = []
    for one, two in ((before, before), (None, after), (after, after)):
        concerned.tell_concerned(filled_desk, one, two, parent, lambda record: told.append(record.id))
    assert not filled_desk.background.is_busy
    concerned.tell_concerned(filled_desk, before, after, parent, lambda record: told.append(record.id))
    qtbot.waitUntil(lambda: told == [after.id])
    free = other(filled_desk)
    concerned.tell_concerned(
        filled_desk, free, replace(free, last_day=date.today()), parent, lambda record: told.append(record.id)
    )
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert told == [after.id]


def redirecting(qtbot: QtBot, desk: Desk) -> RedirectDialog:
    row = referral(desk)
    made = RedirectDialog(desk, row, None, "Plan not accepted", over(qtbot))
    made.open()
    qtbot.waitUntil(lambda: made.findChild(QWidget, "match1") is not None)
    return made


def test_who_fits_best_is_offered_and_chosen_by_keyboard(qtbot: QtBot, filled_desk: Desk) -> None:
    made = redirecting(qtbot, filled_desk)
    cards = [one for one in made.findChildren(MatchCard) if one.isVisible()]
    assert asked(filled_desk).id not in [one.match.surgeon.id for one in cards]
    assert not cards[0].tick.isVisible()
    best = cards[0]
    assert best.refer_button.accessibleName() == f"Choose: {best.match.surgeon.name}"
    best.refer_button.setFocus()
    qtbot.keyClick(best.refer_button, Qt.Key.Key_Space)
    qtbot.waitUntil(made.redirect_button.isEnabled)
    hit = made.surgeon.hit()
    assert hit is not None
    assert hit.id == best.match.surgeon.id
    assert not cards[1].isVisible(), "one is chosen"
    made.surgeon.other_button.click()
    assert cards[1].isVisible()


def test_tab_goes_from_the_search_through_who_fits_to_the_patients_agreement(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    made = redirecting(qtbot, filled_desk)
    choose = [one.refer_button for one in made.findChildren(MatchCard) if one.isVisible()]
    assert len(choose) > 1
    one: QWidget | None = made.surgeon.pick.line
    found: list[QWidget] = []
    while one is not made.why:
        one = one.nextInFocusChain() if one is not None else None
        assert one is not None
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(one)
    assert found == [*choose, made.agreed, made.asked_by, made.asked_on, made.why]


def test_a_surgeon_who_is_searched_says_plan_and_ages_too(qtbot: QtBot, filled_desk: Desk) -> None:
    someone = other(filled_desk)
    with filled_desk.db.begin() as session:
        surgeons.save(session, replace(someone, age_min=None, age_max=17, plans=("Invented Other Plan",)))
    made = redirecting(qtbot, filled_desk)
    made.surgeon.set_hit(Hit(someone.id, someone.name))
    made.check()
    qtbot.waitUntil(made.redirect_button.isEnabled)
    said = [one.text() for one in made.findChildren(QLabel) if one.isVisible()]
    assert any(words.startswith("Sees patients up to 17 years") for words in said)
    assert any("is not among the plans on file" in words for words in said)
