"""The send dialog: number read back, parts in order, and paper, file or mail that leaves and is recorded in one."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AttemptState, BounceReason, Channel, ReferralState
from referral_app.clinical.check import Check, Line
from referral_app.jobs import sending as job
from referral_app.services import fax_numbers, ledger, mail_server, referrals, sending
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import Filter
from referral_app.services.mail_server import MailServerRecord
from referral_app.services.send_records import AttemptRecord, Bounce, Sending
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.sending.dialog import SendDialog
from referral_app.ui.sending.outlet import GONE
from tests import mail_servers
from tests.documents import paper
from tests.mail_servers import LOGIN, PASSWORD, SENDER, Post, post  # noqa: F401 - fixture
from tests.printers import OFFICE, Printers

SECRET = "three green kettles"
Opened = Callable[..., Any]


def attempts(desk: Desk, reference: str) -> list[AttemptRecord]:
    with desk.db.read() as session:
        return sending.find(session, reference)


def state(desk: Desk, reference: str) -> ReferralState:
    with desk.db.read() as session:
        return referrals.get(session, reference).state


def digits(desk: Desk, reference: str) -> str:
    with desk.db.read() as session:
        target = fax_numbers.target(session, reference)
    assert target is not None
    return target.number[-4:]


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(ask, "save_file", lambda _parent, _title, _name, _kinds, act: act(path))


def test_a_fax_shows_its_number_with_the_last_four_and_its_verification(send: Opened) -> None:
    dialog = send()
    assert dialog.channel.value() == "fax"
    assert dialog.whereto.number.text() == "(410) 555-0103  ·  ending in 0 1 0 3"
    assert "Verified with the office on" in dialog.whereto.checked.text()
    assert not dialog.whereto.warning.isVisible()
    assert dialog.blocks["last_four"].isVisible()
    assert dialog.parts.parts()[0] == "fax_cover"


@pytest.mark.parametrize("verified", [None, date(2020, 1, 2)])
def test_a_number_that_is_not_verified_or_stale_warns(
    qtbot: QtBot, filled_desk: Desk, asker: QWidget, reference: str, verified: date | None
) -> None:
    out = job.look(filled_desk.db, reference)
    assert out.target is not None
    dialog = SendDialog(filled_desk, asker, replace(out, target=replace(out.target, verified_on=verified)))
    dialog.open()
    assert "read it back before you send" in dialog.whereto.warning.words()
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20000)


def test_wrong_digits_are_said_beside_the_field_and_nothing_leaves(
    qtbot: QtBot,
    send: Opened,
    filled_desk: Desk,
    reference: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save_to(monkeypatch, tmp_path / "set.pdf")
    dialog = send()
    dialog.outlet.way.set_value("save")
    for typed in ("", "0000"):
        dialog.whereto.digits.setText(typed)
        dialog.yes.click()
        qtbot.waitUntil(dialog.yes.isEnabled)
        assert dialog.blocks["last_four"].error()
    assert list(tmp_path.glob("*.pdf")) == []
    assert (attempts(filled_desk, reference), state(filled_desk, reference)) == ([], ReferralState.SIGNED)
    dialog.whereto.digits.setText(digits(filled_desk, reference))
    with qtbot.waitSignal(dialog.sent, timeout=20000) as said:
        dialog.yes.click()
    assert said.args == ["Marked as sent: Fax to (410) 555-0103, ending in 0 1 0 3"]
    (one,) = attempts(filled_desk, reference)
    assert (tmp_path / "set.pdf").stat().st_size
    assert (one.channel, one.parts) == (Channel.FAX, ("fax_cover", "letter", "response_form"))
    assert state(filled_desk, reference) is ReferralState.SENT


def test_a_confirmed_number_is_not_asked_again(send: Opened, filled_desk: Desk, reference: str) -> None:
    with filled_desk.db.begin() as session:
        fax_numbers.confirm(session, "410-555-0103", digits(filled_desk, reference))
    dialog = send()
    assert not dialog.blocks["last_four"].isVisible()
    assert "ending in 0 1 0 3" in dialog.whereto.number.text()


def test_parts_are_left_out_and_moved_with_keys_alone(qtbot: QtBot, send: Opened) -> None:
    dialog = send("mail")
    assert dialog.parts.parts() == ("letter", "response_form")
    up = dialog.findChild(QWidget, "sendUp_response_form")
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_Space)
    assert dialog.parts.parts() == ("response_form", "letter")
    assert QApplication.focusWidget() is up
    qtbot.keyClick(up, Qt.Key.Key_Space)
    assert dialog.parts.order[0] == "response_form"
    assert QApplication.focusWidget() is dialog.findChild(QWidget, "sendDown_response_form")
    tick = dialog.parts.tick_of("response_form")
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert dialog.parts.parts() == ("letter",)
    qtbot.waitUntil(lambda: dialog.made is not None and dialog.made.kind == "letter", timeout=20000)
    letter = dialog.parts.tick_of("letter")
    assert letter.isChecked()
    assert not letter.isEnabled()


def test_the_set_is_looked_at_before_it_goes(qtbot: QtBot, send: Opened) -> None:
    dialog = send()
    assert dialog.state.text().startswith("The set is ready: ")
    dialog.look_button.click()
    look: Any = dialog.findChild(QWidget, "lookDialog")
    assert look.findChild(QPdfView, "lookPages") is not None
    with pikepdf.open(io.BytesIO(dialog.made.content)) as pdf:
        assert look.document.pageCount() == len(pdf.pages)
    look.reject()


def test_an_uncleared_emergency_blocks_and_gaps_do_not(
    qtbot: QtBot, filled_desk: Desk, asker: QWidget, reference: str, send: Opened
) -> None:
    assert "It can be sent all the same" in send().findChild(QWidget, "sendGaps").words()
    out = job.look(filled_desk.db, reference)
    line = Line("red_flags.papilledema", "emergency", "Papilledema", "Source", "red_flags.papilledema")
    blocked = replace(out, check=Check((line,), (), (), (), {}))
    dialog: Any = SendDialog(filled_desk, asker, blocked)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20000)
    assert not dialog.yes.isEnabled()
    assert "has not been cleared" in dialog.findChild(QWidget, "sendEmergency").words()


def test_what_went_already_is_recorded_with_the_paper(
    qtbot: QtBot, send: Opened, filled_desk: Desk, reference: str
) -> None:
    dialog = send("hand")
    dialog.outlet.way.set_value("gone")
    assert dialog.yes.text() == "Mark sent"
    with qtbot.waitSignal(dialog.sent, timeout=20000):
        dialog.yes.click()
    (one,) = attempts(filled_desk, reference)
    with filled_desk.db.read() as session:
        assert ledger.content(session, one.paper_id).startswith(b"%PDF")
        assert fax_numbers.went_to(session, "410-555-0103") == []


def test_an_encrypted_file_asks_its_password_twice_and_forgets_it(
    qtbot: QtBot, send: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, tmp_path / "set.pdf")
    dialog = send("file")
    for first, second, field in (("short", "short", "password"), (SECRET, SECRET + "!", "again")):
        dialog.outlet.first.setText(first)
        dialog.outlet.second.setText(second)
        dialog.yes.click()
        assert dialog.blocks[field].error()
    dialog.outlet.second.setText(SECRET)
    with qtbot.waitSignal(dialog.sent, timeout=20000):
        dialog.yes.click()
    assert dialog.outlet.first.text() == ""
    with pikepdf.open(tmp_path / "set.pdf", password=SECRET) as pdf:
        assert len(pdf.pages) > 1


def test_a_portal_is_named(
    qtbot: QtBot, send: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_to(monkeypatch, tmp_path / "set.pdf")
    dialog = send("portal")
    dialog.whereto.address.clear()
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["address"].error()))
    assert list(tmp_path.glob("*.pdf")) == []


def test_mail_without_a_server_is_not_offered(send: Opened) -> None:
    dialog = send("email")
    assert "No mail server is set up" in dialog.whereto.warning.words()
    assert not dialog.yes.isEnabled()


def test_mail_goes_encrypted_and_what_the_server_refuses_is_said(
    qtbot: QtBot,
    send: Opened,
    filled_desk: Desk,
    reference: str,
    post: Post,  # noqa: F811
) -> None:
    with filled_desk.db.begin() as session:
        server = MailServerRecord(mail_servers.HOST, post.port, SENDER, LOGIN)
        mail_server.save(session, server, PASSWORD)
    dialog = send("email")
    dialog.whereto.address.setText("front@keen.example")
    dialog.outlet.first.setText(SECRET)
    dialog.outlet.second.setText(SECRET)
    post.mailbox.refuse = "front@keen.example"
    dialog.yes.click()
    qtbot.waitUntil(dialog.summary.isVisible, timeout=20000)
    assert "does not take mail to front@keen.example" in words(dialog.summary)
    assert state(filled_desk, reference) is ReferralState.SIGNED
    post.mailbox.refuse = ""
    with qtbot.waitSignal(dialog.sent, timeout=20000):
        dialog.yes.click()
    assert len(post.mailbox.letters) == 1
    assert state(filled_desk, reference) is ReferralState.SENT
    assert [one.state for one in attempts(filled_desk, reference)] == [
        AttemptState.WAITING,
        AttemptState.FAILED,
    ]


def test_a_mail_is_canceled_while_it_is_under_way(
    qtbot: QtBot, send: Opened, filled_desk: Desk, reference: str
) -> None:
    with mail_servers.silent(b"220 ready\r\n") as port:
        with filled_desk.db.begin() as session:
            server = MailServerRecord(mail_servers.HOST, port, SENDER, "")
            mail_server.save(session, server, "")
        dialog = send("email")
        dialog.whereto.address.setText("front@keen.example")
        dialog.outlet.first.setText(SECRET)
        dialog.outlet.second.setText(SECRET)
        dialog.yes.click()
        assert dialog.no.text() == "Cancel sending"
        qtbot.waitUntil(lambda: len(attempts(filled_desk, reference)) == 1, timeout=20000)
        dialog.no.click()
        assert dialog.isVisible(), "what becomes of it is waited for"
        assert (dialog.no.text(), dialog.no.isEnabled()) == ("Canceling…", False)
        qtbot.waitUntil(dialog.summary.isVisible, timeout=5000)
    assert "Canceled before the mail server had the message. Nothing was sent." in words(dialog.summary)
    assert (dialog.no.text(), dialog.yes.text(), dialog.yes.isEnabled()) == ("Back", "Send the mail", True)
    (attempt,) = attempts(filled_desk, reference)
    assert attempt.state_words == "Canceled, not sent"
    assert state(filled_desk, reference) is ReferralState.SIGNED
    assert dialog.outlet.first.text() == SECRET
    dialog.reject()
    assert not dialog.isVisible()


def test_who_cancels_too_late_is_told_that_it_is_out(
    qtbot: QtBot,
    send: Opened,
    filled_desk: Desk,
    reference: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with mail_servers.slow(tmp_path, seconds=0, answer_after=1.0) as (port, got):
        with filled_desk.db.begin() as session:
            mail_server.save(session, MailServerRecord(mail_servers.HOST, port, SENDER, ""), "")
        dialog = send("email")
        dialog.whereto.address.setText("front@keen.example")
        dialog.outlet.first.setText(SECRET)
        dialog.outlet.second.setText(SECRET)
        dialog.yes.click()
        qtbot.waitUntil(lambda: got.endswith(b"\r\n.\r\n"), timeout=20000)
        with qtbot.waitSignal(dialog.sent, timeout=20000) as said:
            dialog.no.click()
    assert said.args[0].startswith("It was too late to cancel: the mail server had the mail. Marked as sent")
    assert state(filled_desk, reference) is ReferralState.SENT


def test_a_program_that_closes_meanwhile_does_not_wait_for_minutes_and_keeps_that_nobody_knows(
    qtbot: QtBot,
    send: Opened,
    filled_desk: Desk,
    reference: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with mail_servers.slow(tmp_path, seconds=0, answer_after=9.0) as (port, got):
        with filled_desk.db.begin() as session:
            mail_server.save(session, MailServerRecord(mail_servers.HOST, port, SENDER, ""), "")
        dialog = send("email")
        dialog.whereto.address.setText("front@keen.example")
        dialog.outlet.first.setText(SECRET)
        dialog.outlet.second.setText(SECRET)
        dialog.yes.click()
        qtbot.waitUntil(lambda: got.endswith(b"\r\n.\r\n"), timeout=20000)
        started = time.monotonic()
        filled_desk.background.wait()  # as the program does once its last window is closed
        assert time.monotonic() - started < 8
    (attempt,) = attempts(filled_desk, reference)
    assert (attempt.state, attempt.note) == (AttemptState.WAITING, sending.UNCERTAIN)
    assert state(filled_desk, reference) is ReferralState.SIGNED
    with filled_desk.db.begin() as session, pytest.raises(InvalidInput, match="must not go twice"):
        sending.announce(session, reference, Sending(Channel.EMAIL, "front@keen.example", ("letter",)))


def words(widget: QWidget) -> str:
    return " ".join(
        str(one.property("text") or "") for one in widget.findChildren(QWidget) if one.property("text")
    )


def test_the_same_paper_goes_once_more(qtbot: QtBot, send: Opened, filled_desk: Desk, reference: str) -> None:
    made = job.make(filled_desk.db, reference, ("letter",))
    first = job.record(filled_desk.db, made, Sending(Channel.MAIL, parts=("letter",)))
    with filled_desk.db.begin() as session:
        failed = sending.fail(session, first.id, Bounce(BounceReason.OTHER, date.today(), "Lost")).attempt
    dialog = send(again=failed)
    assert dialog.state.text().startswith("The same paper as before")
    assert dialog.channel.value() == "mail"
    assert not dialog.blocks["parts"].isVisible()
    dialog.outlet.way.set_value("gone")
    with qtbot.waitSignal(dialog.sent, timeout=20000):
        dialog.yes.click()
    second, _ = attempts(filled_desk, reference)
    assert second.paper_id == first.paper_id


def test_it_is_printed_and_recorded_once_the_printer_has_it(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, printers: Printers
) -> None:
    window.show_page("referrals")
    window.following.posting.send(reference)
    qtbot.waitUntil(lambda: window.findChild(SendDialog) is not None, timeout=20000)
    dialog: Any = window.findChild(SendDialog)
    dialog.channel.set_value("mail")
    qtbot.waitUntil(lambda: dialog.outlet.printing.printer.findData(OFFICE) >= 0, timeout=20000)
    dialog.outlet.printing.printer.set_value(OFFICE)
    qtbot.waitUntil(dialog.yes.isEnabled, timeout=20000)
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(attempts(filled_desk, reference)), timeout=30000)
    qtbot.waitUntil(
        lambda: printers.paper.exists() and b"%%EOF" in printers.paper.read_bytes(), timeout=30000
    )
    assert reference in paper.text(printers.paper.read_bytes())
    with filled_desk.db.read() as session:
        acts = [act.how for one in ledger.find(session, Filter()) for act in one.acts]
    assert acts == [f"Print and mail, {OFFICE}"]
    filled_desk.background.wait()


def test_a_printer_that_takes_nothing_leaves_nothing_recorded(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, printers: Printers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: told.append(words))
    window.show_page("referrals")
    window.following.posting.send(reference)
    qtbot.waitUntil(lambda: window.findChild(SendDialog) is not None, timeout=20000)
    dialog: Any = window.findChild(SendDialog)
    dialog.channel.set_value("mail")
    qtbot.waitUntil(lambda: dialog.outlet.printing.printer.findData(OFFICE) >= 0, timeout=20000)
    dialog.outlet.printing.printer.set_value(OFFICE)
    qtbot.waitUntil(dialog.yes.isEnabled, timeout=20000)
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(told), timeout=30000)
    assert "Nothing was printed" in told[0]
    assert (attempts(filled_desk, reference), state(filled_desk, reference)) == ([], ReferralState.SIGNED)


def test_ctrl_enter_marks_it_as_sent_from_any_field(
    qtbot: QtBot, send: Opened, filled_desk: Desk, reference: str
) -> None:
    dialog = send(str(Channel.HAND))
    dialog.outlet.way.set_value(GONE)
    assert (dialog.yes.toolTip(), dialog.yes.isEnabled()) == ("Ctrl+Enter", True)
    with qtbot.waitSignal(dialog.sent, timeout=20000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
