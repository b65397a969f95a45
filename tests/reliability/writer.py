"""What every harness does with the store: open it, save into it, say what must be in it.

This is the one place here that knows how the application opens its store and saves. As a program it saves until it is
killed, and acknowledges each save with one line: reference number, version, digest of the answers.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from referral_app.choices import AuditAction, InstallationMode, StaffRole
from referral_app.database import (
    Database,
    Passphrase,
    Secrets,
    backup,
    connections,
    is_locked,
    key_file,
    unlock,
)
from referral_app.database.keys import TYPED_AGAIN
from referral_app.database.wrapping import Cost
from referral_app.jobs import backups, demo, directory, people
from referral_app.models import everything  # noqa: F401 - read in before the first save is timed
from referral_app.models.audit import AuditEvent
from referral_app.models.patient import Coverage, Patient
from referral_app.models.referral import Referral, ReferralVersion, StateEvent
from referral_app.paths import Paths, resource
from referral_app.services import referrals

WHO = "Dana Whitfield"
ME = Passphrase("dana", "orchard lantern velvet")
"""As in the stores of tests/data/stores."""
CHEAP = Cost(65536, 1, 4)
"""The least that a passphrase may cost to try."""
SAVES = (str(AuditAction.CREATED), str(AuditAction.CHANGED))
_KNOWN: dict[str, Secrets] = {}


@dataclass(frozen=True)
class Saved:
    """What was acknowledged: one version of one referral, and the digest of its answers."""

    reference: str
    number: int
    digest: str

    @classmethod
    def read(cls, line: str) -> Saved:
        """Read an acknowledgement."""
        reference, number, found = line.split()
        return cls(reference, int(number), found)

    def __str__(self) -> str:
        """Return the acknowledgement as one line."""
        return f"{self.reference} {self.number} {self.digest}"


def open_store(folder: Path) -> Database:
    """Open a store as its one person does, or begin it where there is none yet."""
    paths = Paths(folder)
    if not is_locked(paths) or not (paths.store.exists() or key_file.load(paths.key).filled):
        return _begin(paths)
    return people.open_store(paths, ME, InstallationMode.REFERRING_OFFICE, _unlocked(paths))


def _begin(paths: Paths) -> Database:
    """Begin a store with its first person, and confirm the recovery key, so that patients may be stored."""
    db, recovery = people.set_up(paths, WHO, ME.login, ME.text, frozenset(StaffRole), CHEAP)
    people.confirm_recovery_key(db, recovery.replace("-", "")[-TYPED_AGAIN:], recovery)
    return db


def _unlocked(paths: Paths) -> Secrets:
    """Return what the passphrase opens; the same way in is derived once, which the replay of many copies needs."""
    way = [entry.locked + str(entry.sealed) for entry in key_file.load(paths.key).people]
    if str(way) not in _KNOWN:
        _KNOWN[str(way)] = unlock(paths, ME)
    return _KNOWN[str(way)]


def enter(folder: Path) -> Secrets:
    """Return what opens the store of a folder, with people or without."""
    paths = Paths(folder)
    return _unlocked(paths) if is_locked(paths) else unlock(paths)


def make_store(folder: Path) -> None:
    """Make a store with a person, the invented directory and one referral, and close it."""
    db = open_store(folder)
    directory.load_invented(db)
    save(db, 0)
    db.close()


@functools.cache
def _complete() -> str:
    return resource(demo.INVENTED_REFERRAL).read_text(encoding="utf-8")


def intake(number: int) -> dict[str, Any]:
    """Return the complete invented intake for a patient of its own."""
    values = json.loads(_complete())
    values.pop("signature", None)
    values["patient"] |= {"family_name": f"Invented{number:06}", "mrn": f"INVENTED-{number:06}"}
    return values


def digest(values: dict[str, Any]) -> str:
    """Return the fingerprint of answers."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def save(db: Database, number: int, patient: dict[str, str] | None = None) -> Saved:
    """Save a new referral of a new patient: patient, coverage, referral, version, event in one transaction."""
    values = intake(number)
    values["patient"] |= patient or {}
    with db.begin() as session:
        record = referrals.save(session, copy.deepcopy(values))
    return Saved(record.reference, record.number, digest(values))


