"""Our office: entered once, stored in one go."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.services import practices
from referral_app.services.practices import ProviderRecord
from referral_app.ui import ask, fields
from referral_app.ui.desk import Desk
from referral_app.ui.office.page import OfficePage
from referral_app.ui.office.provider_dialog import ProviderDialog, problems


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OfficePage:
    made = OfficePage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _stored(desk: Desk) -> practices.PracticeRecord | None:
    with desk.db.read() as session:
        return practices.ours(session)


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
    dialog = page.findChild(ProviderDialog)
    assert dialog is not None
    fields.fill(dialog.widgets, {"given_name": "Ana", "family_name": "Reyes", "role": "nurse_practitioner"})
    dialog.accept()
    fields.fill(page.form.widgets, {"name": "Harbor Neurology"})
    with qtbot.waitSignal(page.saved):
        page.save()
    office = _stored(desk)
    assert office is not None
    assert [(one.name, one.role) for one in office.providers] == [("Ana Reyes", "nurse_practitioner")]


def test_a_provider_without_a_last_name_is_refused(qtbot: QtBot, page: OfficePage) -> None:
    dialog = ProviderDialog(ProviderRecord("", ""), page)
    dialog.open()
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.blocks["family_name"].error() == "Enter a last name."
    dialog.close()


@pytest.mark.parametrize("npi", ["1234567890", "12", "123456789a"])
def test_a_mistyped_npi_is_found(npi: str) -> None:
    values = {"family_name": "Reyes", "role": "physician", "npi": npi, "phone": ""}
    assert "npi" in problems(values)


def test_what_was_typed_is_not_left_without_a_question(
    qtbot: QtBot, page: OfficePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda parent, question, *rest, **more: asked.append(question))
    assert page.can_leave()
    fields.write(page.form.widgets["city"], "Baltimore")
    assert not page.can_leave()
    assert len(asked) == 1
