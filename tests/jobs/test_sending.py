"""Sending as one act, on real files and a real mail server: what leaves is recorded, and what does not is not."""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from referral_app.choices import AttemptState, BounceReason, Channel, PaperAct, ReferralState
from referral_app.database import Database, open_database
from referral_app.jobs import sending as job
from referral_app.jobs.papers import Made
from referral_app.models.referral import Referral
from referral_app.paths import Paths
from referral_app.services import disclosures, ledger, mail_server, referrals, sending
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import Filter
from referral_app.services.mail_server import MailServerRecord
from referral_app.services.send_records import AttemptRecord, Bounce, Sending
from tests import mail_servers
from tests.disks import mounted
from tests.mail_servers import LOGIN, PASSWORD, SENDER, Post, post  # noqa: F401 - fixture

SECRET = "three green kettles"
TO = "front@keen.example"
PARTS = ("fax_cover", "letter", "response_form")
MAIL = Sending(Channel.EMAIL, TO, ("letter",))


@pytest.fixture
def made(filled: Database, reference: str) -> Made:
    return job.make(filled, reference, PARTS)


def serve(db: Database, port: int, password: str = PASSWORD) -> None:
    with db.begin() as session:
        mail_server.save(session, MailServerRecord(mail_servers.HOST, port, SENDER, LOGIN), password)


def sent_acts(db: Database) -> list[str]:
    with db.read() as session:
        return [
            act.how for one in ledger.find(session, Filter()) for act in one.acts if act.act is PaperAct.SENT
        ]


def attempts(db: Database, name: str) -> list[AttemptRecord]:
    with db.read() as session:
        return sending.find(session, name)


def state(db: Database, name: str) -> ReferralState:
    with db.read() as session:
        return referrals.get(session, name).state


def test_what_is_about_to_be_sent_says_number_parts_and_gaps(filled: Database, reference: str) -> None:
    out = job.look(filled, reference)
    assert out.target is not None
    assert out.target.verified_on is not None
    assert out.parts[0] == "fax_cover"
    assert out.parts[-1] == "response_form"
    assert out.attempts == ()
    assert out.mail_from == ""
    assert all(isinstance(one, str) for one in out.gaps)


def test_a_set_goes_in_the_order_that_was_chosen(filled: Database, reference: str) -> None:
    backwards = job.make(filled, reference, tuple(reversed(PARTS)))
    with pikepdf.open(io.BytesIO(backwards.content)) as pdf:
        titles = [str(item.title) for item in pdf.open_outline().root]
    assert titles[0].startswith("Referral response form")
    assert titles[-1].startswith("Fax cover sheet")


def test_a_file_is_written_and_recorded_in_one(filled: Database, made: Made, tmp_path: Path) -> None:
    path = tmp_path / "set.pdf"
    attempt = job.save(filled, made, Sending(Channel.FILE, "Dr. Keen's office", PARTS), path, SECRET)
    with pikepdf.open(path, password=SECRET) as pdf:
        assert len(pdf.pages) == attempt.pages
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    assert sent_acts(filled) == ["Encrypted file: Dr. Keen's office, set.pdf"]
    assert state(filled, made.reference) is ReferralState.SENT
    with filled.read() as session:
        assert ledger.content(session, attempt.paper_id) == made.content


def test_a_file_that_cannot_be_written_leaves_nothing_recorded(
    filled: Database, made: Made, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput):
        job.save(filled, made, Sending(Channel.PORTAL, "Portal", PARTS), tmp_path / "nowhere" / "set.pdf")
    assert (attempts(filled, made.reference), sent_acts(filled)) == ([], [])
    assert state(filled, made.reference) is ReferralState.SIGNED


def test_what_cannot_be_recorded_leaves_no_file(filled: Database, made: Made, tmp_path: Path) -> None:
    path = tmp_path / "set.pdf"
    with pytest.raises(InvalidInput):
        job.save(filled, made, Sending(Channel.FAX, parts=PARTS, last_four="0000"), path)
    assert not path.exists()
    assert (attempts(filled, made.reference), sent_acts(filled)) == ([], [])


def test_a_rehearsal_refuses_as_the_act_would_and_writes_nothing(filled: Database, made: Made) -> None:
    with pytest.raises(InvalidInput) as raised:
        job.rehearse(filled, made, Sending(Channel.FAX, parts=PARTS))
    assert list(raised.value.fields) == ["last_four"]
    job.rehearse(filled, made, Sending(Channel.HAND, parts=PARTS))
    assert attempts(filled, made.reference) == []
    assert state(filled, made.reference) is ReferralState.SIGNED


def test_the_same_paper_goes_again(filled: Database, made: Made) -> None:
    first = job.record(filled, made, Sending(Channel.MAIL, parts=PARTS))
    kept = job.papers.kept(filled, first.paper_id)
    second = job.record(filled, kept, Sending(Channel.MAIL, parts=PARTS))
    assert (second.number, second.paper_id) == (2, first.paper_id)
    assert len(sent_acts(filled)) == 2


