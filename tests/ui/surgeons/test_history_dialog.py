"""The history of an entry in words, and undoing from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from referral_app.services import directory_history, merging, surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import history_lines
from referral_app.ui.surgeons.history_dialog import HistoryDialog
from tests.ui.surgeons.caring import keen, other, over


@pytest.fixture(autouse=True)
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer every question with yes."""
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, **options: on_yes())


def opened(qtbot: QtBot, desk: Desk, surgeon: SurgeonRecord) -> HistoryDialog:
    made = HistoryDialog(desk, surgeon, over(qtbot))
    made.open()
    qtbot.waitUntil(lambda: bool(made.buttons))
    made._chores.finish()  # noqa: SLF001
    return made


def words(made: HistoryDialog) -> str:
    return "\n".join(label.text() for label in made.findChildren(QLabel))


def test_each_change_says_who_when_and_what(qtbot: QtBot, filled_desk: Desk) -> None:
    before = keen(filled_desk)
    with filled_desk.db.begin() as session:
        surgeons.save(
            session, replace(before, notes="New note", languages=(*before.languages, "vi"), age_min=21)
        )
    said = words(opened(qtbot, filled_desk, before))
    assert "Dana Whitfield · today at" in said
    assert "“New note”" in said
    assert "added: Vietnamese" in said or "Vietnamese" in said
    assert "to “21”" in said


def test_undo_puts_back_and_stands_in_the_history_itself(qtbot: QtBot, filled_desk: Desk) -> None:
    before = keen(filled_desk)
    with filled_desk.db.begin() as session:
        surgeons.save(session, replace(before, notes="wrong"))
    made = opened(qtbot, filled_desk, before)
    number = max(made.buttons)
    with qtbot.waitSignal(made.changed) as changed:
        made.buttons[number].click()
    assert changed.args[0].notes == before.notes
    qtbot.waitUntil(lambda: max(made.buttons, default=0) > number)
    made._chores.finish()  # noqa: SLF001
    assert number not in made.buttons
    assert "A change was undone" in words(made)


def test_what_was_changed_again_is_refused_in_the_dialog(qtbot: QtBot, filled_desk: Desk) -> None:
    for note in ("one", "two"):
        with filled_desk.db.begin() as session:
            surgeons.save(session, replace(surgeons.by_npi(session, "9000000015"), notes=note))
    made = opened(qtbot, filled_desk, keen(filled_desk))
    made.buttons[sorted(made.buttons)[-2]].click()
    qtbot.waitUntil(made.summary.isVisible)
    assert "Private notes: changed again by Dana Whitfield" in made.summary.accessibleDescription()
    assert keen(filled_desk).notes == "two"


def test_a_merge_is_undone_from_the_history(qtbot: QtBot, filled_desk: Desk) -> None:
    kept, dropped = keen(filled_desk), other(filled_desk)
    if kept.id == dropped.id:
        with filled_desk.db.read() as session:
            dropped = surgeons.by_npi(session, "9000000023")
    with filled_desk.db.begin() as session:
        merging.merge(session, kept, dropped)
    made = opened(qtbot, filled_desk, kept)
    assert f"Merged with the entry of {dropped.name}" in words(made)
    assert f"Merged into the entry of {kept.name}" in words(opened(qtbot, filled_desk, dropped))
    with qtbot.waitSignal(made.changed) as changed:
        made.buttons[max(made.buttons)].click()
    assert changed.args[0].id == dropped.id
    assert not changed.args[0].archived
    qtbot.waitUntil(lambda: f": the entry of {dropped.name}" in words(made))


def test_a_way_of_verifying_that_a_file_wrote_small_is_no_change_to_see(filled_desk: Desk) -> None:
    with filled_desk.db.begin() as session:
        small = surgeons.save(session, replace(keen(filled_desk), verified_how="phone"))
        surgeons.save(session, replace(small, verified_how="Phone", notes="New"))
        change = directory_history.of(session, small.id)[0]
    assert [one.label for one in history_lines.lines(change, {})] == ["Private notes"]


def test_every_field_of_a_change_has_words(filled_desk: Desk) -> None:
    with filled_desk.db.begin() as session:
        made = surgeons.save(session, replace(keen(filled_desk), id="", npi="", version=0, archived=True))
        change = directory_history.of(session, made.id)[0]
    empty = replace(change, before=SurgeonRecord("", "", id=made.id))
    assert {one.label for one in history_lines.lines(empty, {})} >= {
        "Locations, phones and faxes",
        "Procedures",
    }
    assert all(one.words for one in history_lines.lines(empty, {}))
