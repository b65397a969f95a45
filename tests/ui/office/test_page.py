"""Our office: entered once, stored in one go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.services import practices
from referral_app.services.practices import Letterhead
from referral_app.ui import ask, fields
from referral_app.ui.desk import Desk
from referral_app.ui.office import providers
from referral_app.ui.office.entry_dialog import EntryDialog
from referral_app.ui.office.page import OfficePage
from referral_app.ui.office.sample_dialog import SampleDialog


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OfficePage:
    made = OfficePage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _stored(desk: Desk, today: date | None = None) -> practices.PracticeRecord | None:
    with desk.db.read() as session:
        return practices.ours(session, today)


def _save(qtbot: QtBot, page: OfficePage, desk: Desk, values: dict[str, str]) -> practices.PracticeRecord:
    for name, value in values.items():
        fields.write(page.form.widgets[name], value)
    with qtbot.waitSignal(page.saved):
        page.save()
    office = _stored(desk)
    assert office is not None
    return office


def test_an_office_is_stored_with_its_providers_and_letterhead(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    fields.fill(
        page.form.widgets,
        {"name": "Harbor Neurology", "phone": "(410) 555-0170", "heading": "HARBOR", "lines": "a\nb"},
    )
    with qtbot.waitSignal(page.saved):
        page.save()
    office = _stored(desk)
    assert office is not None
    assert (office.name, office.phone) == ("Harbor Neurology", "(410) 555-0170")
    assert office.letterhead is not None
    assert office.letterhead.lines == ("a", "b")


def test_the_first_letterhead_counts_from_always_and_shows_no_date(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    office = _save(qtbot, page, desk, {"name": "Harbor", "heading": "HARBOR", "lines": "a"})
    assert office.letterhead == Letterhead("HARBOR", ("a",), date.min)
    assert page.form.since.isHidden()


def test_a_changed_letterhead_begins_today_and_the_old_one_stays(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    today = date.today()
    _save(qtbot, page, desk, {"name": "Harbor", "heading": "HARBOR", "lines": "a"})
    office = _save(qtbot, page, desk, {"heading": "NEW HARBOR"})
    assert office.letterhead == Letterhead("NEW HARBOR", ("a",), today)
    before = _stored(desk, date(2020, 1, 1))
    assert before is not None
    assert before.letterhead == Letterhead("HARBOR", ("a",), date.min)
    assert page.form.since.text().startswith("In use since ")
    assert not page.form.since.isHidden()


def test_a_letterhead_that_was_not_touched_keeps_its_date(qtbot: QtBot, filled_desk: Desk) -> None:
    page = OfficePage(filled_desk)
    qtbot.addWidget(page)
    page.reload()
    qtbot.waitUntil(lambda: page.form.since.text() == "In use since January 1, 2024.")
    office = _save(qtbot, page, filled_desk, {"city": "Annapolis"})
    assert office.letterhead is not None
    assert office.letterhead.from_date == date(2024, 1, 1)


def test_an_emptied_letterhead_gives_way_to_name_and_address(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    place = {"line1": "1 Pier", "city": "Baltimore", "state": "MD", "zip": "21231", "phone": "4105550170"}
    _save(qtbot, page, desk, {"name": "Harbor", "heading": "OLD", "lines": "a", **place})
    office = _save(qtbot, page, desk, {"heading": "", "lines": ""})
    lines = ("1 Pier, Baltimore, MD 21231", "Phone (410) 555-0170")
    assert office.letterhead == Letterhead("Harbor", lines, date.today())


def test_an_office_without_a_letterhead_stays_without(qtbot: QtBot, page: OfficePage, desk: Desk) -> None:
    assert _save(qtbot, page, desk, {"name": "Harbor"}).letterhead is None


def test_a_wrong_office_is_refused_beside_the_field_and_on_top(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    fields.fill(page.form.widgets, {"name": "", "fax": "12"})
    page.save()
    qtbot.waitUntil(lambda: bool(page.form.blocks["fax"].error()))
    assert page.form.blocks["name"].error() == "Enter the name of the practice."
    assert page.form.widgets["fax"].text() == "12"  # pyright: ignore[reportAttributeAccessIssue]
    assert _stored(desk) is None


def test_a_provider_is_added_by_the_dialog(qtbot: QtBot, page: OfficePage, desk: Desk) -> None:
    add = page.findChild(QPushButton, "addProvider")
    assert add is not None
    add.click()
    dialog = page.findChild(EntryDialog)
    assert dialog is not None
    fields.fill(dialog.widgets, {"given_name": "Ana", "family_name": "Reyes", "role": "nurse_practitioner"})
    dialog.accept()
    office = _save(qtbot, page, desk, {"name": "Harbor Neurology"})
    assert [(one.name, one.role) for one in office.providers] == [("Ana Reyes", "nurse_practitioner")]


def test_a_changed_provider_stays_the_same_one(qtbot: QtBot, filled_desk: Desk) -> None:
    page = OfficePage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: bool(page.providers.records))
    before = page.providers.records[0]
    line = page.findChild(QPushButton, "provider_0")
    assert line is not None
    line.click()
    dialog = page.findChild(EntryDialog)
    assert dialog is not None
    fields.write(dialog.widgets["degrees"], "DO")
    dialog.accept()
    after = page.providers.records[0]
    assert (after.id, after.degrees) == (before.id, "DO")


def test_a_provider_without_a_last_name_is_refused(qtbot: QtBot, page: OfficePage) -> None:
    dialog = EntryDialog(providers.sheet(), None, page)
    dialog.open()
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.blocks["family_name"].error() == "Enter a last name."
    dialog.close()


@pytest.mark.parametrize("npi", ["1234567890", "12", "123456789a"])
def test_a_mistyped_npi_is_found(npi: str) -> None:
    values = {"family_name": "Reyes", "role": "physician", "npi": npi, "phone": ""}
    assert "npi" in providers.problems(values)


def test_what_was_typed_is_not_left_without_a_question(
    qtbot: QtBot, page: OfficePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda parent, question, *rest, **more: asked.append(question))
    assert page.can_leave()
    fields.write(page.form.widgets["city"], "Baltimore")
    assert not page.can_leave()
    assert len(asked) == 1


def _typed(page: OfficePage, **values: str) -> None:
    for name, value in values.items():
        fields.write(page.form.widgets[name], value)


def test_a_letterhead_counts_from_the_day_that_was_typed_and_is_told_until_then(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    _save(qtbot, page, desk, {"name": "Harbor Neurology", "heading": "HARBOR"})
    office = _save(qtbot, page, desk, {"heading": "NEW HARBOR", "from_date": "6/1/2096"})
    assert office.letterhead is not None
    assert office.letterhead.heading == "HARBOR"
    assert "From June 1, 2096 on: NEW HARBOR." in page.form.since.text()
    later = _stored(desk, date(2096, 6, 1))
    assert later is not None
    assert later.letterhead is not None
    assert later.letterhead.heading == "NEW HARBOR"


def test_room_for_printed_paper_is_kept_and_what_is_no_number_is_said(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    office = _save(qtbot, page, desk, {"name": "Harbor Neurology", "preprinted_inches": "1.5 in"})
    assert office.letterhead is not None
    assert office.letterhead.preprinted_inches == 1.5
    _typed(page, preprinted_inches="a lot")
    page.save()
    assert "Enter a number of inches" in page.form.blocks["preprinted_inches"].error()
    _typed(page, preprinted_inches="9")
    page.save()
    assert "from 0.75 to 5" in page.form.blocks["preprinted_inches"].error()
    _typed(page, preprinted_inches="", from_date="someday")
    page.save()
    assert page.form.blocks["from_date"].error()


def test_a_logo_is_read_shown_and_kept_and_what_is_no_picture_is_said(
    qtbot: QtBot, page: OfficePage, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"no picture")
    page.form.logo.take(path)
    qtbot.waitUntil(lambda: "not a whole JPEG or PNG" in page.form.logo.choose_button.accessibleDescription())
    Image.new("RGB", (600, 200), "teal").save(path)
    with qtbot.waitSignal(page.form.logo.changed):
        page.form.logo.take(path)
    assert page.form.logo.picture.isVisible()
    office = _save(qtbot, page, desk, {"name": "Harbor Neurology"})
    assert office.letterhead is not None
    assert office.letterhead.logo == page.form.logo.png
    assert office.letterhead.heading == "Harbor Neurology"
    page.form.logo.none_button.click()
    office = _save(qtbot, page, desk, {})
    assert office.letterhead is not None
    assert office.letterhead.logo is None


def test_a_sample_letter_shows_the_letterhead_as_it_was_typed(
    qtbot: QtBot, page: OfficePage, desk: Desk
) -> None:
    _typed(page, name="Harbor Neurology", heading="NOT SAVED YET")
    page.form.sample_button.click()
    dialog = page.findChild(SampleDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.view.document.pageCount() > 0)
    assert "NOT SAVED YET" in dialog.view.document.getAllText(0).text()
    assert _stored(desk) is None