def test_what_was_handed_to_the_patient_is_no_disclosure(filled: Database, made: Made) -> None:
    job.record(filled, made, Sending(Channel.HAND, parts=PARTS))
    with filled.read() as session:
        patient = referrals.get(session, made.reference).patient_id
        assert disclosures.find(session, patient, care_too=True) == []


# Mail


def test_a_mail_carries_an_encrypted_pdf_and_is_sent(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    attempt = job.email(filled, made, MAIL, SECRET)
    (raw,) = post.mailbox.letters
    got = email.message_from_bytes(raw, policy=email.policy.default)
    (file,) = got.iter_attachments()
    with pikepdf.open(io.BytesIO(file.get_content()), password=SECRET) as pdf:
        assert len(pdf.pages) == attempt.pages
    assert attempt.is_waiting
    assert state(filled, made.reference) is ReferralState.SENT
    assert sent_acts(filled) == [f"Email with an encrypted PDF: {TO}"]


def test_a_mail_says_nothing_of_the_patient(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    job.email(filled, made, MAIL, SECRET)
    with filled.read() as session:
        record = referrals.get(session, made.reference)
    raw = post.mailbox.letters[0].decode("ascii")
    for word in (record.reference, record.patient.split(",")[0], SECRET):
        assert word not in raw


@pytest.mark.parametrize("way", ["plain", "certificate", "login", "recipient", "refused", "gone"])
def test_each_way_to_fail_is_said_and_nothing_is_sent(
    filled: Database, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with mail_servers.running(tmp_path, tls=way != "plain") as server:
        if way != "certificate":
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        server.mailbox.refuse = TO if way == "recipient" else ""
        server.mailbox.after_data = "554 No" if way == "refused" else server.mailbox.after_data
        port = 1 if way == "gone" else server.port
        serve(filled, port, "wrong" if way == "login" else PASSWORD)
        with pytest.raises(InvalidInput, match="Nothing was sent"):
            job.email(filled, made, MAIL, SECRET)
        assert server.mailbox.letters == []
    (attempt,) = attempts(filled, made.reference)
    assert attempt.state is AttemptState.FAILED
    assert "Nothing was sent" in attempt.note
    assert sent_acts(filled) == []
    assert state(filled, made.reference) is ReferralState.SIGNED


def test_a_mail_that_is_canceled_in_time_was_not_sent_and_the_same_paper_can_go_again(
    filled: Database,
    made: Made,
    post: Post,  # noqa: F811
) -> None:
    serve(filled, post.port)
    asked = iter([False, False])
    with pytest.raises(InvalidInput, match="Canceled before the mail server had the message"):
        job.email(filled, made, MAIL, SECRET, lambda: next(asked, True))
    (attempt,) = attempts(filled, made.reference)
    assert (attempt.state, attempt.reason) == (AttemptState.FAILED, BounceReason.CANCELED)
    assert attempt.state_words == "Canceled, not sent"
    assert attempt.may_be_repeated
    assert (post.mailbox.letters, sent_acts(filled)) == ([], [])
    assert state(filled, made.reference) is ReferralState.SIGNED
    with filled.begin() as session, pytest.raises(InvalidInput, match="was not sent"):
        sending.reopen(session, attempt.id, "It went")
    job.email(filled, made, MAIL, SECRET)
    assert len(post.mailbox.letters) == 1
    assert state(filled, made.reference) is ReferralState.SENT


def test_a_mail_that_is_canceled_before_it_is_announced_leaves_nothing(filled: Database, made: Made) -> None:
    serve(filled, 1)
    with pytest.raises(InvalidInput, match="Nothing was sent"):
        job.email(filled, made, MAIL, SECRET, lambda: True)
    assert attempts(filled, made.reference) == []


def test_a_mail_that_is_canceled_too_late_was_sent(
    filled: Database,
    made: Made,
    post: Post,  # noqa: F811
) -> None:
    serve(filled, post.port)
    attempt = job.email(filled, made, MAIL, SECRET, lambda: bool(post.mailbox.letters))
    assert attempt.state is AttemptState.WAITING
    assert state(filled, made.reference) is ReferralState.SENT


def test_nobody_enters_that_a_mail_was_canceled(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    attempt = job.email(filled, made, MAIL, SECRET)
    with filled.begin() as session, pytest.raises(InvalidInput) as refused:
        sending.fail(session, attempt.id, Bounce(BounceReason.CANCELED, date.today(), "I canceled it"))
    assert refused.value.fields == {"reason": "Choose why."}


def test_an_unknown_outcome_is_said_kept_and_never_sent_twice(
    filled: Database,
    made: Made,
    post: Post,  # noqa: F811
) -> None:
    serve(filled, post.port)
    post.mailbox.hang_up = True
    with pytest.raises(InvalidInput, match="is not known"):
        job.email(filled, made, MAIL, SECRET)
    post.mailbox.hang_up = False
    with pytest.raises(InvalidInput, match="must not go twice"):
        job.email(filled, made, MAIL, SECRET)
    assert post.mailbox.letters == []
    assert state(filled, made.reference) is ReferralState.SIGNED
    assert sent_acts(filled) == [f"Email with an encrypted PDF: {TO}, outcome not known"]
    (attempt,) = attempts(filled, made.reference)
    with filled.begin() as session:
        sending.confirm(session, attempt.id, date.today(), "They have it")
    assert state(filled, made.reference) is ReferralState.SENT


def test_a_mail_that_a_crash_left_unknown_is_accounted_for_with_its_bytes_once_it_is_confirmed(
    filled: Database, made: Made
) -> None:
    serve(filled, 1)
    with pytest.raises(InvalidInput):
        job.email(
            filled, made, MAIL, SECRET
        )  # nobody is there, and the bytes were kept before that was known
    (failed,) = attempts(filled, made.reference)
    with filled.begin() as session:
        assert ledger.content(session, failed.paper_id) == made.content
        left = sending.announce(session, made.reference, replace(MAIL, paper_id=failed.paper_id))
    with filled.begin() as session:  # as the program is started again after a crash
        sending.confirm(session, left.id, date.today(), "They have it")
    assert sent_acts(filled) == [f"Email with an encrypted PDF: {TO}"]
    with filled.read() as session:
        assert (
            len(disclosures.find(session, referrals.get(session, made.reference).patient_id, care_too=True))
            == 1
        )


def test_a_disk_that_fills_up_while_a_mail_is_on_its_way_loses_nothing_and_sends_nothing_twice(
    demo_store: Path,
    tmp_path: Path,
    post: Post,  # noqa: F811
) -> None:
    with mounted(tmp_path / "disk", "size=64m") as disk:
        shutil.copytree(demo_store, disk / "data")
        db = open_database(Paths(disk / "data"))
        with db.read() as session:
            made = job.make(db, session.scalars(select(Referral.reference)).one(), ("letter",))
        serve(db, post.port)
        post.mailbox.before_answer = partial(fill, disk)
        with pytest.raises(InvalidInput, match="The mail went out, but the referral was not marked as sent"):
            job.email(db, made, MAIL, SECRET)
        (disk / "full").unlink()
        with pytest.raises(InvalidInput, match="must not go twice"):
            job.email(db, made, MAIL, SECRET)
        assert len(post.mailbox.letters) == 1
        (attempt,) = attempts(db, made.reference)
        with db.begin() as session:
            assert ledger.content(session, attempt.paper_id) == made.content
            sending.confirm(session, attempt.id, date.today(), "They have it")
        assert state(db, made.reference) is ReferralState.SENT
        assert sent_acts(db) == [f"Email with an encrypted PDF: {TO}"]
        db.close()


def fill(disk: Path) -> None:
    with (disk / "full").open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 65_536)
            file.flush()


def test_an_address_in_other_letters_is_the_same_one(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    job.email(filled, made, MAIL, SECRET)
    with pytest.raises(InvalidInput, match="must not go twice"):
        job.email(filled, made, replace(MAIL, address=TO.title()), SECRET)
    assert len(post.mailbox.letters) == 1


def test_a_weak_password_or_a_bad_address_announces_nothing(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    for wanted, password, field in (
        (MAIL, "short", "password"),
        (replace(MAIL, address="x"), SECRET, "address"),
    ):
        with pytest.raises(InvalidInput) as raised:
            job.email(filled, made, wanted, password)
        assert list(raised.value.fields) == [field]
    assert attempts(filled, made.reference) == []


def test_without_a_server_nothing_is_announced(filled: Database, made: Made) -> None:
    with pytest.raises(InvalidInput, match="No mail server is set up"):
        job.email(filled, made, MAIL, SECRET)
    assert attempts(filled, made.reference) == []


def test_the_password_is_nowhere_in_the_store(filled: Database, made: Made, post: Post) -> None:  # noqa: F811
    serve(filled, post.port)
    attempt = job.email(filled, made, MAIL, SECRET)
    assert SECRET not in repr(attempt)
    with filled.read() as session:
        assert SECRET not in repr(ledger.find(session, Filter()))


def test_a_test_message_goes_to_the_office_itself(filled: Database, post: Post) -> None:  # noqa: F811
    with pytest.raises(InvalidInput, match="No mail server"):
        job.try_mail(filled)
    serve(filled, post.port)
    assert job.try_mail(filled) == SENDER
    assert b"Subject: Test message" in post.mailbox.letters[0]
    serve(filled, post.port, "wrong")
    with pytest.raises(InvalidInput, match="refused the login"):
        job.try_mail(filled)
