"""How it must feel: a whole paper note typed by real keys, counted; a returning patient in a fifth of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from referral_app.clinical.fields import unavailable
from referral_app.services import surgeons
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import answers
from referral_app.ui.widgets.enter_key import EnterKey
from tests.ui.referrals.test_form import New
from tests.ui.referrals.typist import CTRL, Key, Typist

NOTE = Path(__file__).parents[2] / "data" / "referral-full.json"


def note() -> dict[str, Any]:
    """Return the paper note: files come by button, a drawing is enclosed, signing is a clinician's."""
    made = json.loads(NOTE.read_text("utf-8"))
    del made["attachments"], made["signature"]
    made["pain"]["sketch"] = {"unavailable": "Drawn on paper, enclosed"}
    return made


def words_of(desk: Desk) -> dict[str, str]:
    with desk.db.read() as session:
        words = {one.code: one.name for one in surgeons.procedures(session)}
        surgeon = surgeons.find_by(session, "9000000015")
        assert surgeon is not None
        return words | {"9000000015": surgeon.name}


def table(typist: Typist) -> bool:
    """Type the rows of the table whose button has the focus."""
    now = typist.at()
    if not now.objectName().endswith(".add"):
        return False
    path = now.objectName().removesuffix(".add")
    rows = answers.get(typist.note, path) or []
    if rows and not typist.form.draft.get(path):
        typist.press(Key.Key_Return)
        for number, row in enumerate(rows):
            type_row(typist, f"{path}[{number}]", row)
            if number + 1 < len(rows) and not typist.path().startswith(f"{path}[{number + 1}]"):
                typist.press(Key.Key_Return, CTRL)
        if typist.path().startswith(f"{path}["):
            typist.press(Key.Key_Escape)
    if typist.at().objectName().startswith(path):
        typist.press(Key.Key_Tab)
    return True


def type_row(typist: Typist, prefix: str, row: dict[str, Any]) -> None:
    """Type the answers of one row, as far as the last one that the note has."""
    left = set(_leaves(row, prefix))
    for _ in range(40):
        left = {path for path in left if typist.form.draft.get(path) != answers.get(typist.note, path)}
        if not left:
            return
        path = typist.path()
        assert path.startswith(prefix), f"{typist.at().objectName() or typist.at()} in the place of {left}"
        typist.answer(path)
    raise AssertionError(f"not asked: {left}")


def _leaves(value: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, inner in value.items():
        if isinstance(inner, dict) and unavailable(inner) is None:
            yield from _leaves(inner, f"{prefix}.{name}")
        else:
            yield f"{prefix}.{name}"


@pytest.fixture
def enter(qapp: QApplication) -> Generator[None]:
    """Enter presses a button that has the focus, as in the application."""
    made = EnterKey(qapp)
    yield
    made.deleteLater()


@pytest.mark.usefixtures("enter")
def test_a_paper_note_is_typed_with_few_more_keys_than_its_answers_have_letters(
    new_form: New, filled_desk: Desk
) -> None:
    form = new_form()
    form.shown.finish()
    form.view(1).focus_first()
    typist = Typist(form, note(), words_of(filled_desk))
    for step in range(1, 6):
        form.shown.finish()
        typist.type_step(table)
        assert form.step == step + 1
    say("a new patient", typist)
    asked = {
        name: said for name, said in typist.note.items() if name != "letter"
    }  # words for one letter are on no note
    assert {name: form.draft.get(name) for name in asked} == asked
    assert len(typist.typed) > 200
    assert typist.keys < 1.3 * typist.characters + 2 * len(typist.typed)


@pytest.mark.usefixtures("enter")
def test_a_returning_patient_takes_a_fifth_of_the_keys(new_form: New, filled_desk: Desk) -> None:
    form = new_form()
    form.shown.finish()
    form.view(1).focus_first()
    again = note()
    del again["goals"]["expectations"], again["goals"]["work_impact"], again["goals"]["caring_impact"]
    again["request"]["question"] = (
        "Pain came back after eight months; would the right nerve be released again?"
    )
    again["request"]["purpose"] = "revision"
    again["red_flags"]["neoplasm"]["cleared"]["note"] = "No recurrence since 2014"
    typist = Typist(form, again, words_of(filled_desk))
    typist.write("Quintero")
    finder = form.view(1).finder
    assert finder is not None
    typist.wait(lambda: finder.finder.found.isVisible(), "the patient is not found")
    typist.press(Key.Key_Return)
    typist.wait(lambda: form.draft.get("treatments"), "nothing of the last referral")
    for step in range(2, 6):
        typist.press(Key.Key_PageDown, CTRL)
        form.shown.finish()
        type_missing(typist, step)
    say("a returning patient", typist)
    given = {name: form.draft.get(name) for name in again}
    assert {name: given[name] for name in ("patient", "coverage", "diagnosis", "treatments")} == {
        name: again[name] for name in ("patient", "coverage", "diagnosis", "treatments")
    }
    missing = [line.field for line in form.draft.check.missing if line.status == "missing"]
    assert [path for path in missing if not path.startswith("signature.")] == []
    assert typist.keys < FULL / 5


FULL = 2650
"""Keys of the whole note, as the first test counts them and holds them (its note has that many answers)."""


def type_missing(typist: Typist, step: int) -> None:
    """Go from one thing missing to the next with F8 and type it, in this step."""
    form = typist.form
    for _ in range(80):
        typist.form.draft.settle()
        missing = [
            line.field
            for line in form.draft.check.missing
            if line.status == "missing" and answers.step_of(line.field) == step
        ]
        if not missing:
            return
        if typist.path() not in missing and not typist.path().startswith("red_flags"):
            typist.press(Key.Key_F8)
        typist.answer(typist.path())
    raise AssertionError(f"still missing: {missing}")


def say(who: str, typist: Typist) -> None:
    """Print what was counted; `-s` shows it."""
    ratio = typist.keys / typist.characters
    sys.stdout.write(
        f"\n{who}: {typist.keys} keys for {len(typist.typed)} answers of {typist.characters} characters "
        f"({ratio:.2f} a character)\n"
    )
