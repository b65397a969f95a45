"""The head sketch is drawn with the mouse or put together by name, taken back, kept, and rated by clinicians alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance
from referral_app.clinical import heads, sketch
from referral_app.clinical.validation import validate
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.sketch_class_control import REFUSED
from referral_app.ui.referrals.sketch_view import FULL, MISSED, NOTHING, SketchControl
from tests import staff
from tests.ui.referrals.conftest import find, shown

New = Callable[..., FormPage]
Look = Callable[[Appearance, int], None]


@pytest.fixture
def control(qtbot: QtBot) -> SketchControl:
    made = SketchControl()
    made.call("Head sketch", "pain.sketch")
    qtbot.addWidget(made)
    made.resize(560, 520)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def look(qapp: QApplication) -> Generator[Look]:
    """Gives the application a look and a zoom until the end of the test."""
    yield lambda appearance, zoom: theme.apply(qapp, appearance, zoom)
    theme.apply(qapp, Appearance.LIGHT)


def spot(control: SketchControl, view: str, point: heads.Point) -> QPoint:
    """Return where a point of a head is on the screen."""
    cell = dict(control.heads.cells())[view]
    scale = cell.width() / heads.WIDTH
    return (QPointF(cell.topLeft()) + QPointF(*point) * scale).toPoint()


def draw(control: SketchControl, view: str, *points: heads.Point) -> None:
    """Press at the first point, move through the others, release at the last."""
    spots = [spot(control, view, point) for point in points]
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(control.heads, left, pos=spots[0])
    for at in spots[1:]:
        QTest.mouseMove(control.heads, at)
    QTest.mouseRelease(control.heads, left, pos=spots[-1])


def marks(control: SketchControl) -> list[dict[str, Any]]:
    value = control.read()
    return value["marks"] if value else []


def test_a_tap_sets_the_start_where_the_finger_was(control: SketchControl) -> None:
    draw(control, "back", (118, 138))
    (mark,) = marks(control)
    assert (mark["kind"], mark["view"]) == ("start", "back")
    assert mark["at"] == pytest.approx([118, 138], abs=1)
    assert control.words.text() == "Starts over the right greater occipital nerve."


def test_a_stroke_is_kept_in_few_points_with_its_intensity(control: SketchControl) -> None:
    control.tools.tools[3].click()
    draw(control, "right", *[(40 + step, 120 - step / 2) for step in range(0, 60, 2)])
    (mark,) = marks(control)
    assert (mark["kind"], mark["view"], mark["intensity"]) == ("line", "right", 3)
    assert len(mark["points"]) <= 6
    assert mark["points"][0] == pytest.approx([40, 120], abs=1)
    assert mark["points"][-1] == pytest.approx([98, 91], abs=1)
    assert control.words.text().startswith("Spreads, severe: right")


def test_going_round_a_place_marks_all_of_it(control: SketchControl) -> None:
    control.tools.tools[1].click()
    draw(control, "front", (60, 60), (85, 60), (86, 80), (60, 80), (59, 63))
    (mark,) = marks(control)
    assert (mark["kind"], mark["intensity"]) == ("area", 1)


def test_a_tap_with_a_spread_makes_a_dot(control: SketchControl) -> None:
    control.tools.tools[2].click()
    draw(control, "left", (100, 100))
    (mark,) = marks(control)
    assert mark["kind"] == "line"
    assert sketch.problem(control.read()) == ""


def test_a_stroke_stays_on_its_head_and_in_its_room(control: SketchControl) -> None:
    control.tools.tools[2].click()
    QTest.mousePress(control.heads, Qt.MouseButton.LeftButton, pos=spot(control, "right", (150, 100)))
    QTest.mouseMove(control.heads, QPoint(5000, 5000))
    QTest.mouseRelease(control.heads, Qt.MouseButton.LeftButton, pos=QPoint(5000, 5000))
    (mark,) = marks(control)
    assert mark["view"] == "right"
    assert mark["points"][-1] == [200, 240]


@pytest.mark.parametrize("zoom", [80, 100, 200])
@pytest.mark.parametrize("width", [300, 560, 1100])
def test_points_mean_the_same_at_every_size(
    control: SketchControl, look: Look, zoom: int, width: int
) -> None:
    look(Appearance.LIGHT, zoom)
    control.heads.setParent(None)
    control.heads.resize(width, control.heads.heightForWidth(width))
    control.heads.show()
    draw(control, "back", (118, 138))
    assert marks(control)[0]["at"] == pytest.approx([118, 138], abs=2)
    control.heads.setParent(control)


def test_heads_stand_side_by_side_two_by_two_or_below_each_other(control: SketchControl) -> None:
    def rows(width: int) -> int:
        control.heads.resize(width, control.heads.heightForWidth(width))
        return len({cell.top() for _, cell in control.heads.cells()})

    assert [rows(width) for width in (560, 300, 200)] == [1, 2, 4]
    control.tools.larger.click()
    assert rows(560) == 2


def test_a_tap_beside_the_heads_is_said_and_adds_nothing(control: SketchControl) -> None:
    draw(control, "front", (5, 5))
    assert control.read() is None
    assert control.words.text() == MISSED


def test_the_right_button_draws_nothing_and_gives_up_a_stroke(control: SketchControl) -> None:
    control.tools.tools[3].click()
    QTest.mousePress(control.heads, Qt.MouseButton.LeftButton, pos=spot(control, "back", (100, 60)))
    QTest.mouseMove(control.heads, spot(control, "back", (120, 90)))
    QTest.mousePress(control.heads, Qt.MouseButton.RightButton, pos=spot(control, "back", (120, 90)))
    for button in (
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.RightButton,
    ):  # pressed ones stay so for other tests
        QTest.mouseRelease(control.heads, button, pos=spot(control, "back", (120, 90)))
    assert control.read() is None


def test_undo_redo_and_clear(control: SketchControl) -> None:
    tools = control.tools
    assert not any(button.isEnabled() for button in (tools.undo, tools.redo, tools.clear))
    draw(control, "back", (118, 138))
    one = control.read()
    draw(control, "back", (82, 138))
    two = control.read()
    tools.undo.click()
    assert control.read() == one
    tools.redo.click()
    assert control.read() == two
    tools.clear.click()
    assert control.read() is None
    assert control.words.text() == NOTHING
    tools.undo.click()
    assert control.read() == two
    tools.undo.click()
    draw(control, "front", (78, 80))
    assert not tools.redo.isEnabled()
    assert len(marks(control)) == 2


def test_the_focus_stays_when_a_button_turns_grey(control: SketchControl) -> None:
    draw(control, "back", (118, 138))
    control.tools.undo.setFocus()
    QTest.keyClick(control.tools.undo, Qt.Key.Key_Space)
    assert control.read() is None
    assert control.tools.tools[0].hasFocus()


def test_the_form_taking_a_stroke_back_is_an_undo_here_too(control: SketchControl) -> None:
    draw(control, "back", (118, 138))
    one = control.read()
    draw(control, "back", (82, 138))
    two = control.read()
    control.fill(one)
    assert control.tools.redo.isEnabled()
    control.tools.redo.click()
    assert control.read() == two
    control.fill({"version": 1, "marks": [dict(sketch.start("front", (100, 60)))]})
    assert not control.tools.undo.isEnabled()


def choose(control: SketchControl, place: str, side: str, what: str) -> None:
    """Choose with keys alone and put it on the heads."""
    places = control.places
    for box, words in ((places.place, place), (places.side, side), (places.what, what)):
        box.setFocus()
        while box.currentText() != words:
            before = box.currentIndex()
            forward = box.findText(words) > before
            QTest.keyClick(box, Qt.Key.Key_Down if forward else Qt.Key.Key_Up)
            assert box.currentIndex() != before
    places.button.setFocus()
    QTest.keyClick(places.button, Qt.Key.Key_Space)


def test_a_whole_sketch_is_put_together_with_keys_alone(control: SketchControl) -> None:
    greater = "Greater occipital nerve: back of the head"
    temple = "Zygomaticotemporal nerve: temple"
    choose(control, greater, "Right", "Starts here")
    choose(control, temple, "Both sides", "Spreads, severe")
    assert control.words.text() == (
        "Starts over the right greater occipital nerve. "
        "Spreads, severe: right and left temple (zygomaticotemporal nerve)."
    )
    choose(control, temple, "Left", "Spreads, mild")
    assert control.words.text() == (
        "Starts over the right greater occipital nerve. Spreads, severe: right temple (zygomaticotemporal "
        "nerve). Spreads, mild: left temple (zygomaticotemporal nerve)."
    )
    choose(control, temple, "Both sides", "Nothing here: take it away")
    choose(control, greater, "Right", "Starts here")
    assert len(marks(control)) == 1
    assert validate({"pain": {"sketch": control.read()}}).get("pain.sketch") is None


def test_a_named_place_is_shown_on_the_heads_while_it_is_chosen(control: SketchControl) -> None:
    empty = control.heads.grab().toImage()
    control.places.place.setFocus()
    QTest.keyClick(control.places.place, Qt.Key.Key_Down)
    assert control.heads.grab().toImage() != empty
    control.tools.tools[0].setFocus()
    assert control.heads.grab().toImage() == empty


def test_every_part_has_its_name_and_the_drawing_is_told(control: SketchControl) -> None:
    control.describe("Required.")
    draw(control, "back", (118, 138))
    names = [widget.accessibleName() for widget in control.targets()]
    assert len(set(names)) == len(names)
    assert all(name.startswith("Head sketch: ") for name in names)
    for widget in (control.heads, control.tools.tools[0]):
        told = QAccessible.queryAccessibleInterface(widget)
        assert told is not None
        assert told.text(QAccessible.Text.Name)
        assert "over the right greater occipital nerve" in told.text(QAccessible.Text.Description)


@pytest.mark.parametrize("value", [
    {"regions": ["back right"]}, {"version": 9}, "drawn by hand", {"version": 1, "marks": [{"kind": "start"}]},
    {"version": 1, "marks": [{"kind": "line", "view": "back", "points": [[1, 1]] * 20_000, "intensity": 3}]},
])  # fmt: skip
def test_what_cannot_be_drawn_is_said_and_kept_until_something_is_drawn(
    control: SketchControl, value: Any
) -> None:
    control.fill(value)
    assert control.read() == value
    assert "It is kept until you draw a new one." in control.words.text()
    assert control.paper_button.isHidden()
    draw(control, "back", (118, 138))
    assert len(marks(control)) == 1
    control.tools.undo.click()
    assert control.read() == value


def test_a_full_sketch_takes_no_more_and_says_so(control: SketchControl) -> None:
    full = sketch.made((sketch.start("back", (118, 138)),) * sketch.MOST_MARKS)
    control.fill(full)
    draw(control, "back", (82, 138))
    assert control.read() == full
    assert control.words.text() == FULL


def test_a_long_scribble_is_taken_within_a_moment(control: SketchControl) -> None:
    points = [(100 + 60 * ((step * 7) % 13 - 6) / 6, 40 + step / 30) for step in range(4000)]
    began = time.perf_counter()
    mark = sketch.spread("back", points, 3)
    assert time.perf_counter() - began < 2
    assert len(mark["points"]) <= sketch.MOST_POINTS
    control.heads.drawn.emit(mark)
    assert sketch.problem(control.read()) == ""


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK, Appearance.HIGH_CONTRAST])
def test_marks_are_seen_in_every_look_and_differ_without_color(
    control: SketchControl, look: Look, appearance: Appearance
) -> None:
    look(appearance, 100)
    pictures = [control.heads.grab().toImage()]
    for step in (1, 2, 3):
        control.fill(sketch.made((sketch.spread("back", [(80, 60), (120, 60)], step),)))
        pictures.append(control.heads.grab().toImage())
    changed = [
        sum(
            pictures[0].pixel(x, y) != picture.pixel(x, y)
            for x in range(pictures[0].width())
            for y in range(20, 120)
        )
        for picture in pictures[1:]
    ]
    assert 0 < changed[0] < changed[1] < changed[2]


# On the form


def test_each_stroke_on_the_form_is_one_change_that_the_draft_takes_back(new_form: New) -> None:
    form = new_form(step=3)
    heads_view = find(form, "pain.sketch.heads")
    control = heads_view.parentWidget()
    puts: list[str] = []
    form.draft.changed.connect(puts.append)
    draw(control, "back", (118, 138))
    control.tools.tools[3].click()
    draw(control, "back", (118, 134), (126, 100), (122, 60))
    assert puts.count("pain.sketch") == 2
    assert len(form.draft.intake["pain"]["sketch"]["marks"]) == 2
    assert control.paper_button.isHidden()
    form.draft.settle()
    assert not [line for line in form.draft.check.missing if line.field == "pain.sketch"]


def test_a_sketch_is_saved_and_shown_again(saved_form: FormPage) -> None:
    saved_form.go_to(3)
    control = find(saved_form, "pain.sketch.heads").parentWidget()
    assert len(marks(control)) == 7
    assert control.words.text().startswith("Starts over the right greater occipital nerve.")


def test_those_who_may_not_sign_see_the_rating_and_why_it_is_grey(qtbot: QtBot, filled_desk: Desk) -> None:
    staff.protect(filled_desk.db)
    people = staff.hire(filled_desk.db)
    boxes: dict[str, QWidget] = {}
    for name in ("odile", "ruth"):
        staff.act_as(filled_desk.db, people[name].id)
        form = shown(qtbot, FormPage(filled_desk, sheets.new(filled_desk.db), 3))
        boxes[name] = find(form, "pain.sketch_class")
        said = boxes[name].accessibleDescription()
        assert "Typical: the pain starts over a nerve and spreads along it." in said
        assert (REFUSED in said) is not boxes[name].isEnabled()
    assert [box.isEnabled() for box in boxes.values()] == [True, False]
