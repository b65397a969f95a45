"""The preview of a letter with what goes along: ticked beside it, made anew, recorded as one set."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.jobs import attachments
from referral_app.services import ledger, referrals, worklists
from referral_app.services.attachments import Owner
from referral_app.services.referral_records import Filter
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.preview.page import PreviewPage
from referral_app.ui.referrals import detail
from referral_app.ui.referrals.detail import DetailView
from tests import attachment_files
from tests.ui.referrals.conftest import shown

DRAFT = "00000000-0000-4000-8000-000000000051"


def attach(db: Database, reference: str) -> None:
    """Enclose a report of three pages with a referral."""
    sha256 = attachments.add(db, Owner(DRAFT), attachment_files.pdf(3), "report.pdf").record.sha256
    with db.begin() as session:
        record = referrals.get(session, reference)
        intake = deepcopy(record.intake)
        intake["attachments"] = [
            {"kind": "imaging_report", "date": "2025-08-11", "pages": 3, "sha256": sha256}
        ]
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, draft_id=DRAFT, marks=record.marks,
            why="A report came",
        )  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> PreviewPage:
    attach(filled_desk.db, reference)
    return shown(qtbot, PreviewPage(filled_desk))


def ready(qtbot: QtBot, page: PreviewPage) -> None:
    qtbot.waitUntil(page.print_button.isEnabled, timeout=20000)


def test_a_letter_offers_its_files_cover_sheet_and_response_form(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    alone = page.paper.pages()
    assert list(page.options.ticks) == ["fax_cover", "attachments", "response_form"]
    assert not any(tick.isChecked() for tick in page.options.ticks.values())
    page.options.ticks["attachments"].click()
    ready(qtbot, page)
    assert page.paper.pages() == alone + 3
    assert page.made is not None
    assert (page.made.kind, page.made.enclosed) == (PaperKind.BUNDLE, ("Imaging report, August 11, 2025",))
    page.options.ticks["response_form"].click()
    ready(qtbot, page)
    assert page.paper.pages() == alone + 4
    page.options.ticks["attachments"].click()
    ready(qtbot, page)
    assert page.paper.pages() == alone + 1


def test_digits_typed_before_a_part_is_added_stay_and_go_with_another_letter(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    page.by_fax.digits.setText("0103")
    page.options.ticks["response_form"].click()
    ready(qtbot, page)
    assert page.by_fax.digits.text() == "0103"
    page.by_fax.tick.setChecked(False)
    page.options.ticks["response_form"].click()
    ready(qtbot, page)
    assert not page.by_fax.ticked()
    page.show_document("letter", reference)
    ready(qtbot, page)
    assert page.by_fax.ticked()
    assert page.by_fax.digits.text() == ""


def test_the_set_begins_with_its_files_ticked_and_goes_into_the_ledger_as_it_is_saved(
    qtbot: QtBot, page: PreviewPage, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "save_file", lambda *args: args[-1](tmp_path / args[2]))
    page.show_document("bundle", reference)
    ready(qtbot, page)
    assert page.options.ticks["attachments"].isChecked()
    assert page.by_fax.ticked()
    page.by_fax.tick.setChecked(False)
    with qtbot.waitSignal(page.said):
        page.save_button.click()
    assert (tmp_path / f"letter-with-attachments-{reference}.pdf").read_bytes() == page.content
    with page._desk.db.read() as session:  # noqa: SLF001
        (paper,) = ledger.find(session, ledger.Filter(reference))
        assert ledger.content(session, paper.id) == page.content


def test_a_missing_file_stops_the_preview_with_its_name(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    from sqlalchemy import text

    with page._desk.db._transaction(read_only=False, info={}) as session:  # noqa: SLF001
        session.execute(text("DELETE FROM attachment"))
    page.show_document("bundle", reference)
    qtbot.waitUntil(
        lambda: "“Imaging report, August 11, 2025”" in page.note.accessibleDescription() + _said(page)
    )
    assert not page.print_button.isEnabled()


def _said(page: PreviewPage) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in page.note.findChildren(QLabel))


def test_a_letter_without_files_offers_none(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    page = shown(qtbot, PreviewPage(filled_desk))
    page.show_document("letter", reference)
    ready(qtbot, page)
    assert list(page.options.ticks) == ["fax_cover", "response_form"]


def test_the_detail_of_a_referral_leads_to_the_set_where_there_are_files(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    view = shown(qtbot, DetailView(filled_desk))
    with filled_desk.db.read() as session:
        (row,) = [one for one in worklists.find(session, Filter("all")) if one.reference == reference]
    button = view._buttons["bundle"]  # noqa: SLF001
    view.show_row(row)
    qtbot.waitUntil(view._buttons["letter"].isVisible)  # noqa: SLF001
    assert not button.isVisible()
    attach(filled_desk.db, reference)
    assert detail.load(filled_desk.db, row.id).record.number > 1
    view.show_row(row)
    qtbot.waitUntil(button.isVisible)
    with qtbot.waitSignal(view.preview) as signal:
        button.click()
    assert signal.args == ["bundle", reference]
