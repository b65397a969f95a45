"""A new entry that looks like one of the directory is saved only after a look at it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import duplicates, surgeons
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from tests.ui.surgeons.caring import keen
from tests.ui.surgeons.conftest import Opener


def filled(qtbot: QtBot, desk: Desk, opened: Opener) -> Any:
    """Return the dialog of a new entry with the name and places of a stored one, its save asked for once."""
    known, dialog = keen(desk), opened(None)
    for name, value in (
        ("given_name", known.given_name), ("family_name", known.family_name.upper()), ("accepting", "yes"),
    ):  # fmt: skip
        fields.write(dialog.form.widgets[name], value)
    dialog.form.read = lambda: (  # the form itself has tests of its own
        {"given_name": known.given_name, "family_name": known.family_name.upper(), "placements": known.placements}, {},
    )  # fmt: skip
    dialog.save_button.click()
    qtbot.waitUntil(dialog.likes.isVisible)
    return dialog


def test_those_alike_are_shown_with_reasons_and_one_is_opened_instead(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = filled(qtbot, filled_desk, opened)
    assert dialog.likes.title.text() == "1 entry looks like this one"
    button = dialog.findChild(QWidget, "openLike0")
    with qtbot.waitSignal(dialog.opened) as chosen:
        button.click()
    assert chosen.args == [keen(filled_desk).id]
    assert not dialog.isVisible()


def test_it_is_saved_anyway_where_it_is_somebody_else(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = filled(qtbot, filled_desk, opened)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.likes.new_button.click()
    made = saved.args[0]
    with filled_desk.db.read() as session:
        assert surgeons.get(session, made.id).family_name == keen(filled_desk).family_name.upper()
        assert [one.surgeon.id for one in duplicates.like(session, made)] == [keen(filled_desk).id]
