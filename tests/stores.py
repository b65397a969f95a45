"""Make the filled stores of tests/data/stores: one of every revision, all tables filled, all people invented.

    python -m tests.stores tests/data/stores/0002                       a store of the newest revision, with people
    PYTHONPATH=OLDER python tests/stores.py tests/data/stores/0001      one of an older revision, by the code of OLDER
"""  # fmt: skip

from __future__ import annotations

import copy
import os
import sys
import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from referral_app.clinical.code_release import Entry, pack
from referral_app.database import open_database
from referral_app.jobs import demo
from referral_app.models.everything import Base
from referral_app.paths import Paths
from referral_app.services import references

PASSPHRASE = "orchard lantern velvet"
LOGIN = "dana"
COPIES = 30


def make(folder: Path) -> None:
    """Fill a store in a folder that is not there yet."""
    paths = Paths(folder)
    db = _begin(paths)
    demo.fill(db)
    with db.begin() as session:
        _multiply(session)
        _follow(session)
    db.close()
    for name in ("instance.lock", "attempts.json"):
        (folder / name).unlink(missing_ok=True)


def _begin(paths: Paths) -> Any:
    """Begin with a person where the revision knows people."""
    if "person" not in Base.metadata.tables:
        return open_database(paths)
    from referral_app.choices import StaffRole
    from referral_app.database.wrapping import Cost
    from referral_app.jobs import people

    db, recovery = people.set_up(
        paths, "Dana Whitfield", LOGIN, PASSPHRASE, frozenset(StaffRole), Cost(65536, 1, 4)
    )
    people.confirm_recovery_key(db, recovery.replace("-", "")[-6:], recovery)
    (paths.data_dir / "recovery.txt").write_text(recovery + "\n")
    return db


def _multiply(session: Any) -> None:
    """Copy the invented patient and referral, each under a name of its own."""
    tables = {
        name: Base.metadata.tables[name]
        for name in ("patient", "referral", "referral_version", "state_event")
    }
    first = {name: dict(session.execute(select(table)).mappings().first()) for name, table in tables.items()}
    serial = first["referral"].get("serial")
    first["referral_version"]["intake"] = {"patient": first["referral_version"]["intake"]["patient"]}
    for number in range(COPIES):
        who, what, name = str(uuid.uuid4()), str(uuid.uuid4()), f"Invented{number:02}"
        fresh = copy.deepcopy(first)
        fresh["patient"] |= {
            "id": who,
            "family_name": name,
            "sort_name": f"{name}, Marisol",
            "details": {"n": number},
        }
        fresh["referral"] |= {
            "id": what, "patient_id": who, "reference": references.make(), "patient_name": f"{name}, Marisol",
        }  # fmt: skip
        if serial is not None:
            fresh["referral"]["serial"] = serial + number + 1
        for one in ("referral_version", "state_event"):
            fresh[one] |= {"id": str(uuid.uuid4()), "referral_id": what}
        for one, table in tables.items():
            session.execute(insert(table).values(**fresh[one]))


def _follow(session: Any) -> None:
    """Fill the tables that the demonstration leaves empty."""
    tables = Base.metadata.tables
    referral = session.execute(select(tables["referral"])).first()
    moment = datetime(2026, 3, 27, 14, 30, tzinfo=UTC)
    changed = {"version": 1, "created": moment, "updated": moment}
    about = {"referral_id": referral.id}
    surgeon = session.execute(select(tables["surgeon"].c.id)).scalar()
    practice = session.execute(select(tables["practice"].c.id)).scalar()
    other = session.execute(select(tables["surgeon"].c.id).where(tables["surgeon"].c.id != surgeon)).scalar()
    rows: dict[str, dict[str, Any]] = {
        "appointment": {**about, **changed, "kind": "PLACEHOLDER", "note": "", "surgeon_id": surgeon, "why": "",
                        "start": moment, "time_zone": "America/New_York",
                        "arrive_minutes_before": 15, "interpreter_booked": True, "status": "PLACEHOLDER"},
        "task": {**about, **changed, "what": "Ask for the MRI report", "kind": "PLACEHOLDER",
                 "fields": [], "owner_id": "", "made_by": "", "done_by": "", "done_how": "", "owner": "Dana Whitfield",
                 "due": date(2026, 4, 2)},
        "call": {**about, "patient_id": referral.patient_id, "at": moment, "by": "Dana Whitfield",
                 "with_whom": "Patient", "number": "", "checked_how": "known",
                 "message_left": False, "message_allowed": False, "identity_checked": True, "said": "Prefers mornings.",
                 "next_step": "Send the packet."},
        "attachment": {**about, "name": "mri.pdf", "media_type": "application/pdf", "pages": 2, "size": 5120,
                       "sha256": "0" * 64, "original_sha256": "0" * 64, "added_at": moment,
                       "added_by": "Dana Whitfield", "content": bytes(range(256)) * 20},
        "code_release": {"label": "ICD-10-CM, invented", "effective_from": date(2026, 10, 1), "leaves": 1,
                         "file_name": "invented.zip", "sha256": "0" * 64, "loaded_at": moment,
                         "loaded_by": "Dana Whitfield", "content": _codes()},
        **_merged(referral.patient_id, moment),
        "draft": {**about, "person": "Dana Whitfield", "based_on": 1, "patient_id": referral.patient_id, "marks": [],
                  "patient": "Invented", "intake": {"patient": {"family_name": "Invented"}}, "updated": moment},
        "letterhead": {"practice_id": practice, "heading": "Invented Neurology", "lines": ["555-0100"],
                       "from_date": date(2026, 1, 1)},
        "fax_use": {**about, "number": "4105550103", "surgeon_id": surgeon, "at": moment, "person": "Dana Whitfield",
                    "what": "Letter"},
        "not_same": {"first_id": min(surgeon, other), "second_id": max(surgeon, other), "at": moment,
                     "person": "Dana Whitfield"},
        **_around_the_directory(surgeon, moment),
        **_paper(referral, surgeon, moment),
        **_working_day(referral, surgeon, moment),
        "personal_signature": {"person_id": _someone(session), "kind": "PLACEHOLDER", "sealed": bytes(range(64)),
                               "made_at": moment},
    }  # fmt: skip
    for name, values in rows.items():
        if name not in tables:  # an older revision
            continue
        table = tables[name]
        if name in WRITTEN and session.execute(select(table)).first():  # by what was done before
            continue
        given = {
            key: _choice(table.c[key]) if value == "PLACEHOLDER" else value for key, value in values.items()
        }
        fresh = {"id": str(uuid.uuid4())} if "id" in table.c else {}
        session.execute(insert(table).values(**fresh | given))


