"""Invented people with accounts: gives an open store its first person, and the others."""

from __future__ import annotations

from referral_app.choices import AuditAction, InstallationMode, StaffRole
from referral_app.database import Database
from referral_app.database.wrapping import Cost
from referral_app.jobs import people as accounts
from referral_app.services import people
from referral_app.services.people import PersonRecord
from referral_app.services.permissions import nobody_yet

CHEAP = Cost(65536, 1, 4)
NAME, LOGIN, PASSPHRASE = "Dana Whitfield", "dana", "gravel umbrella seventh moon"
OTHERS = (
    ("odile", "Odile Brightwater", (StaffRole.CLINICIAN,)),
    ("ruth", "Ruth Ng", (StaffRole.OFFICE_STAFF, StaffRole.PACKET_STAFF)),
    ("marco", "Marco Abernathy-Lindqvist", (StaffRole.SCHEDULER,)),
)


def protect(db: Database) -> str:
    """Let Dana Whitfield in as the one administrator, logged in; return the recovery key, not confirmed yet."""
    first = people.first(NAME, LOGIN, frozenset({StaffRole.SCHEDULER}))
    recovery = db.protect(first.id, LOGIN, PASSPHRASE, CHEAP)
    db.act_as(first.id, NAME, nobody_yet(NAME))
    with db.begin() as session:
        people.save(session, first)
    act_as(db, first.id)
    return recovery


def act_as(db: Database, person_id: str, mode: InstallationMode = InstallationMode.REFERRING_OFFICE) -> None:
    """Let a person act, as after a login."""
    with db.begin() as session:
        who = people.enter(session, person_id, "", mode is InstallationMode.REFERRING_OFFICE)
    db.act_as(who.person_id, who.name, who)
    db.note(str(AuditAction.LOGGED_IN))


def hire(db: Database) -> dict[str, PersonRecord]:
    """Add the others and return them by login; Odile has chosen her passphrase already."""
    added = {
        login: accounts.add(db, PersonRecord(login, name, frozenset(roles)))[0]
        for login, name, roles in OTHERS
    }
    assert db.keys is not None
    db.keys.add(added["odile"].id, "odile", PASSPHRASE, CHEAP)
    return added
