"""A call is written down from anywhere; a message that was not allowed is refused beside its field."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import IdentityCheck
from referral_app.clinical import dates
from referral_app.services import calls, owners, patients, referrals
from referral_app.ui.desk import Desk
from referral_app.ui.replies.call_dialog import ALLOWED, CHOOSE, NOT_ALLOWED, UNCHECKED, CallDialog
from tests.ui.referrals.conftest import shown
from tests.ui.replies.test_reply_dialog import wait


def opened(qtbot: QtBot, desk: Desk, *about: str) -> Any:
    parent = shown(qtbot, QWidget())
    vars(qtbot).setdefault("kept", []).append(parent)
    made: Any = CallDialog(desk, parent, *about)
    made.open()
    wait(qtbot, desk)
    return made


def test_a_call_about_a_referral_is_written_down_with_its_next_step(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        record = referrals.get(session, reference)
    made = opened(qtbot, filled_desk, record.patient_id, record.id)
    assert made.message.accessibleName() in (ALLOWED, NOT_ALLOWED)
    assert made.referral.value() == reference
    made.save()
    wait(qtbot, filled_desk)
    assert made.blocks["with_whom"].error()
    assert made.blocks["said"].error()
    assert made.blocks["checked"].error() == CHOOSE
    qtbot.keyClicks(made.with_whom, "Dr. Keen's office")
    made.said.setPlainText("They look for the letter")
    made.checked.set_value(str(IdentityCheck.REFERENCE))
    soon = date.today() + timedelta(3)
    made.next_step.setText("Call again")
    made.follow_up.setText(dates.say(soon))
    with qtbot.waitSignal(made.logged):
        qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with filled_desk.db.read() as session:
        (call,) = calls.of_referral(session, record.id)
        plan = owners.get(session, record.id)
    assert (call.said, call.checked) == ("They look for the letter", "reference")
    assert (plan.next_step, plan.follow_up_on) == ("Call again", soon)


def test_the_patient_is_found_by_name_and_a_forbidden_message_refused(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        patient_id = referrals.get(session, reference).patient_id
        record = patients.get(session, patient_id)
        values = record.values | {"message_ok": False}
        patients.save(
            session, patients.PatientRecord(values, record.coverage, record.id, version=record.version)
        )
    made = opened(qtbot, filled_desk)
    made.save()
    assert made.blocks["patient"].error() == "Choose the patient."
    qtbot.keyClicks(made.patient.pick.line, "Quintero")
    wait(qtbot, filled_desk)
    qtbot.keyClick(made.patient.pick.line, Qt.Key.Key_Return)
    wait(qtbot, filled_desk)
    assert made.message.accessibleName() == NOT_ALLOWED
    made.with_whom.setText("Answering machine")
    made.said.setPlainText("Please call us")
    made.left_message.setChecked(True)
    made.save()
    wait(qtbot, filled_desk)
    assert "did not allow" in made.blocks["message_left"].error()
    made.left_message.setChecked(False)
    made.save()
    wait(qtbot, filled_desk)
    assert made.blocks["checked"].error() == CHOOSE, "it is not taken for unchecked unasked"
    made.checked.set_value(UNCHECKED)
    with qtbot.waitSignal(made.logged):
        made.save()
    with filled_desk.db.read() as session:
        (call,) = calls.of_patient(session, patient_id)
    assert call.checked == ""


def test_what_a_caller_is_told_by_is_in_sight_and_the_patient_can_be_another(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        record = referrals.get(session, reference)
        values = deepcopy(patients.get(session, record.patient_id).values)
        values |= {
            "family_name": "Otherby",
            "given_name": "Invented",
            "date_of_birth": "1950-02-03",
            "mrn": "77",
        }
        patients.save(session, patients.PatientRecord(values))
    made = opened(qtbot, filled_desk, record.patient_id, record.id)
    born = dates.say(date.fromisoformat(record.intake["patient"]["date_of_birth"]))
    assert f"Born {born}" in made.on_file.text()
    assert record.intake["patient"]["address"]["line1"] in made.on_file.text()
    made.said.setPlainText("They look for the letter")
    qtbot.mouseClick(made.other_button, Qt.MouseButton.LeftButton)
    assert made.patient.pick.line.hasFocus()
    made.save()
    assert made.blocks["patient"].error() == "Choose the patient."
    qtbot.keyClicks(made.patient.pick.line, "Otherby")
    wait(qtbot, filled_desk)
    qtbot.keyClick(made.patient.pick.line, Qt.Key.Key_Return)
    wait(qtbot, filled_desk)
    assert "Otherby" in made.who.text()
    assert "Born February 3, 1950" in made.on_file.text()
    assert made.with_whom.hasFocus()
    assert made.said.toPlainText() == "They look for the letter"
    assert made.referral.value() == "", "the referral was the other patient’s"
    made.with_whom.setText("Her son")
    made.checked.set_value(str(IdentityCheck.KNOWN))
    with qtbot.waitSignal(made.logged):
        made.save()
    with filled_desk.db.read() as session:
        assert calls.of_patient(session, record.patient_id) == []
