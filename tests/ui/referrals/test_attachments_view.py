"""Attachments in the form: added by button, drop and paste, refused at the place, looked at, and what is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from referral_app.choices import RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services import attachments, referrals
from referral_app.services.attachments import Owner
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import attachment_sources, sheets
from referral_app.ui.referrals.attachment_dialog import AttachmentDialog
from referral_app.ui.referrals.attachment_sources import Source
from referral_app.ui.referrals.attachments_view import AttachmentsView
from referral_app.ui.referrals.form import FormPage
from tests import attachment_files as files
from tests.ui.referrals.conftest import find

Make = Callable[..., FormPage]


def written(folder: Path, name: str = "scan.pdf", content: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(files.pdf(3) if content is None else content)
    return path


def settled(qtbot: QtBot, form: FormPage) -> None:
    qtbot.waitUntil(
        lambda: not [one for one in form.attaching.items if one.state in ("waiting", "reading")],
        timeout=30_000,
    )
    qtbot.waitUntil(lambda: not form._desk.background.is_busy, timeout=30_000)  # noqa: SLF001


def shown(form: FormPage) -> AttachmentsView:
    form.go_to(6, focus=False)
    form.view(6).chores.finish()
    return find(form, "attachments.files").parentWidget().parentWidget()


def told(view: AttachmentsView) -> str:
    QApplication.processEvents()  # new lines are shown in the next turn
    return "\n".join(label.text() for label in view.notes.findChildren(QLabel) if label.isVisible())


def dropped(form: FormPage, data: QMimeData) -> bool:
    at, held = QPoint(40, 40), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held)
    QApplication.sendEvent(form, entering)
    QApplication.sendEvent(form, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, *held))
    return entering.isAccepted()


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_dropped_on_any_step_become_rows(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(1)
    assert dropped(form, urls(written(tmp_path), written(tmp_path, "b.png", files.picture())))
    settled(qtbot, form)
    rows = form.draft.get("attachments")
    assert [(row["pages"], len(row["sha256"])) for row in rows] == [(3, 64), (1, 64)]
    view = shown(form)
    assert "scan.pdf: what is it?" in told(view)
    assert "scan.pdf" in find(form, "attachments[0].edit").accessibleName()


def test_a_file_carried_over_a_field_does_not_write_its_path_there(
    qtbot: QtBot, new_form: Make, tmp_path: Path
) -> None:
    form = new_form(1)
    edit, at = find(form, "patient.family_name"), QPoint(40, 40)
    held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    data = urls(written(tmp_path))  # the event does not keep it alive
    assert edit.acceptDrops()
    entering = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held)
    QApplication.sendEvent(form, entering)
    assert not edit.acceptDrops()
    QApplication.sendEvent(form, QDragLeaveEvent())
    assert edit.acceptDrops()
    assert form.draft.get("attachments") is None


def test_a_file_that_is_being_read_is_given_up(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(6)
    view = shown(form)
    dropped(form, urls(written(tmp_path, "long.tif", files.long_tiff(200)), written(tmp_path)))
    assert "long.tif: reading" in told(view)
    find(view, "attachmentNotes.0.dismiss").click()
    settled(qtbot, form)
    assert [row["pages"] for row in form.draft.get("attachments")] == [3]


def test_dropped_text_is_left_to_the_fields(new_form: Make) -> None:
    data = QMimeData()
    data.setText("some words")
    assert not dropped(new_form(1), data)


def test_several_files_are_chosen_with_the_button(
    qtbot: QtBot, new_form: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [written(tmp_path), written(tmp_path, "b.tif", files.tiff(2))]

    def choose(_parent: Any, on_sources: Callable[[list[Source]], object]) -> None:
        on_sources([Source(path.name, path) for path in paths])

    monkeypatch.setattr(attachment_sources, "choose", choose)
    form = new_form(6)
    shown(form).files_button.click()
    settled(qtbot, form)
    assert [row["pages"] for row in form.draft.get("attachments")] == [3, 2]


def test_a_copied_picture_and_a_copied_file_are_pasted(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(2)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(picture)
    QTest.keyClick(
        form, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    settled(qtbot, form)
    assert len(form.draft.get("attachments")) == 1
    QApplication.clipboard().setMimeData(urls(written(tmp_path)))
    shown(form).clipboard_button.click()
    settled(qtbot, form)
    assert [row["pages"] for row in form.draft.get("attachments")] == [1, 3]


def test_an_empty_clipboard_is_said(new_form: Make) -> None:
    form = new_form(6)
    QApplication.clipboard().clear()
    view = shown(form)
    view.clipboard_button.click()
    assert "no file or picture to paste" in told(view)


def test_a_refused_file_says_why_beside_its_name_and_the_others_are_added(
    qtbot: QtBot, new_form: Make, tmp_path: Path
) -> None:
    form = new_form(6)
    view = shown(form)
    form.draft.put("attachments", [{"kind": "diary"}])
    dropped(form, urls(written(tmp_path, "locked.pdf", files.encrypted()), tmp_path, written(tmp_path)))
    settled(qtbot, form)
    assert "locked.pdf: not added. This PDF is protected with a password." in told(view)
    assert "is a folder" in told(view)
    assert [row.get("kind") or row["pages"] for row in form.draft.get("attachments")] == ["diary", 3]
    find(view, "attachmentNotes.0.dismiss").click()
    assert "locked.pdf" not in told(view)


def test_the_same_file_is_enclosed_once(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(6)
    view = shown(form)
    for _ in range(2):
        dropped(form, urls(written(tmp_path)))
        settled(qtbot, form)
    assert len(form.draft.get("attachments")) == 1
    assert "enclosed already" in told(view)


def test_a_file_that_is_enclosed_already_is_named_by_where_it_is_added_again(
    qtbot: QtBot, new_form: Make, tmp_path: Path
) -> None:
    form = new_form(6)
    view = shown(form)
    path = written(tmp_path)
    for kind in ("", "diary", "other"):
        view.attaching.add([Source(path.name, path)], kind=kind)
        settled(qtbot, form)
    assert [row["kind"] for row in form.draft.get("attachments")] == ["diary"]


def test_the_name_suggests_what_it_is_and_a_person_says_yes(
    qtbot: QtBot, new_form: Make, tmp_path: Path
) -> None:
    form = new_form(6)
    view = shown(form)
    dropped(form, urls(written(tmp_path, "MRI head.pdf")))
    settled(qtbot, form)
    assert "kind" not in form.draft.get("attachments")[0]
    find(view, "attachmentNotes.row0.yes").click()
    assert form.draft.get("attachments")[0]["kind"] == "imaging_report"
    assert "MRI head" not in told(view)


def test_a_file_is_looked_at_removed_and_put_back(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(6)
    view = shown(form)
    dropped(form, urls(written(tmp_path)))
    settled(qtbot, form)
    assert find(view, "attachments[0].view") in view.tab_stops()
    find(view, "attachments[0].view").click()
    qtbot.waitUntil(lambda: bool(form.findChildren(AttachmentDialog)), timeout=10_000)
    dialog = form.findChildren(AttachmentDialog)[0]
    assert dialog.document.pageCount() == 3
    dialog.accept()
    find(view, "attachments[0].remove").click()
    assert not form.draft.get("attachments")
    find(view, "attachments.put_back").click()
    assert form.draft.get("attachments")[0]["pages"] == 3
    find(view, "attachments[0].view").click()
    qtbot.waitUntil(lambda: not form._desk.background.is_busy, timeout=10_000)  # noqa: SLF001


def test_a_row_with_a_file_asks_neither_pages_nor_why_there_is_none(
    qtbot: QtBot, new_form: Make, tmp_path: Path
) -> None:
    form = new_form(6)
    view = shown(form)
    form.draft.put("attachments", [{"kind": "diary"}])
    dropped(form, urls(written(tmp_path)))
    settled(qtbot, form)
    names = {}
    for number in (0, 1):
        view.open_row(number)
        names[number] = {one.field.name for one in view.editor.views()} if view.editor else set()
    assert {"pages", "not_available"} <= names[0]
    assert not {"pages", "not_available", "sha256"} & names[1]


def test_a_saved_referral_keeps_its_files_and_shows_them_again(
    qtbot: QtBot, saved_form: FormPage, tmp_path: Path
) -> None:
    form, desk = saved_form, saved_form._desk  # noqa: SLF001
    before = len(form.draft.get("attachments") or [])
    dropped(form, urls(written(tmp_path)))
    settled(qtbot, form)
    with qtbot.waitSignal(form.saving.saved, timeout=20_000):
        form.save()
    with desk.db.read() as session:
        record = referrals.get(session, form.draft.sheet.referral_id)
        sha = record.intake["attachments"][before]["sha256"]
        assert attachments.read(session, Owner(referral_id=record.id), sha).startswith(b"%PDF")


def test_a_row_whose_file_is_not_in_this_store_says_so(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    sheet = sheets.saved(filled_desk.db, reference)
    sheet.intake["attachments"] = [{"kind": "diary", "sha256": "ab" * 32}]
    form = FormPage(filled_desk, sheet, 6)
    qtbot.addWidget(form)
    form.show()
    settled(qtbot, form)
    shown(form)
    assert "not in this store" in find(form, "attachments[0].edit").accessibleName()
    assert not form.findChildren(QPushButton, "attachments[0].view")[0].isVisible()


# What is wanted


def wanting(form: FormPage) -> AttachmentsView:
    asked = (
        Requirement(RequirementKind.DOCUMENT, detail="imaging_report"),
        Requirement(RequirementKind.OWN_FORM, detail="Clinic Form A"),
    )
    form.draft.surgeon = replace(form.draft.surgeon, requirements=asked)  # pyright: ignore
    view = shown(form)
    form.draft.touch("attachments")
    form.draft.settle()
    return view


def lines(view: AttachmentsView) -> list[str]:
    return [
        " ".join(part.text() for part in line.findChildren(QLabel)).strip() for line in view.wanted.lines()
    ]


def test_what_the_surgeon_wants_is_listed_and_follows_the_rows(
    qtbot: QtBot, saved_form: FormPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = saved_form
    form.draft.put("attachments", [])
    view = wanting(form)
    assert view.wanted.title.text().startswith("What Dr. ")
    assert ["still missing" in line for line in lines(view)] == [True, True]

    def choose(_parent: Any, on_sources: Callable[[list[Source]], object]) -> None:
        on_sources([Source("x.pdf", written(tmp_path))])

    monkeypatch.setattr(attachment_sources, "choose", choose)
    find(view, "attachmentsWanted.1.add").click()
    settled(qtbot, form)
    form.draft.settle()
    assert [line.rpartition(": ")[2] for line in lines(view)][1] == "there"
    assert form.draft.get("attachments")[0]["title"] == "Clinic Form A"
    find(view, "attachmentsWanted.0.lack").click()
    dialog = find(form, "reasonDialog")
    dialog.edit.setPlainText("done abroad")
    dialog.accept()
    form.draft.settle()
    assert lines(view)[0] == "Imaging report: not available, because done abroad"
    written(tmp_path, "x.pdf", files.picture())
    monkeypatch.setattr(
        attachment_sources, "choose", lambda _parent, on: on([Source("x", tmp_path / "x.pdf")])
    )
    find(view, "attachmentsWanted.0.add").click()
    settled(qtbot, form)
    form.draft.settle()
    assert [line.rpartition(": ")[2] for line in lines(view)] == ["there", "there"]
    assert len(form.draft.get("attachments")) == 2, "the reason went when the document came"


def test_reading_leaves_the_form_at_hand(qtbot: QtBot, new_form: Make, tmp_path: Path) -> None:
    form = new_form(1)
    large = [files.picture("JPEG", size=(2000 + number, 2000)) for number in range(2)]
    sources = [written(tmp_path, f"{at}.jpg", content) for at, content in enumerate(large)]
    begun = time.monotonic()
    dropped(form, urls(*sources))
    assert time.monotonic() - begun < 1
    settled(qtbot, form)
    assert len(form.draft.get("attachments")) == 2
