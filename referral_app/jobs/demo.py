"""The main job without a window, for an invented patient: directory, referral, check, letter and packet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from referral_app.choices import StaffRole
from referral_app.database import Database, open_database
from referral_app.jobs import (
    demo_work,
    directory,
    files,
    letters,
    packets,
    paper_files,
    record_copies,
    referral_files,
    response_forms,
)
from referral_app.jobs.papers import Made
from referral_app.paths import Paths, resource
from referral_app.services.permissions import nobody_yet

WHO = "Demonstration"
PERSON = "Bettina Frontdesk"
"""Who is at work in the demonstration's window: the call-back person of the invented office."""
LOGIN = "demo"
RECOVERY = "recovery-key.txt"
INVENTED_REFERRAL = "invented/referral.json"


def begin(paths: Paths) -> Database:
    """Make a store with invented data in an empty folder and return it open: people at every step of the way."""
    db = open_database(paths)
    try:
        fill(db)
        db.act_as("", PERSON, nobody_yet(PERSON))
        demo_work.fill(db)
    except BaseException:
        db.close()
        raise
    return db


def protect(paths: Paths, passphrase: str, out: Path, login: str = "") -> Database:
    """Begin a demonstration that a passphrase guards, its recovery key in a file beside what the main job makes."""
    from referral_app.jobs import people

    files.folder(out)
    db, recovery = people.set_up(paths, PERSON, login or LOGIN, passphrase, frozenset(StaffRole))
    try:
        files.write(out / RECOVERY, f"{recovery}\n".encode())
        people.confirm_recovery_key(db, recovery.replace("-", "")[-6:], recovery)
        db.declare_demonstration()
    except BaseException:
        db.close()
        raise
    return db


def fill(db: Database) -> str:
    """Fill a store with the invented directory and referral, and return the referral's reference number."""
    db.declare_demonstration()
    if db.keys is None and db.rights is None:
        db.act_as("", WHO, nobody_yet(WHO))
    directory.load_invented(db)
    return referral_files.new_from(db, resource(INVENTED_REFERRAL))


def run(db: Database, out: Path, today: date | None = None) -> list[Path]:
    """Do the main job in a store and return the files that it wrote into a folder; raises InvalidInput."""
    files.folder(out)
    reference = fill(db)
    check = referral_files.checked(db, reference, today)
    facts = {
        "referral.json": resource(INVENTED_REFERRAL).read_bytes(),
        "check.json": (json.dumps(check, indent=2, ensure_ascii=False) + "\n").encode(),
    }
    for name, content in facts.items():
        files.write(out / name, content)
    makers: dict[str, Callable[[], Made]] = {
        "letter.pdf": partial(letters.make, db, reference, today),
        "packet.pdf": partial(packets.make, db, reference, today=today),
        "response-form.pdf": partial(response_forms.make, db, reference, today),
        "fax-cover.pdf": partial(response_forms.cover, db, reference, today),
        "copy-of-record.pdf": partial(record_copies.make, db, reference, today),
    }
    for name, make in makers.items():  # one after the other, since the last one tells of those before
        paper_files.save(db, make(), out / name)
    return [out / name for name in (*facts, *makers)]
