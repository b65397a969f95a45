"""Verifying an entry: line by line, each fax by its last four digits."""

from __future__ import annotations

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.verify_dialog import VerifyDialog
from tests.ui.surgeons.caring import keen, over


def dialog(qtbot: QtBot, desk: Desk) -> VerifyDialog:
    made = VerifyDialog(desk, keen(desk), over(qtbot))
    made.open()
    return made


def test_all_lines_and_one_fax_are_kept_with_who_and_how(qtbot: QtBot, filled_desk: Desk) -> None:
    before = keen(filled_desk)
    made = dialog(qtbot, filled_desk)
    made.tick_all()
    made.how.set_value("Phone")
    made.by.setText("Maria, front desk")
    made.fax_lines[before.placements[0].location.id].setText(before.placements[0].fax[-4:])
    with qtbot.waitSignal(made.verified):
        made.save_button.click()
    after = keen(filled_desk)
    assert (after.verified_on, after.verified_by, after.verified_how) == (
        date.today(), "Maria, front desk", "Phone",
    )  # fmt: skip
    assert [place.fax_verified_by for place in after.placements] == [
        "Maria, front desk", before.placements[1].fax_verified_by,
    ]  # fmt: skip
    assert after.waits_claimed_on == date.today()
    assert after.plans_verified == tuple((plan, date.today()) for plan in after.plans)


def test_wrong_digits_and_missing_answers_are_said_beside_their_fields(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    before = keen(filled_desk)
    key = before.placements[0].location.id
    made = dialog(qtbot, filled_desk)
    made.tick_all()
    made.save_button.click()
    qtbot.waitUntil(lambda: bool(made.blocks["by"].error()))
    assert made.blocks["how"].error()
    made.how.set_value("Phone")
    made.by.setText("Maria")
    made.fax_lines[key].setText("0000")
    made.save_button.click()
    qtbot.waitUntil(lambda: bool(made.blocks[f"fax.{key}"].error()))
    assert not made.blocks["by"].error()
    assert made.save_button.isEnabled()
    assert keen(filled_desk) == before


def test_a_fax_alone_can_be_verified_but_not_half_of_the_lines(qtbot: QtBot, filled_desk: Desk) -> None:
    before = keen(filled_desk)
    made = dialog(qtbot, filled_desk)
    made.how.set_value("Phone")
    made.by.setText("Maria")
    made.ticks["name"].setChecked(True)
    made.save_button.click()
    assert "not ticked" in made.summary.accessibleDescription()
    made.ticks["name"].setChecked(False)
    made.fax_lines[before.placements[1].location.id].setText(before.placements[1].fax[-4:])
    made.on.setText("soon")
    made.save_button.click()
    assert made.blocks["on"].error()
    made.on.setText("yesterday")
    with qtbot.waitSignal(made.verified):
        made.save_button.click()
    assert keen(filled_desk).verified_on == before.verified_on
    assert keen(filled_desk).placements[1].fax_verified_on == date.today() - timedelta(1)


def test_what_is_wrong_leads_to_the_form(qtbot: QtBot, filled_desk: Desk) -> None:
    made = dialog(qtbot, filled_desk)
    with qtbot.waitSignal(made.edit_wanted) as wanted:
        made.wrong_button.click()
    assert wanted.args[0] == keen(filled_desk)


def test_every_line_on_file_is_read_out(qtbot: QtBot, filled_desk: Desk) -> None:
    made = dialog(qtbot, filled_desk)
    said = " ".join(tick.accessibleDescription() for tick in made.ticks.values())
    for place in keen(filled_desk).placements:
        assert place.location.line1 in said
    assert keen(filled_desk).npi in said
