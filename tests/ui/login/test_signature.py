"""One's own signature: drawn by hand or typed by keyboard, kept sealed, thrown away, and said where a reset took it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance, SignatureKind, StaffRole
from referral_app.database import Database
from referral_app.jobs import e_signatures, people
from referral_app.settings import Settings
from referral_app.ui import account, ask
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.login.signature_dialog import SignatureDialog
from referral_app.ui.login.signature_pad import SignaturePad
from tests.acting import as_role
from tests.conftest import CHEAP, ME


@pytest.fixture
def desk(looks: QApplication, people_db: Database, background: Background) -> Desk:
    return Desk(people_db.paths, Settings(appearance=Appearance.LIGHT), people_db, background)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, parent: QWidget) -> SignatureDialog:
    made = SignatureDialog(desk, parent)
    made.open()
    qtbot.waitUntil(lambda: bool(made.state.words()))
    return made


def draw(qtbot: QtBot, pad: SignaturePad) -> None:
    """Draw a stroke with the mouse."""
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    for x in range(50, 200, 10):
        qtbot.mouseMove(pad, QPoint(x, 40 + x % 30))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))


def test_a_drawn_signature_is_kept_sealed_and_opens_as_it_was_drawn(
    qtbot: QtBot, desk: Desk, dialog: SignatureDialog
) -> None:
    assert "no signature yet" in dialog.state.words()
    assert not dialog.undo_button.isEnabled()
    draw(qtbot, dialog.pad)
    draw(qtbot, dialog.pad)
    dialog.undo_button.click()
    written = dialog.pad.written()
    assert len(written.strokes) == 1
    assert len(written.strokes[0]) > 5
    with qtbot.waitSignal(dialog.said):
        dialog.keep_button.click()
    assert e_signatures.opened(desk.db, ME.text, "") == written


def test_by_keyboard_a_signature_is_typed(qtbot: QtBot, desk: Desk, dialog: SignatureDialog) -> None:
    dialog.way.buttons["drawn"].setFocus()
    qtbot.keyClick(dialog.way.buttons["drawn"], Qt.Key.Key_Right)
    assert dialog.way.value() == "typed"
    assert dialog.name.isVisible()
    assert dialog.name.text() == "Dana Whitfield"
    assert dialog.shown.text() == "Dana Whitfield"
    assert dialog.shown.font().italic()
    qtbot.keyClicks(dialog.name, ", MD")
    with qtbot.waitSignal(dialog.said):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert e_signatures.opened(desk.db, ME.text, "").words == "Dana Whitfield, MD"


def test_an_empty_field_and_letters_without_a_glyph_are_refused_in_sentences(
    qtbot: QtBot, dialog: SignatureDialog
) -> None:
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: "Draw your signature first" in dialog.summary.accessibleName() + _errors(dialog))
    dialog.way.set_value("typed")
    dialog.way.changed.emit()
    dialog.name.setText("Dana \U0001f600")
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: "cannot be printed" in _errors(dialog))


def _errors(dialog: SignatureDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_kept_one_is_said_and_thrown_away_after_a_question(
    qtbot: QtBot, desk: Desk, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    e_signatures.keep(desk.db, e_signatures.handwriting.typed("Dana"), SignatureKind.TYPED)
    made = SignatureDialog(desk, parent)
    made.open()
    qtbot.waitUntil(made.forget_button.isVisible)
    assert "typed signature, kept on" in made.state.words()
    monkeypatch.setattr(ask, "confirm", lambda *args, **_more: args[4]())
    with qtbot.waitSignal(made.said):
        made.forget_button.click()
    assert e_signatures.standing(desk.db).kind is None


def test_after_a_reset_by_code_it_is_said_that_the_signature_is_lost(
    qtbot: QtBot, desk: Desk, parent: QWidget
) -> None:
    e_signatures.keep(desk.db, e_signatures.handwriting.typed("Dana"), SignatureKind.TYPED)
    code = people.start_reset(desk.db, desk.db.rights.person_id)
    people.change_passphrase(desk.db, code, "third lantern velvet orchard", CHEAP)
    made = SignatureDialog(desk, parent)
    made.open()
    qtbot.waitUntil(lambda: "reset by a code" in made.state.words())


def test_the_menu_offers_it_to_those_who_may_sign_alone(desk: Desk) -> None:
    assert "signatureAction" in [one.name for one in account.entries(desk, print)]
    as_role(desk.db, StaffRole.OFFICE_STAFF)
    assert "signatureAction" not in [one.name for one in account.entries(desk, print)]
