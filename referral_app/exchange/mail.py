"""Mail through the office's own server with STARTTLS alone: refused before anything is sent where that is not offered.

`NotSent` says that nothing was taken (`Canceled`: somebody gave up in time), `Uncertain` that the server had the
whole message and did not say what became of it: that one is never sent again by itself. Sources: RFC 5321, 3207
(STARTTLS), 1870 (SIZE), 4616 (PLAIN).
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from referral_app.exchange.mail_gate import Gate
from referral_app.services.mail_server import Access

TIMEOUT = 30.0
"""Seconds in which the server must answer each step, and take each part of the content."""
LAST_ANSWER = 10
"""So many times as long it may look at the whole message: many scan it first (RFC 5321 4.5.3.2.6 gives it minutes)."""
_PART = 65_536
"""Bytes that are handed over at once: a slow line has the time of a step for each, not for 25 MB together."""
MOST_BYTES = 25_000_000
"""Bytes of a whole message; most servers take less than that and say so (RFC 1870)."""
CANCELED = "Canceled before the mail server had the message. Nothing was sent."
_SLOW = "The mail server {} did not answer in time. Nothing was sent; try again later."
_BODY = """An encrypted document from {office} is attached.

It opens with a password. {office} tells you the password by phone, never by mail.

If you did not expect this message, please tell {office}{phone} and delete it.
"""


class NotSent(Exception):
    """Nothing was sent; the text is a sentence for the person who tried."""


class Canceled(NotSent):
    """It was canceled before the server had the whole message, which it throws away."""


class Uncertain(Exception):
    """The server had the whole message and did not confirm it; the text is a sentence for the person who tried."""


@dataclass(frozen=True)
class Letter:
    """A message to one address: which office, its phone, and the encrypted document; none of it names a patient.

    `key` is unique to the message and gives its Message-ID, so that a server or reader tells a repetition.
    """

    to: str
    office: str
    phone: str
    key: str
    content: bytes = b""


def _never() -> bool:
    return False


def send(
    access: Access,
    letter: Letter,
    timeout: float = TIMEOUT,
    canceled: Callable[[], bool] = _never,
    leaving: Callable[[], bool] = _never,
) -> None:
    """Send a message; raises NotSent where nothing was sent, Uncertain where nobody can tell.

    It is asked all the time whether it is `canceled`: until its last part is handed over it raises Canceled for that,
    after that nothing cancels it. Where the program closes (`leaving`) it is canceled as well, and of what is handed
    over the answer is waited for a few seconds only: then it is Uncertain.
    """
    data = _written(access, letter)
    with Gate(canceled, leaving) as gate:
        try:
            with _session(access, timeout, gate) as server:
                _ask_size(server, len(data))
                _step(
                    server.mail(access.sender), "The mail server does not take mail from {}.", access.sender
                )
                _step(server.rcpt(letter.to), "The mail server does not take mail to {}.", letter.to)
                _step(server.docmd("DATA"), "The mail server does not take the message.", expected=354)
                _hand_over(server, data, gate)
                _leave(server)
        except NotSent as error:
            if gate.is_cut:  # the line was cut, whatever that looked like from here
                raise Canceled(CANCELED) from error
            raise


class _Line(smtplib.SMTP):
    """A connection whose line can be cut from the first moment on."""

    def __init__(self, access: Access, named: str, timeout: float, gate: Gate) -> None:
        self._gate = gate
        super().__init__(access.host, access.port, named, timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Return the line, as the base class asks for it."""
        made = socket.create_connection((host, port), timeout)
        self._gate.follow(made)
        return made


