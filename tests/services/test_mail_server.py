"""The mail server: set up by an administrator, its password kept and never shown, used by whoever may send."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import mail_server
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.mail_server import MailServerRecord
from tests.acting import as_role

SERVER = MailServerRecord("mail.office.example", 587, "referrals@office.example", "desk")


def saved(
    db: Database, record: MailServerRecord = SERVER, password: str | None = "lanterns"
) -> MailServerRecord:
    with db.begin() as session:
        return mail_server.save(session, record, password)


def test_a_server_is_kept_and_its_password_is_never_shown(people_db: Database) -> None:
    made = saved(people_db)
    assert made.has_password
    assert "lanterns" not in repr(made)
    with people_db.read() as session:
        assert mail_server.get(session) == made
        assert mail_server.sender(session) == SERVER.sender
        access = mail_server.access(session)
    assert (access.login, access.password) == ("desk", "lanterns")
    assert "lanterns" not in repr(access)


def test_a_password_stays_until_host_or_login_change(people_db: Database) -> None:
    saved(people_db)
    assert saved(people_db, replace(SERVER, port=2525), None).has_password
    with pytest.raises(InvalidInput) as raised:
        saved(people_db, replace(SERVER, host="mail.elsewhere.example"), None)
    assert list(raised.value.fields) == ["password"]
    assert not saved(people_db, replace(SERVER, login=""), None).has_password


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "mail server"}, "host"),
        ({"host": "mail..office.example"}, "host"),
        ({"host": "."}, "host"),
        ({"port": 0}, "port"),
        ({"port": 465}, "port"),
        ({"sender": "nobody"}, "sender"),
        ({"sender": "a@b.example\r\nBcc: c@d.example"}, "sender"),
    ],
)
def test_what_is_wrong_is_said_by_field(people_db: Database, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        saved(people_db, replace(SERVER, **changes))  # type: ignore[arg-type]
    assert list(raised.value.fields) == [field]


def test_without_a_server_nothing_goes_by_mail(people_db: Database) -> None:
    with people_db.read() as session:
        assert mail_server.get(session) is None
        assert mail_server.sender(session) == ""
        with pytest.raises(InvalidInput, match="No mail server is set up"):
            mail_server.access(session)


def test_it_is_forgotten_with_its_password(people_db: Database) -> None:
    saved(people_db)
    with people_db.begin() as session:
        mail_server.forget(session)
        mail_server.forget(session)
    with people_db.read() as session:
        assert mail_server.get(session) is None


def test_only_administrators_see_the_settings(people_db: Database) -> None:
    saved(people_db)
    as_role(people_db, StaffRole.OFFICE_STAFF)
    with pytest.raises(Denied), people_db.read() as session:
        mail_server.get(session)
    with people_db.read() as session:
        assert mail_server.access(session).host == SERVER.host
