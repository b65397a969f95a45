"""Mail through real servers on loopback: what arrives, and each way in which nothing does, in a plain sentence."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from referral_app.exchange import mail, mail_gate
from referral_app.exchange.mail import Canceled, Letter, NotSent, Uncertain
from referral_app.services.mail_server import Access
from tests import mail_servers
from tests.mail_servers import HOST, SENDER, Post, post  # noqa: F401 - fixture

LETTER = Letter(
    "front@keen.example", "Northfield Family Medicine", "(410) 555-0142", "key-1", b"%PDF-1.7\n.\n..x\n"
)


def refusal(access: Access, letter: Letter = LETTER, timeout: float = 5) -> str:
    with pytest.raises(NotSent) as raised:
        mail.send(access, letter, timeout)
    words = str(raised.value)
    assert "othing was sent" in words
    assert "Traceback" not in words
    return words


def test_a_message_arrives_whole_and_says_nothing_of_a_patient(post: Post) -> None:  # noqa: F811
    mail.send(post.access, LETTER)
    (raw,) = post.mailbox.letters
    got = email.message_from_bytes(raw, policy=email.policy.default)
    assert (got["From"], got["To"]) == (SENDER, "front@keen.example")
    assert got["Subject"] == "Encrypted document from Northfield Family Medicine"
    assert got["Message-ID"] == "<key-1@office.example>"
    (file,) = got.iter_attachments()
    assert file.get_filename() == "encrypted-document.pdf"
    assert file.get_content() == LETTER.content
    body = got.get_body()
    assert body is not None
    assert "Northfield Family Medicine, (410) 555-0142, and delete it" in body.get_content()


def test_a_test_message_has_no_file(post: Post) -> None:  # noqa: F811
    mail.send(post.access, Letter(SENDER, "", "", "key-2"))
    got = email.message_from_bytes(post.mailbox.letters[0], policy=email.policy.default)
    assert not list(got.iter_attachments())
    assert got["Subject"] == "Test message"


def test_an_office_name_with_a_line_break_makes_no_other_header(post: Post) -> None:  # noqa: F811
    mail.send(post.access, replace(LETTER, office="North\r\nBcc: someone@else.example"))
    got = email.message_from_bytes(post.mailbox.letters[0], policy=email.policy.default)
    assert got["Bcc"] is None


def test_without_encryption_nothing_is_sent(tmp_path: Path) -> None:
    with mail_servers.running(tmp_path, tls=False) as plain:
        assert "offers no encryption (STARTTLS)" in refusal(plain.access)
        assert plain.mailbox.letters == []


def test_an_unknown_certificate_is_not_trusted(tmp_path: Path) -> None:
    with mail_servers.running(tmp_path) as stranger:
        assert "certificate that this PC does not trust" in refusal(stranger.access)
        assert stranger.mailbox.letters == []


def test_a_certificate_of_another_name_is_not_trusted(post: Post) -> None:  # noqa: F811
    assert "certificate" in refusal(replace(post.access, host="localhost"))
    assert post.mailbox.letters == []


def test_a_refused_login_is_said(post: Post) -> None:  # noqa: F811
    assert "refused the login" in refusal(replace(post.access, password="wrong"))
    assert "seven" not in repr(post.access)


def test_a_server_that_wants_a_login_and_gets_none_refuses(post: Post) -> None:  # noqa: F811
    assert "530" in refusal(replace(post.access, login="", password=""))


def test_a_refused_recipient_is_said_with_the_words_of_the_server(post: Post) -> None:  # noqa: F811
    post.mailbox.refuse = LETTER.to
    assert "does not take mail to front@keen.example. It says: 550 5.1.1 No such person here" in refusal(
        post.access
    )
    assert post.mailbox.letters == []


def test_a_message_that_is_refused_after_its_content_was_not_sent(post: Post) -> None:  # noqa: F811
    post.mailbox.after_data = "554 5.7.1 Refused by policy"
    assert "554 5.7.1 Refused by policy" in refusal(post.access)


def test_a_message_too_large_for_the_server_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_servers.running(tmp_path, size=20_000) as small:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        assert "at most 0.0 MB" in refusal(small.access, replace(LETTER, content=b"x" * 60_000))


def test_a_message_too_large_for_any_server_does_not_even_connect() -> None:
    nowhere = Access("mail.invalid", 587, SENDER)
    assert "at most 25.0 MB" in refusal(nowhere, replace(LETTER, content=b"x" * 25_000_000))


def test_a_server_that_hangs_up_with_the_whole_message_leaves_it_uncertain(post: Post) -> None:  # noqa: F811
    post.mailbox.hang_up = True
    with pytest.raises(Uncertain, match="Whether it goes out is not known"):
        mail.send(post.access, LETTER)


def test_a_server_that_says_nothing_or_stops_is_given_up() -> None:
    for first in (b"", b"220 ready\r\n"):
        with mail_servers.silent(first) as port:
            assert "did not answer in time" in refusal(Access(HOST, port, SENDER), timeout=0.3)


@pytest.mark.parametrize("first", [b"", b"220 ready\r\n"])
def test_a_server_that_hangs_up_before_it_has_anything_is_said(first: bytes) -> None:
    with socket.create_server((HOST, 0)) as server:

        def serve() -> None:
            peer, _ = server.accept()
            peer.sendall(first)
            peer.recv(100) if first else None
            peer.close()

        thread = threading.Thread(target=serve)
        thread.start()
        words = refusal(Access(HOST, server.getsockname()[1], SENDER))
        thread.join(5)
    assert "hung up" in words or "cannot be reached" in words


def test_a_server_that_is_busy_or_not_there_is_said() -> None:
    with mail_servers.silent(b"421 4.3.2 Too busy, come back later\r\n") as port:
        assert "421 4.3.2 Too busy" in refusal(Access(HOST, port, SENDER))
    with socket.create_server((HOST, 0)) as gone:
        port = gone.getsockname()[1]
    assert f"No mail server answers at {HOST}, port {port}" in refusal(Access(HOST, port, SENDER))
    assert "cannot be reached" in refusal(Access("mail.invalid", 587, SENDER))


@pytest.mark.parametrize("host", ["mail..example.org", ".", "a" * 64 + ".example.org"])
def test_a_name_that_no_server_can_have_is_said(host: str) -> None:
    assert "cannot be reached" in refusal(Access(host, 587, SENDER))


def test_a_password_with_other_letters_than_those_of_english_is_sent_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_servers.running(tmp_path, password="sieben Ütüch") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        assert "refused the login" in refusal(replace(server.access, password="sieben Ütuch"))
        mail.send(replace(server.access, password="sieben Ütüch"), LETTER)
        assert len(server.mailbox.letters) == 1


def test_a_line_that_is_slow_but_moves_is_given_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    letter = replace(LETTER, content=b"x" * 4_500_000)  # more than the system keeps on its way
    with mail_servers.slow(tmp_path, seconds=0.02, answer_after=2.0) as (port, got):
        mail.send(Access(HOST, port, SENDER), letter, timeout=1.5)
    assert got[-5:] == b"\r\n.\r\n"
    assert len(got) > 4_500_000


def test_a_mail_is_canceled_at_once_while_a_server_says_nothing() -> None:
    for first in (b"", b"220 ready\r\n"):
        with mail_servers.silent(first) as port:
            begun = time.monotonic()
            with pytest.raises(Canceled, match="Nothing was sent"):
                mail.send(Access(HOST, port, SENDER), LETTER, 20, lambda: time.monotonic() > begun + 0.3)  # noqa: B023
            assert time.monotonic() - begun < 5


def test_a_mail_that_is_canceled_before_it_begins_connects_to_nobody() -> None:
    with pytest.raises(Canceled):
        mail.send(Access("mail.invalid", 587, SENDER), LETTER, canceled=lambda: True)


def test_a_mail_canceled_in_the_middle_of_its_content_is_never_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    letter = replace(LETTER, content=b"x" * 8_000_000)
    with mail_servers.slow(tmp_path, seconds=0.01, answer_after=0) as (port, got), pytest.raises(Canceled):
        mail.send(Access(HOST, port, SENDER), letter, 5, lambda: len(got) > 500_000)
    assert 500_000 < len(got) < 8_000_000
    assert not got.endswith(b"\r\n.\r\n")


def test_a_mail_that_was_handed_over_is_not_canceled_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with mail_servers.slow(tmp_path, seconds=0, answer_after=0.8) as (port, got):
        mail.send(Access(HOST, port, SENDER), LETTER, 5, lambda: got.endswith(b"\r\n.\r\n"))
    assert got.endswith(b"\r\n.\r\n")


def test_silence_after_the_hand_over_stays_not_known_though_somebody_cancels(post: Post) -> None:  # noqa: F811
    post.mailbox.hang_up = True
    with pytest.raises(Uncertain):
        mail.send(post.access, LETTER, 5, lambda: post.mailbox.had_it)


def test_a_refusal_is_told_as_it_is_where_nobody_canceled(post: Post) -> None:  # noqa: F811
    post.mailbox.refuse = LETTER.to
    with pytest.raises(NotSent, match="does not take mail") as raised:
        mail.send(post.access, LETTER, 5, lambda: False)
    assert not isinstance(raised.value, Canceled)


def test_a_program_that_closes_waits_a_few_seconds_for_a_server_that_has_the_whole_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with mail_servers.slow(tmp_path, seconds=0, answer_after=8) as (port, got):
        started = time.monotonic()
        with pytest.raises(Uncertain):
            mail.send(Access(HOST, port, SENDER), LETTER, leaving=lambda: got.endswith(b"\r\n.\r\n"))
        assert mail_gate.LEAVE_SECONDS <= time.monotonic() - started < 7


def test_a_server_that_answers_in_these_seconds_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with mail_servers.slow(tmp_path, seconds=0, answer_after=1) as (port, got):
        mail.send(Access(HOST, port, SENDER), LETTER, leaving=lambda: got.endswith(b"\r\n.\r\n"))


def test_a_program_that_closes_cancels_a_mail_that_no_server_has() -> None:
    with mail_servers.silent(b"220 ready\r\n") as port:
        asked = iter([False, False])
        with pytest.raises(Canceled):
            mail.send(Access(HOST, port, SENDER), LETTER, leaving=lambda: next(asked, True))