WRITTEN = ("waiting", "waiting_count")
"""Tables that services fill while the store is made."""


def _codes() -> bytes:
    """Return a release of one code, packed."""
    return pack("ICD-10-CM, invented", date(2026, 10, 1), None, [Entry("M54.81", "Occipital neuralgia")])


def _merged(patient: str, moment: datetime) -> dict[str, dict[str, Any]]:
    """Return a row for each table of patients who are one person, or are not."""
    both = {"at": moment, "person": "Dana Whitfield"}
    merge = {"kept_id": patient, "merged_id": patient, "before": {"invented": True}, "undone_at": moment,
             "undone_by": "Dana Whitfield"}  # fmt: skip
    return {
        "patient_merge": both | merge,
        "not_same_patient": both | {"first_id": patient, "second_id": patient},
    }


def _around_the_directory(surgeon: str, moment: datetime) -> dict[str, dict[str, Any]]:
    """Return a row for each table that surrounds the directory."""
    someone = str(uuid.uuid4())
    return {
        "directory_import": {"kind": "csv", "file_name": "invented.csv", "sha256": "0" * 64, "state": "PLACEHOLDER",
                             "started": moment, "person": "Dana Whitfield", "counts": {"new": 0}},
        "directory_stage": {"first": 1 << 20, "last": (1 << 20) + 65535, "import_id": someone, "live": False},
        "column_match": {"headings": "NPI\tName", "fields": {"npi": "NPI"}, "updated": moment},
        "directory_key": {"purpose": "trusted", "public": "0" * 64, "issued": moment},
        "default_requirement": {"position": 0, "kind": "PLACEHOLDER", "amount": 3, "level": "PLACEHOLDER",
                                "detail": ""},
        "favorite": {"person_id": someone, "surgeon_id": surgeon},
        "recent_surgeon": {"person_id": someone, "surgeon_id": surgeon, "at": moment},
        "saved_search": {"person_id": someone, "name": "Near Baltimore", "text": "zip:21287 within:25", "position": 0},
        "fax_confirmed": {"number": "4105550103", "at": moment, "person": "Dana Whitfield"},
        "surgeon_photo": {"surgeon_id": surgeon, "content": bytes(range(256))},
    }  # fmt: skip


