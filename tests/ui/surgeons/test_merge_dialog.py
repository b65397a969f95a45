"""Merging two entries in the window, and saying that two entries are two people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.clinical.differences import BOTH, MINE, THEIRS
from referral_app.services import duplicates, surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import merge_dialog, merge_lines
from referral_app.ui.surgeons.merge_dialog import ChooseOther, MergeDialog
from referral_app.ui.surgeons.pairs import PossibleDuplicates
from referral_app.ui.widgets.notice import Advice
from tests.ui.surgeons.caring import keen, other, over


def double(desk: Desk) -> SurgeonRecord:
    """Enter the same surgeon once more, with other answers."""
    with desk.db.begin() as session:
        again = replace(
            keen(desk), id="", npi="", version=0, notes="Second", plans=("Other Plan",), specialty="", verified_on=None
        )  # fmt: skip
        return surgeons.save(session, again)


def merging(qtbot: QtBot, desk: Desk, first: SurgeonRecord, second: SurgeonRecord) -> MergeDialog:
    made = MergeDialog(desk, first, second, over(qtbot))
    made.open()
    made.chores.finish()
    return made


def test_what_one_alone_has_is_suggested_and_what_differs_is_asked(filled_desk: Desk) -> None:
    first, second = keen(filled_desk), double(filled_desk)
    found = {one.key: one for one in merge_lines.lines(first, second)}
    assert found["npi"].taken == THEIRS
    assert found["plans"].taken == BOTH
    assert found["notes"].taken == ("" if first.notes else MINE)
    assert found["verified_on"].taken == THEIRS
    assert "placements" not in found


def test_one_location_with_two_faxes_is_asked_not_joined(filled_desk: Desk) -> None:
    first = keen(filled_desk)
    places = (replace(first.placements[0], fax="410-555-0177"),)
    found = {one.key: one for one in merge_lines.lines(first, replace(first, placements=places))}
    assert found["placements"].taken == ""


def test_two_entries_become_one_as_decided(qtbot: QtBot, filled_desk: Desk) -> None:
    first, second = keen(filled_desk), double(filled_desk)
    made = merging(qtbot, filled_desk, first, second)
    made.save_button.click()
    for key, side in made.sides.items():
        if not side:
            made.blocks[key].show_side(MINE)
    with qtbot.waitSignal(made.merged) as done:
        made.save_button.click()
    kept = done.args[0].kept
    assert (kept.id, kept.notes, kept.npi) == (first.id, "Second", first.npi)
    assert set(kept.plans) == {*first.plans, "Other Plan"}
    with filled_desk.db.read() as session:
        assert surgeons.get(session, second.id).merged_into_id == first.id


def test_the_second_may_stay_with_the_answers_of_the_first(qtbot: QtBot, filled_desk: Desk) -> None:
    first, second = keen(filled_desk), double(filled_desk)
    made = merging(qtbot, filled_desk, first, second)
    made.take_theirs()
    made.stays.set_value(MINE)
    with qtbot.waitSignal(made.merged) as done:
        made.save_button.click()
    assert (done.args[0].kept.id, done.args[0].kept.npi) == (second.id, first.npi)
    with filled_desk.db.read() as session:
        assert surgeons.known_as(session, first.id) == (second.id, first.name)


def test_one_person_is_not_doubted_and_two_are_named_with_what_tells_them_apart(filled_desk: Desk) -> None:
    first = keen(filled_desk)
    assert merge_lines.two_people(first, replace(first, npi="")) == ""
    assert merge_lines.two_people(first, replace(first, given_name=first.given_name[:1])) == ""
    assert f"two NPIs, {first.npi} and 9000000023" in merge_lines.two_people(
        first, replace(first, npi="9000000023")
    )
    assert "two names" in merge_lines.two_people(first, replace(first, family_name="Okonkwo"))


def test_two_people_are_merged_only_after_a_question(
    qtbot: QtBot, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = keen(filled_desk), other(filled_desk)
    made = merging(qtbot, filled_desk, first, second)
    warning = made.findChild(Advice, "mergeTwoPeople")
    assert warning is not None
    assert warning.words().startswith("These look like two people. These entries have two NPIs")
    asked: list[tuple[str, Callable[[], object]]] = []
    monkeypatch.setattr(
        ask, "confirm", lambda parent, question, detail, yes, on_yes, **_: asked.append((question, on_yes))
    )
    made.take_theirs()
    made.save_button.click()
    ((question, go_on),) = asked
    assert question == "These look like two people"
    assert made.save_button.isEnabled()
    with filled_desk.db.read() as session:
        assert not surgeons.get(session, second.id).archived
    with qtbot.waitSignal(made.merged) as done:
        go_on()
    assert done.args[0].dropped == second


def test_an_entry_that_changed_meanwhile_is_said_to_have(qtbot: QtBot, filled_desk: Desk) -> None:
    first, second = keen(filled_desk), double(filled_desk)
    made = merging(qtbot, filled_desk, first, second)
    with filled_desk.db.begin() as session:
        surgeons.save(session, replace(second, notes="Third"))
    made.take_theirs()
    made.save_button.click()
    qtbot.waitUntil(made.summary.isVisible)
    assert "Someone else changed one of these entries" in made.summary.accessibleDescription()


def test_for_one_entry_the_other_is_asked_for_with_those_alike_on_top(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    first, second = keen(filled_desk), double(filled_desk)
    parent = over(qtbot)
    merge_dialog.begin(filled_desk, [first.id], parent, lambda _: None)
    qtbot.waitUntil(lambda: parent.findChild(ChooseOther) is not None)
    found = parent.findChild(QWidget, "mergeWith0")
    assert found is not None
    found.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: parent.findChild(MergeDialog) is not None)
    made = parent.findChild(MergeDialog)
    assert made is not None
    assert made._second.id == second.id  # noqa: SLF001


def test_pairs_are_listed_and_told_apart(
    qtbot: QtBot, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, **options: on_yes())
    double(filled_desk)
    made = PossibleDuplicates(filled_desk)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    assert made.count.text().startswith("1 pair")
    qtbot.waitUntil(made.apart_button.isEnabled)
    with qtbot.waitSignal(made.changed):
        made.apart_button.click()
    with filled_desk.db.read() as session:
        assert duplicates.pairs(session) == []