def message(access: Access, letter: Letter) -> EmailMessage:
    """Return the message as it is sent: subject, body and names say nothing of a patient."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = access.sender, letter.to
    made["Subject"] = f"Encrypted document from {_line(letter.office)}" if letter.content else "Test message"
    made["Date"] = formatdate(localtime=True)
    made["Message-ID"] = f"<{letter.key}@{access.sender.partition('@')[2]}>"
    made["Auto-Submitted"] = "no"
    office = _line(letter.office) or "our office"
    if not letter.content:
        made.set_content(
            "This is a test of the mail server of the referral desk. Nothing needs to be done.\n"
        )
        return made
    phone = f", {letter.phone}," if letter.phone else ""
    made.set_content(_BODY.format(office=office, phone=phone))
    made.add_attachment(
        letter.content, maintype="application", subtype="pdf", filename="encrypted-document.pdf"
    )
    return made


def _line(text: str) -> str:
    """Return a text as one line: a header of a message ends at a line break."""
    return " ".join(text.split())


def _written(access: Access, letter: Letter) -> bytes:
    data = message(access, letter).as_bytes()
    if len(data) > MOST_BYTES:
        raise NotSent(_too_large(len(data), MOST_BYTES))
    return data


def _too_large(size: int, most: int) -> str:
    return (
        f"The message has {size / 1e6:.1f} MB, and at most {most / 1e6:.1f} MB can be sent by mail. Leave "
        "attachments out, or send it another way. Nothing was sent."
    )


@contextmanager
def _session(access: Access, timeout: float, gate: Gate) -> Generator[smtplib.SMTP]:
    """Yield a connection that is encrypted and logged in; raises NotSent in a sentence for each way to fail."""
    named = access.sender.partition("@")[2] or "localhost"
    with _said(access):
        _ask(gate)
        server = _Line(access, named, timeout, gate)
        try:
            server.ehlo()
            _encrypt(server, access, gate)
            _log_in(server, access)
            yield server
        finally:
            gate.follow(None)
            server.close()


def _ask(gate: Gate) -> None:
    if gate.is_cut:
        raise Canceled(CANCELED)


def _encrypt(server: smtplib.SMTP, access: Access, gate: Gate) -> None:
    if not server.has_extn("starttls"):
        raise NotSent(
            f"The mail server {access.host} offers no encryption (STARTTLS). Nothing was sent: without it the message "
            "could be read on its way."
        )
    server.starttls(context=ssl.create_default_context())
    gate.follow(server.sock)
    _ask(gate)
    server.ehlo()


def _log_in(server: smtplib.SMTP, access: Access) -> None:
    if not access.login:
        return
    try:
        if f"{access.login}{access.password}".isascii():
            server.login(access.login, access.password)
        else:
            _log_in_plain(server, access)
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(
            f"The mail server {access.host} refused the login. An administrator checks name and password under "
            "Settings. Nothing was sent."
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(
            f"The mail server {access.host} knows no login. An administrator checks the settings. Nothing was sent."
        ) from error


def _log_in_plain(server: smtplib.SMTP, access: Access) -> None:
    """Log in with letters that smtplib does not send: it knows ASCII alone, where RFC 4616 asks for UTF-8."""
    if "PLAIN" not in server.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError
    said = base64.b64encode(f"\0{access.login}\0{access.password}".encode()).decode("ascii")
    code, words = server.docmd("AUTH", f"PLAIN {said}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _ask_size(server: smtplib.SMTP, size: int) -> None:
    most = server.esmtp_features.get("size", "")
    if most.isdecimal() and 0 < int(most) < size:
        raise NotSent(_too_large(size, int(most)))


def _step(answer: tuple[int, bytes], refusal: str, about: str = "", expected: int = 250) -> None:
    code, words = answer
    if code != expected and not (expected == 250 and code == 251):
        raise NotSent(f"{refusal.format(about)} It says: {_quoted(code, words)}. Nothing was sent.")


def _quoted(code: int, words: bytes) -> str:
    said = " ".join(words.decode("utf-8", "replace").split())
    return f"{code} {said[:160]}".strip().rstrip(".")


def _hand_over(server: smtplib.SMTP, data: bytes, gate: Gate) -> None:
    """Send the content and wait for the answer; from its last part on, silence means that nobody can tell."""
    whole = re.sub(rb"(?m)^\.", b"..", data).removesuffix(b"\r\n") + b"\r\n.\r\n"
    for at in range(0, len(whole), _PART):
        if at + _PART >= len(whole) and not gate.pass_on():
            raise Canceled(CANCELED)
        _ask(gate)
        server.send(whole[at : at + _PART])
    if server.sock is not None and (seconds := server.sock.gettimeout()):
        server.sock.settimeout(seconds * LAST_ANSWER)
    try:
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(
            "The mail server had the whole message and then did not answer. Whether it goes out is not known. Ask the "
            "recipient on the phone before you send it again."
        ) from error
    _step(answer, "The mail server refused the message.")


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye without waiting for an answer: the message is taken, and nothing here may deny that."""
    with suppress(OSError, smtplib.SMTPException):
        server.putcmd("quit")


@contextmanager
def _said(access: Access) -> Generator[None]:
    """Word what a connection raises; `NotSent` and `Uncertain` pass as they are."""
    host = access.host
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotSent(
            f"The mail server {host} shows a certificate that this PC does not trust ({error.verify_message}). "
            "Nothing was sent: it may be somebody else’s server."
        ) from error
    except ssl.SSLError as error:
        raise NotSent(f"The encryption with the mail server {host} failed. Nothing was sent.") from error
    except TimeoutError as error:
        raise NotSent(_SLOW.format(host)) from error
    except ConnectionRefusedError as error:
        raise NotSent(f"No mail server answers at {host}, port {access.port}. Nothing was sent.") from error
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError):
            raise NotSent(_SLOW.format(host)) from error
        raise NotSent(
            f"The mail server {host} hung up before it had the message. Nothing was sent."
        ) from error
    except smtplib.SMTPResponseException as error:
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        raise NotSent(
            f"The mail server {host} refused: {_quoted(error.smtp_code, words)}. Nothing was sent."
        ) from error
    except (OSError, UnicodeError, smtplib.SMTPException) as error:  # UnicodeError: a name that no server has
        raise NotSent(f"The mail server {host} cannot be reached. Nothing was sent.") from error
