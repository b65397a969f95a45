"""What the tests of the dialogs about an entry share: a window to open them over, and entries to look at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import referrals, surgeons, worklists
from referral_app.services.referral_records import Filter, ReferralRecord
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.desk import Desk


def over(qtbot: QtBot) -> QWidget:
    """Return a shown window over which dialogs open; it lives as long as the test."""
    parent = QWidget()
    vars(qtbot).setdefault("kept", []).append(parent)
    parent.resize(1200, 800)
    qtbot.addWidget(parent)
    parent.show()
    return parent


def keen(desk: Desk) -> SurgeonRecord:
    """Return one of the invented entries, which has two locations with a fax each."""
    with desk.db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def referral(desk: Desk) -> ReferralRecord:
    """Return the invented referral."""
    with desk.db.read() as session:
        return referrals.get(session, worklists.find(session, Filter())[0].id)


def asked(desk: Desk) -> SurgeonRecord:
    """Return the surgeon of the invented referral."""
    record = referral(desk)
    with desk.db.read() as session:
        return referrals.surgeon_of(session, record)


def other(desk: Desk) -> SurgeonRecord:
    """Return a surgeon whom the invented referral does not ask."""
    mine = asked(desk).id
    with desk.db.read() as session:
        for npi in ("9000000015", "9000000023", "9000000031"):
            found = surgeons.find_by(session, npi)
            if found and found.id != mine:
                return found
    raise AssertionError("The invented directory has too few surgeons.")
