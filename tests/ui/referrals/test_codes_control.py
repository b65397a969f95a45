"""The diagnosis codes on the form: found, kept, pasted, ordered and judged by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from referral_app.clinical import intake
from referral_app.clinical.code_lists import CodeLists
from referral_app.ui.referrals.answers_card import in_words
from referral_app.ui.referrals.form import FormPage
from tests.clinical import releases
from tests.ui.referrals.conftest import find

PATH = "diagnosis.icd10cm"
New = Callable[..., FormPage]


@pytest.fixture
def form(new_form: New) -> FormPage:
    made = new_form(step=3)
    made.view(3).chores.finish()
    return made


def control(form: FormPage) -> Any:
    return find(form, PATH).parent().parent()


def type_in(qtbot: QtBot, form: FormPage, text: str) -> Any:
    box = find(form, PATH)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    QApplication.processEvents()
    return box


def offered(form: FormPage) -> list[str]:
    found = control(form).finder.found
    return [found.item(row).text() for row in range(found.count())]


def enter(qtbot: QtBot, form: FormPage) -> None:
    qtbot.keyClick(find(form, PATH), Qt.Key.Key_Return)


def stored(form: FormPage) -> list[str]:
    return form.draft.get(PATH) or []


def words(form: FormPage) -> str:
    return "\n".join(label.text() for label in control(form).findChildren(QLabel) if not label.isHidden())


def test_the_popup_offers_leaves_with_titles_and_names_its_release(qtbot: QtBot, form: FormPage) -> None:
    type_in(qtbot, form, "R51")
    qtbot.waitUntil(lambda: len(offered(form)) == 2)
    assert offered(form)[1] == "R51.9  Headache, unspecified"
    assert control(form).release.text() == "Found in ICD-10-CM April 2026"
    assert control(form).release.isVisible()
    enter(qtbot, form)
    assert stored(form) == ["R51.0"]
    assert not control(form).release.isVisible()


def test_codes_typed_with_commas_are_taken_together(qtbot: QtBot, form: FormPage) -> None:
    type_in(qtbot, form, "G43.709, m5481")
    qtbot.waitUntil(lambda: offered(form) == ["Add 2 codes: G43.709, M54.81"])
    enter(qtbot, form)
    assert stored(form) == ["G43.709", "M54.81"]
    assert find(form, PATH).text() == ""


@pytest.mark.parametrize(
    "text",
    ["G43.709; M54.81", "G43.709\tM54.81", "G43.709 M54.81,", "g43709\nM5481", "G43.709, M54.81, G43.709"],
)
def test_pasted_codes_wait_to_be_confirmed(qtbot: QtBot, form: FormPage, text: str) -> None:
    QApplication.clipboard().setText(text)
    box = find(form, PATH)
    box.setFocus()
    box.paste()
    qtbot.waitUntil(lambda: offered(form) == ["Add 2 codes: G43.709, M54.81"])
    assert stored(form) == []
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert stored(form) == ["G43.709", "M54.81"]


def test_a_code_that_nobody_knows_is_kept_on_demand_and_marked(qtbot: QtBot, form: FormPage) -> None:
    type_in(qtbot, form, "g99.99")
    qtbot.waitUntil(
        lambda: offered(form) == ["Keep G99.99\nIt is not in ICD-10-CM April 2026; the check will say so."]
    )
    enter(qtbot, form)
    assert stored(form) == ["G99.99"]
    assert "Not in ICD-10-CM April 2026; kept as typed." in words(form)


def test_a_code_known_to_be_wrong_is_not_offered_and_says_what_is_right(qtbot: QtBot, form: FormPage) -> None:
    type_in(qtbot, form, "G44.847")
    qtbot.waitUntil(lambda: "use G44.86, Cervicogenic headache." in words(form))
    assert offered(form) == []


def test_the_order_is_changed_by_keyboard(qtbot: QtBot, form: FormPage) -> None:
    control(form).fill(["M54.81", "G43.709", "R51.9"])
    form.draft.put(PATH, ["M54.81", "G43.709", "R51.9"])
    button = find(form, f"{PATH}[2].first")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stored(form) == ["M54.81", "R51.9", "G43.709"]
    moved = QApplication.focusWidget()
    assert moved.objectName() == f"{PATH}[1].first"
    qtbot.keyClick(moved, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stored(form) == ["R51.9", "M54.81", "G43.709"]
    top = QApplication.focusWidget()
    qtbot.keyClick(top, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stored(form) == ["R51.9", "M54.81", "G43.709"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert stored(form) == ["M54.81", "G43.709"]


def test_backspace_in_the_empty_line_reaches_the_last_code(qtbot: QtBot, form: FormPage) -> None:
    control(form).fill(["M54.81", "G43.709"])
    box = find(form, PATH)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert QApplication.focusWidget().accessibleName() == "Remove G43.709"


def test_a_heading_says_at_its_row_what_to_choose(qtbot: QtBot, form: FormPage) -> None:
    form.draft.put("referrer.date", "2026-11-02")
    control(form).fill(["M54", "G43.709"])
    assert "M54 is a heading and cannot be used alone; choose a longer code, such as M54.00." in words(form)


def test_a_retired_code_says_at_its_row_since_when_and_what_to_use(qtbot: QtBot, form: FormPage) -> None:
    form.draft.sheet.codes = CodeLists(releases.BOTH.releases)
    form.draft.put("referrer.date", releases.NEW_DAY.isoformat())
    form.draft.put(PATH, ["G44.87", "G43.709"])
    control(form).fill(["G44.87", "G43.709"])
    said = (
        "G44.87 is not in ICD-10-CM 2027, which holds since October 1, 2026; it was retired. "
        "Use G44.88, Headache of the invented kind."
    )
    assert said in words(form)
    assert form.draft.get(PATH) == ["G44.87", "G43.709"]


def test_an_open_form_follows_releases_that_were_loaded_meanwhile(qtbot: QtBot, form: FormPage) -> None:
    form.draft.put("referrer.date", "2026-11-02")
    form.draft.put(PATH, ["G44.86", "M54.99"])
    control(form).fill(["G44.86", "M54.99"])
    draft = form.draft
    assert "G44.86  Cervicogenic headache\n" in words(form) + "\n"
    draft.follow_directory((draft.surgeon, draft.sheet.asked, draft.sheet.figures, releases.BOTH))
    draft.settle()
    assert "G44.86  Cervicogenic headache of the neck" in words(form)
    assert [line.id for line in draft.check.review if line.field == PATH] == ["review.unknown_code.M54.99"]


def test_another_date_of_the_referral_asks_another_release(qtbot: QtBot, form: FormPage) -> None:
    form.draft.sheet.codes = CodeLists(releases.BOTH.releases)
    form.draft.put("referrer.date", date(2026, 5, 1).isoformat())
    form.draft.settle()
    type_in(qtbot, form, "M54.5")
    qtbot.waitUntil(lambda: offered(form) == ["M54.5  Low back pain"])
    form.draft.put("referrer.date", date(2026, 11, 1).isoformat())
    form.draft.settle()
    type_in(qtbot, form, "M54.5 ")
    qtbot.waitUntil(lambda: offered(form) == ["M54.50  Low back pain, unspecified"])
    assert control(form).release.text() == "Found in ICD-10-CM 2027"


def test_answers_read_back_name_codes_by_the_release_of_the_referrals_date(form: FormPage) -> None:
    form.draft.sheet.codes = releases.BOTH
    form.draft.put("referrer.date", "2026-11-02")
    form.draft.put(PATH, ["G44.86", "G99.99"])
    said = in_words(intake.find(PATH), form.draft.get(PATH), form.draft)
    assert said == "G44.86 Cervicogenic headache of the neck\nG99.99"


def test_a_title_that_is_cut_short_stands_whole_below_the_list(qtbot: QtBot, form: FormPage) -> None:
    type_in(qtbot, form, "sprain cervical spine subsequent")
    qtbot.waitUntil(lambda: bool(offered(form)))
    made = control(form)
    made.finder.found.setFixedWidth(200)
    made.setFixedWidth(200)
    made.finder.found.setCurrentRow(-1)
    made.finder.found.setCurrentRow(0)
    assert made.release.text() == f"{offered(form)[0]}\nFound in ICD-10-CM April 2026"
