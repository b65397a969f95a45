"""What went to a fax number that is not an entry's any more."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from referral_app.services import fax_numbers, surgeons
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import old_fax_dialog
from referral_app.ui.surgeons.old_fax_dialog import OldFaxDialog
from tests.documents.paper import text
from tests.ui.surgeons.caring import asked, over, referral


def _change(desk: Desk) -> surgeons.SurgeonRecord:
    before = asked(desk)
    places = tuple(replace(place, fax="410-555-0199", fax_verified_on=None) for place in before.placements)
    with desk.db.begin() as session:
        return surgeons.save(session, replace(before, placements=places))


def test_nothing_opens_where_nothing_went_to_the_old_number(qtbot: QtBot, filled_desk: Desk) -> None:
    before, parent = asked(filled_desk), over(qtbot)
    old_fax_dialog.show_left_behind(filled_desk, before, before, parent)
    old_fax_dialog.show_left_behind(filled_desk, before, _change(filled_desk), parent)
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert parent.findChild(OldFaxDialog) is None


def test_what_went_is_listed_copied_and_printed(qtbot: QtBot, filled_desk: Desk) -> None:
    before, parent, record = asked(filled_desk), over(qtbot), referral(filled_desk)
    number = next(place.fax for place in before.placements if place.fax)
    with filled_desk.db.begin() as session:
        fax_numbers.used(session, number, record.id, before.id, "Letter sent")
    old_fax_dialog.show_left_behind(filled_desk, before, _change(filled_desk), parent)
    qtbot.waitUntil(lambda: parent.findChild(OldFaxDialog) is not None)
    dialog = parent.findChild(OldFaxDialog)
    assert dialog is not None
    assert record.reference in dialog.text
    assert record.patient in dialog.text
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.text
    assert record.reference in text(old_fax_dialog.as_pdf(dialog.text))
