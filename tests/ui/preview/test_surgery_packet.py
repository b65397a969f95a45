"""The surgery packet in the preview: what is missing in place of pages, then the packet as its patient needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from referral_app.choices import AppointmentKind
from referral_app.services import appointments, surgery_plans
from referral_app.services.appointments import Visit
from referral_app.ui.desk import Desk
from referral_app.ui.preview.page import PreviewPage
from tests.ui.referrals.conftest import shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PreviewPage:
    return shown(qtbot, PreviewPage(filled_desk))


def prepare(desk: Desk, reference: str) -> None:
    with desk.db.begin() as session:
        appointments.book(session, reference, Visit(AppointmentKind.SURGERY, datetime(2199, 3, 27, 7, 30)))
        plan = surgery_plans.get(session, reference)
        answers = {"fasting": "No food after 11:00 PM.", "medications": "As usual.", "ride": "Your sister."}
        surgery_plans.save(session, replace(plan, **answers, answered_by="Priya Shah"))


def told(page: PreviewPage) -> bool:
    return any(surgery_plans.NO_DAY in one.text() for one in page.note.findChildren(QLabel))


def test_what_is_missing_stands_in_place_of_the_pages(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("surgery_packet", reference)
    qtbot.waitUntil(lambda: told(page), timeout=20000)
    assert not page.print_button.isEnabled()


def test_it_is_shown_as_its_patient_needs_it_and_made_again_in_the_other_size(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, reference: str
) -> None:
    prepare(filled_desk, reference)
    page.show_document("surgery_packet", reference)
    qtbot.waitUntil(page.print_button.isEnabled, timeout=20000)
    assert page.name == f"surgery-packet-{reference}.pdf"
    assert page.options.sizes["large"].isChecked()  # the invented patient asked for large print
    large = page.paper.pages()
    page.options.sizes["usual"].click()
    qtbot.waitUntil(page.print_button.isEnabled, timeout=20000)
    assert page.paper.pages() < large
