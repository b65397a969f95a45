"""Forms: filled and read through one dictionary; labels, hints and errors bound to their fields."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from referral_app.choices import Need, Sex, Side
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.inputs import Checks, ChoiceBox, LineEdit, Radios, TextArea


@pytest.fixture
def form(qtbot: QtBot, looks: QApplication) -> Generator[dict[str, QWidget]]:
    widgets: dict[str, QWidget] = {
        "name": LineEdit("name", chars=20), "note": TextArea("note"), "sex": ChoiceBox("sex", Sex),
        "side": Radios("side", Side), "needs": Checks("needs", Need), "agreed": QCheckBox("Agreed"),
    }  # fmt: skip
    yield widgets
    for widget in widgets.values():
        if isValid(widget):
            widget.deleteLater()


VALUES = {
    "name": "Nguyễn Văn An",
    "note": "a\nb",
    "sex": "male",
    "side": "left",
    "needs": ["asl"],
    "agreed": True,
}


def test_what_is_filled_in_is_read_back(form: dict[str, QWidget]) -> None:
    fields.fill(form, VALUES)
    assert fields.read(form) == VALUES


def test_nothing_is_filled_in_as_nothing(form: dict[str, QWidget]) -> None:
    fields.fill(form, VALUES)
    fields.fill(form, {})
    assert fields.read(form) == {"name": "", "note": "", "sex": "", "side": "", "needs": [], "agreed": False}


def test_an_answer_that_is_not_offered_is_not_lost(form: dict[str, QWidget]) -> None:
    fields.write(form["sex"], "unheard_of")
    assert fields.value_of(form["sex"]) == "unheard_of"


def test_every_change_is_told(form: dict[str, QWidget]) -> None:
    told: list[int] = []
    fields.connect_changes(form, lambda: told.append(1))
    fields.fill(form, VALUES)
    assert len(told) >= len(form)


def test_the_wheel_does_not_change_an_answer(qtbot: QtBot, form: dict[str, QWidget]) -> None:
    box = form["sex"]
    fields.write(box, "female")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert fields.value_of(box) == "female"


def test_an_answer_of_radio_buttons_can_be_taken_back(qtbot: QtBot, form: dict[str, QWidget]) -> None:
    fields.write(form["side"], "both")
    qtbot.keyClick(form["side"], Qt.Key.Key_Delete)
    assert fields.value_of(form["side"]) == ""


def test_label_hint_and_error_belong_to_the_field(qtbot: QtBot, form: dict[str, QWidget]) -> None:
    block = Field("Family name", form["name"], "As on the card")
    qtbot.addWidget(block)
    block.set_error("Enter a last name.")
    assert form["name"].accessibleName() == "Family name"
    assert form["name"].accessibleDescription() == "As on the card Required. Error: Enter a last name."
    block.set_error("")
    assert "Error" not in form["name"].accessibleDescription()


def test_optional_is_said_in_words(qtbot: QtBot, form: dict[str, QWidget]) -> None:
    block = Field("R&D", form["name"], optional=True)
    qtbot.addWidget(block)
    assert block.findChild(QLabel).text() == "R&&D (optional)"  # pyright: ignore[reportOptionalMemberAccess]


def test_each_radio_button_says_its_question(qtbot: QtBot, form: dict[str, QWidget]) -> None:
    block = Field("Side of the pain", form["side"])
    qtbot.addWidget(block)
    side = form["side"]
    assert isinstance(side, Radios)
    assert side.buttons["left"].accessibleName() == "Side of the pain: Left"


def test_the_summary_names_its_errors_and_leads_to_them(qtbot: QtBot, looks: QApplication) -> None:
    page, summary = QWidget(), ErrorSummary()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(summary)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    summary.show_errors({"born": "Enter a date.", "name": "Enter a name."})
    assert summary.hasFocus()
    assert summary.accessibleName() == "There is a problem, 2 errors"
    with qtbot.waitSignal(summary.chosen) as chosen:
        summary.findChild(QWidget, "errorSummaryLink1").click()  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    assert chosen.args == ["name"]
    summary.show_errors({})
    assert not summary.isVisible()
