"""Every kind of control shows what it is given and gives the same back."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from referral_app import choices
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import INTAKE, find
from referral_app.ui.referrals import controls
from referral_app.ui.referrals.choice_controls import BoxControl, RadioControl, TicksControl
from referral_app.ui.referrals.text_controls import DateControl, LongTextControl

SAMPLES: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("Nguyễn Thị Ánh", "أحمد", "🙂 emoji", "<b>bold</b> & more"),
    Kind.LONG_TEXT: ("two\nlines", "x" * 10_000),
    Kind.DATE: ("2007-03-27", "13/45/2007", "sometime in May"),
    Kind.MONTH: ("2019-05", "last spring"),
    Kind.INTEGER: (0, 17, "many"),
    Kind.DECIMAL: (0, 7.5, 12, "about 8"),
    Kind.FLAG: (True, False),
    Kind.PHONE: ("(617) 555-0142 x12", "617.555.0142"),
    Kind.EMAIL: ("a@example.org",),
    Kind.NPI: ("9000000213", "12345"),
    Kind.STATE: ("MD", "Ontario"),
    Kind.ZIP: ("02139",),
    Kind.LANGUAGE: ("vi", "Klingon"),
    Kind.CODES: (["M54.81", "G43.709"],),
    Kind.WORDS: (["Dr. A", "Dr. B"],),
}


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in SAMPLES.items() for value in values]
)
def test_what_is_filled_in_is_read_back(qtbot: QtBot, kind: Kind, value: Any) -> None:
    control = controls.make(Field("name", "Label", kind))
    qtbot.addWidget(control)
    control.fill(value)
    assert control.read() == value
    assert type(control.read()) is type(value)


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_nothing_is_read_as_nothing(qtbot: QtBot, kind: Kind) -> None:
    control = controls.make(Field("name", "Label", kind))
    qtbot.addWidget(control)
    control.fill(None)
    assert control.read() is None


def _choices() -> list[Field]:
    def inside(fields: tuple[Field, ...]) -> list[Field]:
        found = [field for field in fields if field.choices]
        return found + [one for field in fields for one in inside(field.fields)]

    return inside(INTAKE)


def test_every_value_of_every_list_of_the_intake_is_read_back(qtbot: QtBot) -> None:
    for field in _choices():
        control = controls.make(field)
        qtbot.addWidget(control)
        for member in field.choices or ():
            value = [member.value] if field.kind is Kind.CHOICES else member.value
            control.fill(value)
            assert control.read() == value


def test_a_value_that_is_not_on_the_list_is_kept_until_another_is_chosen(qtbot: QtBot) -> None:
    for control in (RadioControl([("a", "A"), ("b", "B")]), BoxControl([("a", "A"), ("b", "B")])):
        qtbot.addWidget(control)
        control.fill("from another program")
        assert control.read() == "from another program"
        control.fill("b")
        assert control.read() == "b"


def test_up_to_four_values_stand_in_sight_and_more_go_into_a_box() -> None:
    assert isinstance(controls.make(Field("x", "X", Kind.CHOICE, choices=choices.Sex)), RadioControl)
    assert isinstance(controls.make(Field("x", "X", Kind.CHOICE, choices=choices.Diagnosis)), BoxControl)


def test_a_yes_or_no_can_stay_open_and_be_opened_again(qtbot: QtBot) -> None:
    control = controls.make(Field("x", "X", Kind.FLAG))
    qtbot.addWidget(control)
    assert isinstance(control, RadioControl)
    assert control.read() is None
    control.buttons[1].click()
    assert control.read() is False
    control.buttons[1].click()
    assert control.read() is None


def test_none_excludes_the_other_ticks(qtbot: QtBot) -> None:
    control = controls.make(Field("x", "X", Kind.CHOICES, choices=choices.PriorProcedure))
    qtbot.addWidget(control)
    assert isinstance(control, TicksControl)
    control.boxes[1].click()
    control.boxes[0].click()
    assert control.read() == ["none"]
    control.boxes[2].click()
    assert control.read() == ["craniotomy"]


@pytest.mark.parametrize("typed", ["3/27/2007", "27 Mar 2007", "March 27, 2007", "03272007", "2007-03-27"])
def test_a_date_is_understood_as_people_type_it(qtbot: QtBot, typed: str) -> None:
    control = DateControl(with_age=True)
    qtbot.addWidget(control)
    qtbot.keyClicks(control.edit, typed)
    assert control.read() == "2007-03-27"
    assert control.edit.text() == typed
    assert control.echo().startswith("March 27, 2007 – ")


def test_the_question_counts_its_characters(qtbot: QtBot) -> None:
    control = LongTextControl(15, 300)
    qtbot.addWidget(control)
    control.fill("Short")
    assert control.echo() == "5 of 300 characters, at least 15"
    control.fill("x" * 310)
    assert control.echo() == "310 characters, 10 too many"


def test_a_number_of_any_size_in_the_place_of_a_choice_is_kept_as_it_is(qtbot: QtBot) -> None:
    control = controls.make(find("treatments.class"))
    qtbot.addWidget(control)
    for value in (10**40, -(10**40), 1e300, ["x"], {"a": 10**40}):
        control.fill(value)
        assert control.read() == value
    control.fill("triptan")
    assert control.read() == "triptan"
