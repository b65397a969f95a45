"""Diagnosis codes in Settings: what holds, what a file would change, loading it, and taking it out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from referral_app.choices import StaffRole
from referral_app.clinical.code_lists import bundled
from referral_app.exchange.icd10cm import CodeFile, Proposal
from referral_app.services import code_lists, drafts, referrals
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.settings.codes import CodesCard
from referral_app.ui.settings.codes_dialog import CodesDialog
from referral_app.ui.widgets.rows import RowButton
from tests.acting import as_role
from tests.jobs.test_code_files import file, intake

DRAFT = "00000000-0000-4000-8000-000000000078"


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


@pytest.fixture
def card(qtbot: QtBot, filled_desk: Desk) -> CodesCard:
    made = CodesCard(filled_desk)
    qtbot.addWidget(made)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: "ICD-10-CM April 2026" in words(made))
    return made


def opened(qtbot: QtBot, card: CodesCard, desk: Desk, found: CodeFile) -> CodesDialog:
    dialog = CodesDialog(desk, found, card)
    dialog.loaded.connect(card._loaded)  # noqa: SLF001 - as the card does it
    dialog.open_referral.connect(card.open_referral)
    dialog.open()
    return dialog


def labels(db: Any) -> list[str]:
    with db.read() as session:
        return [one.label for one in code_lists.find(session)]


def test_the_card_names_the_release_its_days_and_its_codes(card: CodesCard) -> None:
    assert "April 1, 2026 to September 30, 2026 · 74,719 codes · comes with the program" in words(card)
    over = date.today() > date(2026, 9, 30)
    assert ("ended on September 30, 2026. Load the release that follows it." in words(card)) == over
    assert ("the newest here; it ended on September 30, 2026" in words(card)) == over
    assert ("in use today" in words(card)) != over


def test_a_release_is_previewed_loaded_and_opens_what_it_concerns(
    qtbot: QtBot, card: CodesCard, filled_desk: Desk
) -> None:
    with filled_desk.db.begin() as session:
        saved = referrals.save(session, intake("Lateley", date(2026, 11, 2)))
        drafts.save(session, DRAFT, intake("Draughton", date(2026, 11, 3)))
    dialog = opened(qtbot, card, filled_desk, file("M54.81"))
    qtbot.waitUntil(lambda: dialog.act_button.text() == "Load release", timeout=20_000)
    said = words(dialog)
    assert "1 new code: M54.99." in said
    assert "2 drafts and unsigned referrals use codes that are gone:" in said
    assert f"Referral {saved.reference}, Lateley, Invented: M54.81" in said
    assert "Draughton, Invented: M54.81, typed by" in said
    assert labels(filled_desk.db) == ["ICD-10-CM April 2026"]
    with qtbot.waitSignal(card.said, timeout=20_000) as heard:
        dialog.act_button.click()
    assert heard.args == ["ICD-10-CM 2027 is loaded"]
    assert labels(filled_desk.db) == ["ICD-10-CM 2027", "ICD-10-CM April 2026"]
    line = dialog.findChild(RowButton)
    assert line is not None
    with qtbot.waitSignal(card.open_referral) as asked:
        line.click()
    assert asked.args == [saved.id]
    qtbot.waitUntil(lambda: "October 1, 2026 to September 30, 2027 · 2 codes · loaded on" in words(card))


def test_other_days_ask_for_another_preview(qtbot: QtBot, card: CodesCard, filled_desk: Desk) -> None:
    dialog = opened(qtbot, card, filled_desk, file())
    qtbot.waitUntil(lambda: dialog.act_button.text() == "Load release", timeout=20_000)
    dialog.lines["starts"].clear()
    qtbot.keyClicks(dialog.lines["starts"], "13/45/2026")
    assert dialog.act_button.text() == "Preview"
    dialog.act_button.click()
    assert not dialog.summary.isHidden()
    dialog.lines["starts"].clear()
    qtbot.keyClicks(dialog.lines["starts"], "4/1/2026")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: "begins on April 1, 2026 already" in words(dialog), timeout=20_000)
    dialog.lines["starts"].clear()
    qtbot.keyClicks(dialog.lines["starts"], "10/1/2199")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: "more than two years ahead; check the year" in words(dialog), timeout=20_000)
    assert labels(filled_desk.db) == ["ICD-10-CM April 2026"]
    dialog.reject()


def test_days_that_change_during_a_preview_are_not_loaded_as_they_were(
    qtbot: QtBot, card: CodesCard, filled_desk: Desk
) -> None:
    dialog = opened(qtbot, card, filled_desk, file())
    dialog.lines["starts"].setText("10/2/2026")
    qtbot.waitUntil(lambda: "changed meanwhile" in words(dialog), timeout=20_000)
    assert dialog.act_button.text() == "Preview"
    dialog.act_button.click()
    qtbot.waitUntil(lambda: dialog.act_button.text() == "Load release", timeout=20_000)
    with qtbot.waitSignal(card.said, timeout=20_000):
        dialog.act_button.click()
    with filled_desk.db.read() as session:
        assert date(2026, 10, 2) in [one.starts for one in code_lists.find(session)]


def test_a_name_that_proposes_nothing_waits_for_the_days(
    qtbot: QtBot, card: CodesCard, filled_desk: Desk
) -> None:
    dialog = opened(qtbot, card, filled_desk, CodeFile("codes.txt", file().entries, Proposal()))
    assert "Enter the days on which this release holds" in words(dialog)
    dialog.act_button.click()
    qtbot.waitUntil(
        lambda: "Enter the first day on which this release holds." in words(dialog), timeout=20_000
    )
    dialog.reject()


def test_a_wrong_file_is_refused_in_words(
    qtbot: QtBot, card: CodesCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, detail="", warning=False: told.append(detail))
    path = tmp_path / "notes.txt"
    path.write_text("Dear Dana,\n", encoding="utf-8")
    card.read(path)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith(
        "The file notes.txt is no list of ICD-10-CM codes: line 1 does not begin with a code."
    )


@pytest.mark.slow
def test_a_whole_file_of_cms_is_read_and_its_dialog_opens(
    qtbot: QtBot, card: CodesCard, tmp_path: Path
) -> None:
    path = tmp_path / "icd10cm_order_2027.txt"
    lines = (
        f"{number:05d} {one.code.replace('.', ''):<7} {int(one.leaf)} {one.title[:60]:<60} {one.title}\n"
        for number, one in enumerate(bundled().entries(), start=1)
    )
    path.write_text("".join(lines), encoding="utf-8")
    card.read(path)
    qtbot.waitUntil(lambda: card.findChild(CodesDialog) is not None, timeout=60_000)
    dialog = card.findChild(CodesDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.act_button.text() == "Load release", timeout=60_000)
    assert "0 new codes.\n0 codes are gone.\n0 codes have another title." in words(dialog)
    dialog.reject()


def test_a_loaded_release_is_removed_after_a_question(
    qtbot: QtBot, card: CodesCard, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, card, filled_desk, file())
    qtbot.waitUntil(lambda: dialog.act_button.text() == "Load release", timeout=20_000)
    dialog.act_button.click()
    qtbot.waitUntil(lambda: "3 codes · loaded on" in words(card), timeout=20_000)
    dialog.reject()
    monkeypatch.setattr(ask, "confirm", lambda *args, **named: args[4]())
    button = next(
        one for one in card.findChildren(QPushButton) if one.accessibleName() == "Remove ICD-10-CM 2027"
    )
    with qtbot.waitSignal(card.said, timeout=20_000) as heard:
        button.click()
    assert heard.args == ["ICD-10-CM 2027 is removed"]
    assert labels(filled_desk.db) == ["ICD-10-CM April 2026"]


def test_only_administrators_may_load(qtbot: QtBot, staffed: Desk) -> None:
    as_role(staffed.db, StaffRole.SCHEDULER)
    card = CodesCard(staffed)
    qtbot.addWidget(card)
    card.reload()
    qtbot.waitUntil(lambda: "ICD-10-CM April 2026" in words(card))
    assert not card.load_button.isEnabled()
    assert "Ask an administrator" in card.load_button.toolTip()
