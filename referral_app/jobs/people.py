"""Coming in, and the accounts of people: what the store and its key file do together."""

from __future__ import annotations

from dataclasses import replace

from referral_app.choices import AuditAction, InstallationMode, Permission, StaffRole
from referral_app.database import (
    Database,
    Passphrase,
    Recovery,
    Secrets,
    begin_with_person,
    is_locked,
    open_database,
    unlock,
)  # fmt: skip
from referral_app.database.wrapping import Cost
from referral_app.jobs import directory_index, waiting
from referral_app.paths import Paths
from referral_app.services import audit, people
from referral_app.services.errors import InvalidInput
from referral_app.services.people import PersonRecord
from referral_app.services.permissions import Actor, ask, nobody_yet

SHORTEST = 12
"""Characters of a passphrase; length is what makes it hard to guess (ASVS 5.0, 6.2)."""
LONGEST = 256
WEAK = ("password", "passphrase", "headache", "referral", "12345678", "qwertyuiop", "letmein", "welcome")


def passphrase_problem(passphrase: str, *known: str) -> str:
    """Return why a passphrase is not taken, "" where it is: too short, or made of what everybody would try."""
    if len(passphrase) < SHORTEST:
        return f"A passphrase has at least {SHORTEST} characters: three or four words that do not belong together."
    if len(passphrase) > LONGEST:
        return f"A passphrase has at most {LONGEST} characters."
    plain = "".join(passphrase.casefold().split())
    for word in (*WEAK, *" ".join(known).split()):
        plain = plain.replace(word.casefold(), "") if len(word) > 2 else plain
    if len(plain) < SHORTEST // 2 or len(set(plain)) < 5:
        return "This passphrase is easy to guess. Take other words."
    return ""


def set_up(
    paths: Paths,
    name: str,
    login: str,
    passphrase: str,
    roles: frozenset[StaffRole],
    cost: Cost | None = None,
) -> tuple[Database, str]:
    """Begin a store with its first person, or give one without people its first; return it open, and its recovery key.

    The first person is an administrator too and is logged in. Raises InvalidInput and StoreProblem.
    """
    person = people.first(name, login, roles)
    if problem := passphrase_problem(passphrase, name, login):
        raise InvalidInput({"passphrase": problem})
    if paths.store.exists() and not is_locked(paths):
        db = open_database(paths)
        recovery = db.protect(person.id, login, passphrase, cost)
    else:
        opened, recovery = begin_with_person(paths, person.id, login, passphrase, cost)
        db = open_database(paths, opened)
    try:
        db.act_as(person.id, name, nobody_yet(name))
        with db.begin() as session:
            people.save(session, person)
        _enter(db, person.id, login, InstallationMode.REFERRING_OFFICE)
    except BaseException:
        db.close()
        raise
    return db, recovery


def open_store(
    paths: Paths, way: Passphrase | Recovery | None, mode: InstallationMode, opened: Secrets | None = None
) -> Database:
    """Open the store and let the person in; the recovery key lets nobody act, it serves restoring and a reset."""
    if opened is None and (way is not None or is_locked(paths)):
        opened = unlock(paths, way)
    db = open_database(paths, opened)
    try:
        if opened is not None and opened.person_id:
            login = way.login if isinstance(way, Passphrase) else ""
            _enter(db, opened.person_id, login, mode, may_act=not opened.must_choose)
            _finish_removals(db)
        directory_index.ensure(db)
        waiting.ensure(db)
    except BaseException:
        db.close()
        raise
    return db


def _enter(db: Database, person_id: str, login: str, mode: InstallationMode, may_act: bool = True) -> Actor:
    """Let a person act; one who came in with a one-time code may do nothing but choose a passphrase."""
    with db.begin() as session:
        who = people.enter(session, person_id, login, mode is InstallationMode.REFERRING_OFFICE)
    who = who if may_act else replace(who, roles=frozenset())
    db.act_as(who.person_id, who.name, who)
    db.note(str(AuditAction.LOGGED_IN))
    return who


def _finish_removals(db: Database) -> None:
    """Take away the way in of people whose removal was cut short, and give the store the new key that is due."""
    with db.read() as session:
        gone = people.removed(session)
    if db.keys and ((left := gone & set(db.keys.people())) or db.keys.read().key_due):
        _forget(db, left)


def _forget(db: Database, person_ids: set[str]) -> None:
    if db.keys:
        for person_id in person_ids:
            db.keys.remove(person_id)
        db.rotate()
        db.note(str(AuditAction.KEY_ROTATED))


