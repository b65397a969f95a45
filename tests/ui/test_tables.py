"""Long lists: pages, sorting, states, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import ICON_ROLE, PAGE, Column, PagedModel, Source


@dataclass(frozen=True)
class Row:
    """One invented row."""

    id: int

    @property
    def name(self) -> str:
        """A word that sorts like the number."""
        return f"Row {self.id:06}"


COLUMNS = [
    Column("Name", lambda row: row.name, 200, sort="name"),
    Column("Number", lambda row: f"{row.id:,}", 100, sort="id", numeric=True),
    Column("State", lambda row: "Sent", 100, icon=lambda row: "sent"),
]


class Numbers:
    """Rows 0 to `count`, and how often they were asked for."""

    def __init__(self, count: int) -> None:
        self.rows = count
        self.asked: list[tuple[int, str, bool]] = []

    def fetch(self, offset: int, limit: int, sort: str, descending: bool) -> Sequence[Row]:
        self.asked.append((offset, sort, descending))
        numbers = range(self.rows - 1, -1, -1) if descending else range(self.rows)
        return [Row(number) for number in numbers[offset : offset + limit]]

    def count(self) -> int:
        return self.rows

    def source(self) -> Source:
        return Source(self.fetch, self.count)


@pytest.fixture
def numbers(qtbot: QtBot, desk: Desk) -> RecordList:
    made = RecordList(
        desk, "numbers", "Numbers", COLUMNS, empty=("list", "No numbers", "Count first.", "Count")
    )
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def _load(qtbot: QtBot, made: RecordList, rows: Numbers) -> None:
    with qtbot.waitSignal(made.loaded):
        made.load(rows.source())


def test_the_model_keeps_qts_rules(qtbot: QtBot, desk: Desk, qtmodeltester: object) -> None:
    model = PagedModel(desk.background, COLUMNS)
    with qtbot.waitSignal(model.loaded):
        model.load(Numbers(450).source())
    qtmodeltester.check(model)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def test_a_hundred_thousand_rows_are_fetched_page_by_page(qtbot: QtBot, numbers: RecordList) -> None:
    rows = Numbers(100_000)
    _load(qtbot, numbers, rows)
    assert numbers.model.rowCount() == 100_000
    assert rows.asked == [(0, "", False)]
    numbers.table.scrollToBottom()
    last = numbers.model.index(99_999, 0)
    qtbot.waitUntil(lambda: last.data() == "Row 099999")
    assert len(rows.asked) < 6


def test_pages_long_out_of_sight_are_let_go(qtbot: QtBot, desk: Desk) -> None:
    model = PagedModel(desk.background, COLUMNS)
    with qtbot.waitSignal(model.loaded):
        model.load(Numbers(100 * PAGE).source())
    for page in range(100):
        index = model.index(page * PAGE, 0)
        qtbot.waitUntil(lambda index=index: index.data() != "…")
    assert model.row(0) is None


def test_a_click_on_the_head_sorts_in_the_source(qtbot: QtBot, numbers: RecordList) -> None:
    rows = Numbers(1000)
    _load(qtbot, numbers, rows)
    with qtbot.waitSignal(numbers.loaded):
        numbers.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert rows.asked[-1] == (0, "id", True)
    assert numbers.model.index(0, 0).data() == "Row 000999"


def test_the_same_row_stays_current_after_a_reload(qtbot: QtBot, numbers: RecordList) -> None:
    rows = Numbers(50)
    _load(qtbot, numbers, rows)
    numbers.table.selectRow(7)
    with qtbot.waitSignal(numbers.loaded):
        numbers.reload()
    assert numbers.current() == Row(7)


def test_numbers_stand_at_the_right_and_every_cell_speaks(qtbot: QtBot, numbers: RecordList) -> None:
    _load(qtbot, numbers, Numbers(3))
    cell = numbers.model.index(2, 1)
    assert Qt.AlignmentFlag(cell.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Number: 2"
    assert numbers.model.index(0, 2).data(ICON_ROLE) == "sent"


def test_an_empty_list_says_what_to_do(qtbot: QtBot, numbers: RecordList) -> None:
    _load(qtbot, numbers, Numbers(0))
    assert numbers.note.isVisible()
    assert numbers.note.accessibleName() == "No numbers"
    with qtbot.waitSignal(numbers.acted):
        numbers.note.button.click()


def test_a_list_that_cannot_be_read_says_so_and_can_be_tried_again(qtbot: QtBot, numbers: RecordList) -> None:
    rows = Numbers(5)
    broken = True

    def count() -> int:
        if broken:
            raise OSError("The store is busy.")
        return rows.rows

    with qtbot.waitSignal(numbers.model.failed):
        numbers.load(Source(rows.fetch, count))
    assert numbers.note.isVisible()
    broken = False
    with qtbot.waitSignal(numbers.loaded):
        numbers.note.button.click()
    assert numbers.table.isVisible()


def test_enter_opens_and_letters_start_the_search(qtbot: QtBot, numbers: RecordList) -> None:
    _load(qtbot, numbers, Numbers(5))
    numbers.enter()
    with qtbot.waitSignal(numbers.opened) as opened:
        qtbot.keyClick(numbers.table, Qt.Key.Key_Return)
    assert opened.args == [Row(0)]
    with qtbot.waitSignal(numbers.typed) as typed:
        qtbot.keyClicks(numbers.table, "k")
    assert typed.args == ["k"]


def test_column_widths_are_remembered(qtbot: QtBot, desk: Desk, numbers: RecordList) -> None:
    numbers.table.setColumnWidth(0, 311)

    def remembered() -> bool:
        again = RecordList(desk, "numbers", "Numbers", COLUMNS)
        qtbot.addWidget(again)
        return again.table.columnWidth(0) == 311

    qtbot.waitUntil(remembered)


def test_a_selected_row_is_drawn_in_the_color_of_the_selection(qtbot: QtBot, numbers: RecordList) -> None:
    from referral_app.ui import theme

    _load(qtbot, numbers, Numbers(3))
    numbers.table.selectRow(0)
    picture = numbers.table.viewport().grab().toImage()
    top = {picture.pixelColor(x, y).name() for x in range(300, 500) for y in range(2, 34)}
    assert theme.current().tokens.selection.lower() in top
    assert theme.current().tokens.info.lower() not in top


def test_three_rows_stay_in_sight_where_there_is_little_room(qtbot: QtBot, numbers: RecordList) -> None:
    _load(qtbot, numbers, Numbers(50))
    numbers.resize(600, numbers.minimumSizeHint().height())
    assert numbers.table.viewport().height() >= 3 * numbers.table.rowHeight(0)


def test_a_row_without_a_second_line_stands_beside_its_icon(qtbot: QtBot, desk: Desk) -> None:
    columns = [
        Column(
            "State",
            lambda row: "Kept",
            200,
            icon=lambda row: "ok",
            detail=lambda row: "" if row.id else "Late",
        ),
    ]
    made = RecordList(desk, "states", "States", columns, empty=("list", "Nothing", ""))
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    _load(qtbot, made, Numbers(2))
    image = made.table.viewport().grab().toImage()
    high = made.table.rowHeight(0)
    words = range(theme.px(40), theme.px(100))

    def inked(row: int) -> list[int]:
        ground = image.pixelColor(theme.px(150), row * high + high // 2).lightness()
        lines = range(row * high + 1, (row + 1) * high - 2)
        return [y for y in lines if any(abs(image.pixelColor(x, y).lightness() - ground) > 60 for x in words)]

    first, second = inked(0), inked(1)
    assert first[0] - 0 < second[0] - high  # the row with two lines begins higher
    middle = (second[0] + second[-1]) / 2 - high
    assert abs(middle - high / 2) < theme.px(4)