def _paper(referral: Any, surgeon: str, moment: datetime) -> dict[str, dict[str, Any]]:
    """Return a row for each table of what is printed, signed and worded."""
    by, day = "Dana Whitfield", date(2026, 3, 27)
    versioned = {"version": 1, "created": moment, "updated": moment}
    paper, batch = str(uuid.uuid4()), str(uuid.uuid4())
    about = {"referral_id": referral.id, "patient_id": referral.patient_id}
    asked = {
        "fasting": "Nothing after midnight",
        "medications": "Ask us",
        "ride": "An adult",
        "aftercare": "",
    }
    return {
        "release": {**about, **versioned, "asked_by": "Invented patient", "relation": "self", "wanted": "The letter",
                    "asked_on": day, "due_on": day, "identity": "Photo ID", "given_how": "By hand", "refused_why": "",
                    "note": "", "recorded_by": by},
        "paper_content": {"sha256": "0" * 64, "content": bytes(range(256))},
        "paper": {**about, "id": paper, "kind": "PLACEHOLDER", "reference": referral.reference, "number": 1,
                  "subject": "", "language": "en", "large": False, "pages": 3, "size": 256, "sha256": "0" * 64,
                  "enclosed": [], "made_at": moment, "made_by": by},
        "paper_event": {"paper_id": paper, "act": "PLACEHOLDER", "at": moment, "by": by, "how": "Front desk",
                        "for_whom": "Dr. Invented", "copies": 1, "protected": False},
        "print_batch": {"id": batch, "title": "Tomorrow", "made_at": moment, "made_by": by, "way": "print",
                        "both_sides": True, "options": {}},
        "print_batch_item": {"batch_id": batch, "position": 0, "referral_id": referral.id, "kind": "PLACEHOLDER",
                             "language": "en", "large": False, "state": "PLACEHOLDER", "why": "", "pages": 0},
        "paragraph_template": {"slot": "PLACEHOLDER", "procedure": "", "number": 1, "words": "Thank you for seeing "
                               "{patient}.", "saved_at": moment, "saved_by": by},
        "patient_text": {"language": "en", "name": "bring", "number": 1, "markdown": "# Bring this", "saved_by": by,
                         "saved_at": moment},
        "text_review": {"language": "es", "name": "bring", "sha256": "0" * 64, "reviewer": "Invented reviewer",
                        "reviewed_on": day, "recorded_at": moment, "recorded_by": by},
        "notice": {"slot": 1, "title": "Your rights", "words": "Invented.", "pages": 0, "updated": moment,
                   "updated_by": by},
        "placed_signature": {"referral_id": referral.id, "number": 1, "name": by, "kind": "PLACEHOLDER",
                             "strokes": {"words": by}, "placed_at": moment},
        "surgery_habit": {"surgeon_id": surgeon, **asked},
        "surgery_plan": {"referral_id": referral.id, **versioned, **asked, "operation": "Occipital release",
                         "answered_by": by},
    }  # fmt: skip


def _someone(session: Any) -> Any:
    """Return the id of the person, None in a revision that knows none."""
    people = Base.metadata.tables.get("person")
    return None if people is None else session.execute(select(people.c.id)).scalar()


def _working_day(referral: Any, surgeon: str, moment: datetime) -> dict[str, dict[str, Any]]:
    """Return a row for each table of what follows from a referral."""
    by, day, request = "Dana Whitfield", date(2026, 3, 27), str(uuid.uuid4())
    versioned = {"version": 1, "created": moment, "updated": moment}
    about = {"referral_id": referral.id}
    waits = {"step": "PLACEHOLDER", "since": day, "urgent": False, "owner_id": "", "practice_id": ""}
    return {
        "request": {**about, **versioned, "id": request, "number": 7, "surgeon_id": surgeon, "surgeon_name": "Keen",
                    "status": "PLACEHOLDER", "information_owed": False, "on_hold": False, "their_number": "",
                    "reason": "", "sent_on": day},
        "request_event": {"request_id": request, "sequence": 1, "entry": str(uuid.uuid4()), "act": "PLACEHOLDER",
                          "tid": "01", "before": "PLACEHOLDER", "after": "PLACEHOLDER", "happened_on": day,
                          "recorded_at": moment, "recorded_by": by, "why": "", "note": "", "inferred": False,
                          "undone_by": "", "undone_why": ""},
        "send_attempt": {**about, "number": 1, "channel": "PLACEHOLDER", "address": "4105550103", "parts": ["letter"],
                         "pages": 3, "started_at": moment, "started_by": by, "state": "PLACEHOLDER", "note": "",
                         "settled_by": "", "confirmation": ""},
        "incident": {**about, **versioned, "found_on": day, "address": "4105550104", "what": "Letter",
                     "who_has_it": "Invented store", "done": "", "told": [], "recorded_by": by, "closed_by": ""},
        "mail_server": {"slot": 1, "host": "mail.invalid", "port": 587, "sender": "desk@office.invalid", "login": "",
                        "password": "", "updated": moment, "updated_by": by},
        "waiting": {**waits, "serial": 1},
        "waiting_count": {**waits, "number": 1},
        "worklist_rule": {"step": "PLACEHOLDER", "days": 3, "urgent_days": 1, "business": True, "shown": True,
                          "updated_by": by},
        "closed_day": {"day": day, "why": "Inventory"},
        "amendment": {**versioned, "patient_id": referral.patient_id, "asked_by": "Invented patient", "asked_on": day,
                      "due_on": day, "what": "The date of onset", "decided_by": "", "why": "", "statement": "",
                      "extended_why": "", "basis": "PLACEHOLDER", "told": [], "recorded_by": by},
        "legal_hold": {"patient_id": referral.patient_id, "why": "Invented claim", "placed_at": moment,
                       "placed_by": by, "lifted_by": "", "lifted_why": ""},
    }  # fmt: skip


def _choice(column: Any) -> Any:
    """Return the first value of a column with a closed list."""
    return next(iter(column.type.enum_class))


if __name__ == "__main__":
    os.umask(0o077)
    make(Path(sys.argv[1]))
