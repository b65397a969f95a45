"""Real mail servers on loopback for tests: one that does as it should, and ones that fail in each way."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from referral_app.services.mail_server import Access

SENDER, LOGIN, PASSWORD = "referrals@office.example", "desk", "seven quiet lanterns"
HOST = "127.0.0.1"


@dataclass
class Mailbox:
    """What a server does with what comes: `refuse` is a recipient that it does not take, `after_data` its last word."""

    refuse: str = ""
    after_data: str = "250 Message accepted for delivery"
    hang_up: bool = False
    had_it: bool = False
    letters: list[bytes] = field(default_factory=list[bytes])
    before_answer: Callable[[], object] | None = None

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == self.refuse:
            return "550 5.1.1 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        self.had_it = True
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
            return "451 gone"
        if self.before_answer is not None:
            self.before_answer()
        if self.after_data.startswith("250"):
            self.letters.append(envelope.content)
        return self.after_data


def _login(password: str) -> Callable[..., AuthResult]:
    def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (LOGIN.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return login


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return the paths of a self-made certificate for loopback and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented mail server")])
    on = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(on - timedelta(days=1))
        .not_valid_after(on + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    cert_file, key_file = folder / "mail.pem", folder / "mail.key"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return cert_file, key_file


@dataclass(frozen=True)
class Post:
    """A running server with its mailbox."""

    mailbox: Mailbox
    port: int

    @property
    def access(self) -> Access:
        return Access(HOST, self.port, SENDER, LOGIN, PASSWORD)


@contextlib.contextmanager
def running(
    folder: Path, *, tls: bool = True, size: int = 30_000_000, password: str = PASSWORD
) -> Iterator[Post]:
    """Run a server; without `tls` it offers none."""
    mailbox = Mailbox()
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(folder))
    controller = Controller(
        mailbox, hostname=HOST, port=_free(), tls_context=context, require_starttls=tls, data_size_limit=size,
        authenticator=_login(password), auth_required=tls, auth_require_tls=tls,
    )  # fmt: skip
    controller.start()
    try:
        yield Post(mailbox, controller.port)
    finally:
        controller.stop()


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Post]:
    """A server as it should be, whose certificate this PC trusts."""
    with running(tmp_path) as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        yield made


@contextlib.contextmanager
def silent(first: bytes = b"") -> Iterator[int]:
    """Yield the port of a server that says `first`, then nothing more until the connection ends."""
    done = threading.Event()
    with socket.create_server((HOST, 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                peer, _ = server.accept()
                with peer:
                    peer.sendall(first)
                    done.wait(20)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            done.set()
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


@contextlib.contextmanager
def slow(folder: Path, seconds: float, answer_after: float) -> Generator[tuple[int, bytearray]]:
    """Yield the port of a server that rests so long after each 16 KB, and before its last answer; and what it got."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(folder))
    got = bytearray()

    def serve() -> None:
        peer, _ = server.accept()
        with peer:
            _say(peer, b"220 ready", b"250-slow\r\n250 STARTTLS", b"220 go")
            with context.wrap_socket(peer, server_side=True) as safe:
                safe.recv(1000)
                _say(safe, b"250 slow", b"250 OK", b"250 OK", b"354 go")
                with contextlib.suppress(OSError):
                    while not got.endswith(b"\r\n.\r\n"):
                        if not (part := safe.recv(16_384)):
                            return  # whoever sends it hung up in the middle
                        got.extend(part)
                        time.sleep(seconds)
                    time.sleep(answer_after)
                    safe.sendall(b"250 taken\r\n")

    with socket.create_server((HOST, 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], got
        thread.join(10)


def _say(peer: socket.socket, *answers: bytes) -> None:
    """Answer, and read what comes after each answer but the last."""
    for number, one in enumerate(answers, start=1):
        peer.sendall(one + b"\r\n")
        if number < len(answers):
            peer.recv(1000)


def _free() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]