def add(db: Database, person: PersonRecord, cost: Cost | None = None) -> tuple[PersonRecord, str]:
    """Add a person and return them with the one-time code with which they choose their passphrase."""
    with db.begin() as session:
        saved = people.save(session, person)
    return saved, start_reset(db, saved.id)


def change(db: Database, person: PersonRecord) -> PersonRecord:
    """Change a person's name, login and roles."""
    with db.begin() as session:
        saved = people.save(session, person)
    if db.keys:
        db.keys.rename(saved.id, saved.login)
    _take_rights(db, saved.id)
    return saved


def _take_rights(db: Database, person_id: str) -> None:
    """Let what a person may do now count at once, where it is they who act."""
    who = db.rights
    if isinstance(who, Actor) and who.person_id == person_id:
        with db.read() as session:
            now = people.as_actor(session, person_id, who.own_office)
        db.act_as(now.person_id, now.name, replace(now, emergency=who.emergency))


def remove(db: Database, person_id: str) -> None:
    """Take a person out of use, their way in away, and give the store a new key."""
    with db.begin() as session:
        people.remove(session, person_id)
    _forget(db, {person_id})


def start_reset(db: Database, person_id: str) -> str:
    """Give a person a one-time code of a day in the place of a forgotten passphrase; it is shown once."""
    with db.begin() as session:
        person = people.get(session, person_id)
        audit.record(session, AuditAction.RESET_STARTED, "person", person_id)
    if not person.active:
        raise InvalidInput({"": "This person was removed. Add them again under another login."})
    if db.keys is None:
        raise InvalidInput({"": "This store has no people yet. Set up the first person."})
    return db.keys.start_reset(person_id, person.login)


def reset_with_recovery(paths: Paths, recovery: str, login: str) -> str:
    """Start a reset with the recovery key, the last way in where nobody else can; return the one-time code.

    Raises StoreProblem, and InvalidInput for a login that nobody has.
    """
    db = open_database(paths, unlock(paths, Recovery(recovery)))
    try:
        db.act_as("", "Recovery key", nobody_yet("Recovery key"))
        with db.read() as session:
            found = [one for one in people.find(session) if one.login.casefold() == login.strip().casefold()]
        if not found:
            raise InvalidInput({"login": "Nobody has this login."})
        return start_reset(db, found[0].id)
    finally:
        db.close()


def change_passphrase(db: Database, old: str, new: str, cost: Cost | None = None) -> None:
    """Change the passphrase of the person who acts; `old` may be the one-time code of a reset."""
    who = db.rights
    if not isinstance(who, Actor) or db.keys is None:
        raise InvalidInput({"": "Nobody is logged in."})
    if problem := passphrase_problem(new, who.name, who.login):
        raise InvalidInput({"new": problem})
    db.keys.change(who.person_id, old, new, cost)
    db.note(str(AuditAction.PASSPHRASE_CHANGED), kind="person", object_id=who.person_id)
    _take_rights(db, who.person_id)


def new_recovery_key(db: Database) -> str:
    """Make a new recovery key, which must be confirmed again; the old one opens nothing from now on."""
    with db.begin() as session:
        ask(session, Permission.ADMINISTER, "people.new_recovery_key")
        audit.record(session, AuditAction.RECOVERY_MADE)
    if db.keys is None:
        raise InvalidInput({"": "This store has no people yet. Set up the first person."})
    return db.keys.new_recovery()


def confirm_recovery_key(db: Database, typed: str, shown: str = "") -> None:
    """Take what was typed from the printed recovery key; raises WrongRecoveryKey."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "people.confirm_recovery_key")
    db.confirm_recovery(typed, shown)
    db.note(str(AuditAction.RECOVERY_CONFIRMED))


def emergency_access(db: Database, reason: str) -> Actor:
    """Lift the bounds of what the person who acts sees, for a reason that is noted; raises InvalidInput, Denied."""
    if len(reason.strip()) < 10:
        raise InvalidInput({"reason": "Say why in a few words; it is noted for the administrators."})
    with db.begin() as session:
        who = ask(session, Permission.EMERGENCY, "people.emergency_access")
        audit.record(session, AuditAction.EMERGENCY_BEGUN, reason=reason.strip())
    lifted = replace(who, emergency=reason.strip())
    db.act_as(who.person_id, who.name, lifted)
    return lifted


def end_emergency_access(db: Database) -> None:
    """Put the bounds back."""
    who = db.rights
    if isinstance(who, Actor) and who.emergency:
        db.note(str(AuditAction.EMERGENCY_ENDED), reason=who.emergency)
        db.act_as(who.person_id, who.name, replace(who, emergency=""))
