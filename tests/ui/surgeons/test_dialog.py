"""The dialog of an entry: what is wrong stands beside its field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Accepting, Level, RequirementKind
from referral_app.services import matching, surgeons
from referral_app.services.surgeon_records import Query, SurgeonRecord
from referral_app.ui import ask, fields
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.page import SurgeonsPage

Opener = Callable[[SurgeonRecord | None], SurgeonDialog]


def _keen(desk: Desk) -> SurgeonRecord:
    with desk.db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def test_saving_unchanged_keeps_everything(qtbot: QtBot, filled_desk: Desk, opened: Opener) -> None:
    before = _keen(filled_desk)
    dialog = opened(before)
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    assert replace(_keen(filled_desk), version=before.version) == before


def test_a_wrong_npi_is_said_beside_the_field_and_in_the_summary(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = opened(_keen(filled_desk))
    fields.write(dialog.form.widgets["npi"], "1234567890")
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "NPI" in dialog.form.blocks["npi"].error()
    assert dialog.save_button.isEnabled()
    assert fields.value_of(dialog.form.widgets["npi"]) == "1234567890"


def test_dates_and_numbers_that_cannot_be_read_are_refused_before_saving(opened: Opener) -> None:
    dialog = opened(None)
    fields.write(dialog.form.widgets["verified_on"], "13/45/2026")
    fields.write(dialog.form.widgets["next_visit_days"], "soon")
    dialog.save()
    assert dialog.form.blocks["verified_on"].error()
    assert "whole number" in dialog.form.blocks["next_visit_days"].error()


def test_a_new_surgeon_with_a_new_location_is_found_afterwards(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = opened(None)
    form = dialog.form
    fields.fill(
        form.widgets,
        {
            "given_name": "Zoë",
            "family_name": "Đặng",
            "npi": "",
            "accepting": "existing",
            "verified_on": "11/2/2026",
        },
    )
    form.procedures[next(iter(form.procedures))].boxes["occipital_release_greater"].setChecked(True)
    form.languages.set_values(["en", "vi"])
    form.plans.line.setText("Invented Gold")
    block = form.placements.add()
    fields.fill(
        block.open_place().widgets, {"name": "New Clinic", "city": "Towson", "state": "MD", "zip": "21204"}
    )
    fields.fill(block.own, {"phone": "410-555-0133"})
    form.wishes.add_button.click()
    rule = form.wishes.lines[0].widgets
    fields.write(rule["kind"], RequirementKind.PREVENTIVES)
    fields.fill({name: rule[name] for name in ("level", "amount")}, {"level": "must", "amount": 2})
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    with filled_desk.db.read() as session:
        found = matching.find(session, Query(text="dang"))[0].surgeon
    assert found.accepting is Accepting.EXISTING
    assert found.verified_on == date(2026, 11, 2)
    assert found.languages == ("en", "vi")
    assert found.plans == ("Invented Gold",)
    assert [p.code for p in found.procedures] == ["occipital_release_greater"]
    assert found.placements[0].location.city == "Towson"
    assert [(r.kind, r.amount, r.level) for r in found.requirements] == [
        (RequirementKind.PREVENTIVES, 2, Level.MUST)
    ]


def test_a_bad_phone_is_said_at_its_location(qtbot: QtBot, filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(_keen(filled_desk))
    fields.write(dialog.form.placements.items[1].own["fax"], "12")
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert dialog.form.placements.items[1].blocks["fax"].error()
    assert not dialog.form.placements.items[0].blocks["fax"].error()


def test_an_unfinished_location_must_be_finished_or_removed(filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(_keen(filled_desk))
    block = dialog.form.placements.add()
    dialog.save()
    assert block.blocks["location"].error()
    block.removed.emit(block)
    assert len(dialog.form.read()[0]["placements"]) == 2


def test_a_change_by_someone_else_is_a_sentence_and_keeps_what_was_typed(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    before = _keen(filled_desk)
    dialog = opened(before)
    with filled_desk.db.begin() as session:
        surgeons.save(session, replace(before, notes="Changed elsewhere"))
    fields.write(dialog.form.widgets["notes"], "Mine")
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "Someone else" in dialog.summary.accessibleDescription()
    assert fields.value_of(dialog.form.widgets["notes"]) == "Mine"


def test_esc_asks_only_where_something_was_changed(
    qtbot: QtBot, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda parent, question, *more, **options: asked.append(question))
    dialog = opened(None)
    dialog.reject()
    assert asked == []
    assert not dialog.isVisible()
    second = opened(None)
    fields.write(second.form.widgets["notes"], "x")
    second.reject()
    assert len(asked) == 1
    assert second.isVisible()


def test_picked_languages_can_be_removed_again(opened: Opener) -> None:
    dialog = opened(None)
    picker = dialog.form.languages
    picker.set_values(["en", "es"])
    button = next(one for one in picker.findChildren(QWidget) if one.accessibleName() == "Remove Spanish")
    button.click()  # type: ignore[attr-defined]
    assert picker.values() == ("en",)


def test_the_page_opens_the_dialog_with_the_entry_as_it_is_now(qtbot: QtBot, filled_desk: Desk) -> None:
    page = SurgeonsPage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.directory.list.loaded):
        page.reload()
    page.directory.list.open_first()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    page.acts.perform("edit", page.directory.chosen())
    qtbot.waitUntil(lambda: page.findChild(SurgeonDialog) is not None)
    dialog = page.findChild(SurgeonDialog)
    assert isinstance(dialog, SurgeonDialog)
    dialog.form.finish()
    fields.write(dialog.form.widgets["specialty"], "Nerve surgery")
    with qtbot.waitSignal(page.undoable) as said:
        dialog.save()
    assert "Saved the entry of" in said.args[0]
    qtbot.waitUntil(
        lambda: (s := page.directory.card.surgeon()) is not None and s.specialty == "Nerve surgery"
    )


def test_an_entry_saved_by_someone_else_meanwhile_is_shown_in_both_versions(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    before = _keen(filled_desk)
    dialog = opened(before)
    with filled_desk.db.begin() as session:
        surgeons.save(
            session, replace(before, notes="Theirs", languages=(*before.languages, "vi"), specialty="New")
        )
    fields.write(dialog.form.widgets["notes"], "Mine")
    dialog.form.languages.set_values([*before.languages, "ko"])
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(ConflictDialog) is not None)
    both: Any = dialog.findChild(ConflictDialog)
    both.chores.finish()
    assert both.sides == {"specialty": "theirs", "languages": "", "notes": ""}
    both.blocks["languages"].show_side("both")
    both.blocks["notes"].show_side("mine")
    with qtbot.waitSignal(dialog.saved):
        both.save_button.click()
    after = _keen(filled_desk)
    assert (after.specialty, after.notes) == ("New", "Mine")
    assert set(after.languages) == {*before.languages, "vi", "ko"}
    assert after.placements == before.placements
