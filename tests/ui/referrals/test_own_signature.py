# ruff: noqa: F811 - fixtures of another file are taken over by their names
"""Signing with one's own signature: chosen beside the button, opened by the passphrase, left behind by an edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import SignatureKind
from referral_app.clinical import handwriting
from referral_app.jobs import e_signatures as jobs
from referral_app.services import e_signatures
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.placing_dialog import PlacingDialog
from tests import staff
from tests.ui.referrals.test_signing import _hand_over, _open, _stored, _unsigned, act_as, page  # noqa: F401

DRAWN = handwriting.drawn([[(10, 60), (60, 20), (120, 70)]])


def _placed(desk: Desk, name: str) -> e_signatures.Placed | None:
    with desk.db.read() as session:
        record = _stored(desk, name)
        return e_signatures.placed(session, name, record.number)


def _at_the_end(qtbot: QtBot, form: FormPage) -> QWidget:
    form.go_to(6)
    form.shown.finish()
    card = form.view(6).signature
    qtbot.waitUntil(card.own.tick.isVisible)
    return card


@pytest.fixture
def card(
    qtbot: QtBot,
    page: ReferralsPage,
    filled_desk: Desk,
    reference: str,
    act_as: Callable[[str], None],
) -> QWidget:
    """The last step of Odile, who has a signature, with a referral that was handed to her."""
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    act_as("odile")
    jobs.keep(filled_desk.db, DRAWN, SignatureKind.DRAWN)
    return _at_the_end(qtbot, _open(qtbot, page, record.id))


def _dialog(qtbot: QtBot, card: QWidget) -> PlacingDialog:
    card.sign_button.click()
    qtbot.waitUntil(lambda: card.window().findChild(PlacingDialog) is not None)
    found = card.window().findChild(PlacingDialog)
    assert found is not None
    return found


def test_a_clinician_signs_with_their_signature_after_their_passphrase(
    qtbot: QtBot, card: QWidget, filled_desk: Desk
) -> None:
    name = card._draft.sheet.referral_id  # noqa: SLF001
    assert not card.own.tick.isChecked()
    assert "Drawn, kept on" in card.own.words.text()
    card.own.tick.click()
    dialog = _dialog(qtbot, card)
    qtbot.keyClicks(dialog.passphrase, "not this one at all")
    qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.sign_button.isEnabled() and not dialog.blocks["passphrase"].isHidden())
    assert _stored(filled_desk, name).signed_at is None
    dialog.passphrase.setText(staff.PASSPHRASE)
    with qtbot.waitSignal(card._saving.saved):  # noqa: SLF001
        dialog.sign_button.click()
    placed = _placed(filled_desk, name)
    assert placed is not None
    assert (placed.name, placed.handwriting) == ("Odile Brightwater", DRAWN)


def test_without_the_tick_it_is_signed_as_before(
    qtbot: QtBot, card: QWidget, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda *args, **_more: args[4]())
    with qtbot.waitSignal(card._saving.saved):  # noqa: SLF001
        card.sign_button.click()
    name = card._draft.sheet.referral_id  # noqa: SLF001
    assert _stored(filled_desk, name).signed_by == "Odile Brightwater"
    assert _placed(filled_desk, name) is None


def test_a_wrong_passphrase_is_said_beside_its_field_and_an_empty_one_too(
    qtbot: QtBot, card: QWidget
) -> None:
    card.own.tick.click()
    dialog = _dialog(qtbot, card)
    dialog.sign_button.click()
    assert "Enter your passphrase" in dialog.passphrase.accessibleDescription()
    dialog.passphrase.setText("not this one at all")
    dialog.sign_button.click()
    qtbot.waitUntil(lambda: "not your passphrase" in dialog.passphrase.accessibleDescription())
    dialog.reject()


def test_a_demonstration_signs_with_the_typed_name_marked_as_invented(
    qtbot: QtBot,
    page: ReferralsPage,
    filled_desk: Desk,
    reference: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = _unsigned(filled_desk, reference)
    form = _open(qtbot, page, record.id)
    card = _at_the_end(qtbot, form)
    assert "marked as invented" in card.own.words.text()
    form.draft.put("signature.signed_by", "Eleanor Whitcombe, MD")
    card.own.tick.click()
    monkeypatch.setattr(ask, "confirm", lambda *args, **_more: args[4]())
    with qtbot.waitSignal(card._saving.saved):  # noqa: SLF001
        card.sign_button.click()
    placed = _placed(filled_desk, record.id)
    assert placed is not None
    assert (placed.handwriting.words, placed.invented) == ("Eleanor Whitcombe, MD", True)


def test_who_has_no_signature_is_told_where_to_make_one(
    qtbot: QtBot,
    page: ReferralsPage,
    filled_desk: Desk,
    reference: str,
    act_as: Callable[[str], None],
) -> None:
    record = _hand_over(filled_desk, _unsigned(filled_desk, reference).id)
    act_as("odile")
    form = _open(qtbot, page, record.id)
    form.go_to(6)
    form.shown.finish()
    own = form.view(6).signature.own
    qtbot.waitUntil(lambda: "under My signature" in own.words.text())
    assert not own.tick.isVisible()
