"""The worklist of entries to verify."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from referral_app.services import surgeons, verification
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.surgeons.page import TO_VERIFY, SurgeonsPage
from referral_app.ui.surgeons.to_verify import ToVerify
from referral_app.ui.surgeons.verify_dialog import VerifyDialog
from tests.ui.surgeons.caring import keen


def shown(qtbot: QtBot, desk: Desk) -> ToVerify:
    with desk.db.begin() as session:
        surgeons.save(session, replace(keen(desk), verified_on=None))
    made = ToVerify(desk)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.counted):
        made.reload()
    return made


def test_the_oldest_stands_on_top_and_is_verified_from_there(qtbot: QtBot, filled_desk: Desk) -> None:
    made = shown(qtbot, filled_desk)
    with filled_desk.db.read() as session:
        number = verification.count(session)
    assert made.count.text().startswith(f"{number} entr")
    assert made.list.current().id == keen(filled_desk).id
    made.verify_button.click()
    qtbot.waitUntil(lambda: made.findChild(VerifyDialog) is not None)
    dialog = made.findChild(VerifyDialog)
    assert dialog is not None
    dialog.tick_all()
    dialog.how.set_value("Website")
    for place in keen(filled_desk).placements:
        dialog.fax_lines[place.location.id].setText(place.fax[-4:])
    with qtbot.waitSignal(made.counted, check_params_cb=lambda left: left == number - 1):
        dialog.save_button.click()


def test_numbers_stay_readable_in_large_text_and_what_is_not_read_out_gives_way(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk
) -> None:
    with filled_desk.db.begin() as session:
        places = tuple(replace(place, fax_verified_on=None) for place in keen(filled_desk).placements)
        surgeons.save(session, replace(keen(filled_desk), verified_on=None, placements=places))
    window.resize(1280, 800)
    for _ in range(20):
        window.zoom(1)
    window.show_page("surgeons")
    page: SurgeonsPage = window.page("surgeons")
    page.tabs.setCurrentIndex(TO_VERIFY)
    made = page.findChild(ToVerify)
    assert made is not None
    qtbot.waitUntil(lambda: made.list.model.rowCount() > 0)
    table, bold = made.list.table, QFontMetrics(theme.font(bold=True))
    assert made.list.model.row(0).faxes == ("(410) 555-0103", "(410) 555-0113")
    for at in (1, 2):
        said = table.model().index(0, at).data()
        assert bold.horizontalAdvance(said) <= table.columnWidth(at) - theme.px(24)
        assert table.columnViewportPosition(at) + table.columnWidth(at) <= table.viewport().width()


def test_sheets_are_asked_for_those_chosen(qtbot: QtBot, filled_desk: Desk) -> None:
    made = shown(qtbot, filled_desk)
    assert made.list.selection is not None
    made.list.selection.select_all()
    assert not made.verify_button.isEnabled() or made.list.model.rowCount() == 1
    with qtbot.waitSignal(made.print_wanted) as wanted:
        made.sheets_button.click()
    assert keen(filled_desk).id in wanted.args[0]
    assert len(wanted.args[0]) == made.list.model.rowCount()