def change(db: Database, reference: str, goal: str | Callable[[str], str]) -> Saved:
    """Save another version of a referral, with another goal or with what is made of the one it had.

    Raises Conflict where someone else saved since it was read.
    """
    with db.read() as session:
        record = referrals.get(session, reference)
    goals = record.intake["goals"]
    said = goal if isinstance(goal, str) else goal(goals["patient_goal"])
    values = {**record.intake, "goals": {**goals, "patient_goal": said}}
    with db.begin() as session:
        again = referrals.save(
            session, copy.deepcopy(values), referral_id=record.id, version=record.version,
            patient_id=record.patient_id, marks=record.marks,
        )  # fmt: skip
    return Saved(again.reference, again.number, digest(values))


def goal(db: Database, reference: str) -> str:
    """Return what `change` wrote last."""
    with db.read() as session:
        return referrals.get(session, reference).intake["goals"]["patient_goal"]


def back_up(db: Database, folder: Path) -> Path:
    """Make a backup in a folder and return the file."""
    return backups.to_file(db, folder / "copy.backup").path


def verify_backup(paths: Paths, file: Path) -> None:
    """Look whether a backup could be restored; raises StoreProblem."""
    with backup.private_folder(file.parent) as folder:
        backup.verify(file, _unlocked(paths), folder)


def contents(db: Database) -> set[Saved]:
    """Return every version of every referral in the store."""
    statement = select(Referral.reference, ReferralVersion.number, ReferralVersion.intake).join(
        Referral, Referral.id == ReferralVersion.referral_id
    )
    with db.read() as session:
        return {Saved(*row[:2], digest(row[2])) for row in session.execute(statement)}


def torn(db: Database) -> list[str]:
    """Return the referrals of which a part is missing: version, event, patient, coverage, or what the audit notes."""
    current = (ReferralVersion.referral_id == Referral.id) & (ReferralVersion.number == Referral.number)
    with db.read() as session:
        versions = _numbers(session, ReferralVersion.referral_id, ReferralVersion.number)
        events = _numbers(session, StateEvent.referral_id, StateEvent.sequence)
        noted = _count(
            session, AuditEvent.object_id, AuditEvent.kind == "referral", AuditEvent.action.in_(SAVES)
        )
        covered = _count(session, Coverage.patient_id)
        rows = session.execute(
            select(Referral.id, Referral.reference, Referral.number, Patient.id, ReferralVersion.intake)
            .outerjoin(Patient, Patient.id == Referral.patient_id)
            .outerjoin(ReferralVersion, current)
        ).all()
    found: list[str] = []
    for referral_id, reference, number, patient_id, last in rows:
        numbers = list(range(1, number + 1))
        if not (
            versions[referral_id] == events[referral_id] == numbers
            and noted.get(referral_id) == number
            and patient_id
            and covered.get(patient_id, 0) == len(last.get("coverage", []))
        ):
            found.append(reference)
    return found


def _count(session: Any, column: Any, *conditions: Any) -> dict[str, int]:
    return dict(session.execute(select(column, func.count()).where(*conditions).group_by(column)).all())


def _numbers(session: Any, parent: Any, number: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for parent_id, value in session.execute(select(parent, number).order_by(number)):
        found[parent_id].append(value)
    return found


def write_for_ever(
    folder: Path, first: int, acknowledge: Callable[[str], object], count: int = 10**6
) -> None:
    """Save new referrals, and now and then a change to the last, acknowledging each once it is stored."""
    db = open_store(folder)
    for number in range(first, first + count):
        saved = save(db, number)
        acknowledge(str(saved))
        if number % 3 == 0:
            acknowledge(str(change(db, saved.reference, f"To sleep through, said at save {number}")))
    back_up(db, folder)
    db.close()


def main(arguments: list[str]) -> None:
    """Save so many referrals into a folder's store, with another `synchronous` where a harness must see losses."""
    folder, first, count, *synchronous = arguments
    if synchronous:
        connections.SETTINGS["synchronous"] = int(synchronous[0])
    write_for_ever(Path(folder), int(first), lambda line: os.write(1, f"{line}\n".encode()), int(count))


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1:])
